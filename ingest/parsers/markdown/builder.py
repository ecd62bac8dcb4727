"""From the tokens of markdown-it to the tree of blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from ingest.parsers.html.marks import marks_of
from ingest.parsers.markdown.front_matter import front_matter
from ingest.parsers.markdown.tokens import MAX_NESTING, Batch, batches
from ingest.parsers.outline.blocks import BULLET, NUMBERED, Block, BlockKind, Blocks, Cell, Row
from ingest.parsers.wording.inline import EMPTY, Inline, inline_of, words
from ingest.reading import ReadProblem


def read_blocks(lines: Sequence[str]) -> Blocks:
    """Parse the lines of a Markdown document; nothing in it raises."""
    front = front_matter(lines)
    builder = _Builder()
    for batch in batches(lines, front.end):
        builder.add(batch)
    return Blocks(builder.close_all(), front.values, front.lines, (*front.problems, *builder.problems))


@dataclass(slots=True)
class _Open:
    """A block that may still get something below it."""

    kind: BlockKind
    number: int
    line: int
    line_end: int
    level: int = 0
    inline: Inline = EMPTY
    children: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def closed(self) -> Block:
        """The block, which changes no more."""
        return Block(
            self.kind,
            self.number,
            self.line,
            self.line if self.line_end == self.line else self.line_end,  # one number in memory, not two
            self.level,
            self.inline,
            tuple(self.children),
            tuple(self.rows),
        )


class _Builder:
    """Puts one token after the other into the tree."""

    def __init__(self) -> None:
        self.problems: list[ReadProblem] = []
        self._open: list[_Open] = [_Open("root", 0, 1, 1)]
        self._holders = 0
        """Bullets and quotes that are open."""
        self._details: list[int] = []
        self._count = 0
        self._before = 0
        self._cells: list[Cell] | None = None
        self._row_line = 1
        self._list = ("", "")
        """Type and sign of the last list at the top level."""

    def add(self, batch: Batch) -> None:
        """Add the tokens of some lines."""
        tokens, self._before = batch.tokens, batch.before
        same = batch.goes_on and bool(tokens) and (tokens[0].type, tokens[0].markup) == self._list
        if same:
            self._open[-1].line_end = self._last(tokens[0])
        elif batch.goes_on:
            self._close()
        for at in range(int(same), len(tokens)):
            action = _ACTIONS.get(tokens[at].type)
            if action is not None:
                action(self, tokens[at], tokens[at + 1] if at + 1 < len(tokens) else tokens[at])

    def close_all(self) -> Block:
        """The whole tree."""
        while len(self._open) > 1:
            self._close()
        return self._open[0].closed()

    def heading(self, token: Token, following: Token) -> None:
        """Close what the heading ends, open it where it stands at the top level."""
        level = int(token.tag[1])
        if token.markup == "-" and _is_text(following.content):
            # A line of dashes right below a paragraph was meant to divide.
            self.paragraph(token, following)
            return
        if self._holders:
            # An outliner's bullet that is a heading: "- ## Spring".
            self._name_item(token, following, level)
            return
        self._close_down_to(level)
        self._push("heading", token, level=level, inline=inline_of(following))

    def html(self, token: Token, _following: Token) -> None:
        """Open what `<h2>` and `<summary>` head; `</details>` closes it."""
        if "<" not in token.content or self._holders:
            return
        for mark in marks_of(token.content):
            line = self._line(token) + mark.line
            if mark.level:
                self._close_down_to(mark.level)
            elif mark.closes:
                self._close_details()
                continue
            level = mark.level or min(self._open[-1].level, 98) + 1
            self._count += 1
            self._open.append(_Open("heading", self._count, line, line, level, words(mark.raw, mark.text)))
            if not mark.level:
                self._details.append(self._count)

    def list_(self, token: Token, _following: Token) -> None:
        """Open a list; one that is too deep is said once."""
        if token.level >= 2 * MAX_NESTING and not self.problems:
            message = f"bullets nested deeper than {MAX_NESTING} levels are not read"
            line = self._line(token)
            self.problems.append(ReadProblem(severity="warning", code="too-deep", message=message, line=line))
        if not token.level:
            self._list = (token.type, token.markup)
        self._push("list", token, level=BULLET)

    def item(self, token: Token, _following: Token) -> None:
        """Open a bullet. Its words are its first paragraph, which comes next."""
        self._push("item", token, level=NUMBERED if token.info else BULLET)

    def quote(self, token: Token, _following: Token) -> None:
        """Open a block quote."""
        self._push("quote", token, level=BULLET)

    def close(self, _token: Token, _following: Token) -> None:
        """Close the innermost list, bullet, quote or table."""
        self._close()

    def paragraph(self, token: Token, following: Token) -> None:
        """Add a paragraph, or give the bullet that it begins its words."""
        parent = self._open[-1]
        if parent.kind == "item" and self._name_item(token, following, parent.level):
            return
        self._count += 1
        line, last = self._line(token), self._last(token)
        last = line if last == line else last
        parent.children.append(Block("paragraph", self._count, line, last, BULLET, inline_of(following)))

    def table(self, token: Token, _following: Token) -> None:
        """Open a table; its rows follow."""
        self._push("table", token, level=0)

    def row(self, token: Token, _following: Token) -> None:
        """Begin a row."""
        self._cells, self._row_line = [], self._line(token)

    def row_end(self, _token: Token, _following: Token) -> None:
        """Add the row to its table."""
        if self._cells is not None:
            self._open[-1].rows.append(Row(self._row_line, tuple(self._cells)))
        self._cells = None

    def cell(self, _token: Token, following: Token) -> None:
        """Add a cell to the row."""
        if self._cells is not None:
            self._cells.append(Cell(inline_of(following) if following.type == "inline" else EMPTY))

    def _name_item(self, token: Token, following: Token, level: int) -> bool:
        """Give a bullet that has no words yet its words."""
        item = self._open[-1]
        if item.kind != "item" or item.inline is not EMPTY or item.children:
            return False
        item.line, item.line_end, item.level = self._line(token), self._last(token), level
        item.inline = inline_of(following)
        return True

    def _close_down_to(self, level: int) -> None:
        while len(self._open) > 1 and self._open[-1].level >= level:
            self._close()

    def _close_details(self) -> None:
        number = self._details.pop() if self._details else 0
        if any(block.number == number for block in self._open[1:]):
            while self._open[-1].number != number:
                self._close()
            self._close()

    def _push(self, kind: BlockKind, token: Token, *, level: int, inline: Inline = EMPTY) -> None:
        self._count += 1
        self._holders += kind in _HOLDERS
        self._open.append(_Open(kind, self._count, self._line(token), self._last(token), level, inline))

    def _close(self) -> None:
        block = self._open.pop()
        self._holders -= block.kind in _HOLDERS
        self._open[-1].children.append(block.closed())

    def _line(self, token: Token) -> int:
        return self._before + (token.map[0] + 1 if token.map else 1)

    def _last(self, token: Token) -> int:
        return self._before + (max(token.map[1], token.map[0] + 1) if token.map else 1)


def _is_text(words: str) -> bool:
    """Whether words are too much for a heading: several lines, or a sentence."""
    return "\n" in words or (words.rstrip("*_ ").endswith((".", ":")) and len(words.split()) > MAX_UNDERLINED)


_HOLDERS = frozenset({"item", "quote"})
MAX_UNDERLINED = 3
"""Words that may be a heading although they end as a sentence does."""
_ACTIONS: Mapping[str, Callable[[_Builder, Token, Token], None]] = {
    "heading_open": _Builder.heading,
    "html_block": _Builder.html,
    "bullet_list_open": _Builder.list_,
    "ordered_list_open": _Builder.list_,
    "list_item_open": _Builder.item,
    "blockquote_open": _Builder.quote,
    "bullet_list_close": _Builder.close,
    "ordered_list_close": _Builder.close,
    "list_item_close": _Builder.close,
    "blockquote_close": _Builder.close,
    "paragraph_open": _Builder.paragraph,
    "table_open": _Builder.table,
    "table_close": _Builder.close,
    "tr_open": _Builder.row,
    "tr_close": _Builder.row_end,
    "th_open": _Builder.cell,
    "td_open": _Builder.cell,
}
