"""The rows of the catalogue: searched, filtered, sorted, and as cells of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.views import TopicRow
from app.web.badges import BADGES
from graph.planner.results import State

LAST = 10**9
"""Sorts rows without a step, or without hours, behind those that have one."""

SORTS: Mapping[str, Callable[[TopicRow], tuple[Any, ...]]] = {
    "Title": lambda row: (row.title.casefold(), row.id),
    "Step on my path": lambda row: (row.step or LAST, row.title.casefold(), row.id),
    "State": lambda row: (list(BADGES).index(row.shown_as), row.title.casefold(), row.id),
    "Most hours first": lambda row: (-(row.effort_hours or 0), row.title.casefold(), row.id),
    "Most needs first": lambda row: (-len(row.needs), row.title.casefold(), row.id),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters say; empty means no filter."""

    text: str = ""
    states: Sequence[State] = ()
    roadmap: str | None = None
    phase: str | None = None
    sort: str = "Title"


def matching(rows: Iterable[TopicRow], wanted: Wanted) -> list[TopicRow]:
    """The rows that pass, sorted."""
    words = wanted.text.casefold().split()
    found = [
        row
        for row in rows
        if (not wanted.states or row.shown_as in wanted.states)
        and (wanted.roadmap is None or wanted.roadmap in row.roadmaps)
        and (wanted.phase is None or wanted.phase in row.phases)
        and _has_words(row, words)
    ]
    return sorted(found, key=SORTS[wanted.sort])


def cells(rows: Iterable[TopicRow]) -> dict[str, list[Any]]:
    """Columns of the table. Missing values are None, which the table leaves empty."""
    listed = list(rows)
    return {
        "Step": [row.step for row in listed],
        "Topic": [row.title for row in listed],
        "State": [f"{BADGES[row.shown_as].sign} {BADGES[row.shown_as].text}" for row in listed],
        "Where": [", ".join(row.phases or row.roadmaps) for row in listed],
        "Hours": [row.effort_hours for row in listed],
        "Needs": [", ".join(row.needs) for row in listed],
    }


def names(groups: Iterable[Iterable[str]]) -> list[str]:
    """All different names, in order."""
    return sorted({name for group in groups for name in group}, key=lambda name: (name.casefold(), name))


def _has_words(row: TopicRow, words: Sequence[str]) -> bool:
    text = " ".join((row.title, *row.aliases, *row.phases)).casefold()
    return all(word in text for word in words)
