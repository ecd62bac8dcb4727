"""Tables that lie on their side: a topic in each column, and what is said about them row by row."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.delimited.rows import Row, kinds_of

MIN_TOLD = 3
"""Rows whose first cell says what they hold, from which on the table lies on its side."""
MAX_FIELDS = 40
MAX_TOPICS = 2_000


def turned(rows: Sequence[Row]) -> Sequence[Row]:
    """The table upright: one row for each topic, whose cells know the lines that they stand in; others as they are."""
    fields = [row.cells[0] for row in rows]
    if not MIN_TOLD <= len(rows) <= MAX_FIELDS or len(rows[0].cells) > MAX_TOPICS:
        return rows
    down = [kind for kind in kinds_of(fields) if kind is not None]
    across = [kind for kind in kinds_of(rows[0].cells)[1:] if kind is not None]
    told = len(down) * 2 > len(rows) and len({*down}) >= MIN_TOLD and kinds_of(fields[:1])[0] in {"topic", "phase"}
    if not told or across:
        return rows
    first, last = rows[0].first, rows[0].last
    places = tuple((row.first, row.last) for row in rows)
    made = [Row(tuple(fields), first, last)]
    for at in range(1, len(rows[0].cells)):
        cells = tuple(row.cells[at] if at < len(row.cells) else "" for row in rows)
        if any(cells):
            made.append(Row(cells, first, last, places))
    return made
