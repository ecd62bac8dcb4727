"""Lines whose letters were decoded wrongly before they were saved: UTF-8 read as Latin-1 or Windows-1252.

Only the lines that look broken are given to ftfy, and only to `fix_encoding`: `fix_text` would also change quotes,
ligatures and line breaks of lines that are in order. The number of lines never changes.

A quote is a verbatim piece of the repaired lines. In a line that was repaired it is therefore not a piece of the file's
bytes: who compares it with the file decodes with `ingest.documents.decode` first. A comparison of letters only is not
enough there, because "â€™" holds the letter "â" where the repaired line has none. In all other lines it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

import ftfy

_LEAD = "\u00c2-\u00f4"
"""What the first byte of a longer UTF-8 sequence becomes in Latin-1 and in Windows-1252."""
_AFTER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What its other bytes become. A no-break space among them was often made a plain one: "Ã " was "à"."""
_LOOKS_BROKEN = re.compile(f"[{_LEAD}][{_AFTER}]|[ÃÂ] ")
BOM = "\ufeff"
MAX_LINE = 20_000
"""Signs; longer lines stay as they are, for no person wrote them."""


class Repaired(NamedTuple):
    """A text after its repair."""

    text: str
    changed: int = 0
    """Lines that were changed."""
    first: int = 0
    """Number of the first of them, from 1; 0 when there is none."""


def repair(text: str) -> Repaired:
    r"""Mend the lines that look broken; the others stay as they are.

    A byte order mark at the beginning of a line is dropped: files that were put behind one another have such, and a
    heading behind it is none. Inside a line it is a space without width, and stays.

    Args:
        text: decoded, with LF line ends.

    >>> repair("# CafÃ© ðŸš€\nCafé\n")
    Repaired(text='# Café 🚀\nCafé\n', changed=1, first=1)
    """
    if text.isascii() or not (BOM in text or _LOOKS_BROKEN.search(text)):
        return Repaired(text)
    # Not splitlines(): U+2028, U+0085, form feeds and vertical tabs stand inside lines, for editors and for Markdown.
    lines = text.split("\n")
    mended = [line if line.isascii() else _mended(line) for line in lines]
    numbers = [at for at, (before, after) in enumerate(zip(lines, mended, strict=True), start=1) if before != after]
    return Repaired("\n".join(mended), len(numbers), numbers[0]) if numbers else Repaired(text)


def _mended(line: str) -> str:
    line = line.lstrip(BOM)
    if len(line) > MAX_LINE or not _LOOKS_BROKEN.search(line):
        return line
    fixed: str = ftfy.fix_encoding(line, _config())
    # What was never a text must not become one more line, or a sign that no text holds.
    return line if any(sign in fixed for sign in "\n\r\x00") or not fixed.strip() else fixed


@cache
def _config() -> Any:
    # A sequence that lost a byte stays readable as it is; U+FFFD in its place would say less.
    return ftfy.TextFixerConfig(explain=False, replace_lossy_sequences=False)
