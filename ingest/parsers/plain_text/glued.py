"""Small tables of labels and values that the copy glued together: "DurationWeeks 1-4", "PrerequisitesStage 1"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of

MAX_ROW = 160
_TOLD = REQUIREMENT_KINDS | {"effort", "duration"}
_GLUED = re.compile(r"^([A-Z][a-z]{2,20}(?:\s[A-Za-z][a-z]{1,20}){0,3}?)(?=[A-Z0-9~\u2248])(\S.*)$")
_CELLS = re.compile(r"\t+|\s*\|\s*")


class _Row(NamedTuple):
    at: int
    label: str
    value: str
    told: bool
    """The label says how long something takes or what it requires."""


def labelled_rows(filled: Sequence[tuple[int, str]]) -> Mapping[int, str]:
    """Line number -> "Label: value" for rows of such tables; empty for rows that say nothing about order or effort.

    A label must stand in several rows, or beside another one: "TimescaleDB" alone is a word.

    Args:
        filled: the lines that are not blank, with their numbers from 1.
    """
    rows = [row for at, (_, raw) in enumerate(filled) if (row := _row(at, raw)) is not None]
    counts = Counter(row.label for row in rows)
    found: dict[int, str] = {}
    for run in _runs(rows):
        told = [row for row in run if row.told]
        if not told or (len(run) == 1 and counts[run[0].label] == 1):
            continue
        for row in run:
            if row.told or counts[row.label] > 1:
                found[filled[row.at][0]] = f"{row.label}: {row.value}" if row.told else ""
    return found


def two_cells(text: str) -> str:
    """A row of label and value, apart by a tab or pipes, as a field: "Duration | 4 weeks" -> "Duration: 4 weeks"."""
    if "\t" not in text and "|" not in text:
        return text
    cells = [cell for cell in _CELLS.split(text[:MAX_ROW].strip(" |\t")) if cell]
    return f"{cells[0]}: {cells[1]}" if len(cells) == 2 and _is_told(cells[0]) else text  # noqa: PLR2004


def _row(at: int, raw: str) -> _Row | None:
    text = raw.strip()
    found = _GLUED.match(text) if len(text) <= MAX_ROW else None
    return _Row(at, found[1], found[2].strip(), _is_told(found[1])) if found is not None else None


def _is_told(label: str) -> bool:
    read = field_of(f"{label}: x")
    return read is not None and read.kind in _TOLD


def _runs(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows that follow each other."""
    runs: list[list[_Row]] = []
    for row in rows:
        if runs and runs[-1][-1].at == row.at - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
