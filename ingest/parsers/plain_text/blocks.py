"""Plain text as the tree of blocks that it was before it lost its markup, where empty lines still show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from ingest.parsers.markdown.tokens import MAX_NESTING
from ingest.parsers.outline.blocks import BULLET, NUMBERED, Block, Cell, Row
from ingest.parsers.outline.draft import Draft, Place
from ingest.parsers.outline.lift import lift
from ingest.parsers.outline.shape import Shape
from ingest.parsers.outline.state import Walk
from ingest.parsers.outline.stating import give_to_first
from ingest.parsers.outline.walk import read_children
from ingest.parsers.plain_text.chunks import chunks_of
from ingest.parsers.plain_text.levels import Heading, levels_of
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.pairs import announced_in
from ingest.parsers.plain_text.pieces import LEAD, Chunk, cells_of, has_leads
from ingest.parsers.plain_text.values import values_in
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of, is_resource_label
from ingest.parsers.wording.inline import EMPTY, Inline, words
from ingest.parsers.wording.titles import clean, is_furniture, is_grouping

_EFFORT = re.compile(r"(?<=[^\W\d])\s(~?\d{1,3}(?:[.,]\d)?\s?(?:h|hrs?|hours?|min|minutes))$")
MAX_DOTTED = 3
_LABELS = {
    "requires": "Prerequisites",
    "helpful": "Helpful",
    "together": "Corequisites",
    "effort": "Effort",
    "duration": "Duration",
}
_COUNT = re.compile(r"^\(?\d{1,3}[.)]\s")


def read_blocks(page: Page, draft: Draft) -> None:
    """Read the document by its blocks, as Markdown is read."""
    root = lift(tree_of(page))
    read_children(Walk(Shape(root), draft), root, Place())
    give_to_first(draft)


def tree_of(page: Page) -> Block:
    """The document's blocks."""
    chunks = chunks_of(page)
    heads = [Heading(at, chunk.lines[0]) for at, chunk in enumerate(chunks) if chunk.kind == "heading"]
    often = Counter(line.text.partition(": ")[0] for line in page.lines if ": " in line.text)
    flat = len({line.indent for line in page.lines if line.glyph}) < 2  # noqa: PLR2004
    return _Tree({label for label, count in often.items() if count > 1}, flat=flat, dotted=_is_dotted(page)).grow(
        chunks, levels_of(heads)
    )


class _Open:
    def __init__(self, kind: str, number: int, line: int, level: int, inline: Inline) -> None:
        self.kind, self.number, self.line, self.level, self.inline = kind, number, line, level, inline
        self.children: list[Block] = []


class _Tree:
    """Puts one chunk after the other into the tree."""

    def __init__(self, labels: Collection[str], *, flat: bool, dotted: bool) -> None:
        self._count = 0
        self._labels = labels
        self._flat, self._dotted = flat, dotted
        self._open: list[_Open] = [_Open("root", 0, 1, 0, EMPTY)]

    def grow(self, chunks: Sequence[Chunk], levels: dict[int, int]) -> Block:
        left = 0
        for at, chunk in enumerate(chunks):
            if _left_out(chunk):
                left = -1
                continue
            if chunk.kind in {"list", "text"} and left in {-1, chunk.lines[0].number - 1}:
                # "Resources:" and what stands right below it.
                left = chunk.lines[-1].last
                continue
            left = 0
            if chunk.kind == "caption" and is_resource_label(chunk.lines[0].text):
                # "Read:" over titles that are no links is what there is to learn.
                continue
            if chunk.kind == "heading":
                self._heading(chunk.lines[0], levels[at])
            else:
                _MAKERS[chunk.kind](self, chunk.lines)
        while len(self._open) > 1:
            self._close()
        root = self._open[0]
        return Block("root", 0, 1, 1, children=tuple(root.children))

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _heading(self, line: Line, level: int) -> None:
        while len(self._open) > 1 and self._open[-1].level >= level:
            self._close()
        self._open.append(_Open("heading", self._next(), line.number, level, _words(line)))

    def _close(self) -> None:
        done = self._open.pop()
        self._open[-1].children.append(
            Block("heading", done.number, done.line, done.line, done.level, done.inline, tuple(done.children))
        )

    def paragraphs(self, lines: Sequence[Line]) -> None:
        for line in lines:
            titles = announced_in(line.raw)
            if titles:
                self._open[-1].children.append(self._announced(line, titles))
                continue
            texts = _fields_apart(line)
            self._open[-1].children.extend(self._paragraph(line, text) for text in texts or [""])

    def _announced(self, line: Line, titles: Sequence[str]) -> Block:
        """What a line announces, as a list of it."""
        number = self._next()
        items = tuple(
            Block("item", self._next(), line.number, line.last, BULLET, words(text, text))
            for text in (f"{title} (coming soon)" for title in titles)
        )
        return Block("list", number, line.number, line.last, BULLET, children=items)

    def table(self, lines: Sequence[Line]) -> None:
        rows: list[tuple[int, list[str]]] = []
        for line in lines:
            cells = cells_of(line)
            if not cells and len(rows) > 1:
                # A rule: the row above it is the head of the next table.
                self._table(rows[:-1])
                rows = rows[-1:]
            elif cells:
                rows.append((line.number, cells))
        self._table(rows)

    def _table(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        if not rows:
            return
        width = len(rows[0][1])
        made = tuple(
            Row(number, tuple(Cell(words(cell, cell)) for cell in (cells + [""] * width)[:width]))
            for number, cells in rows
        )
        self._open[-1].children.append(Block("table", self._next(), rows[0][0], rows[-1][0], rows=made))

    def list_(self, lines: Sequence[Line]) -> None:
        self._open[-1].children.extend(self._listed(lines))

    def _listed(self, lines: Sequence[Line], depth: int = 0) -> tuple[Block, ...]:
        """A list; where all bullets are sentences they only tell something."""
        if not self._dotted and all(line.kind == "prose" and not LEAD.match(line.text) for line in lines):
            return tuple(self._paragraph(line) for line in lines)
        number, led = self._next(), has_leads(lines)
        items = tuple(self._items(lines, depth, led=led))
        return (Block("list", number, lines[0].number, lines[-1].last, BULLET, children=items),)

    def _paragraph(self, line: Line, text: str = "") -> Block:
        inline = words(text, text) if text else _words(line)
        return Block("paragraph", self._next(), line.number, line.last, BULLET, inline)

    def _items(self, lines: Sequence[Line], depth: int, *, led: bool) -> Iterator[Block]:
        at, end = 0, len(lines)
        while at < end:
            line = lines[at]
            below = at + 1
            field = _is_field(line) or line.text.partition(": ")[0] in self._labels
            caption = line.text.endswith(":")
            while below < end and (
                lines[below].indent > line.indent
                or (not line.glyph and lines[below].glyph and _COUNT.match(line.text))
                or (caption and not line.glyph and not lines[below].text.endswith(":") and not _is_field(lines[below]))
                or (not field and self._flat and _is_field(lines[below]))
            ):
                below += 1
            number = self._next()
            children: tuple[Block, ...] = ()
            if below > at + 1 and depth < MAX_NESTING - 1:
                children = self._listed(lines[at + 1 : below], depth + 1)
            if caption and children and is_grouping(clean(line.text).title):
                # "Tools:" only groups.
                yield from (each for child in children for each in child.children)
                at = below
                continue
            count = _COUNT.match(line.text)
            text = _with_brackets(line.text[count.end() :] if count else line.text)
            lead = LEAD.match(text) if led else None
            inline = words(text, text, lead.end(1) if lead is not None else 0)
            yield Block("item", number, line.number, line.last, NUMBERED if count else BULLET, inline, children)
            at = below


def _is_dotted(page: Page) -> bool:
    """Whether the author ends bullets with a full stop that are no sentences."""
    ends = [line for line in page.lines if line.glyph and line.text.endswith(".")]
    return sum(len(line.text.split()) <= MAX_DOTTED for line in ends) > 1


def _left_out(chunk: Chunk) -> bool:
    return chunk.kind == "caption" and is_furniture(clean(chunk.lines[0].text).title)


def _is_field(line: Line) -> bool:
    """Whether a line below a bullet says what it requires: its own bullet was nested."""
    field = field_of(line.text) if line.kind == "field" else None
    return field is not None and field.kind in REQUIREMENT_KINDS


def _fields_apart(line: Line) -> list[str]:
    """The fields that stand in one line: "Duration: 6 weeks Prerequisites: Part 1"."""
    if line.kind != "field" or line.text.count(":") < 2:  # noqa: PLR2004
        return []
    values = values_in(line.text)[1]
    return [f"{_LABELS[each.kind]}: {each.value}" for each in values if each.value] if len(values) > 1 else []


def _with_brackets(text: str) -> str:
    """Set the effort at the end apart: "Slab work 3h" -> "Slab work (3h)"."""
    effort = _EFFORT.search(text) if text[-1:] in "hrsne" else None
    return f"{text[: effort.start()]} ({effort[1]})" if effort is not None else text


def _words(line: Line) -> Inline:
    text = " ".join(line.raw.split()) if line.last > line.number else _with_brackets(line.text)
    return words(text, text)


_MAKERS: dict[str, Callable[[_Tree, Sequence[Line]], None]] = {
    "caption": _Tree.paragraphs,
    "text": _Tree.paragraphs,
    "list": _Tree.list_,
    "table": _Tree.table,
}
