"""What YAML, JSON and TOML have in common: a tree of texts, lists and maps that knows where each piece stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

MAX_DEPTH = 60
"""Nesting beyond this is no roadmap; reading it would need a stack of any depth."""
MAX_ALIASED = 20_000
"""Nodes that aliases may repeat in all: a few lines of YAML can say billions."""
MAX_LINE = 240
"""A line up to this long is quoted whole; of a longer one, only the piece."""
MAX_QUOTE = 600


class Unreadable(Exception):  # noqa: N818 - it is a finding about the document, turned into a problem by the parser
    """The document cannot be read at all."""

    def __init__(self, code: str, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.hint = code, message, line, hint


@dataclass(slots=True)
class Node:
    """A text, list or map; a map's items are its keys and values in turn."""

    kind: Literal["text", "list", "map"]
    start: int
    """Where it begins in the document, in characters."""
    end: int = 0
    text: str = ""
    items: list[Node] = field(default_factory=list)
    size: int = 1
    depth: int = 1

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Keys and values of a map; nothing for others."""
        items = self.items if self.kind == "map" else []
        return zip(items[::2], items[1::2], strict=False)


class Span(NamedTuple):
    """Lines and the words in them."""

    first: int
    last: int
    quote: str


class Source:
    """The document's text with its lines, numbered from 1."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.text = "\n".join(lines) + "\n"
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def line(self, at: int) -> int:
        """The line of a position."""
        return max(1, min(bisect_right(self._starts, at), len(self.lines)))

    def span(self, start: int, end: int) -> Span:
        """The lines of a piece, whole when they are short, else the piece itself."""
        piece = self.text[start:end].strip()
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        first, last = self.line(start), self.line(max(start, start + len(piece) - 1))
        whole = "\n".join(self.lines[first - 1 : last]).strip()
        if not piece or len(whole) <= MAX_LINE:
            return Span(first, last, whole)
        if len(piece) <= MAX_QUOTE:
            return Span(first, last, piece)
        head = piece[:MAX_QUOTE].rstrip()
        return Span(first, first + head.count("\n"), head)


class Builder:
    """Puts a tree together from what a reader meets, and stops at what is too deep."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[Node] = []
        self._aliased = 0
        self.roots: list[Node] = []

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self._open:
            self.roots.append(node)
            return
        parent = self._open[-1]
        parent.items.append(node)
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)

    def text(self, text: str, start: int, end: int) -> Node:
        """Add a text; what no encoding can hold is replaced."""
        node = Node("text", start, end, text.encode("utf-8", "replace").decode("utf-8"))
        self.add(node)
        return node

    def open(self, kind: Literal["list", "map"], start: int) -> Node:
        """Begin a list or map."""
        if len(self._open) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise Unreadable("too-deep", message, self._source.line(start))
        node = Node(kind, start)
        self._open.append(node)
        return node

    def close(self, end: int) -> None:
        """End the innermost list or map."""
        node = self._open.pop()
        node.end = end
        self.add(node)

    def repeat(self, node: Node | None, at: int) -> None:
        """Add what an alias stands for; None when nothing of that name came before."""
        if node is None:
            raise Unreadable("bad-yaml", "not valid YAML: an alias names nothing", self._source.line(at))
        self._aliased += node.size
        line = self._source.line(at)
        if self._aliased > MAX_ALIASED:
            raise Unreadable("too-many-aliases", f"aliases repeat more than {MAX_ALIASED} values", line)
        if node in self._open or len(self._open) + node.depth > MAX_DEPTH:
            raise Unreadable("too-deep", f"an alias nests more than {MAX_DEPTH} levels deep", line)
        self.add(node)


def root_of(builder: Builder) -> Node:
    """The one value of a document; of several in one file it is a list, and front matter is part of what follows."""
    if len(builder.roots) == 1:
        return builder.roots[0]
    if len(builder.roots) == 2 and _is_front(*builder.roots):  # noqa: PLR2004
        front, body = builder.roots
        return Node("map", front.start, body.end, items=[*front.items, *body.items])
    end = builder.roots[-1].end if builder.roots else 0
    return Node("list", 0, end, items=builder.roots)


def _is_front(front: Node, body: Node) -> bool:
    """Whether the first of two maps only says something about the second: texts under keys that the other has not."""
    if front.kind != "map" or body.kind != "map" or any(value.kind != "text" for _, value in front.pairs):
        return False
    return {key.text for key, _ in front.pairs}.isdisjoint(key.text for key, _ in body.pairs)
