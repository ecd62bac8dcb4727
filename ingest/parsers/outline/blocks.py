"""Markdown as a tree of blocks: headings hold what stands below them, bullets hold their nested bullets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ingest.parsers.wording.inline import EMPTY, Inline
from ingest.reading import ReadProblem

BlockKind = Literal["root", "heading", "list", "item", "paragraph", "table", "quote"]


BULLET = 99
NUMBERED = 98


class Cell(NamedTuple):
    """A cell of a table."""

    inline: Inline


class Row(NamedTuple):
    """A row of a table."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document. A large one has hundreds of thousands, so that each field counts."""

    kind: BlockKind
    number: int
    """Unique in the document."""
    line: int
    """First line of its own words, from 1."""
    line_end: int
    level: int = 0
    """Of a heading, 1 to 6, or more when it is none by its markup; of a bullet that is a heading too.

    Of a bullet that is none, BULLET or NUMBERED.
    """
    inline: Inline = EMPTY
    children: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    """Of a table, its head first."""

    def let_go(self) -> None:
        """Forget what stands below, when somebody else has it."""
        object.__setattr__(self, "children", ())
        object.__setattr__(self, "rows", ())


@dataclass(frozen=True, slots=True)
class Blocks:
    """A document's tree, its front matter and what was wrong with it."""

    root: Block
    front: dict[str, Any]
    front_lines: tuple[int, int]
    """First and last line of the front matter; (1, 1) without one."""
    problems: tuple[ReadProblem, ...]
