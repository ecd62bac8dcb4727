"""Tables that lost their lines: cells apart by tabs, gaps or pipes, or one cell per line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.blocks import Block, Cell, Row
from ingest.parsers.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.durations import is_duration, number_of
from ingest.parsers.fields import STRENGTH_OF, is_nothing
from ingest.parsers.inline import words
from ingest.parsers.phases import PhaseName, phase_of
from ingest.parsers.plain_page import Page
from ingest.parsers.plain_values import objects_in
from ingest.parsers.tables import Columns, columns_of
from ingest.parsers.titles import clean, is_furniture, looks_like_title
from ingest.words import lookup

_GAP = re.compile(r"\t+|(?<=\S) {2,}(?=\S)")
_RULE = re.compile(r"^[\s|:+=-]+$")
_REQUIREMENTS = ("requires", "helpful", "together")
MIN_ROWS = 2


class _Row(NamedTuple):
    cells: tuple[tuple[str, int], ...]
    """Words and line of each cell."""


class Grid(NamedTuple):
    """A table: what its columns say, and its rows."""

    columns: Columns
    rows: Sequence[_Row]
    share: float
    """How much of the document it is."""


def columns(page: Page) -> Grid | None:
    """The table whose rows are lines."""
    split = [(line.number, _cells(line.raw)) for line in page.lines]
    split = [(number, cells) for number, cells in split if len(cells) > 1]
    for at, (_, heads) in enumerate(split):
        named = _named(heads)
        if named is None:
            continue
        rows = [
            _Row(tuple((cell, number) for cell in cells))
            for number, cells in split[at + 1 :]
            if len(cells) <= len(heads)
        ]
        whole = [row for row in rows if len(row.cells) == len(heads)]
        if len(whole) >= MIN_ROWS and len(whole) * 2 > len(rows):
            return Grid(named, whole, len(whole) / max(1, len(page.lines)))
    return None


def cells(page: Page) -> Grid | None:
    """The table of which every cell is a line: a head of k lines, then rows of k lines."""
    lines = [line for line in page.lines if not _RULE.match(line.raw)]
    known = lookup("columns", "columns")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].raw.strip().casefold() in known:
            end += 1
        named = _named([line.raw.strip() for line in lines[at:end]]) if end - at > 1 else None
        if named is None:
            at = end + 1 if end == at else end
            continue
        width = end - at
        rows: list[_Row] = []
        while end + width <= len(lines):
            row = _Row(tuple((line.raw.strip(), line.number) for line in lines[end : end + width]))
            if not _holds(row, named):
                break
            rows.append(row)
            end += width
        if len(rows) >= MIN_ROWS:
            return Grid(named, rows, len(rows) * width / len(lines))
        at = end + 1
    return None


def read_grid(grid: Grid, draft: Draft) -> None:
    """Add the topics of a table and what they require."""
    stages: dict[str, Place] = {}
    for row in grid.rows:
        name = clean(_text(row, grid.columns, "topic"))
        if not looks_like_title(name.title, strong=True) or is_furniture(name.title):
            continue
        effort, code = _text(row, grid.columns, "effort"), _text(row, grid.columns, "alias")
        hours = number_of(effort) if effort else None
        first = row.cells[grid.columns.at["topic"]]
        found = Found(
            title=name.title,
            line=first[1],
            line_end=first[1],
            text=first[0],
            number=name.number,
            planned=name.planned or _text(row, grid.columns, "state").casefold() in lookup("columns", "states"),
            description=_text(row, grid.columns, "description"),
            hours=name.hours if hours is None else hours,
            aliases=(*name.aliases, *([code] if any(map(str.isalpha, code)) else [])),
        )
        inside = draft.topic(found, _stage(row, grid.columns, draft, stages))
        _claims(row, grid.columns, inside, draft)


def _claims(row: _Row, named: Columns, place: Place, draft: Draft) -> None:
    for kind in _REQUIREMENTS:
        value = _text(row, named, kind)
        if not value or is_nothing(value):
            continue
        lines = row.cells[named.at["topic"]][1], row.cells[named.at[kind]][1]
        first, last = min(lines), max(lines)
        reason = _text(row, named, "reason") if kind == "requires" else ""
        quote = draft.source(first, last).strip()
        pieces = tuple(Piece(each, first, last, quote, reason) for each in objects_in(value))
        if pieces:
            draft.claims.append(Claim(place.owner, pieces, "table-row", STRENGTH_OF[kind]))


def _stage(row: _Row, named: Columns, draft: Draft, stages: dict[str, Place]) -> Place:
    text = _text(row, named, "phase")
    if not text or is_nothing(text):
        return Place()
    if text not in stages:
        head = named.heads[named.at["phase"]].capitalize()
        name = phase_of(text) or phase_of(f"{head} {text}") or PhaseName(text, clean(text).title or text, head, 0, 0)
        stages[text] = draft.phase(name, row.cells[named.at["phase"]][1], None)
    return stages[text]


def _text(row: _Row, named: Columns, kind: str) -> str:
    at = named.at.get(kind)
    return row.cells[at][0] if at is not None and at < len(row.cells) else ""


def _cells(raw: str) -> list[str]:
    text = raw.strip()
    if text.count("|") > 1 or text.startswith("|"):
        return [] if _RULE.match(text) else [cell.strip() for cell in text.strip("|").split("|")]
    return [cell.strip() for cell in _GAP.split(text)]


def _named(heads: Sequence[str]) -> Columns | None:
    """The meaning of a table's columns, by the words of its head; half of them must be known."""
    row = Row(1, tuple(Cell(words(head, head)) for head in heads))
    found = columns_of(Block("table", 0, 1, 1, rows=(row, row)))
    counts = Counter(head.casefold() for head in heads)
    return found if found is not None and len(found.at) * 2 >= len(heads) and max(counts.values()) == 1 else None


def _holds(row: _Row, named: Columns) -> bool:
    effort = _text(row, named, "effort")
    fits = not effort or is_nothing(effort) or number_of(effort) is not None or is_duration(effort)
    title = clean(_text(row, named, "topic")).title
    return fits and looks_like_title(title) and title.casefold() not in lookup("columns", "columns")
