"""Parsers: one per family of documents, tried in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ingest.parsers.data_files import parser as data_files
from ingest.parsers.delimited import parser as delimited
from ingest.parsers.dot import parser as dot
from ingest.parsers.html import parser as html_page
from ingest.parsers.markdown import parser as markdown
from ingest.parsers.mermaid import parser as mermaid
from ingest.parsers.plain_text import parser as plain_text
from ingest.parsers.vault import parser as notes
from ingest.reading import Reading, Text


class Parser(NamedTuple):
    """A family of documents."""

    family: str
    detect: Callable[[Text], bool]
    """Whether the document is of this family; cheap, never raises."""
    parse: Callable[[Text], Reading]
    """Reads it; mistakes in the document are problems of the reading."""


PARSERS: Sequence[Parser] = (
    Parser(dot.FAMILY, dot.detect, dot.parse),
    Parser(mermaid.FAMILY, mermaid.detect, mermaid.parse),
    Parser(html_page.FAMILY, html_page.detect, html_page.parse),
    Parser(delimited.FAMILY, delimited.detect, delimited.parse),
    Parser(data_files.FAMILY, data_files.detect, data_files.parse),
    Parser(notes.FAMILY, notes.detect, notes.parse),
    Parser(markdown.FAMILY, markdown.detect, markdown.parse),
    Parser(plain_text.FAMILY, plain_text.detect, plain_text.parse),
)
"""The first whose detect says yes reads the document; the last one takes everything."""


def parse(text: Text) -> Reading:
    """Read a document with the first parser that knows its family."""
    parser = next((each for each in PARSERS if each.detect(text)), PARSERS[-1])
    return _with_spans(parser.parse(text))


def _with_spans(reading: Reading) -> Reading:
    """Stages of "0-3 months", "3-6 months": each begins where the one before ends, so that the second takes three."""
    first = reading.phases[0] if reading.phases else None
    if first is None or first.weeks_min != 0 or first.weeks_max is None:
        return reading
    phases, end = [], 0.0
    for phase in reading.phases:
        if phase.weeks_min is not None and phase.weeks_max is not None and phase.weeks_min == end < phase.weeks_max:
            weeks = round(phase.weeks_max - end, 1)
            end = phase.weeks_max
            phases.append(phase.model_copy(update={"weeks_min": weeks, "weeks_max": weeks}))
        else:
            phases.append(phase)
    return reading.model_copy(update={"phases": tuple(phases)})
