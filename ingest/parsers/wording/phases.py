"""Stages of a roadmap: what their headings say ("Phase 2: Systems (8 weeks)")."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ingest.parsers.wording.durations import is_duration, weeks_of, weeks_of_span
from ingest.parsers.wording.numbers import any_of, first_word, number_of_word, numeral
from ingest.parsers.wording.remembering import remembering
from ingest.parsers.wording.titles import MAX_CLEANED, MAX_REMEMBERED, clean, strip_number, trim
from ingest.words import lookup, table, words

_RANGE = r"(?:\s*(?:-|\u2013|\u2014|&|to|through|bis|\u00e0|a|and|und|et|y|e)\s*)"
_CHINESE = re.compile(
    r"^\u7b2c\s*([0-9\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})\s*(\u9636\u6bb5|\u90e8\u5206|\u5468|\u6708|\u6a21\u5757|\u5b66\u671f)\s*"
)
_CHINESE_DIGITS = "\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FIGURES = re.compile(r"^[\d\s.,\u2013-]+\+?$")
"""A rating or a range: "(0-800)"."""
_WORDY = re.compile(
    r"^(?:an?|one|two|three|four|five|six|half an?|several|a few)\s"
    r"(?:day|week|month|term|semester|season|winter|summer|year)s?$",
    re.IGNORECASE,
)
"""A span of time in words: "one season"."""
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SPACES = re.compile(r"\s+")
_BETWEEN = frozenset(
    {
        "to",
        "from",
        "until",
        "bis",
        "ab",
        "von",
        "de",
        "a",
        "\u00e0",
        "au",
        "et",
        "and",
        "und",
        "y",
        "e",
        "early",
        "mid",
        "late",
    }
)
_SEPARATOR = re.compile(r"^\s*[:.)|\u00b7\u2013\u2014-]+\s*")


_SPANNED = re.compile(
    r"^([^\n]{2,120}?)\s*(?:[(\[]|[:|\u2013\u2014]\s|\s-\s)\s*([^\W\d_]{3,12}\s\d{1,3}(?:\s?[-\u2013]\s?\d{1,3})?)[)\]]?$"
)
"""A title with a span of time behind it."""


class PhaseName(NamedTuple):
    """What a heading says about a stage."""

    label: str
    """As written: "Phase 1", "Weeks 1-3"."""
    title: str
    """The label when there is no title."""
    kind: str
    """The English word for it: phase, module, week."""
    first: int
    last: int
    weeks: tuple[float, float] | None = None


_LASTS = re.compile(
    r"^(.{0,200}[^\W\d_)\]])[ \u00b7\u2022|,]{0,3}"
    r"((?:~ ?)?\d{1,2}(?: ?[-\u2013] ?\d{1,2})?\+? ?[^\W\d_]{3,10})$",
    re.IGNORECASE,
)
"""A duration behind a title."""


@remembering(MAX_REMEMBERED, 4096)
def phase_of(text: str) -> PhaseName | None:
    """The stage that a heading's plain text begins, or None when it begins none."""
    text = trim(text if len(text) <= MAX_CLEANED else _SPACES.sub(" ", text)[:MAX_CLEANED])
    begin = text[:1]
    word = first_word(text)
    if begin.isascii() and not begin.isdigit() and word not in _beginnings():
        return None
    if begin.isdigit() or word in lookup("phases", "ordinals"):
        counted = _counted(text)
        if counted is not None:
            return counted
    if begin.isdigit():
        # "1. Phase one": the number in front says the same again.
        text = strip_number(text)[0]
    chinese = _CHINESE.match(text)
    if chinese is not None:
        number = _chinese_number(chinese[1])
        return _named(text, chinese.end(), lookup("phases", "kinds")[chinese[2]], number, number)
    found = _heading().match(text) if first_word(text) in lookup("phases", "kinds") else None
    if found is None:
        return None
    # "Phase 2 - First steps" is no span.
    spans = bool(found[3]) and _form(found[2]) == _form(found[3]) != "word"
    end = found.end() if spans else found.end(2)
    first = number_of_word(found[2])
    last = number_of_word(found[3]) if spans else first
    rest = text[end:]
    # "Level 2 caches" is a topic; a stage's title follows a separator, a bracket, or a plain number.
    if first is None or last is None or not (_separated(rest) or found[2].isdigit()):
        return None
    return _named(text, end, lookup("phases", "kinds")[found[1].casefold()], first, last)


@cache
def _beginnings() -> frozenset[str]:
    """The words that a stage's heading can begin with: most headings begin with others."""
    return frozenset(lookup("phases", "kinds")) | frozenset(lookup("phases", "ordinals"))


def _form(number: str) -> str:
    """How a number is written: digits, letter, roman or word."""
    if number.isdigit():
        return "digits"
    if len(number) == 1 and number in "ABCDEFGH":
        return "letter"
    return "roman" if set(number) <= set("IVX") else "word"


def spanned_stage(text: str) -> PhaseName | None:
    """The stage in "Foundations (Weeks 1-4)" or "Foundations - Week 1": its span of time stands behind the title."""
    found = _SPANNED.match(trim(text)) if text[-2:-1].isdigit() or text[-1:].isdigit() else None
    if found is None or first_word(found[2]) not in lookup("phases", "kinds"):
        return None
    stage = phase_of(found[2])
    title = clean(found[1]).title
    if stage is None or stage.title != stage.label or stage.weeks is None or not any(map(str.isalpha, title)):
        return None
    return stage._replace(title=title)


def _named(text: str, end: int, kind: str, first: int, last: int) -> PhaseName:
    label, rest = text[:end].strip(), text[end:]
    weeks = weeks_of_span(kind, first, last)
    for bracket in _BRACKET.finditer(rest):
        inside = bracket[1].strip()
        if is_duration(inside):
            weeks = weeks_of(inside) or weeks
            rest = rest.replace(bracket[0], " ", 1)
        elif _WORDY.match(inside) or _is_season(inside) or _FIGURES.match(inside):
            rest = rest.replace(bracket[0], " ", 1)
    head, dash, tail = rest.rpartition(" \u2013 ") if " \u2013 " in rest else rest.rpartition(" \u2014 ")
    if dash and is_duration(tail.strip()):
        weeks, rest = weeks_of(tail) or weeks, head
    last_words = _LASTS.search(rest) if rest[-1:].isalpha() else None
    if last_words is not None and is_duration(last_words[2]):
        # "Pipelines 2-3 months", also where the copy lost the space in front.
        weeks, rest = weeks_of(last_words[2]) or weeks, last_words[1]
    title = clean(_SEPARATOR.sub("", rest)).title
    if is_duration(title):
        weeks, title = weeks_of(title) or weeks, ""
    inner = phase_of(title) if title and first_word(title) in lookup("phases", "kinds") else None
    if inner is not None and inner.title != inner.label:
        # "Week 1: Module 1 - Doughs": the second label says the same again.
        title, weeks = inner.title, weeks or inner.weeks
    return PhaseName(label, title or label, kind, first, last, weeks)


def _is_season(text: str) -> bool:
    """Whether a bracket says in which months a stage takes place: "January-February", "from March 2026"."""
    parts = [part for part in _NO_LETTERS.split(text.casefold()) if part]
    return (
        bool(parts)
        and any(part in words("months") for part in parts)
        and all(part in words("months") or part in _BETWEEN for part in parts)
    )


def _counted(text: str) -> PhaseName | None:
    """The stage in "1. Semester", "2nd year: Systems", "First term": its number stands in front."""
    found = _ordinal().match(text)
    if found is None or not _separated(text[found.end() :]):
        return None
    number = int(found[1] or lookup("phases", "ordinals")[found[2].casefold()])
    word = found[3].casefold()
    kind = lookup("phases", "kinds").get(word) or lookup("phases", "counted")[word]
    return _named(text, found.end(), kind, number, number)


def _separated(rest: str) -> bool:
    return not rest.strip() or bool(_SEPARATOR.match(rest)) or rest.lstrip().startswith(("(", "["))


def _chinese_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = 0
    for char in text:
        digit = _CHINESE_DIGITS.index(char)
        value = max(value, 1) * digit if digit == 10 else value + digit  # noqa: PLR2004
    return value


@cache
def _ordinal() -> re.Pattern[str]:
    times = table("phases")["spans"]["time"]
    forms = [form for kind in times for form in table("phases")["kinds"][kind]]
    # "2. Terms" is what a contract has.
    spans = [form for form in forms if not (form.endswith("s") and form[:-1] in forms)]
    kinds = any_of([*spans, *lookup("phases", "counted")])
    ends = r"\.|st|nd|rd|th|er|re|\u00e8re|e|\u00e8me|\u00ba|\u00aa|\u00b0"
    ordinals = any_of(list(lookup("phases", "ordinals")))
    return re.compile(
        rf"^(?:(\d{{1,2}})(?:{ends}|(?=\s[\u0430-\u044f]))|({ordinals}))\s+({kinds})(?=\W|$)", re.IGNORECASE
    )


@cache
def _heading() -> re.Pattern[str]:
    kinds = any_of(list(lookup("phases", "kinds")))
    return re.compile(
        rf"^({kinds})\s*(?:(?:#|no\.?|nr\.?)\s*)?{numeral()}(?:{_RANGE}{numeral()})?(?!\.\d)(?=\W|$)", re.IGNORECASE
    )
