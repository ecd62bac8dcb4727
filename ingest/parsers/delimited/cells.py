"""What a cell of a table requires: as one line, and apart what it says only helps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.parsers.wording.fields import STRENGTH_OF, Field, field_of
from ingest.parsers.wording.fields import parted as parted_fields
from ingest.words import lookup

MAX_CELL = 2000
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,3}[.)])\s+")
_GOES_ON = re.compile(r"(?:^|\s)(?:and|or|und|oder|et|ou|&|\+)$", re.IGNORECASE)
"""The end of a line that goes on in the next one."""
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
    ends = [" " if _GOES_ON.search(line[-8:]) else "; " for line in lines]
    joined = "".join(f"{line.rstrip(';,')}{end}" for line, end in zip(lines, ends, strict=True) if line).rstrip("; ")
    return joined if "[[" in joined or "|" not in joined else "; ".join(map(str.strip, joined.split("|")))


def labelled(value: str, kind: str) -> Iterator[tuple[str, str]]:
    """(kind, what it asks for) of a cell with labels of its own: "CS 220. Recommended: CS 230"."""
    said: list[Field] = []
    for line in value.split("\n") if ":" in value and len(value) <= MAX_CELL and "[[" not in value else []:
        own = field_of(line)
        told = own is not None and own.kind in STRENGTH_OF and not own.choice
        said.extend(parted_fields(own if told and own is not None else Field(kind, line)))
    if len(said) <= value.count("\n") + 1 and all(each.kind == kind for each in said):
        # No label says anything else than the head of the column does.
        yield kind, value if len(said) != 1 else said[0].value
        return
    yield from ((each.kind, each.value) for each in said if each.value and each.kind in STRENGTH_OF)


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
