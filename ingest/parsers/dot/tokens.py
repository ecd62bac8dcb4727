"""DOT as tokens with their places: names, strings, HTML strings, signs; comments are kept apart."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

TokenKind = Literal["name", "string", "html", "sign", "end"]
_SPACE = re.compile(r"[\s\ufeff]+")
_LINE = re.compile(r"[^\n]*")
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_RUNS_ON = re.compile(r"(?:=|->|--|\[)\s*\Z")
"""How a string over several lines ends that was never closed: where the next one should begin."""
_ANGLE = re.compile(r"[<>]")
_PLAIN = re.compile(r"[\s\ufeff]*(?:(->|--|[{}\[\];,=:+])|([^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?)))")
"""Most of a source: signs and names, with the space in front of them."""


class Token(NamedTuple):
    """A token; `value` is what it says, its place what was written."""

    kind: TokenKind
    value: str
    start: int
    end: int


class Tokens(NamedTuple):
    """A source in pieces."""

    tokens: list[Token]
    """The last one is of kind `end`."""
    comments: list[str]
    mistakes: list[tuple[int, str]]
    """(place, what is wrong)."""


MAX_UNCLOSED = 20
"""HTML strings that are not closed, from which on none is read: each is looked for far ahead."""


def tokens_of(source: str) -> Tokens:
    """Cut a source; what DOT does not know is passed over and said."""
    found = Tokens([], [], [])
    at = 0
    unclosed = False
    unclosed_html = 0
    add = found.tokens.append
    while at < len(source):
        plain = _PLAIN.match(source, at)
        if plain is not None:
            at = plain.end()
            sign = plain[1]
            add(Token("sign", sign, plain.start(1), at) if sign else Token("name", plain[2], plain.start(2), at))
            continue
        space = _SPACE.match(source, at)
        if space is not None:
            at = space.end()
            continue
        comment = _comment(source, at)
        if comment is not None:
            text, at = comment
            found.comments.append(text)
            continue
        hopeless = (unclosed and source[at] == '"') or (unclosed_html > MAX_UNCLOSED and source[at] == "<")
        token = None if hopeless else _token(source, at)
        if token is not None:
            _add(found.tokens, token)
            at = token.end
        elif source[at] in '"<':
            # Once no quote closes, none of the later ones does: they need not be looked at again.
            unclosed = unclosed or (source[at] == '"' and _STRING.match(source, at) is None)
            unclosed_html += source[at] == "<"
            found.mistakes.append((at, "a string is not closed"))
            at = _line_end(source, at)
        else:
            found.mistakes.append((at, f"“{source[at]}” is not known here"))
            at += 1
    found.tokens.append(Token("end", "", len(source), len(source)))
    return found


def _add(tokens: list[Token], token: Token) -> None:
    joined = len(tokens) > 1 and token.kind == "string" and tokens[-1][:2] == ("sign", "+")
    if joined and tokens[-2].kind == "string":
        first = tokens[-2]
        del tokens[-2:]
        token = Token("string", first.value + token.value, first.start, token.end)
    tokens.append(token)


def _comment(source: str, at: int) -> tuple[str, int] | None:
    if source.startswith("//", at):
        end = _line_end(source, at)
        return source[at + 2 : end], end
    if source.startswith("/*", at):
        end = source.find("*/", at + 2)
        return (source[at + 2 : end], end + 2) if end >= 0 else (source[at + 2 :], len(source))
    if source[at] == "#" and not source[source.rfind("\n", 0, at) + 1 : at].strip():
        # Graphviz takes such a line for the output of a preprocessor.
        end = _line_end(source, at)
        return source[at + 1 : end], end
    return None


def _token(source: str, at: int) -> Token | None:
    if source[at] == '"':
        string = _STRING.match(source, at)
        if string is None or ("\n" in string[1] and _RUNS_ON.search(string[1])):
            return None
        return Token("string", string[1].replace("\\\n", "").replace("\0", ""), at, string.end())
    if source[at] == "<":
        end = _html_end(source, at)
        return Token("html", source[at + 1 : end - 1], at, end) if end else None
    return None


def _html_end(source: str, at: int) -> int:
    """Behind the angle bracket that closes the one at `at`; 0 when none does."""
    depth = 0
    for found in _ANGLE.finditer(source, at, at + 50_000):
        depth += 1 if found[0] == "<" else -1
        if depth == 0:
            return found.end()
    return 0


def _line_end(source: str, at: int) -> int:
    found = _LINE.match(source, at)
    return found.end() if found is not None else len(source)
