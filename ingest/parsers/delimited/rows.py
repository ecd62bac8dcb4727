"""The rows of a CSV or TSV file with the lines that they stand in, whatever separates the cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from ingest.parsers.data_files.words import means
from ingest.parsers.wording.fields import REQUIREMENT_KINDS
from ingest.parsers.wording.titles import clean
from ingest.words import lookup, table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 40
"""Rows that the separator is guessed from."""
MAX_ABOVE = 15
"""Rows above the header at most."""
MAX_UNCLOSED = 20
MAX_GRADED = 4
"""Words of a head that says how strong its requirements are."""
MAX_ROW_LINES = 200
"""A row that goes on for longer has a quotation mark that nobody closed."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BRACKET = re.compile(r"\s?[(\[][^()\[\]]{0,40}[)\]]$")
_LOOKED_UP = re.compile(r"\(from [^()]{1,60}\)$", re.IGNORECASE)
_COUNT = re.compile(r"\s?#?\d{1,2}$")


class Row(NamedTuple):
    """One row and its lines."""

    cells: tuple[str, ...]
    first: int
    last: int
    places: tuple[tuple[int, int], ...] = ()
    """The lines of each cell, where they are not those of the row."""

    def lines(self, index: int) -> tuple[int, int]:
        """The lines that a cell stands in."""
        return self.places[index] if index < len(self.places) else (self.first, self.last)


class BadRow(Exception):  # noqa: N818 - a finding about the document, turned into a problem by the parser
    """The rows cannot be read any further."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def kinds_of(cells: Sequence[str]) -> tuple[str | None, ...]:
    """What each cell of a header says that its column holds."""
    own, known, labels = lookup("columns", "delimited"), lookup("columns", "columns"), _labels()
    kinds = [own.get(head) or known.get(head) or labels.get(head) or _graded(head) for head in map(head_of, cells)]
    kinds = _with_fields(cells, kinds)
    # "Name (from Prereqs)" repeats something of the rows that another column links.
    kinds = [None if _LOOKED_UP.search(cell) else kind for cell, kind in zip(cells, kinds, strict=True)]
    if kinds and not cells[0] and any(kinds):
        # The corner of a spreadsheet stays empty: below it stand the titles, or the numbers of the rows.
        kinds[0] = "id" if "topic" in kinds else "topic"
    return tuple(kinds)


_FIELDS = {
    "title": "topic",
    "requires": "requires",
    "together": "together",
    "unlocks": "leads_to",
    "effort": "effort",
    "minutes": "minutes",
    "description": "description",
    "aliases": "alias",
    "resources": "resource",
}
"""Fields of data files -> columns."""


def _with_fields(cells: Sequence[str], kinds: Sequence[str | None]) -> list[str | None]:
    """The kinds of columns, those without a word for tables by what data files call them."""
    made = list(kinds)
    for at, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
        found = _FIELDS.get(means("keys", _BRACKET.sub("", cell)) or "") if kind is None and cell else None
        if found is not None and found not in made:
            made[at] = found
    return made


def _graded(head: str) -> str | None:
    """The kind of a head that says how strong its requirements are: "zwingende Voraussetzungen"."""
    grades = lookup("columns", "grades")
    words = head.split()
    if len(words) < 2 or len(words) > MAX_GRADED:  # noqa: PLR2004
        return None
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        grade, noun = grades.get(word), " ".join(rest)
        kind = lookup("columns", "delimited").get(noun) or lookup("columns", "columns").get(noun) or _labels().get(noun)
        if grade is not None and kind == "requires":
            return "helpful" if grade == "soft" else "requires"
    return None


def ends_of(cells: Sequence[str]) -> tuple[int, int] | None:
    """The columns of an edge list: (to be learned first, the other), or None."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        kind = _end_of(cell)
        if kind is not None:
            found.setdefault(kind, index)
    return (found["first"], found["second"]) if len(found) == 2 else None  # noqa: PLR2004


def _end_of(cell: str) -> str | None:
    """Which end of an edge a column holds: "Source Skill", "from_id" and "dst" say it."""
    ends, nouns = lookup("columns", "edges"), table("columns")["ends"]["nouns"]
    parts = _apart(cell)
    while len(parts) > 1 and " ".join(parts) not in ends and parts[-1] in nouns:
        parts.pop()
    return ends.get(" ".join(parts))


@lru_cache(maxsize=1024)
def head_of(cell: str) -> str:
    """A header's cell as the word list has it: "Prerequisite(s)", "Prereq 2" and "Durée (heures)" are known words."""
    text = " ".join(cell.split()).casefold().strip(" *:")
    if text[:1] == "#" and text[1:2].isalpha():
        # "#name": the header is a remark to the program that reads the file.
        text = text[1:]
    if text[-2:] == " #":
        text = f"{text[:-1]}number"
    known = lookup("columns", "delimited").keys() | lookup("columns", "columns").keys() | _labels().keys()
    spaced = text.replace("_", " ").replace("-", " ")
    plural = text.replace("(s)", "s")
    bare = _BRACKET.sub("", plural)
    humps = " ".join(_apart(cell))
    forms = (
        text,
        spaced,
        clean(text).title.casefold(),
        plural,
        humps,
        bare,
        _COUNT.sub("", humps),
        _COUNT.sub("", bare),
    )
    return next((each for each in forms if each in known), text)


def _apart(cell: str) -> list[str]:
    """The words of a header in lower case: ConceptID is "concept id"."""
    return _HUMP.sub(" ", cell.replace("_", " ").replace("-", " ")).casefold().strip(" *:").split()


@cache
def _labels() -> Mapping[str, str]:
    """What people write in front of a colon names a column of requirements too."""
    labels = lookup("fields", "labels")
    return {label: kind for label, kind in labels.items() if kind in REQUIREMENT_KINDS | {"leads_to"}}


def delimiter_of(lines: Sequence[str]) -> str | None:
    """The sign between cells: the one that makes a header known and rows of one width; None when there is none."""
    best, best_score = None, (0, 0, 0.0)
    for sign in DELIMITERS:
        try:
            rows = [row.cells for row in islice(rows_of(lines, sign), SAMPLE)]
        except BadRow:
            continue
        if not rows or max(map(len, rows)) == 1:
            continue
        # Lines above a header say nothing about columns.
        head = max(rows[: MAX_ABOVE + 1], key=_told)
        width = len(head)
        same = sum(len(row) == width for row in rows) / len(rows)
        score = (min(_told(head), 2) + 2 * (ends_of(head) is not None), _told(head), same if width > 1 else 0.0)
        if score > best_score:
            best, best_score = sign, score
    return best


def _told(cells: Sequence[str]) -> int:
    return sum(kind is not None for kind in kinds_of(cells))


def rows_of(lines: Sequence[str], delimiter: str, start: int = 1, unclosed: list[int] | None = None) -> Iterator[Row]:
    """The rows that are not blank.

    Args:
        lines: without line ends.
        delimiter: one sign.
        start: number of the first line.
        unclosed: gets the lines with a quotation mark that nobody closed; they are read as rows of their own.

    Raises:
        BadRow: a cell is too long, or too many quotation marks are never closed.
    """
    at = start
    found = [] if unclosed is None else unclosed
    while at < start + len(lines):
        again = 0
        for row in _rows(lines[at - start :], delimiter, at):
            if row.last > row.first and _is_unclosed(lines[row.first - start : row.last - start + 1], row):
                again = row.first
                break
            yield row
        if not again:
            return
        found.append(again)
        if len(found) > MAX_UNCLOSED:
            raise BadRow("many quotation marks are never closed", again)
        # The mark is taken for a sign like any other.
        cells = lines[again - start].split(delimiter)
        yield Row(tuple(cell.strip(' "') for cell in cells), again, again)
        at = again + 1


def _is_unclosed(lines: Sequence[str], row: Row) -> bool:
    # A row that goes on for this long, or to the end of the file without an even number of marks.
    return row.last - row.first > MAX_ROW_LINES or sum(line.count('"') for line in lines) % 2 == 1


def _rows(lines: Sequence[str], delimiter: str, start: int) -> Iterator[Row]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, skipinitialspace=True)
    before = 0
    try:
        for cells in reader:
            first, before = start + before, reader.line_num
            last = start + before - 1
            if any(cell.strip() for cell in cells):
                yield Row(tuple(cell.strip() for cell in cells), first, last)
    except csv.Error as error:
        raise BadRow(f"the row cannot be read: {error}", min(start + before, start + len(lines) - 1)) from None
