"""Where the words of an HTML page stand in its source: each letter of a text keeps its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import unescape

_TAG = re.compile(r"</?[A-Za-z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>|<!--|<[!?][^>]*>")
_TAG_HEAD = re.compile(r"</?[A-Za-z!?]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
MAX_TAG = 20_000
_NEAR = 80
"""Letters within which a lost place is looked for."""


class Source:
    """A source that is gone through once, forwards.

    Args:
        lines: of the page.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n".join(lines)
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        self._at = 0
        self._close = -1
        """The first > at or behind the last place that one was looked for."""

    def line(self, place: int) -> int:
        """The line, from 1, in which a place stands."""
        return bisect_right(self._starts, min(max(place, 0), len(self.text)))

    def place(self, line: int, column: int) -> int:
        """The place of a line, from 1, and a column, from 0."""
        return min(self._starts[min(line, len(self._starts)) - 1] + column, len(self.text))

    def enter(self, line: int, column: int) -> None:
        """Go on behind the tag that begins there."""
        place = self.place(line, column)
        self._at = max(self._at, self._behind_tag(place)) if self.text.startswith("<", place) else self._at

    def find(self, words: str) -> list[int]:
        """The place of each letter of the text that comes next."""
        start = self._at
        if "<" not in words and "&" not in words and self.text.startswith(words, start):
            self._at = start + len(words)
            return list(range(start, self._at))
        return [self._next(words, at) for at in range(len(words))]

    def end(self, place: int) -> int:
        """Behind the letter at a place: an entity is one letter."""
        entity = _ENTITY.match(self.text, place)
        return entity.end() if entity is not None else min(place + 1, len(self.text))

    def _next(self, words: str, at: int) -> int:
        letter = words[at]
        for _ in range(_NEAR):
            here = self._at
            sign = self.text[here : here + 1]
            if sign == "<" and _TAG_HEAD.match(self.text, here):
                self._at = self._behind_tag(here)
                continue
            entity = _ENTITY.match(self.text, here) if sign == "&" else None
            if entity is not None and words.startswith(unescape(entity[0])[:1], at):
                # An entity of two letters is left at its second: the first stays in front of it.
                more = len(unescape(entity[0])) > 1 and words.startswith(unescape(entity[0]), at)
                self._at = here if more else entity.end()
                if more:
                    self._at = entity.end()
                return here
            if sign == letter:
                self._at = here + 1
                return here
            if entity is not None:
                self._at = entity.end()
                return here
            near = self.text.find(letter, here, here + _NEAR)
            if near < 0:
                return min(here, len(self.text))
            self._at = near
        return min(self._at, len(self.text))

    def _behind_tag(self, place: int) -> int:
        if self.text.startswith("<!--", place):
            end = self.text.find("-->", place)
            return end + 3 if end >= 0 else len(self.text)
        if self._close < place:
            end = self.text.find(">", place)
            self._close = end if end >= 0 else len(self.text)
        if self._close >= min(len(self.text), place + MAX_TAG):
            return min(place + 1, len(self.text))
        found = _TAG.match(self.text, place, min(len(self.text), place + MAX_TAG))
        return found.end() if found is not None else self._close + 1
