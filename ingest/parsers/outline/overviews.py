"""Tables that tell of stages described elsewhere in the document, or of the days of the week: they have no topics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.parsers.outline.blocks import Block
from ingest.parsers.wording.durations import number_of, weeks_of
from ingest.parsers.wording.numbers import all_kinds
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import clean, is_furniture
from ingest.words import lookup

_SPAN = re.compile(r"(?:weeks?\s{1,3})?(\d{1,3})(?:\s{0,3}[-\u2013\u2014]\s{0,3}(\d{1,3}))?", re.IGNORECASE)
MAX_STAGES = 100
"""Rows of a table whose weeks are compared with each other."""
_TIMES = frozenset({"effort", "phase"})


@dataclass(frozen=True, slots=True)
class Overviews:
    """What such tables say."""

    tables: frozenset[int] = frozenset()
    """Their blocks."""
    weeks: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Heading of a stage -> how long it takes."""
    stages: Mapping[int, PhaseName] | None = None
    """Heading -> the stage that it begins; None where nobody has looked, because there are no tables."""


def find_overviews(root: Block) -> Overviews:
    """Look at all tables below a block."""
    tables = [each for each in _all(root, "table") if len(each.rows) > 1]
    if not tables:
        return Overviews()
    stages = {
        each.number: stage
        for each in _all(root, "heading")
        if (stage := phase_of(each.inline.text.replace("\n", " "))) is not None
    }
    ignored: set[int] = set()
    weeks: dict[int, tuple[float, float]] = {}
    for block in tables:
        if _is_week(block):
            ignored.add(block.number)
        elif stages and (told := _told(block, stages)):
            ignored.add(block.number)
            weeks.update({number: found for number, found in told.items() if found is not None})
    return Overviews(frozenset(ignored), weeks, stages)


def stage_column(block: Block) -> int | None:
    """Which column of a table names stages, or None."""
    kinds, known = all_kinds(), lookup("columns", "columns")
    for at, head in enumerate(_heads(block)):
        if known.get(head) == "phase" or head in kinds:
            return at
    return None


def lists_stages(block: Block) -> bool:
    """Whether each row of a table names a stage: "Phase 1 - Basics", or "1" in the column "Phase"."""
    column = stage_column(block) if block.kind == "table" and len(block.rows) > 2 else None  # noqa: PLR2004
    if column is None:
        return False
    head = _heads(block)[column]
    cells = [row.cells[column].inline.text.strip() for row in block.rows[1:] if column < len(row.cells)]
    return len(cells) == len(block.rows) - 1 and all(phase_of(each) or phase_of(f"{head} {each}") for each in cells)


def weeks_in(block: Block, at: int) -> tuple[float, float] | None:
    """How long a row says that its stage takes."""
    for index, head in enumerate(_heads(block)):
        if index >= len(block.rows[at].cells) or not _tells_time(head):
            continue
        text = block.rows[at].cells[index].inline.text.strip()
        found = _weeks_of_span(block, at, index) if "week" in head else None
        found = found or weeks_of(text)
        bare = number_of(text) if found is None and "week" in head else None
        if found is not None or bare is not None:
            return found or (bare or 0.0, bare or 0.0)
    return None


def _weeks_of_span(block: Block, at: int, column: int) -> tuple[float, float] | None:
    """How long a stage takes whose cell says from which week to which: each begins where the one above ends."""
    spans = [
        _SPAN.fullmatch(row.cells[column].inline.text.strip()) for row in block.rows[1:] if column < len(row.cells)
    ]
    ends = [(int(span[1]), int(span[2] or span[1])) for span in spans if span is not None]
    if len(ends) < len(block.rows) - 1 or len(ends) < 2:  # noqa: PLR2004
        return None
    if any(first != last + 1 for (_, last), (first, _) in pairwise(ends)) or any(a > b for a, b in ends):
        return None
    first, last = ends[at - 1]
    return float(last - first + 1), float(last - first + 1)


def _tells_time(head: str) -> bool:
    label = lookup("fields", "labels").get(head)
    return label in {"duration", "effort"} or lookup("columns", "columns").get(head) in _TIMES


def _told(block: Block, stages: dict[int, PhaseName]) -> dict[int, tuple[float, float] | None]:
    """Heading -> weeks, when every row names a stage that has a heading; empty when not."""
    column = stage_column(block)
    if column is None:
        return {}
    told: dict[int, tuple[float, float] | None] = {}
    for at, row in enumerate(block.rows[1:], start=1):
        text = row.cells[column].inline.text.strip() if column < len(row.cells) else ""
        number = _heading_of(text, _heads(block)[column], stages)
        if number is None:
            return {}
        told[number] = weeks_in(block, at)
    # Where two rows tell of one stage, they tell of its topics.
    return told if len(told) == len(block.rows) - 1 else {}


def _heading_of(text: str, head: str, stages: dict[int, PhaseName]) -> int | None:
    named = phase_of(text) or phase_of(f"{head} {text}")
    title = clean(text).title.casefold()
    for number, stage in stages.items():
        same = named is not None and (named.kind, named.first, named.last) == (stage.kind, stage.first, stage.last)
        if same or (title and title == stage.title.casefold()):
            return number
    return None


def _is_week(block: Block) -> bool:
    """Whether the rows are furniture: the days of the week."""
    cells = [row.cells[0].inline.text.strip(" *_") for row in block.rows[1:] if row.cells]
    return bool(cells) and all(is_furniture(each) or not each for each in cells)


def _heads(block: Block) -> list[str]:
    return [clean(cell.inline.text).title.casefold() for cell in block.rows[0].cells]


def _all(block: Block, kind: str) -> Iterator[Block]:
    for child in block.children:
        if child.kind == kind:
            yield child
        if child.kind in {"heading", "quote", "item", "list"} and child.children:
            yield from _all(child, kind)
