"""Parsers: one per family of documents, tried in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ingest.parsers import markdown, notes, plain_text
from ingest.reading import Reading, Text


class Parser(NamedTuple):
    """A family of documents."""

    family: str
    detect: Callable[[Text], bool]
    """Whether the document is of this family; cheap, never raises."""
    parse: Callable[[Text], Reading]
    """Reads it; mistakes in the document are problems of the reading."""


PARSERS: Sequence[Parser] = (
    Parser(notes.FAMILY, notes.detect, notes.parse),
    Parser(markdown.FAMILY, markdown.detect, markdown.parse),
    Parser(plain_text.FAMILY, plain_text.detect, plain_text.parse),
)
"""The first whose detect says yes reads the document; the last one takes everything."""


def parse(text: Text) -> Reading:
    """Read a document with the first parser that knows its family."""
    parser = next((each for each in PARSERS if each.detect(text)), PARSERS[-1])
    return parser.parse(text)
