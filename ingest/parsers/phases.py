"""Stages of a roadmap: their headings ("Phase 2: Systems (8 weeks)") and references to them ("Phases 1-3")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ingest.parsers.durations import is_duration, weeks_of, weeks_of_span
from ingest.parsers.titles import clean, trim
from ingest.words import lookup, table

_RANGE = r"(?:\s*(?:-|\u2013|\u2014|to|through|bis|\u00e0|a)\s*)"
_CHINESE = re.compile(
    r"^\u7b2c\s*([0-9\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})\s*(\u9636\u6bb5|\u90e8\u5206|\u5468|\u6708|\u6a21\u5757|\u5b66\u671f)\s*"
)
_CHINESE_DIGITS = "\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEPARATOR = re.compile(r"^\s*[:.)|\u00b7\u2013\u2014-]+\s*")
_LIST = re.compile(r"\s*(,\s*and|,|and|&|-|\u2013|\u2014|to|through)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
MAX_SPAN = 200
"""References to more stages than this at once are a slip of the pen."""


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


class Reference(NamedTuple):
    """One stage or numbered chapter that is referred to."""

    kind: str
    number: int
    text: str
    """As written; for one of a range, its word and number."""


def phase_of(text: str) -> PhaseName | None:
    """The stage that a heading's plain text begins, or None when it begins none."""
    text = trim(text)
    chinese = _CHINESE.match(text)
    if chinese is not None:
        number = _chinese_number(chinese[1])
        return _named(text, chinese.end(), lookup("phases", "kinds")[chinese[2]], number, number)
    found = _heading().match(text) if first_word(text) in lookup("phases", "kinds") else None
    if found is None:
        return None
    first = _number(found[2])
    last = _number(found[3]) if found[3] else first
    rest = text[found.end() :]
    # "Level 2 caches" is a topic; a stage's title follows a separator, a bracket, or a plain number.
    if first is None or last is None or not (_separated(rest) or found[2].isdigit()):
        return None
    return _named(text, found.end(), lookup("phases", "kinds")[found[1].casefold()], first, last)


def references(text: str) -> tuple[Sequence[Reference], str] | None:
    """The stages that a text begins with, and the rest: "Modules 01-02 (Basics), SQL" -> (two, "SQL").

    Returns:
        None when the text does not begin with such a reference.
    """
    word = first_word(text.removeprefix("the ").removeprefix("The "))
    found = _reference().match(text) if word in _all_kinds() or f"{word}." in _all_kinds() else None
    if found is None:
        return None
    kind = _all_kinds()[found[1].casefold()]
    numbers, at = _numbers(text, found.start(2))
    if not numbers:
        return None
    written = text[:at].strip()
    single = found[1].removesuffix("s")
    refs = [Reference(kind, each, written if len(numbers) == 1 else f"{single} {each}") for each in numbers]
    return refs, text[at:]


def first_word(text: str) -> str:
    """The letters that a text begins with, in lower case: a look-up is cheaper than a pattern with all words."""
    found = _WORD.match(text)
    return found[0].casefold() if found is not None else ""


def everything_before(text: str) -> tuple[str, int | None] | None:
    """("phase", None) for "all previous phases", ("module", 2) for "the first two modules"; None otherwise."""
    if not any(word in text for word in ("previous", "preceding", "earlier", "prior", "first")):
        return None
    found = _previous().fullmatch(text.strip().rstrip("."))
    if found is None:
        return None
    count = _number(found[1]) if found[1] else None
    return lookup("phases", "kinds")[found[2].casefold()], count


def _named(text: str, end: int, kind: str, first: int, last: int) -> PhaseName:
    label, rest = text[:end].strip(), text[end:]
    weeks = weeks_of_span(kind, first, last)
    for bracket in _BRACKET.finditer(rest):
        inside = bracket[1].strip()
        if is_duration(inside):
            weeks = weeks_of(inside) or weeks
            rest = rest.replace(bracket[0], " ", 1)
    head, dash, tail = rest.rpartition(" \u2013 ") if " \u2013 " in rest else rest.rpartition(" \u2014 ")
    if dash and is_duration(tail.strip()):
        weeks, rest = weeks_of(tail) or weeks, head
    title = clean(_SEPARATOR.sub("", rest)).title
    if is_duration(title):
        weeks, title = weeks_of(title) or weeks, ""
    return PhaseName(label, title or label, kind, first, last, weeks)


def _separated(rest: str) -> bool:
    return not rest.strip() or bool(_SEPARATOR.match(rest)) or rest.lstrip().startswith(("(", "["))


def _numbers(text: str, at: int) -> tuple[list[int], int]:
    """The numbers of a list like "1, 3 and 5-7" that begins at `at`, and where it ends."""
    numbers: list[int] = []
    joint = ""
    while (found := _one_number().match(text, at)) is not None:
        value = _number(found[0])
        if value is None or (found[0].isalpha() and not found[0].isupper() and joint):
            break
        if numbers and joint in {"-", "\u2013", "\u2014", "to", "through"}:
            numbers.extend(range(numbers[-1] + 1, min(value, numbers[-1] + MAX_SPAN) + 1))
        else:
            numbers.append(value)
        end = found.end()
        between = _LIST.match(text, end)
        if between is None or _one_number().match(text, between.end()) is None:
            return numbers, end
        joint, at = between[1].casefold(), between.end()
    return numbers, at


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else lookup_number().get(text.casefold())


@cache
def lookup_number() -> dict[str, int]:
    """Number words and Roman numerals -> their value."""
    return {word: int(value) for word, value in lookup("phases", "numbers").items()}


def _chinese_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = 0
    for char in text:
        digit = _CHINESE_DIGITS.index(char)
        value = max(value, 1) * digit if digit == 10 else value + digit  # noqa: PLR2004
    return value


@cache
def _all_kinds() -> dict[str, str]:
    return {
        word.casefold(): kind
        for part in ("kinds", "numbered")
        for kind, forms in table("phases")[part].items()
        for word in forms
    }


def _any(forms: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


@cache
def _numeral() -> str:
    return rf"(\d{{1,3}}|(?:{_any(list(lookup_number()))})\b)"


@cache
def _one_number() -> re.Pattern[str]:
    return re.compile(_numeral(), re.IGNORECASE)


@cache
def _heading() -> re.Pattern[str]:
    kinds = _any(list(lookup("phases", "kinds")))
    return re.compile(
        rf"^({kinds})\s*(?:#|no\.?|nr\.?)?\s*{_numeral()}(?:{_RANGE}{_numeral()})?(?=\W|$)", re.IGNORECASE
    )


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:the\s+)?({_any(list(_all_kinds()))})\s*#?(?={_numeral()}){_numeral()}(?=\W|$)", re.IGNORECASE
    )


@cache
def _previous() -> re.Pattern[str]:
    kinds = _any(list(lookup("phases", "kinds")))
    return re.compile(
        rf"(?:all|every|each)?\s*(?:of\s+)?(?:the\s+)?(?:previous|preceding|earlier|prior|first\s+{_numeral()})\s+({kinds})",
        re.IGNORECASE,
    )
