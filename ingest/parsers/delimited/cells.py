"""What a cell of a table requires: as one line, and apart what it says only helps."""

from __future__ import annotations

import re
from functools import cache

from ingest.words import lookup

MAX_CELL = 2000
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,3}[.)])\s+")
_BRACKET = re.compile(r"(?<!\s)\s*[(\[]([^()\[\]]{1,300})[)\]]")
_NO_TITLE = re.compile(
    r"^(?:not|but|only|nur|nicht|aber|strongly|highly|sehr)\b|\b(?:not|but|nicht|aber)$", re.IGNORECASE
)


def as_list(value: str) -> str:
    """A cell as one line: lines, bullets and upright bars separate like semicolons."""
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        # A list as a programming language writes it.
        value = value[1:-1].replace('"', "").replace("'", "")
    lines = [_BULLET.sub("", line).strip() for line in value.split("\n")]
    joined = "; ".join(line.rstrip(";,") for line in lines if line)
    return joined if "[[" in joined or "|" not in joined else "; ".join(map(str.strip, joined.split("|")))


def parted(value: str) -> tuple[str, str]:
    """(what is required, what only helps) of "A (B recommended)"; "A (empfohlen)" is said in English."""
    if len(value) > MAX_CELL or "[[" in value or not _softly("").search(value):
        return value, ""
    soft: list[str] = []
    hard = _BRACKET.sub(lambda found: _take(found, soft), value)
    hard = _softly(r"(?=\s*(?:[,;]|$))", r"(?<=[^\s,;(]\s)").sub("(recommended)", hard)
    return hard.strip(" ,;"), "; ".join(soft)


def _take(found: re.Match[str], soft: list[str]) -> str:
    """Take a bracket that names what helps out of a cell; one that only says that something helps stays."""
    text = found[1].strip()
    if _softly("").fullmatch(text):
        return " (recommended)"
    first, last = _softly(r"[\s:]+").match(text), _softly("$").search(text)
    title = text[first.end() :] if first is not None else text[: last.start()].strip() if last is not None else ""
    if not title or _NO_TITLE.search(title) or _softly("").search(title):
        return found[0]
    soft.append(title)
    return ""


@cache
def _softly(after: str, before: str = r"(?<!\w)") -> re.Pattern[str]:
    words = sorted(map(re.escape, lookup("columns", "cells")), key=len, reverse=True)
    return re.compile(rf"{before}(?:{'|'.join(words)})(?!\w){after}", re.IGNORECASE)
