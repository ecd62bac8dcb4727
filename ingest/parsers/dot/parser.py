"""The Graphviz DOT family."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ingest.parsers.dot.meaning import reading_of
from ingest.parsers.dot.statements import draw
from ingest.reading import Reading, Text

FAMILY = "dot"
SUFFIXES = frozenset({".dot", ".gv"})
_HEAD = re.compile(r"\s*(?:strict\s+)?(?:di)?graph\b[^{}=]{0,100}\{?\s*$|\s*(?:strict\s+)?digraph\b[^{}]{0,100}\{")


def detect(text: Text) -> bool:
    """Whether a document is DOT: by its suffix, or a plain text that begins a graph."""
    suffix = PurePosixPath(text.path).suffix.lower()
    if suffix != ".txt":
        return suffix in SUFFIXES
    first = next((line for line in text.lines if line.strip() and not line.lstrip().startswith(("//", "#", "/*"))), "")
    return _HEAD.match(first) is not None and "{" in text.body


def parse(text: Text) -> Reading:
    """Read a DOT file."""
    return reading_of(draw("\n".join(text.lines)), text.path)
