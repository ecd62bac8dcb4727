"""What belongs together in the columns of a table: a code in two of them, requirements in several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.data_files.words import means
from ingest.parsers.delimited.rows import SAMPLE, Row, head_of
from ingest.parsers.outline.codes import MIN_CODES, may_be_code, without_code
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.titles import Name
from ingest.words import lookup, table

MAX_STRENGTHS = 12
_SAYING = ("type", "strength", "kind", "level", "required?", "mandatory?")
_FLAGS = frozenset(
    {"yes", "no", "true", "false", "y", "n", "ja", "nein", "oui", "non", "s\u00ed", "si", "checked", "x", "\u2713"}
)
_PREFIX = re.compile(r"[A-Z&]{2,6}(?: [A-Z]{1,6})?")
_SHORT = re.compile(r"[A-Z]{1,4}[ .-]?\d{1,3}[a-z]?")
_CODE = re.compile(r"[A-Z][A-Z&]{1,7}[ .-]?[A-Z]{0,2}\d{1,5}(?:[.-]\d{1,4})?[A-Z]{0,3}")
_NUMBER = re.compile(r"[A-Z]?\d{1,4}[A-Z]{0,2}")


def codes_at(rows: Sequence[Row], at: dict[str, int]) -> tuple[int, int] | None:
    """The columns of a course's code in two parts, as "CS" and "101"; the first of them says no stage."""
    kinds = [lookup("columns", "codes").get(head_of(cell)) for cell in rows[0].cells]
    if not {"prefix", "number"} <= {*kinds}:
        return None
    found = kinds.index("prefix"), kinds.index("number")
    for index, shape in zip(found, (_PREFIX, _NUMBER), strict=True):
        values = [row.cells[index] for row in rows[1 : SAMPLE + 1] if index < len(row.cells)]
        if not values or sum(shape.fullmatch(value) is not None for value in values) * 10 < len(values) * 9:
            return None
    if at["topic"] in found:
        return None
    for kind in ("phase", "id", "alias"):
        if at.get(kind) in found:
            del at[kind]
    return found


def holds_codes(rows: Sequence[Row], column: int) -> bool:
    """Whether a column holds nothing but codes of courses: "CS 101", "BIO-210L"."""
    values = [row.cells[column] for row in rows[1 : SAMPLE + 1] if column < len(row.cells) and row.cells[column]]
    coded = sum(_CODE.fullmatch(value) is not None for value in values)
    return coded >= MIN_CODES and coded * 10 >= len(values) * 9


def numbers_each(rows: Sequence[Row], column: int) -> bool:
    """Whether a column gives each row a number of its own: "M1", "M2" below "Module" are no stages."""
    values = [row.cells[column] for row in rows[1:] if column < len(row.cells)]
    each = len(values) >= MIN_CODES and len(set(values)) == len(values)
    return each and all(_SHORT.fullmatch(value) for value in values)


def more_of(rows: Sequence[Row], kinds: Sequence[str | None]) -> tuple[int, ...]:
    """The columns without a head that go on with the requirements of the one before them."""
    if "requires" not in kinds:
        return ()
    heads = rows[0].cells
    last = first = kinds.index("requires")
    while last + 1 < len(heads) and not heads[last + 1] and kinds[last + 1] is None:
        last += 1
    if first == len(heads) - 1:
        # Separators in cells without quotation marks: what stands behind the last column belongs to it.
        last = max(len(row.cells) for row in rows) - 1
    return tuple(range(first + 1, last + 1))


def begin_with_codes(rows: Sequence[Row], topic: int) -> bool:
    """Whether most titles of a table begin with a code of their own: "BIO 210 - Genetics"."""
    titles = [row.cells[topic] for row in rows[1 : SAMPLE + 1] if topic < len(row.cells) and row.cells[topic]]
    coded = sum(may_be_code(title) and bool(without_code(Name(title)).aliases) for title in titles)
    return coded >= MIN_CODES and coded * 2 > len(titles)


def with_strength(rows: Sequence[Row], kinds: Sequence[str | None]) -> tuple[str | None, ...]:
    """The kinds of an edge list's columns; one whose every cell says how strong an edge is, is called that."""
    if "strength" in kinds:
        return tuple(kinds)
    for index, kind in enumerate(kinds):
        values = {row.cells[index] for row in rows[1:] if index < len(row.cells) and row.cells[index]}
        if kind is None and 0 < len(values) <= MAX_STRENGTHS and all(means("relations", value) for value in values):
            return (*kinds[:index], "strength", *kinds[index + 1 :])
    return tuple(kinds)


def graded_columns(heads: Sequence[str], kinds: Sequence[str | None]) -> dict[int, int]:
    """Column of a requirement -> the column that says how strong it is: "Prerequisite 1", "Prerequisite 1 Type"."""
    names = [" ".join(head.casefold().split()) for head in heads]
    found: dict[int, int] = {}
    for index, kind in enumerate(kinds):
        told = {f"{names[index]} {word}" for word in _SAYING} if kind in STRENGTH_OF and names[index] else set()
        other = next((at for at, name in enumerate(names) if name in told), None)
        if other is not None:
            found[index] = other
    return found


def without_flags(rows: Sequence[Row], kinds: Sequence[str | None]) -> tuple[str | None, ...]:
    """The kinds of columns; one called "Required" in which only yes and no stand says how strong the others are."""
    if "requires" not in kinds:
        return tuple(kinds)
    made = list(kinds)
    for index, kind in enumerate(kinds):
        if kind not in STRENGTH_OF:
            continue
        values = {row.cells[index].casefold() for row in rows[1:] if index < len(row.cells) and row.cells[index]}
        if values and values <= _FLAGS:
            made[index] = "strength" if kind == "requires" and "strength" not in made else None
    return tuple(made)


def finer_of(heads: Sequence[str]) -> int | None:
    """The column of what is a part of the topic in another one, or None."""
    found = (index for index, head in enumerate(heads) if head_of(head) in table("columns")["finer"]["topic"])
    return next(found, None)
