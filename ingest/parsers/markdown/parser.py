"""The Markdown family."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.parsers.drawings import fences, with_drawings
from ingest.parsers.markdown.builder import read_blocks
from ingest.parsers.outline.listings import with_listings
from ingest.parsers.outline.read import read_outline
from ingest.reading import Reading, Text

FAMILY = "markdown"
SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
MIN_HEADINGS = 2
MIN_BULLETS = 3
_HEADING = re.compile(r"^(#{1,6})\s+\S")
_BULLET = re.compile(r"^\s*[-*+]\s+\S")


def detect(text: Text) -> bool:
    """Whether a document is Markdown: by its suffix, else by headings and bullets."""
    return PurePosixPath(text.path).suffix.lower() in SUFFIXES or _has_markup(text.lines)


def parse(text: Text) -> Reading:
    """Read a Markdown document."""
    reading = read_outline(text, read_blocks(text.lines), family=FAMILY)
    found = tuple(fences(text.lines))
    return with_listings(with_drawings(reading, text.lines, found), text.lines, found)


def _has_markup(lines: Sequence[str]) -> bool:
    # A comment in code begins with one # too, but seldom with two.
    levels = [len(found[1]) for line in lines if line.startswith("#") and (found := _HEADING.match(line))]
    deep = sum(level > 1 for level in levels)
    bullets = sum(1 for line in lines if _BULLET.match(line))
    return deep >= MIN_HEADINGS and deep * 3 >= len(levels) and bullets >= MIN_BULLETS
