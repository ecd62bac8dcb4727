"""Markdown as a tree of blocks: headings hold what stands below them, bullets hold their nested bullets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.parsers.html_marks import marks_of
from ingest.parsers.inline import EMPTY, Inline, inline_of
from ingest.reading import ReadProblem

MAX_NESTING = 60
"""Lists in lists; deeper ones are not read."""

BlockKind = Literal["root", "heading", "list", "item", "paragraph", "table", "quote"]
_ODD_SPACES = {code: " " for code in range(0x3001) if chr(code).isspace() and chr(code) not in " \t\n"}
"""White space that markdown-it strips from a text together with the line it stands on; lines would shift."""


class Cell(NamedTuple):
    """A cell of a table."""

    inline: Inline


class Row(NamedTuple):
    """A row of a table."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document. `children` and `rows` are filled by `read_blocks` only."""

    kind: BlockKind
    number: int
    """Unique in the document."""
    line: int
    """First line of its own words, from 1."""
    line_end: int
    level: int = 0
    """Of a heading, 1 to 6, or more when it is none by its markup; of a bullet that is a heading too."""
    inline: Inline = EMPTY
    mark: str = ""
    """Number of an ordered item."""
    children: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """Of a table, its head first."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A document's tree, its front matter and what was wrong with it."""

    root: Block
    front: dict[str, Any]
    front_lines: tuple[int, int]
    """First and last line of the front matter; (1, 1) without one."""
    problems: tuple[ReadProblem, ...]


def read_blocks(lines: Sequence[str]) -> Blocks:
    """Parse the lines of a Markdown document; nothing in it raises."""
    # Markdown takes a line of no-break spaces for words, and its own stripping then loses count of the lines.
    body = "\n".join("" if line.isspace() else line for line in lines).translate(_ODD_SPACES)
    # A carriage return inside a line would be one more line to it.
    tokens = _markdown().parse(body.replace("\r", " ") + "\n")
    builder = _Builder()
    for at, token in enumerate(tokens):
        builder.take(token, tokens[at + 1] if at + 1 < len(tokens) else token)
    front, front_lines, problems = _front_matter(tokens)
    return Blocks(builder.root, front, front_lines, (*problems, *builder.problems))


@cache
def _markdown() -> MarkdownIt:
    # A nested list is two levels of tokens; the first that is too deep is still begun, so that it can be said.
    options = {"maxNesting": 2 * MAX_NESTING + 2}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).use(front_matter_plugin)


class _Builder:
    """Puts one token after the other into the tree."""

    def __init__(self) -> None:
        self.root = Block("root", 0, 1, 1)
        self.problems: list[ReadProblem] = []
        self._open: list[Block] = [self.root]
        self._details: list[int] = []
        self._count = 0
        self._table_row: list[Cell] | None = None
        self._row_line = 1

    def take(self, token: Token, following: Token) -> None:
        """Add a token; `following` is the next one."""
        action = _ACTIONS.get(token.type)
        if action is not None:
            action(self, token, following)

    def heading(self, token: Token, following: Token) -> None:
        """Close what the heading ends, open it where it stands at the top level."""
        level = int(token.tag[1])
        if any(block.kind in {"item", "quote"} for block in self._open):
            # An outliner's bullet that is a heading: "- ## Spring".
            self._name_item(token, following, level)
            return
        self._close_down_to(level)
        self._push("heading", token, level=level, inline=inline_of(following))

    def html(self, token: Token, _following: Token) -> None:
        """Open what `<h2>` and `<summary>` head; `</details>` closes it."""
        if "<" not in token.content or any(block.kind in {"item", "quote"} for block in self._open):
            return
        for mark in marks_of(token.content):
            line = _line(token) + mark.line
            if mark.level:
                self._close_down_to(mark.level)
            elif mark.closes:
                self._close_details()
                continue
            level = mark.level or min(self._open[-1].level, 98) + 1
            self._count += 1
            block = Block("heading", self._count, line, line, level, Inline(mark.raw, mark.text))
            self._open[-1].children.append(block)
            self._open.append(block)
            if not mark.level:
                self._details.append(block.number)

    def list_(self, token: Token, _following: Token) -> None:
        """Open a list; one that is too deep is said once."""
        if token.level >= 2 * MAX_NESTING and not self.problems:
            message = f"bullets nested deeper than {MAX_NESTING} levels are not read"
            self.problems.append(ReadProblem(severity="warning", code="too-deep", message=message, line=_line(token)))
        self._push("list", token, level=99)

    def item(self, token: Token, _following: Token) -> None:
        """Open a bullet. Its words are its first paragraph, which comes next."""
        self._push("item", token, level=99, mark=token.info)

    def quote(self, token: Token, _following: Token) -> None:
        """Open a block quote."""
        self._push("quote", token, level=99)

    def close(self, _token: Token, _following: Token) -> None:
        """Close the innermost list, bullet or quote."""
        self._open.pop()

    def paragraph(self, token: Token, following: Token) -> None:
        """Add a paragraph, or give the bullet that it begins its words."""
        parent = self._open[-1]
        if parent.kind == "item" and self._name_item(token, following, 99):
            return
        self._count += 1
        parent.children.append(Block("paragraph", self._count, _line(token), _last(token), 99, inline_of(following)))

    def table(self, token: Token, _following: Token) -> None:
        """Add a table; its rows follow."""
        self._count += 1
        self._open[-1].children.append(Block("table", self._count, _line(token), _last(token)))

    def row(self, token: Token, _following: Token) -> None:
        """Begin a row."""
        self._table_row, self._row_line = [], _line(token)

    def row_end(self, _token: Token, _following: Token) -> None:
        """Add the row to its table."""
        if self._table_row is not None:
            self._open[-1].children[-1].rows.append(Row(self._row_line, tuple(self._table_row)))
        self._table_row = None

    def cell(self, _token: Token, following: Token) -> None:
        """Add a cell to the row."""
        if self._table_row is not None:
            self._table_row.append(Cell(inline_of(following) if following.type == "inline" else EMPTY))

    def _name_item(self, token: Token, following: Token, level: int) -> bool:
        """Give a bullet that has no words yet its words."""
        parent = self._open[-1]
        if parent.kind != "item" or parent.inline is not EMPTY or parent.children:
            return False
        named = Block("item", parent.number, _line(token), _last(token), level, inline_of(following), parent.mark)
        self._open[-1] = named
        self._open[-2].children[-1] = named
        return True

    def _close_down_to(self, level: int) -> None:
        while self._open[-1].kind != "root" and self._open[-1].level >= level:
            self._open.pop()

    def _close_details(self) -> None:
        number = self._details.pop() if self._details else None
        at = next((at for at, block in enumerate(self._open) if block.number == number and at), None)
        if at is not None:
            del self._open[at:]

    def _push(self, kind: BlockKind, token: Token, *, level: int, inline: Inline = EMPTY, mark: str = "") -> None:
        self._count += 1
        block = Block(kind, self._count, _line(token), _last(token), level, inline, mark)
        self._open[-1].children.append(block)
        self._open.append(block)


_ACTIONS = {
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
    "tr_open": _Builder.row,
    "tr_close": _Builder.row_end,
    "th_open": _Builder.cell,
    "td_open": _Builder.cell,
}


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _last(token: Token) -> int:
    return max(token.map[1], token.map[0] + 1) if token.map else 1


def _front_matter(tokens: list[Token]) -> tuple[dict[str, Any], tuple[int, int], list[ReadProblem]]:
    if not tokens or tokens[0].type != "front_matter":
        return {}, (1, 1), []
    lines = (_line(tokens[0]), _last(tokens[0]))
    try:
        front = yaml.safe_load(tokens[0].content)
    # PyYAML raises ValueError for dates that do not exist, and recursion is bounded by the file's size only.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = lines[0]
        if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
            line = min(lines[1], line + 1 + error.problem_mark.line)
        said = str(getattr(error, "problem", None) or "not valid YAML")
        message = f"the front matter cannot be read: {said}"
        return {}, lines, [ReadProblem(severity="error", code="front-matter", message=message, line=line)]
    if front is not None and not isinstance(front, dict):
        message = "the front matter is not a list of names and values"
        return {}, lines, [ReadProblem(severity="warning", code="front-matter", message=message, line=lines[0])]
    return {str(key): value for key, value in (front or {}).items()}, lines, []
