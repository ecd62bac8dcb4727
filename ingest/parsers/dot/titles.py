"""The title in a box: course codes, credits, hours and small print stand apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.parsers.dot.model import PART_SIGN, Node, lines_of
from ingest.parsers.dot.words import is_state, one_of
from ingest.parsers.wording.durations import hours_of, is_duration
from ingest.parsers.wording.titles import Name, clean, looks_like_title
from ingest.words import table

MIN_CODES = 3
"""Boxes that begin with a code, from which on it is how the drawing calls its courses."""
MIN_KIND = 2
"""Boxes with the same words in brackets below the title, from which on they only sort them."""
_LETTERS = r"(?:[A-Z]{2,6}|[A-Z][a-z]{2,7})"
_ONE_CODE = rf"{_LETTERS}[ -]?\d{{2,4}}[A-Z]{{0,2}}"
_CODE = re.compile(rf"\(?({_ONE_CODE}(?:\s?/\s?{_ONE_CODE})*)\)?:?")
_CODE_IN_FRONT = re.compile(
    rf"({_LETTERS}[ -]?\d{{3,4}}[A-Z]{{0,2}}(?:\s?/\s?{_ONE_CODE})*)"
    r"(?:\s*[:\u2013\u2014|-]\s*|\s+)(?=[^\W\d_])"
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){0,2})\s+(?=[^\W\d_])")
_BEHIND = re.compile(r"\s[\u00b7\u2022|\u2013\u2014-]\s([~\u2248]?\s?\d[^\u00b7\u2022|\u2013\u2014()]{1,20})$")
_LETTERED = re.compile(r"([A-Z]{1,3}-?\d{1,3}(?:\.\d{1,2})?)(?:\s?[:\u00b7\u2013\u2014|]|\.|\s-)\s+(?=[^\W\d_])")
_SIGNED = re.compile(r"\s[\u00b7\u2022|]\s")
_STATES = ("planned", "optional")
_GRADE = re.compile(r"\d{1,3}(?:[.,]\d)?\s?%")
_SHORT = re.compile(r"[^\W\d_a-z]{1,6}[ .-]?\d{0,4}[A-Z]?")
"""The first field of a record that is what the plan of studies calls a course."""
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


class Habits(NamedTuple):
    """How the boxes of a drawing are written."""

    codes: bool = False
    """They begin with the codes of courses."""
    coded_records: bool = False
    """The first field of a record is a short name, the second the title."""
    lettered: bool = False
    """A letter with a number stands in front of the titles: "L02: Loops"."""
    numbered: bool = False
    """A number stands in front of the titles, with nothing but a space behind it."""
    kinds: frozenset[str] = frozenset()
    """Lines in brackets that several boxes share."""


def habits_of(nodes: Iterable[Node]) -> Habits:
    """Look at all boxes of a drawing."""
    codes: set[str] = set()
    titles: set[str] = set()
    numbers: set[str] = set()
    letters: set[str] = set()
    last: Counter[str] = Counter()
    boxes = records = short = sure = 0
    for node in nodes:
        label = node.label if node.label is not None else node.key
        boxes += bool(label)
        if (letter := _LETTERED.match(label)) is not None:
            letters.add(letter[1])
        if (number := _BARE_NUMBER.match(label)) is not None:
            numbers.add(number[1])
        if label[:1].isupper() and (found := _CODE_IN_FRONT.match(label)) is not None:
            codes.add(found[1])
            titles.add(label[found.end() :])
        lines = lines_of(label) if "\n" in label or PART_SIGN in label else ()
        if len(lines) > 1 and _is_bracketed(lines[-1]):
            last[lines[-1]] += 1
        if node.shape in {"record", "mrecord"} and len(lines) > 1:
            records += 1
            if _is_short(lines):
                short += 1
                sure += lines[0].casefold() == node.key.casefold() or lines[0][-1:].isdigit()
    all_sorted = len(last) < last.total() and last.total() >= max(MIN_CODES, boxes // 2)
    return Habits(
        codes=min(len(codes), len(titles)) >= MIN_CODES,
        coded_records=short >= MIN_CODES and 4 * short >= 3 * records and bool(sure),
        lettered=len(letters) >= MIN_CODES and 4 * len(letters) >= 3 * boxes,
        numbered=len(numbers) >= MIN_CODES and 4 * len(numbers) >= 3 * boxes,
        kinds=frozenset(line for line, count in last.items() if count >= MIN_KIND or all_sorted),
    )


def _is_bracketed(line: str) -> bool:
    return line.startswith("(") and line.endswith(")") and line.count("(") == 1


def _is_short(fields: Sequence[str]) -> bool:
    return _SHORT.fullmatch(fields[0]) is not None and len(fields[1]) > len(fields[0]) and not fields[1].isupper()


@lru_cache(maxsize=4096)
def name_of_label(label: str, *, record: bool, habits: Habits) -> BoxName:
    """The title in a label.

    Args:
        label: plain text, lines apart.
        record: its lines are the fields of a record, so only the first is the title.
        habits: of the whole drawing.
    """
    lines = lines_of(label)
    whole = " ".join(lines)
    number = _BARE_NUMBER.match(label) if habits.numbered else None
    if number is not None:
        label, lines = label[number.end() :], lines_of(label[number.end() :])
    if len(lines) < 2:  # noqa: PLR2004
        title, span = without_span(" ".join(lines))
        name = _finished(clean(title), habits, number)
        return BoxName(name._replace(hours=name.hours or span), whole)
    hours, code, kept = _facts(label, habits)
    if record and habits.coded_records and not code and _is_short(lines) and kept:
        code, kept = kept[0][0], [kept[0][1:], *kept[1:]] if kept[0][1:] else kept[1:]
    head, below = _split(kept, record=record)
    name = clean(" ".join(head))
    if below or looks_like_title(name.title, strong=True):
        rest = below
    else:
        name, rest = clean(head[0] if head else whole), head[1:]
    name = _finished(name, habits, number)
    if any(is_state(line, "planned", "optional") for line in rest):
        name = name._replace(
            planned=name.planned or any(is_state(line, "planned") for line in rest),
            optional=name.optional or any(is_state(line, "optional") for line in rest),
        )
        rest = [line for line in rest if not is_state(line, "planned", "optional")]
    aliases = (*_codes_in(code), *name.aliases) if code and code != name.title else name.aliases
    return BoxName(name._replace(hours=name.hours or hours, aliases=aliases), whole, "; ".join(rest))


def _finished(name: Name, habits: Habits, number: re.Match[str] | None) -> Name:
    name = _without_code(name) if habits.codes else name
    lettered = _LETTERED.match(name.title) if habits.lettered else None
    if lettered is not None:
        name = name._replace(title=name.title[lettered.end() :], aliases=(lettered[1], *name.aliases))
    return name if number is None or name.number else name._replace(number=number[1])


def _without_code(name: Name) -> Name:
    found = _CODE_IN_FRONT.match(name.title)
    if found is None:
        return name
    return name._replace(title=name.title[found.end() :], aliases=(*_codes_in(found[1]), *name.aliases))


def _codes_in(code: str) -> tuple[str, ...]:
    """A course that two departments offer has two codes: "CS 115/MAS 115"."""
    return tuple(part.strip() for part in code.split("/") if part.strip())


@dataclass(slots=True)
class _Facts:
    """What the lines of a box say beside its title."""

    habits: Habits
    hours: float | None = None
    code: str = ""
    small: list[str] = field(default_factory=list)
    """What sorts or describes it."""

    def take(self, line: str, *, first: bool) -> bool:
        """Take a line that is no part of the title; whether it was one."""
        if _credits().fullmatch(line) or _GRADE.fullmatch(line):
            return True
        inside = line.strip("()[]~\u2248 ")
        if not first and self._facts(line):
            return True
        told = "" if first else _field(line)
        duration = told or inside
        coded = _CODE.fullmatch(line) if not self.code else None
        if is_duration(duration) and not (first and not self.code):
            self.hours = self.hours if self.hours is not None else hours_of(duration)
        elif told:
            self.small.append(told if is_state(told, "planned", "optional") else line)
        elif coded is not None and (self.habits.codes or coded[1][:2].isupper()):
            self.code = coded[1]
        elif line in self.habits.kinds and not first and clean(f"x {line}").title.endswith(")"):
            self.small.append(inside)
        else:
            return False
        return True

    def _facts(self, line: str) -> bool:
        """Whether a line below the title is made of its level, its effort, its state: "Lvl 4 \u00b7 2h"."""
        pieces = [piece.strip() for piece in _SIGNED.split(line)]
        if not all(_level().fullmatch(each) or is_duration(each) or is_state(each, *_STATES) for each in pieces):
            return False
        for piece in pieces:
            if is_duration(piece):
                self.hours = self.hours if self.hours is not None else hours_of(piece)
            else:
                self.small.append(piece)
        return True


def _facts(label: str, habits: Habits) -> tuple[float | None, str, list[list[str]]]:
    """(hours, code, the lines that are left in their parts)."""
    facts = _Facts(habits)
    kept: list[list[str]] = []
    for part in label.split(PART_SIGN):
        lines: list[str] = []
        for line in lines_of(part):
            if not facts.take(line, first=not (kept or lines)):
                lines.append(line)
        if lines:
            kept.append(lines)
    if not kept:
        return facts.hours, "", [[facts.code]] if facts.code else []
    return facts.hours, facts.code, [*kept, facts.small] if facts.small else kept


def without_span(text: str) -> tuple[str, float | None]:
    """A title without the duration behind a sign, and its hours: "Linux · 20 h"."""
    found = _BEHIND.search(text)
    if found is None or not is_duration(found[1]):
        return text, None
    return text[: found.start()], hours_of(found[1])


def _field(line: str) -> str:
    """What a field below a title says: "Level: 2"; nothing for other lines."""
    name, colon, value = line.partition(":")
    return value.strip() if colon and name.strip().casefold() in _words("fields") else ""


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
def _level() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(_words('levels'))})\.?\s?\d{{1,3}}", re.IGNORECASE)


@cache
def _credits() -> re.Pattern[str]:
    count = r"\d{1,3}(?:[.,]\d)?(?:\s?[-\u2013]\s?\d{1,3})?"
    return re.compile(rf"[(\[]?\s?{count}\s?(?:{one_of(_words('credits'))})\.?\s?[)\]]?", re.IGNORECASE)
