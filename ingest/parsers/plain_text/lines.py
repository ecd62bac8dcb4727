"""Lines of plain text: which may be titles, which are prose."""

from __future__ import annotations

import re

from ingest.parsers.wording.titles import clean, looks_like_title, trim
from ingest.words import lookup

_BROKEN = "\u03c0\u03b2\u00f0\u0e50\u0e42"
"""What the first byte of an emoji became: Greek, Western, Thai."""
MAX_HEADING_WORDS = 9
MAX_LINE = 400
MIN_CAPITALISED, MAX_CAPITALISED = 4, 9
_SENTENCE_END = (".", "!", "?", ":", ";", ",", "\u2026")
_CODE = re.compile(r"[{}=<>|\\]|\(\)|^\s*(?:#|//|--\s|def |class |import |from |return |for |if |SELECT |\$ )")


def is_heading(line: str) -> bool:
    """Whether a line can be a heading that lost its markup: short, capitalised, no sentence, no code."""
    text = bare(line)
    if not text or len(text) > MAX_LINE or len(text.split()) > MAX_HEADING_WORDS or text.endswith(_SENTENCE_END):
        return False
    starts = text[0].isupper() or text[0].isdigit() or any(map(str.isupper, text.split()[0]))
    return starts and not is_code(line) and is_title(text)


def is_title(text: str) -> bool:
    """Whether words can be a title; in capitals ("Choosing Your Clay") they may hold the words of a sentence."""
    if looks_like_title(text):
        return True
    words = text.split()
    capital = all(word[0].isupper() or len(word) < MIN_CAPITALISED or not word[0].isalpha() for word in words)
    return (
        1 < len(words) < MAX_CAPITALISED and capital and words[0][0].isupper() and looks_like_title(text, strong=True)
    )


def is_prose_line(line: str) -> bool:
    """Whether a line is a sentence or several."""
    text = line.strip()
    return len(text.split()) > 3 and text.endswith((".", "!", "?", "\u2026", ".)", ".\u201d", '."'))  # noqa: PLR2004


def is_code(line: str) -> bool:
    """Whether a line looks like code."""
    return line.startswith(("    ", "\t")) or bool(_CODE.search(line[:MAX_LINE]))


def bare(line: str) -> str:
    """A line without decoration; letters of another script in front of plain words are a broken emoji."""
    text = trim(line.strip())
    head, _, last = text.rpartition(" ")
    if (
        head
        and last
        and last[0] in _BROKEN
        and head.isascii()
        and not any(char.isascii() and char.isalnum() for char in last)
    ):
        text = head
    first, _, rest = text.partition(" ")
    if rest and rest.isascii() and not first.isascii() and not any(char.isascii() and char.isalnum() for char in first):
        return trim(rest)
    return text


def title_of(line: str) -> str:
    """The title in a line."""
    return clean(bare(line)[:MAX_LINE]).title


def roman_of(sign: str) -> int:
    """The value of a Roman number up to 20, 0 for anything else."""
    low = sign.casefold()
    return int(lookup("phases", "numbers").get(low, 0)) if low and set(low) <= set("ivx") else 0
