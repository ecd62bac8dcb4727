"""The rows of an HTML table; a cell that spans rows or columns is repeated."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from ingest.parsers.html.inline import Inliner
from ingest.parsers.html.words import Words

MAX_SPAN = 200
MAX_COLUMNS = 100
MAX_NESTING = 20
"""Blocks in blocks of a cell."""
CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "h4", "h5", "h6"})


def rows_of(table: Tag, inliner: Inliner, depth: int) -> list[list[Words]]:
    """All rows of a table, its head first where it has one."""
    rows: list[list[Words]] = []
    spanning: dict[int, tuple[int, Words]] = {}
    for row in own(table, _ROWS):
        inliner.enter(row, depth)
        cells: list[Words] = []
        for cell in row.children:
            if not isinstance(cell, Tag) or cell.name not in CELLS:
                continue
            _fill(cells, spanning)
            inliner.enter(cell, depth)
            words = cell_words(cell, inliner, depth, first=not cells)
            rows_left = _span(cell, "rowspan") - 1
            for at in range(_span(cell, "colspan")):
                if rows_left:
                    spanning[len(cells)] = (rows_left, elsewhere(words))
                cells.append(words if at == 0 else Words())
        _fill(cells, spanning)
        if any(cell.text.strip() for cell in cells):
            rows.append(cells[:MAX_COLUMNS])
    return rows


def own(table: Tag, names: frozenset[str]) -> Iterator[Tag]:
    """The elements of some names that belong to a table itself, not to one inside of it."""
    waiting: list[Tag] = [table]
    while waiting:
        tag = waiting.pop()
        if tag.name in names:
            yield tag
        if tag is table or tag.name != "table":
            waiting.extend(each for each in reversed(tag.contents) if isinstance(each, Tag))


def _fill(cells: list[Words], spanning: dict[int, tuple[int, Words]]) -> None:
    while len(cells) in spanning:
        left, words = spanning.pop(len(cells))
        if left > 1:
            spanning[len(cells)] = (left - 1, words)
        cells.append(words)
        if left > 1 and len(cells) > MAX_COLUMNS:
            return


def elsewhere(words: Words) -> Words:
    """The same words where they do not stand themselves."""
    copy = Words()
    copy.add(words.text)
    return copy


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return max(1, min(int(value), MAX_SPAN)) if value.isascii() and value.isdigit() else 1


def cell_words(cell: Tag, inliner: Inliner, depth: int, *, first: bool) -> Words:
    """The words of a cell in one line, a comma between its blocks."""
    flat = Words()
    lines = (line for run in _runs(cell, MAX_NESTING) for line in inliner.children(run, depth + 1).lines())
    for line in lines:
        if flat.signs:
            flat.add(" " if first or flat.signs[-1] in ",;:" else ", ")
        for sign, place in zip(line.signs, line.places, strict=True):
            if sign == "|":
                flat.add("\\")
            flat.add(sign, [place])
    return flat


def _runs(cell: Tag, levels: int) -> Iterator[list[object]]:
    """The inline pieces of a cell; each block in it begins a run of its own."""
    run: list[object] = []
    for node in cell.children:
        if isinstance(node, Tag) and node.name in _BLOCKS and levels:
            yield run
            yield from _runs(node, levels - 1)
            run = []
        else:
            run.append(node)
    yield run
