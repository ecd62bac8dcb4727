"""Plain text without empty lines: the signs of bullets and rows, or what stands around a line, say what it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from ingest.parsers.plain_text.levels import is_counted
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.pieces import (
    LEAD,
    Chunk,
    ChunkKind,
    has_bullet,
    is_heading,
    is_row,
    is_skeleton,
    kind_of,
)

_DECIMAL = re.compile(r"^\d{1,2}\.\d{1,2}\s")
MAX_HEADING_WORDS = 7
_RUNS: frozenset[ChunkKind] = frozenset({"list", "table", "code"})


def is_marked(page: Page) -> bool:
    """Whether bullets and tables kept their signs, so that other short lines are headings."""
    rows = sum(map(is_row, page.lines))
    bullets = sum(map(has_bullet, page.lines))
    tabled = rows * 4 >= len(page.lines) > gaps(page) * 4
    return tabled or bullets * 5 > len(page.lines) - rows


def is_dense(page: Page) -> bool:
    """Whether hardly an empty line is left."""
    return gaps(page) * 8 < len(page.lines)


def gaps(page: Page) -> int:
    """How many lines an empty line stands above."""
    return sum(page.blank_before(at) for at in range(1, len(page.lines)))


def marked(run: list[Line], counted: Collection[str], base: int) -> Iterator[Chunk]:
    """The pieces of lines of which bullets and rows have their signs."""
    kinds: list[ChunkKind] = ["table" if is_row(line) else kind_of(line, None, counted, base) for line in run]
    for at, (line, below) in enumerate(pairwise(run)):
        # "SQL, for real this time" stands above a sentence.
        over = below.kind == "prose" or below.text.endswith(":")
        if kinds[at] == "text" and line.kind in {"title", "other"} and over and _is_short(line):
            kinds[at] = "heading"
    # "3.1 Loops" below "3. Control": an outline, no list of steps.
    outline = sum(_DECIMAL.match(line.text) is not None for line in run) > 1
    for at in () if outline else _steps(run, kinds):
        kinds[at] = "list"
    for at, end in _same(kinds, _RUNS):
        yield Chunk(kinds[at], run[at:end])


def _is_short(line: Line) -> bool:
    words = len(line.text.split())
    return words <= MAX_HEADING_WORDS and line.text[:1].isupper() and "," in line.text and line.text[-1:].isalnum()


def dense(run: list[Line], counted: Collection[str]) -> Iterator[Chunk]:
    """The pieces of lines that lost their bullets too."""
    kinds = [_kind(line, counted) for line in run]
    for at in _steps(run, kinds):
        kinds[at] = "list"
    for at, end in _same(kinds, _RUNS | {"text"}):
        above_words = end < len(run) and kinds[end] in {"text", "table"}
        # The last bare line above a sentence is its heading.
        headed = kinds[at] == "list" and above_words and is_heading(run[end - 1], counted)
        yield from _run(kinds[at], run[at : end - headed], counted)
        if headed:
            yield Chunk("heading", [run[end - 1]])


def _run(kind: ChunkKind, lines: list[Line], counted: Collection[str]) -> Iterator[Chunk]:
    if kind == "list" and _heads_leads(lines, counted):
        # "Algebra" above "Vectors: what has a direction", "Matrices: ...".
        yield Chunk("heading", lines[:1])
        lines = lines[1:]
    if lines:
        yield Chunk(kind, lines)


def _heads_leads(lines: Sequence[Line], counted: Collection[str]) -> bool:
    """Whether only the first of several lines does not begin with a title and what is said about it."""
    leads = [LEAD.match(line.text) is not None for line in lines]
    return len(lines) > 2 and not leads[0] and all(leads[1:]) and is_heading(lines[0], counted)  # noqa: PLR2004


def _same(kinds: Sequence[ChunkKind], joined: Collection[ChunkKind]) -> Iterator[tuple[int, int]]:
    """Begin and end of each run of lines of one kind; those that are not joined stand alone."""
    at = 0
    while at < len(kinds):
        end = at + 1
        while end < len(kinds) and kinds[end] == kinds[at] and kinds[at] in joined:
            end += 1
        yield at, end
        at = end


def _kind(line: Line, counted: Collection[str]) -> ChunkKind:
    if is_row(line) or line.kind == "code":
        return "table" if line.kind != "code" else "code"
    if line.text.endswith(":") and line.kind != "field":
        return "caption"
    if is_skeleton(line, counted) or (line.repeated and line.kind == "title"):
        return "heading"
    told = (line.kind == "prose" or line.text.endswith(".")) and not LEAD.match(line.text)
    return "text" if told or line.kind not in {"title", "other", "prose"} else "list"


def _steps(run: Sequence[Line], kinds: Sequence[ChunkKind]) -> Iterator[int]:
    """The lines of a counted list: one stands directly below another, or below what is nested in it."""
    row: list[int] = []
    for at in range(len(run) + 1):
        if at < len(run) and kinds[at] == "heading" and is_counted(run[at].text) and not run[at].glyph:
            row.append(at)
        elif at == len(run) or not run[at].glyph:
            if any(high == low + 1 for low, high in pairwise(row)):
                yield from row
            row = []
