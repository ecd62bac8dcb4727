"""Words of Markdown whose letters know their places in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

NOWHERE = -1
_LINE_START = re.compile(r"(?:#{1,6}|[-+>]|={2,}|-{2,}|~{3,}|:{3,})(?=\s|$)|(\d{1,9})(?=[.)]\s)")


@dataclass(slots=True)
class Words:
    """A run of Markdown: signs and their places; those that the source does not have are nowhere."""

    signs: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The Markdown."""
        return "".join(self.signs)

    def add(self, text: str, places: Sequence[int] | None = None) -> None:
        """Add text at its places, or markup that stands nowhere."""
        self.signs.extend(text)
        self.places.extend(places if places is not None else [NOWHERE] * len(text))

    def join(self, other: Words) -> None:
        """Add other words."""
        self.signs.extend(other.signs)
        self.places.extend(other.places)

    def part(self, start: int, end: int) -> Words:
        """A piece."""
        return Words(self.signs[start:end], self.places[start:end])

    def stripped(self) -> Words:
        """Without white space at both ends."""
        start, end = 0, len(self.signs)
        while start < end and self.signs[start].isspace():
            start += 1
        while end > start and self.signs[end - 1].isspace():
            end -= 1
        return self.part(start, end)

    def lines(self) -> Iterator[Words]:
        """Its lines, stripped; empty ones are left out."""
        start = 0
        for at, sign in enumerate([*self.signs, "\n"]):
            if sign == "\n":
                line = self.part(start, at).stripped()
                if line.signs:
                    yield line
                start = at + 1


def guarded(words: Words) -> Words:
    """Words at the beginning of a line, so that no sign there is taken for markup."""
    found = _LINE_START.match(words.text)
    if found is None:
        return words
    guard = Words()
    at = found.end(1) if found[1] is not None else 0
    guard.join(words.part(0, at))
    guard.add("\\")
    guard.join(words.part(at, len(words.signs)))
    return guard
