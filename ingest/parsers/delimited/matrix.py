"""Matrices: the same titles in the first column and in the header, and a mark where one needs the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.model import Strength
from ingest.parsers.data_files.names import Names, plain_title
from ingest.parsers.data_files.words import means
from ingest.parsers.delimited.edges import end_of
from ingest.parsers.delimited.rows import Row
from ingest.parsers.delimited.topics import quote_of
from ingest.parsers.outline.draft import Claim, Piece
from ingest.parsers.wording.fields import is_nothing
from ingest.reading import ReadProblem
from ingest.words import lookup, table

MIN_SIDE = 3
MAX_MARK = 12
"""A longer cell is no mark."""
_MEANING = re.compile(r"(?:^|[,;|/\n])\s*[\"'(]?([^\s,;=:]{1,3})[\"')]?\s*[=:\u2013\u2014-]\s*([^,;|\n=]{2,40})")


def matrix_at(rows: Sequence[Row]) -> bool:
    """Whether a table is a matrix: nearly all its rows are named in the header, and cells hold marks only."""
    heads = {_title(cell) for cell in rows[0].cells[1:] if cell}
    body = _body(rows)
    if len(heads) < MIN_SIDE or len(body) < MIN_SIDE:
        return False
    named = sum(_title(row.cells[0]) in heads for row in body)
    marks = [cell for row in body for cell in row.cells[1:] if cell]
    if named * 10 < len(body) * 8 or named * 10 < len(heads) * 8 or any(len(cell) > MAX_MARK for cell in marks):
        return False
    said = _legend_of(rows, body)
    told = [_strength(cell, said) is not None for cell in marks if _is_mark(cell)]
    # Numbers between the same titles are distances, or how like two things are.
    return bool(told) and sum(told) * 10 >= len(told) * 9


def read_matrix(rows: Sequence[Row], names: Names) -> None:
    """Read the marks: a row's topic needs a column's, or the other way, as the corner or the triangle of marks says."""
    body = _body(rows)
    said = _legend_of(rows, body)
    heads = {at: cell for at, cell in enumerate(rows[0].cells) if at and cell}
    for row in body:
        end_of(row.cells[0], row, names)
    for cell in heads.values():
        end_of(cell, rows[0], names)
    marks = [(row, at) for row in body for at in heads if at < len(row.cells) and _is_mark(row.cells[at])]
    turned = _turned(rows[0].cells[0], body, heads, marks)
    if turned is None:
        message = "nothing says whether rows need columns or columns rows; no requirement is read"
        hint = "write “needs” or “leads to” into the corner"
        names.draft.problems.append(
            ReadProblem(severity="warning", code="unclear-matrix", message=message, line=rows[0].first, hint=hint)
        )
        return
    for row, at in marks:
        strength = _strength(row.cells[at], said)
        ends = names.owner(_title(row.cells[0])), names.owner(_title(heads[at]))
        owner, needed = reversed(ends) if turned else ends
        if strength is None or owner is None or needed is None or owner == needed:
            continue
        names.elements.add(needed.title)
        piece = Piece(needed.title, row.first, row.last, quote_of(row.first, row.last, names))
        names.draft.claims.append(
            Claim(owner, (piece,), "matrix-column-requires" if turned else "matrix-row-requires", strength)
        )


def _body(rows: Sequence[Row]) -> list[Row]:
    """The rows with a title and cells beside it; a legend below them has one cell."""
    heads = {_title(cell) for cell in rows[0].cells[1:] if cell}
    return [row for row in rows[1:] if row.cells[0] and (_title(row.cells[0]) in heads or any(row.cells[1:]))]


def _title(cell: str) -> str:
    return plain_title(cell)


def _is_mark(cell: str) -> bool:
    return not is_nothing(cell) and cell.strip().casefold() not in table("columns")["marks"]["nothing"]


def _turned(
    corner: str, body: Sequence[Row], heads: Mapping[int, str], marks: Sequence[tuple[Row, int]]
) -> bool | None:
    """Whether columns need rows; None when neither the corner nor the order of the titles tells."""
    words = {*re.findall(r"[^\W\d_]+", corner.casefold())}
    if words & {*table("columns")["marks"]["row_needs"]}:
        return False
    if words & {*table("columns")["marks"]["row_leads"]}:
        return True
    order = {_title(row.cells[0]): at for at, row in enumerate(body)}
    places = [
        (order[_title(row.cells[0])], order[_title(heads[at])]) for row, at in marks if _title(heads[at]) in order
    ]
    # What is needed is listed first, as people write such a table.
    below = sum(row > column for row, column in places)
    above = sum(row < column for row, column in places)
    return None if (below and above) or not below + above else above > 0


def _legend_of(rows: Sequence[Row], body: Sequence[Row]) -> dict[str, Strength]:
    inside = {row.first for row in body}
    notes = [cell for row in rows[1:] if row.first not in inside for cell in row.cells if cell]
    return _legend([rows[0].cells[0], *notes])


def _legend(texts: Sequence[str]) -> dict[str, Strength]:
    """What marks mean by a note: "x = required, o = helpful"."""
    found: dict[str, Strength] = {}
    for text in texts:
        for mark in _MEANING.finditer(text[:400]):
            strength = _graded(mark[2].strip())
            if strength is not None:
                found[mark[1].casefold()] = strength
    return found


def _strength(cell: str, said: Mapping[str, Strength]) -> Strength | None:
    mark = cell.strip().casefold()
    if mark in said:
        return said[mark]
    if mark in table("columns")["marks"]["soft"]:
        return "soft"
    return _graded(mark) or ("hard" if mark in table("columns")["marks"]["hard"] else None)


def _graded(words: str) -> Strength | None:
    relation = means("relations", words) or lookup("columns", "grades").get(words.casefold())
    relation = relation or {"helpful": "soft", "requires": "hard"}.get(
        lookup("fields", "labels").get(words.casefold(), "")
    )
    if relation in {"soft", "together"}:
        return "soft" if relation == "soft" else "together"
    return "hard" if relation in {"hard", "requires", "first"} else None
