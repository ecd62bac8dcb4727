"""What stands around a table in its file: lines above the header, sums and notes below the last row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.data_files.names import plain_title
from ingest.parsers.delimited.rows import MAX_ABOVE, Row, ends_of, kinds_of
from ingest.parsers.wording.numbers import first_word
from ingest.parsers.wording.titles import clean, looks_like_title
from ingest.words import table

MANY = 3
"""Columns that a header below lines of two cells explains at least."""
_DATED = re.compile(
    r"[,;(\u2013\u2014-][^,;(\u2013\u2014]*?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(?:19|20)\d\d\b)[^,;(]*$"
)


def header_at(rows: Sequence[Row]) -> int:
    """Which row is the header: the first one, or one below lines of a single cell that says what its columns hold."""
    most = 0
    for at, row in enumerate(rows[: MAX_ABOVE + 1]):
        if _is_header(row):
            clear = most <= 1 or len({*kinds_of(row.cells)} - {None}) >= MANY
            return at if clear else 0
        most = max(most, sum(map(bool, row.cells)))
        if most >= MANY:
            # Rows of something: no title above the table.
            return 0
    return 0


def title_above(rows: Sequence[Row]) -> str:
    """The title in the lines above the header, the nearest one that can be a title; without its date."""
    for row in reversed(rows):
        if sum(map(bool, row.cells)) > 1:
            continue
        text = plain_title(next(filter(None, row.cells), ""))
        if first_word(text) in table("columns")["rows"]["dated"] and any(map(str.isdigit, text)):
            continue
        found = clean(_DATED.sub("", text)).title.strip(" ,;(")
        if looks_like_title(found, strong=True):
            return found
    return ""


def without_sums(rows: Sequence[Row], topic: int) -> Sequence[Row]:
    """The rows of a table without those that add up others, and without the notes below the last of them."""
    last = -1
    kept: list[Row] = []
    for row in rows:
        if is_sum(row.cells[topic] if topic < len(row.cells) else ""):
            last = len(kept)
        else:
            kept.append(row)
    if last < 0:
        return rows
    return [row for at, row in enumerate(kept) if at < last or sum(map(bool, row.cells)) > 1]


def is_note(row: Row) -> bool:
    """Whether a row is a sentence in a single cell, as below a table."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) == 1 and len(row.cells) > 1 and " " in filled[0]


def is_sum(title: str) -> bool:
    """Whether a row is called a sum."""
    return " ".join(title.casefold().split()).strip(" :=.*") in table("columns")["rows"]["sum"]


def _is_header(row: Row) -> bool:
    kinds = {*kinds_of(row.cells)} - {None}
    return ends_of(row.cells) is not None or ("topic" in kinds and len(kinds) > 1)
