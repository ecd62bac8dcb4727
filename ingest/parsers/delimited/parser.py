"""The family of tables: CSV and TSV with a header, or edge lists with two columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.parsers.data_files.names import Names
from ingest.parsers.delimited.across import read_across, stages_across
from ingest.parsers.delimited.columns import (
    begin_with_codes,
    codes_at,
    finer_of,
    graded_columns,
    holds_codes,
    more_of,
    numbers_each,
    with_strength,
    without_flags,
)
from ingest.parsers.delimited.edges import read_edges, read_named_edges, reads_as_edges
from ingest.parsers.delimited.head import header_at, title_above
from ingest.parsers.delimited.matrix import matrix_at, read_matrix
from ingest.parsers.delimited.rows import (
    DELIMITERS,
    SAMPLE,
    BadRow,
    Row,
    delimiter_of,
    ends_of,
    head_of,
    kinds_of,
    rows_of,
)
from ingest.parsers.delimited.topics import Table, read_topics
from ingest.parsers.delimited.tree import read_tree, tree_of
from ingest.parsers.delimited.turned import turned
from ingest.parsers.outline.draft import Draft
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.numbers import all_kinds
from ingest.parsers.wording.titles import clean, looks_like_title
from ingest.reading import Reading, ReadProblem, Text
from ingest.words import lookup, table

FAMILY = "table"
SUFFIXES = frozenset({".csv", ".tsv"})
MAX_ORDINAL = 3
"""Signs of a value that only counts: "1st", "2º", "Y1"."""
GUESSED = 0.6
"""Confidence of what a table without a header is taken to say."""
MAX_RAGGED = 20
"""Rows of another width that are reported one by one."""


def detect(text: Text) -> bool:
    """Whether a document is a table, by its suffix."""
    return PurePosixPath(text.path).suffix.lower() in SUFFIXES


def parse(text: Text) -> Reading:
    """Read a table; its mistakes are problems, and every row that can be read is read."""
    draft = Draft(text.lines)
    names = Names(draft)
    start, delimiter, lines = _beginning(text)
    rows: list[Row] = []
    unclosed: list[int] = []
    try:
        for row in rows_of(lines, delimiter, start, unclosed):
            rows.append(row)  # noqa: PERF402 - what was read before a row that cannot be read is kept
    except BadRow as error:
        draft.problems.append(ReadProblem(severity="error", code="bad-table", message=error.message, line=error.line))
    for line in unclosed:
        draft.problem("unclosed-quote", "a quotation mark is never closed", line, "close it, or write it twice")
    head = header_at(rows) if rows else 0
    if rows:
        _read(rows[head:], PurePosixPath(text.path).stem, names)
    title = title_above(rows[:head]) or PurePosixPath(text.path).stem.replace("_", " ")
    return names.reading(text.path, FAMILY, title)


def _beginning(text: Text) -> tuple[int, str, tuple[str, ...]]:
    """(number of the first line, separator, lines) without byte order mark, "sep=;" and comments above the header."""
    lines = (text.lines[0].removeprefix("\ufeff"), *text.lines[1:]) if text.lines else ("",)
    start, told = 0, ""
    while start < len(lines) - 1:
        line = lines[start].strip()
        if line.casefold().startswith("sep=") and len(line) == 5:  # noqa: PLR2004
            told = line[-1]
        elif line and not (line.startswith("# ") and not any(sign in line for sign in DELIMITERS)):
            break
        start += 1
    left = lines[start:]
    usual = "\t" if PurePosixPath(text.path).suffix.lower() == ".tsv" else ","
    return start + 1, told if told in DELIMITERS and told else delimiter_of(left) or usual, left


def _read(rows: Sequence[Row], stem: str, names: Names) -> None:
    if matrix_at(rows):
        read_matrix(rows, names)
        return
    if stages_across(rows):
        read_across(rows, names)
        return
    rows = turned(rows)
    header = rows[0]
    ends = ends_of(header.cells)
    kinds = without_flags(rows, kinds_of(header.cells))
    tree = tree_of(header.cells)
    if tree is not None or ends is not None:
        kinds = with_strength(rows, kinds)
    if tree is not None and not {"topic", "requires"} & {*kinds}:
        _ragged(rows, names)
        read_tree(rows, tree, kinds, stem, names)
        return
    if ends is not None and ("topic" not in kinds or _are_labels(rows, kinds, ends)):
        _ragged(rows, names)
        read_edges(rows, ends, kinds, names)
        return
    if "topic" not in kinds:
        kinds = _topic_named(rows, kinds)
    if "topic" in kinds and (len(header.cells) == 1 or len({*kinds} - {None}) > 1):
        _ragged(rows, names)
        _read_rows(rows, kinds, names)
        return
    _guess(rows, names)


def _read_rows(rows: Sequence[Row], kinds: Sequence[str | None], names: Names) -> None:
    heads = rows[0].cells
    at = _at(rows, kinds)
    if {*at} == {"topic", "requires"}:
        at = _at(rows, with_strength(rows, kinds))
    finer = finer_of(heads)
    if finer is not None and finer != at["topic"]:
        at["section"], at["topic"] = at["topic"], finer
    if "phase" in at and not {"alias", "id"} & at.keys() and numbers_each(rows, at["phase"]):
        at["alias"] = at.pop("phase")
    columns = Table(at, tuple(heads), also=_also(at, kinds), codes=codes_at(rows, at))
    columns.graded = graded_columns(heads, kinds)
    columns.more = more_of(rows, kinds)
    columns.look(rows[1:])
    columns.coded = begin_with_codes(rows, at["topic"])
    if reads_as_edges(rows, columns):
        read_named_edges(rows, columns, names)
    else:
        read_topics(rows[1:], columns, names)


def _topic_named(rows: Sequence[Row], kinds: Sequence[str | None]) -> tuple[str | None, ...]:
    """The columns where no head is a word for topics, with the one that names them."""
    kinds = _with_summary(rows[0].cells, kinds)
    if "topic" not in kinds:
        kinds = _with_topic(rows, kinds)
    if "topic" not in kinds and "requires" in kinds and {"alias", "id"} & {*kinds}:
        # "Code; Prerequisites": the codes are all the titles there are.
        named = "alias" if "alias" in kinds else "id"
        kinds = tuple("topic" if kind == named else kind for kind in kinds)
    return tuple(kinds)


def _at(rows: Sequence[Row], kinds: Sequence[str | None]) -> dict[str, int]:
    """Kind -> column; of several columns that could be the topic, the likeliest, and another says the stage."""
    at: dict[str, int] = {}
    heads = rows[0].cells
    order = {word: rank for rank, word in enumerate(lookup("columns", "columns"))}
    for index, kind in enumerate(kinds):
        if kind is None:
            continue
        if kind == "topic" and kind in at:
            before = at[kind]
            ranks = [(_likeness(rows, each), order.get(head_of(heads[each]), len(order))) for each in (index, before)]
            if ranks[0] < ranks[1]:
                at[kind] = index
            other = before if at[kind] == index else index
            at.setdefault("alias" if holds_codes(rows, other) else "phase", other)
        at.setdefault(kind, index)
    return at


def _also(at: dict[str, int], kinds: Sequence[str | None]) -> dict[str, tuple[int, ...]]:
    """Kind -> further columns that say what is required."""
    found = ((kind, tuple(index for index, each in enumerate(kinds) if each == kind)) for kind in STRENGTH_OF)
    return {
        kind: tuple(each for each in columns if each != at.get(kind)) for kind, columns in found if len(columns) > 1
    }


def _with_summary(heads: Sequence[str], kinds: Sequence[str | None]) -> tuple[str | None, ...]:
    """The columns of a tracker's export: its issues have a key, and a summary for a title."""
    named = list(map(head_of, heads))
    if "summary" not in named or not {"id", "alias"} & {*kinds}:
        return tuple(kinds)
    return tuple("topic" if head == "summary" else kind for head, kind in zip(named, kinds, strict=True))


def _with_topic(rows: Sequence[Row], kinds: Sequence[str | None]) -> tuple[str | None, ...]:
    """The columns where none is called a topic: of "Week, Module" the one that is no span of time names the topics.

    Of "Phase, Module" it is the one that is another in each row.
    """
    heads = rows[0].cells
    stages = [index for index, kind in enumerate(kinds) if kind == "phase"]
    times = table("phases")["spans"]["time"]
    names = [index for index in stages if all_kinds().get(head_of(heads[index]), "week") not in times]
    if len(stages) == 1:
        names = [index for index in names if all_kinds().get(head_of(heads[index])) in _UNITS]
    if len(names) > 1 or len(stages) == 1:
        names = [index for index in names if _likeness(rows, index) == 0 and _differs(rows, index)]
    if len(names) != 1:
        return tuple(kinds)
    return tuple("topic" if index == names[0] else kind for index, kind in enumerate(kinds))


_UNITS = frozenset({"module", "unit", "section"})
"""What a topic itself may be called."""


def _differs(rows: Sequence[Row], column: int) -> bool:
    """Whether a column has another value in each row."""
    values = [row.cells[column].casefold() for row in rows[1:] if column < len(row.cells)]
    return len(values) > 1 and all(values) and len(set(values)) == len(values)


def _likeness(rows: Sequence[Row], column: int) -> int:
    """How little a column looks like one of titles: 0 for words, 1 for what is mostly numbers, codes and the like."""
    if holds_codes(rows, column):
        return 1
    values = [row.cells[column] for row in rows[1 : SAMPLE + 1] if column < len(row.cells) and row.cells[column]]
    titles = [value for value in values if looks_like_title(clean(value).title, strong=True)]
    short = sum(len(value) <= MAX_ORDINAL and any(map(str.isdigit, value)) for value in titles)
    return int((len(titles) - short) * 2 < len(values))


def _are_labels(rows: Sequence[Row], kinds: Sequence[str | None], ends: tuple[int, int]) -> bool:
    """Whether the column that would hold the topics of an edge list only says something about the edges."""
    columns = [index for index, kind in enumerate(kinds) if kind == "topic" and index not in ends]
    if "requires" in kinds or any(rows[0].cells[index].casefold() != "label" for index in columns):
        return False
    values = [row.cells[index] for row in rows[1:] for index in columns if index < len(row.cells)]
    return not any(values) or len(set(values)) * 2 < len(values)


def _ragged(rows: Sequence[Row], names: Names) -> None:
    width = len(rows[0].cells)
    others = [row for row in rows if len(row.cells) != width]
    for row in others[:MAX_RAGGED]:
        message = f"the row has {len(row.cells)} cells, the header {width}"
        names.draft.problem("ragged-row", message, row.first, "quote cells that hold the separator")


def _guess(rows: Sequence[Row], names: Names) -> None:
    """A table without header: a column of titles and one of what they require, when the titles tell."""
    if len({len(row.cells) for row in rows}) != 1 or len(rows[0].cells) < 2:  # noqa: PLR2004
        return
    firsts = [row.cells[0].casefold() for row in rows]
    seconds = [part.strip().casefold() for row in rows for part in row.cells[1].replace(";", ",").split(",")]
    given = [each for each in seconds if each]
    clear = (
        len(set(firsts)) == len(firsts)
        and all(looks_like_title(each, strong=True) for each in firsts)
        and bool(given)
        and sum(each in firsts for each in given) * 2 > len(given)
    )
    if not clear:
        return
    message = "the table has no header; its first column is taken for topics, its second for what they require"
    names.draft.problem("no-header", message, rows[0].first, "write a header: topic,prerequisites")
    read_topics(rows, Table({"topic": 0, "requires": 1}, ("", ""), "table-no-header", GUESSED), names)
