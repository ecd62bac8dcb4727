"""Rows between the rows: "Phase 1: Basics,,," begins a stage, "Databases,,," a section."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.parsers.data_files.names import Names, plain_title
from ingest.parsers.delimited.rows import Row
from ingest.parsers.outline.draft import Found, Place
from ingest.parsers.wording.durations import weeks_of
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import clean, looks_like_title

_PARTS = re.compile(r"[,;|\n]")
MIN_SECTIONS = 2
"""Rows with nothing but a title from which on they are sections."""

Group = PhaseName | str
"""A stage, or the title of a section."""


def groups_in(rows: Sequence[Row], topic: int) -> Mapping[int, Group]:
    """First line of a row that only begins a group -> the group; the other rows are its topics."""
    stages = {row.first: stage for row in rows if (stage := _stage(row, topic)) is not None}
    if stages:
        # A table in which every row is a stage is one of stages: they are its topics.
        return stages if rows[0].first in stages and len(stages) * 2 <= len(rows) else {}
    alone = [_is_alone(row, topic) for row in rows]
    found = sum(alone)
    between = found >= MIN_SECTIONS and alone[0] and not alone[-1] and not any(map(all, pairwise(alone)))
    if not between or found * 2 > len(rows):
        return {}
    titles = {
        clean(plain_title(row.cells[topic])).title: row.first
        for row, is_group in zip(rows, alone, strict=True)
        if is_group
    }
    cells = (cell for row, is_group in zip(rows, alone, strict=True) if not is_group for cell in row.cells)
    named = {part.strip() for cell in cells for part in _PARTS.split(cell)}
    if not named.isdisjoint(titles) or not all(looks_like_title(title, strong=True) for title in titles):
        # What another row names is a topic.
        return {}
    return {line: title for title, line in titles.items()}


def begin(group: Group, row: Row, topic: int, names: Names) -> Place:
    """Add a group; returns the place inside it."""
    if isinstance(group, str):
        found = Found(title=group, line=row.first, line_end=row.last, text=row.cells[topic])
        return names.topic(found, Place(), section=True) or Place()
    others = (cell for index, cell in enumerate(row.cells) if index != topic and cell)
    weeks = next(filter(None, map(weeks_of, others)), None)
    return names.draft.phase(group, row.first, weeks)


def _is_alone(row: Row, topic: int) -> bool:
    return topic < len(row.cells) and bool(row.cells[topic]) and sum(map(bool, row.cells)) == 1 and len(row.cells) > 1


def _stage(row: Row, topic: int) -> PhaseName | None:
    """The stage that a row names which says no more than how long it takes and what it requires."""
    text = row.cells[topic] if topic < len(row.cells) else ""
    if not text[:1].isalnum() or sum(map(bool, row.cells)) * 2 > max(len(row.cells), 2):
        return None
    return phase_of(plain_title(text))
