"""References by number: "Ch 20-23", "Modules 1 and 2", "sections 2.1-2.3", "all previous phases"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ingest.words import lookup, table

_LETTERS = "ABCDEFGH"
"""Stages may be lettered: "Part B"; later letters are Roman numerals."""
MAX_EARLIER = 80
MAX_SPAN = 200
"""References to more stages than this at once are a slip of the pen."""
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(
    r"\s*(,\s*and|,|and|&|y|e|et|und|och|en|\u0438|-|\u2013|\u2014|to|through|bis|al|\u00e0|al\u00e9m)\s*(?=[\dIVXivx]|[a-z]{3,}\b|(?-i:[A-H])(?![\w+#]))",
    re.IGNORECASE,
)
_RANGES = frozenset({"-", "\u2013", "\u2014", "to", "through", "bis", "al", "\u00e0"})
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}(?![\w.]*\w)")


class Reference(NamedTuple):
    """One stage or numbered chapter that is referred to."""

    kind: str
    number: int
    text: str
    """As written; for one of a range, its word and number."""


class Earlier(NamedTuple):
    """What "all previous phases" asks for."""

    kind: str
    first: int | None
    """The first so many; None for those before."""
    last: bool = False
    """Only the one before: "the previous chapter"."""


def references(text: str) -> tuple[Sequence[Reference], str] | None:
    """The stages that a text begins with, and the rest: "Modules 01-02 (Basics), SQL" -> (two, "SQL").

    Returns:
        None when the text does not begin with such a reference.
    """
    word = first_word(text.removeprefix("the ").removeprefix("The "))
    found = _reference().match(text) if word in all_kinds() or f"{word}." in all_kinds() else None
    if found is None or _DOTTED.match(text, found.start(2)):
        return None
    kind = all_kinds()[found[1].casefold()]
    numbers, at = _numbers(text, found.start(2))
    if not numbers:
        return None
    written = text[:at].strip()
    single = found[1].removesuffix("s")
    lettered = text[found.start(2)] in _LETTERS and max(numbers) <= len(_LETTERS)
    written_as = [_LETTERS[each - 1] if lettered else str(each) for each in numbers]
    if len(numbers) == 1:
        return [Reference(kind, numbers[0], written)], text[at:]
    refs = [Reference(kind, each, f"{single} {sign}") for each, sign in zip(numbers, written_as, strict=True)]
    return refs, text[at:]


def dotted(text: str) -> tuple[Sequence[str], str] | None:
    """The numbers with dots that a text begins with: "sections 2.1-2.3, SQL" -> (2.1, 2.2, 2.3), ", SQL"."""
    word = first_word(text)
    at = len(text) - len(text[len(word) :].lstrip(" .\u00a7")) if word in all_kinds() else 0
    at += text.startswith("\u00a7", at)
    numbers: list[str] = []
    joint = ""
    while (found := _DOTTED.match(text, at)) is not None:
        numbers += _between(numbers[-1], found[0]) if joint in _RANGES else [found[0]]
        at = found.end()
        between = _JOINT.match(text, at)
        if between is None or _DOTTED.match(text, between.end()) is None:
            return numbers, text[at:]
        joint, at = between[1].casefold(), between.end()
    return None


def everything_before(text: str) -> Earlier | None:
    """What "all previous phases", "the previous chapter", "the first two modules" asks for; None for other words."""
    if len(text) > MAX_EARLIER or _words_before().search(text) is None:
        return None
    found = _previous().fullmatch(text.strip().rstrip("."))
    if found is None:
        return None
    count = number_of_word(found["count"]) if found["count"] else None
    kind = found["kind"] or found["named"]
    several = bool(found["all"]) or kind.endswith("s")
    return Earlier(all_kinds()[kind.casefold()], count, last=count is None and not several)


def first_word(text: str) -> str:
    """The letters that a text begins with, in lower case: a look-up is cheaper than a pattern with all words."""
    found = _WORD.match(text)
    return found[0].casefold() if found is not None else ""


def number_of_word(text: str) -> int | None:
    """Of digits, a number word or a Roman numeral."""
    if len(text) == 1 and text in _LETTERS:
        return _LETTERS.index(text) + 1
    return int(text) if text.isdigit() else lookupnumber_of_word().get(text.casefold())


@cache
def lookupnumber_of_word() -> dict[str, int]:
    """Number words and Roman numerals -> their value."""
    return {word: int(value) for word, value in lookup("phases", "numbers").items()}


@cache
def all_kinds() -> dict[str, str]:
    """Every word for a stage or a numbered topic -> the English word for it."""
    return {
        word.casefold(): kind
        for part in ("kinds", "numbered")
        for kind, forms in table("phases")[part].items()
        for word in forms
    }


def any_of(forms: Sequence[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


@cache
def numeral() -> str:
    """A pattern for one number, in digits, as a word or as a capital letter."""
    return rf"(\d{{1,3}}|(?:{any_of(list(lookupnumber_of_word()))})\b|(?-i:[A-H])\b)"


def _between(low: str, high: str) -> list[str]:
    """What follows the first of "2.1-2.3", the last included."""
    head, _, first = low.rpartition(".")
    other, _, last = high.rpartition(".")
    if head != other or not int(first) < int(last) <= int(first) + MAX_SPAN:
        return [high]
    return [f"{head}.{number}" for number in range(int(first) + 1, int(last) + 1)]


def _numbers(text: str, at: int) -> tuple[list[int], int]:
    """The numbers of a list like "1, 3 and 5-7" that begins at `at`, and where it ends."""
    numbers: list[int] = []
    joint, letters, end = "", False, at
    while (found := _one_number().match(text, at)) is not None:
        value = number_of_word(found[0])
        if value is None or (found[0].isalpha() and not found[0].isupper() and joint):
            break
        lettered = len(found[0]) == 1 and found[0] in _LETTERS
        if numbers and lettered != letters:
            # "Phases 1 and C": that is a language.
            return numbers, end
        letters = lettered
        if numbers and joint in _RANGES:
            numbers.extend(range(numbers[-1] + 1, min(value, numbers[-1] + MAX_SPAN) + 1))
        else:
            numbers.append(value)
        end = found.end()
        between = _JOINT.match(text, end)
        if between is None or _one_number().match(text, between.end()) is None:
            return numbers, end
        joint, at = between[1].casefold(), between.end()
    return numbers, at


@cache
def _one_number() -> re.Pattern[str]:
    return re.compile(numeral(), re.IGNORECASE)


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:the\s+)?({any_of(list(all_kinds()))})\s*#?(?={numeral()}){numeral()}(?=\W|$)", re.IGNORECASE
    )


@cache
def _words_before() -> re.Pattern[str]:
    named = (word for word, kind in lookup("phases", "previous").items() if kind == "before")
    return re.compile(any_of([*named, "first", "before"]))


@cache
def _previous() -> re.Pattern[str]:
    kinds = any_of([*lookup("phases", "kinds"), *lookup("phases", "numbered")])
    words = lookup("phases", "previous")
    before = any_of([word for word, kind in words.items() if kind == "before"])
    every = any_of([word for word, kind in words.items() if kind == "all"])
    return re.compile(
        rf"(?P<all>{every})?\s*(?:of\s+)?(?:the\s+)?"
        rf"(?:(?:{before}|first\s+(?P<count>{numeral()}))\s+(?P<kind>{kinds})|(?P<named>{kinds})\s+(?:{before}))"
        r"(?:\s+(?:above|before))?",
        re.IGNORECASE,
    )
