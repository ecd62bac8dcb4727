"""The tokens of markdown-it for a document, some thousand lines at a time: memory follows those, not the document.

What stands at the top level does not depend on what stands before it, except for link definitions. So a document is
cut where such a block begins, or such a bullet of a long list, and goes on there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ingest.parsers.wording.inline import is_simple

MAX_NESTING = 60
"""Lists in lists; deeper ones are not read."""
LARGE = 4_000
"""Lines up to which a document is taken whole, and kept while it is read."""
WINDOW = 1_000
"""Lines of a larger one that are taken at once; twice as many, again and again, where a single block is longer."""
_ODD_SPACES = {code: " " for code in range(0x3001) if chr(code).isspace() and chr(code) not in " \t\n"}
"""White space that markdown-it strips from a text together with the line it stands on; lines would shift."""
_ODD_SPACE = re.compile(f"[{''.join(map(chr, _ODD_SPACES))}]")
_Parse = Callable[[str, MutableMapping[str, Any]], list[Token]]


class Batch(NamedTuple):
    """Tokens of some lines."""

    tokens: list[Token]
    before: int
    """Lines of the document in front of theirs."""
    goes_on: bool
    """The list that they begin with is the one that the batch before ended in."""


class _Cut(NamedTuple):
    """Where a document can be cut."""

    token: int
    line: int
    in_list: bool


def batches(lines: Sequence[str], first: int) -> Iterator[Batch]:
    """The tokens of all lines from a first one on, which is counted from 0."""
    definitions: dict[str, Any] = {}
    if len(lines) > LARGE and any("]:" in line for line in lines):
        # A link may stand long before the line that says where it leads.
        for _ in _batches(lines, first, _blocks, definitions):
            pass
    yield from _batches(lines, first, _tokens, definitions)


def _batches(lines: Sequence[str], first: int, parse: _Parse, definitions: dict[str, Any]) -> Iterator[Batch]:
    window = WINDOW if len(lines) > LARGE else len(lines)
    start, size, goes_on = first, window, False
    while start < len(lines):
        whole = start + size >= len(lines)
        tokens = parse(_body(lines[start : start + size]), {"references": definitions})
        cut = None if whole else _cut(tokens)
        if cut is None and not whole:
            size *= 2
            continue
        yield Batch(tokens if cut is None else tokens[: cut.token], start, goes_on)
        start, size = len(lines) if cut is None else start + cut.line, window
        goes_on = cut is not None and cut.in_list


def _cut(tokens: Sequence[Token]) -> _Cut | None:
    """Where the last block begins, or the last bullet of it; None when nothing stands before it."""
    at = next((at for at in range(len(tokens) - 1, -1, -1) if _begins(tokens[at], 0)), 0)
    if tokens and tokens[at].type in {"bullet_list_open", "ordered_list_open"}:
        item = next(at for at in range(len(tokens) - 1, -1, -1) if _begins(tokens[at], 1))
        if item > at + 1:
            return _Cut(item, (tokens[item].map or [0])[0], in_list=True)
    return _Cut(at, (tokens[at].map or [0])[0], in_list=False) if at else None


def _begins(token: Token, level: int) -> bool:
    return token.level == level and token.nesting >= 0 and token.map is not None


def _body(lines: Sequence[str]) -> str:
    # Markdown takes a line of no-break spaces for words, and its own stripping then loses count of the lines.
    body = "\n".join("" if line.isspace() else line for line in lines)
    if _ODD_SPACE.search(body):
        body = body.translate(_ODD_SPACES)
    # A carriage return inside a line would be one more line to it.
    return body.replace("\r", " ") + "\n"


def _tokens(body: str, env: MutableMapping[str, Any]) -> list[Token]:
    tokens, words = _blocks(body, env), _words()
    state = StateCore(body, words, env)
    # Most words are nothing but words: markdown-it would go through them sign by sign to say the same.
    state.tokens = [token for token in tokens if token.type == "inline" and not is_simple(token.content)]
    words.core.process(state)
    return tokens


def _blocks(body: str, env: MutableMapping[str, Any]) -> list[Token]:
    """The blocks alone: link definitions are found without looking at any words."""
    markdown, tokens = _markdown(), list[Token]()
    markdown.block.parse(body.replace("\0", "\ufffd"), markdown, env, tokens)
    return tokens


@cache
def _markdown() -> MarkdownIt:
    # A nested list is two levels of tokens; the first that is too deep is still begun, so that it can be said.
    return MarkdownIt("commonmark", {"maxNesting": 2 * MAX_NESTING + 2}).enable("table")


@cache
def _words() -> MarkdownIt:
    # Brackets in brackets cost their depth: here the library's own limit holds, which is far lower.
    markdown = MarkdownIt("commonmark").enable("strikethrough")
    markdown.core.ruler.enableOnly(["inline", "text_join"])
    return markdown
