"""Tables that lost their lines: cells apart by tabs, gaps or pipes, or one cell per line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.outline.blocks import Block, Cell, Row
from ingest.parsers.outline.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.outline.tables import Columns, columns_of
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import Pick, stage_of
from ingest.parsers.plain_text.values import objects_in
from ingest.parsers.wording.durations import is_duration, number_of
from ingest.parsers.wording.fields import STRENGTH_OF, is_nothing
from ingest.parsers.wording.inline import words
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import clean, is_furniture, looks_like_title
from ingest.words import lookup

_GAP = re.compile(r"\t+|(?<=\S) {2,}(?=\S)")
_RULE = re.compile(r"^[\s|:+=-]+$")
_REQUIREMENTS = ("requires", "helpful", "together")
MIN_ROWS = 2
SEVERAL = 0.9
"""How much of a document several tables with the same columns are, whatever stands between them."""


class _Row(NamedTuple):
    cells: tuple[tuple[str, int], ...]
    """Words and line of each cell."""


class _Table(NamedTuple):
    columns: Columns
    rows: Sequence[_Row]
    heading: Line | None = None
    """The bare line above it."""
    stage: Pick | None = None


class Grid(NamedTuple):
    """The tables of a document: what their columns say, and their rows."""

    tables: Sequence[_Table]
    share: float
    """How much of the document they are."""


def columns(page: Page) -> Grid | None:
    """The tables whose rows are lines; each has its own head, or goes on below another heading."""
    tables: list[_Table] = []
    rows: list[_Row] = []
    named: Columns | None = None
    single_tabs = False
    heading: Line | None = None
    stage: Pick | None = None
    for at, line in enumerate(page.lines):
        split = _cells(line.raw)
        head = _named(split) if len(split) > 1 else None
        if head is None and named is not None and len(split) > 1:
            row = _row(line, split, len(named.heads), single_tabs=single_tabs)
            rows += [row] if row is not None else []
            continue
        met = stage_of(line)
        if head is None and met is None and not (line.name and at and ": " not in line.text):
            continue
        if named is not None and rows:
            tables.append(_Table(named, rows, heading, stage))
            rows, heading, stage = [], None, None
            # Below another heading only full rows go on: fewer cells are another table.
            single_tabs = False
        if head is not None:
            named, single_tabs = head, "\t\t" not in line.raw.strip()
        elif met is not None:
            stage = met
        elif is_furniture(clean(line.text).title):
            heading = named = None
        else:
            heading = line
    if named is not None and rows:
        tables.append(_Table(named, rows, heading, stage))
    whole = sum(len(table.rows) for table in tables)
    split_lines = sum(len(_cells(line.raw)) > 1 for line in page.lines)
    if whole < MIN_ROWS or whole * 2 <= split_lines - 1:
        return None
    heads = Counter(table.columns.heads for table in tables)
    telling = any("requires" in each.columns.at or "effort" in each.columns.at for each in tables)
    several = telling and max(heads.values()) > 1
    return Grid(tables, max(whole / max(1, len(page.lines)), SEVERAL if several else 0))


def _row(line: Line, split: Sequence[str], width: int, *, single_tabs: bool) -> _Row | None:
    """A row with all its cells; where each tab ends a cell, some may be empty."""
    if single_tabs and "\t" in line.raw.strip():
        split = [cell.strip() for cell in line.raw.strip("\n").split("\t")]
        split = [*split, *([""] * (width - len(split)))]
    return _Row(tuple((cell, line.number) for cell in split)) if len(split) == width else None


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
            return Grid([_Table(named, rows)], len(rows) * width / len(lines))
        at = end + 1
    return None


def read_grid(grid: Grid, draft: Draft) -> None:
    """Add the topics of the tables and what they require; headings group when several tables have one."""
    stages: dict[str, Place] = {}
    several = len({table.heading.number for table in grid.tables if table.heading is not None}) > 1
    above = Place()
    for table in grid.tables:
        if table.stage is not None and table.stage.stage is not None:
            above = draft.phase(table.stage.stage, table.stage.line.number, None)
        place = above
        if several and table.heading is not None:
            line = table.heading
            found = Found(clean(line.text).title, line.number, line.number, line.raw.strip())
            place = draft.topic(found, above, section=True)
        for row in table.rows:
            _read_row(row, table.columns, place, draft, stages)


def _read_row(row: _Row, named: Columns, place: Place, draft: Draft, stages: dict[str, Place]) -> None:
    name = clean(_text(row, named, "topic"))
    if not looks_like_title(name.title, strong=True) or is_furniture(name.title):
        return
    effort, code = _text(row, named, "effort"), _text(row, named, "alias")
    hours = number_of(effort) if effort else None
    description = _text(row, named, "description")
    first = row.cells[named.at["topic"]]
    found = Found(
        title=name.title,
        line=first[1],
        line_end=first[1],
        text=first[0],
        number=name.number,
        planned=name.planned or lookup("columns", "states").get(_text(row, named, "state").casefold()) == "planned",
        description="" if is_nothing(description) else description,
        hours=name.hours if hours is None else hours,
        aliases=(*name.aliases, *([code] if any(map(str.isalpha, code)) else [])),
    )
    staged = _stage(row, named, draft, stages)
    inside = draft.topic(found, staged if staged.phase is not None else place)
    _claims(row, named, inside, draft)


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
