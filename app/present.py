"""Values as plain text: hours, counts, aligned columns. Pure functions; nothing here prints or knows a terminal."""

from __future__ import annotations

import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PROSE_WIDTH = 100
"""Columns to which prose is wrapped when no terminal says how wide it is."""
GAP = "  "
"""Between two columns."""
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Look:
    """How wide and how colourful text may be; the default is plain."""

    colour: bool = False
    width: int | None = None
    """Columns of the terminal; None: nothing is cut, prose is wrapped to PROSE_WIDTH."""

    def bold(self, text: str) -> str:
        """What the eye should find first."""
        return self._in("1", text)

    def dim(self, text: str) -> str:
        """What is there when it is looked for."""
        return self._in("2", text)

    def good(self, text: str) -> str:
        """Done, or ready to begin."""
        return self._in("32", text)

    def prose(self, text: str, indent: str = "") -> str:
        """Text wrapped to the width, every line indented."""
        width = min(self.width or PROSE_WIDTH, PROSE_WIDTH)
        return textwrap.fill(text, max(width, len(indent) + 20), initial_indent=indent, subsequent_indent=indent)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Look()


def hours(value: float | None) -> str:
    """Hours of learning; empty when nobody knows.

    >>> hours(8.0), hours(2.5), hours(1234), hours(None)
    ('8 h', '2.5 h', '1234 h', '')
    """
    return "" if value is None else f"{value:.1f}".removesuffix(".0") + " h"


def count(number: int, thing: str, things: str = "") -> str:
    """A number with its noun.

    >>> count(1, "topic"), count(0, "topic"), count(2, "entry", "entries")
    ('1 topic', '0 topics', '2 entries')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {things or thing + 's'}"


def pace(total_hours: float, hours_per_week: float) -> str:
    """How long it takes: `42 h, about 7 weeks at 6 h a week`."""
    weeks = math.ceil(total_hours / hours_per_week)
    return f"{hours(total_hours)}, about {count(weeks, 'week')} at {hours(hours_per_week)} a week"


def listed(names: Sequence[str], shown: int = 5) -> str:
    """Names for a sentence, long lists cut short.

    >>> listed(["a", "b", "c"], shown=2)
    'a, b and 1 more'
    """
    text = ", ".join(names[:shown])
    return f"{text} and {len(names) - shown} more" if len(names) > shown else text


def width(text: str) -> int:
    r"""Columns that a text takes in a terminal.

    >>> width("Go"), width("数据库"), width("e\u0301"), width("\x1b[1mGo\x1b[0m")
    (2, 6, 1, 2)
    """
    text = _ESCAPES.sub("", text)
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces up to a width; with `right`, the spaces come first."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def cut(text: str, columns: int) -> str:
    """The text, its end replaced by … when it is wider.

    >>> cut("Kubernetes", 6), cut("数据库", 5)
    ('Kuber…', '数据…')
    """
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"


def table(
    rows: Iterable[Sequence[str]],
    header: Sequence[str] = (),
    *,
    right: frozenset[int] = frozenset(),
    look: Look = PLAIN,
) -> str:
    """Rows in aligned columns, without trailing spaces; too wide for the terminal, the widest column is cut.

    Args:
        rows: all of one length. Newlines become spaces.
        header: titles of the columns; none: no header.
        right: numbers of the columns aligned to the right.
        look: how wide it may be.
    """
    cells = [[" ".join(cell.split("\n")) for cell in row] for row in (*([header] if header else []), *rows)]
    if not cells:
        return ""
    widths = _fitted([max(width(cell) for cell in column) for column in zip(*cells, strict=True)], look.width)
    lines = [
        GAP.join(pad(cut(cell, w), w, right=i in right) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    ]
    lines = [line.rstrip() for line in lines]
    return "\n".join([look.dim(lines[0]), *lines[1:]] if header else lines)


def _fitted(widths: list[int], room: int | None) -> list[int]:
    if room is None:
        return widths
    over = sum(widths) + len(GAP) * (len(widths) - 1) - room
    while over > 0 and max(widths) > 8:  # noqa: PLR2004 - narrower columns say nothing: better to wrap
        widest = widths.index(max(widths))
        widths[widest] -= 1
        over -= 1
    return widths


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
