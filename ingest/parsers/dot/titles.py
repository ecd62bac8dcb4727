"""The title in a box: course codes, credits, hours and small print stand apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.parsers.dot.model import PART_SIGN, Node, lines_of
from ingest.parsers.dot.words import one_of
from ingest.parsers.wording.durations import hours_of, is_duration
from ingest.parsers.wording.titles import Name, clean, looks_like_title
from ingest.words import table

MIN_CODES = 3
"""Boxes that begin with a code, from which on it is how the drawing calls its courses."""
_CODE = re.compile(r"\(?([A-Z]{2,6}[ -]?\d{2,4}[A-Z]{0,2})\)?:?")
_CODE_IN_FRONT = re.compile(r"([A-Z]{2,6}[ -]?\d{3,4}[A-Z]{0,2})(?:\s*[:\u2013\u2014|-]\s*|\s+)(?=[^\W\d_])")
_BULLETS = ("\u2022", "\u00b7", "- ", "\u2013 ", "* ", "+ ")
_SIGNS = (",", "&", "/", "-", "+", ":")
"""At the end or the beginning of a line they join it to its neighbour."""


class BoxName(NamedTuple):
    """What a box says."""

    name: Name
    whole: str
    """All of it in one line."""
    rest: str = ""
    """What stands below the title."""


def has_codes(nodes: Iterable[Node]) -> bool:
    """Whether the boxes of a drawing begin with the codes of courses."""
    codes: set[str] = set()
    for node in nodes:
        label = node.label if node.label is not None else node.key
        if label[:2].isupper() and (found := _CODE_IN_FRONT.match(label)) is not None:
            codes.add(found[1])
            if len(codes) >= MIN_CODES:
                return True
    return False


@lru_cache(maxsize=4096)
def name_of_label(label: str, *, record: bool, codes: bool) -> BoxName:
    """The title in a label.

    Args:
        label: plain text, lines apart.
        record: its lines are the fields of a record, so only the first is the title.
        codes: the drawing's boxes begin with codes.
    """
    lines = lines_of(label)
    whole = " ".join(lines)
    if len(lines) < 2:  # noqa: PLR2004
        name = clean(whole)
        return BoxName(_without_code(name) if codes else name, whole)
    hours, code, kept = _facts(label)
    head, below = _split(kept, record=record)
    name = clean(" ".join(head))
    if below or looks_like_title(name.title, strong=True):
        rest = below
    else:
        name, rest = clean(head[0] if head else whole), head[1:]
    name = _without_code(name) if codes else name
    aliases = (code, *name.aliases) if code and code != name.title else name.aliases
    return BoxName(name._replace(hours=name.hours or hours, aliases=aliases), whole, "; ".join(rest))


def _without_code(name: Name) -> Name:
    found = _CODE_IN_FRONT.match(name.title)
    return name if found is None else name._replace(title=name.title[found.end() :], aliases=(found[1], *name.aliases))


def _facts(label: str) -> tuple[float | None, str, list[list[str]]]:
    """(hours, code, the lines that are left in their parts)."""
    parts = [list(lines_of(part)) for part in label.split(PART_SIGN)]
    hours: float | None = None
    code = ""
    kept: list[list[str]] = []
    for part in parts:
        lines: list[str] = []
        for line in part:
            if _credits().fullmatch(line):
                continue
            inside = line.strip("()[]~\u2248 ")
            coded = _CODE.fullmatch(line) if not code else None
            if is_duration(inside) and (kept or lines or code):
                hours = hours if hours is not None else hours_of(inside)
            elif coded is not None:
                code = coded[1]
            else:
                lines.append(line)
        if lines:
            kept.append(lines)
    return (hours, code, kept) if kept else (hours, "", [[code]] if code else [])


def _split(parts: list[list[str]], *, record: bool) -> tuple[list[str], list[str]]:
    """(lines of the title, what is below it)."""
    if not parts:
        return [], []
    first, rest = parts[0], [line for part in parts[1:] for line in part]
    end = 1 if record else next((at for at in range(1, len(first)) if _is_small_print(first[at - 1], first[at])), None)
    return (first, rest) if end is None else (first[:end], [*first[end:], *rest])


def _is_small_print(above: str, line: str) -> bool:
    """Whether a line below a title explains it: a bullet, or a list where the title has none."""
    if line.startswith(_BULLETS):
        return True
    if ", " not in line or line.startswith("(") or "," in above:
        return False
    hangs = above.endswith(_SIGNS) or above.rpartition(" ")[2].casefold() in _words("hangs")
    return not (hangs or line.startswith(_SIGNS) or line.partition(" ")[0].casefold() in _words("runs_on"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("drawings")["labels"][kind])


@cache
def _credits() -> re.Pattern[str]:
    count = r"\d{1,3}(?:[.,]\d)?(?:\s?[-\u2013]\s?\d{1,3})?"
    return re.compile(rf"[(\[]?\s?{count}\s?(?:{one_of(_words('credits'))})\.?\s?[)\]]?", re.IGNORECASE)
