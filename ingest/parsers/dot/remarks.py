"""Sentences that explain a drawing: what its arrows mean, what is dashed or grey."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ingest.parsers.dot.words import Direction, one_of
from ingest.words import table

MAX_REMARK = 400
_WAY = r"[^\w.;\n]{0,3}(?:\w+[^\w.;\n]+)"
_SIGN = r"(?:-{1,3}>|\u2192|=>)"
_PAIR = rf"\b(\w{{1,30}})\s{{0,3}}{_SIGN}\s{{0,3}}(\w{{1,30}})\b[^.;\n]{{0,30}}?"
_GREY = r"gr[ae]y(?:ed)?"


class Remarks(NamedTuple):
    """What a drawing says about its own signs."""

    direction: Direction | None = None
    dashed_together: bool = False
    planned_styles: frozenset[str] = frozenset()
    """dashed, grey"""
    optional_styles: frozenset[str] = frozenset()
    """The same, of nodes that may be left out."""


def remarks_of(texts: Iterable[str]) -> Remarks:
    """Read comments, legends and labels that are sentences; the first that states the direction decides."""
    direction: Direction | None = None
    together = False
    planned: set[str] = set()
    optional: set[str] = set()
    for text in texts:
        words = " ".join(text[:MAX_REMARK].casefold().replace('"', "").replace("'", "").split())
        if direction is None and any(each in words for each in _signs()):
            direction = next((each for pattern, each in _stated() if pattern.search(words)), None)
        if not any(each in words for each in _styles()):
            continue
        together = together or bool(_dashed_together().search(words))
        planned |= {_style(found[1]) for found in _styled("planned").finditer(words)}
        optional |= {_style(found[1]) for found in _styled("optional").finditer(words)}
    return Remarks(direction, together, frozenset(planned), frozenset(optional - planned))


def _style(word: str) -> str:
    return "grey" if word.startswith("gr") else "dashed"


def _words(kind: str) -> str:
    return f"(?:{one_of(table('drawings')['remarks'][kind])})"


@cache
def _signs() -> tuple[str, ...]:
    """Pieces of text without which a sentence says nothing about arrows."""
    return ("->", "\u2192", "=>", "from", *table("drawings")["remarks"]["arrow"])


@cache
def _styles() -> tuple[str, ...]:
    """Pieces of text without which a sentence says nothing about a style."""
    return ("gray", "grey", *table("drawings")["remarks"]["dashed"])


@cache
def _stated() -> tuple[tuple[re.Pattern[str], Direction], ...]:
    """What states the direction, the clearest first."""
    requires, unlocks, later = _words("requires"), _words("unlocks"), _words("later")
    needed = rf"(?:{_words('needed')}|what (?:it|they|you|a topic) {requires})"
    arrow = rf"(?:\b{_words('arrow')}|{_SIGN})"
    to = rf"{_words('to')}[^\w.;\n]+(?:\w+[^\w.;\n]+)"
    means = rf"{arrow}\W{{0,4}}(?:\w+ ){{0,2}}{_words('means')}\W{{0,5}}(?:\w+ )?"
    stated: tuple[tuple[str, Direction], ...] = (
        (rf"{_PAIR}\b\1 {requires} \2\b", "to-prerequisite"),
        (rf"{_PAIR}\b\2 {unlocks} \1\b", "to-prerequisite"),
        (rf"{_PAIR}\b\2 {requires} \1\b", "to-dependent"),
        (rf"{_PAIR}\b\1 {unlocks} \2\b", "to-dependent"),
        (rf"{needed}s?\W{{0,3}}\s?{_SIGN}", "to-dependent"),
        (rf"{_SIGN}\W{{0,3}}{needed}", "to-prerequisite"),
        (rf"\bfrom (?:\w+ ){{0,2}}{needed} (?:\w+ )?to", "to-dependent"),
        # "to the courses that need it" and "to the courses it needs"
        (rf"{arrow}{_WAY}{{0,8}}?to (?:\w+ ){{1,4}}(?:that|which|who) {requires} (?:it|them)\b", "to-dependent"),
        (rf"{arrow}{_WAY}{{0,8}}?to (?:\w+ ){{1,4}}(?:it|they|that (?:it|they)) {requires}", "to-prerequisite"),
        (rf"{arrow}{_WAY}{{0,8}}?{to}{{0,3}}?{needed}", "to-prerequisite"),
        # "wird benötigt für" says the opposite of "benötigt".
        (rf"{means}{unlocks}\b", "to-dependent"),
        (rf"{means}{requires}\b", "to-prerequisite"),
        (rf"{arrow}{_WAY}{{0,4}}?{to}{{0,2}}?{later}", "to-dependent"),
    )
    return tuple((re.compile(pattern), direction) for pattern, direction in stated)


@cache
def _dashed_together() -> re.Pattern[str]:
    together = one_of(table("drawings")["edges"]["together"])
    return re.compile(rf"\b{_words('dashed')}\b[^.;\n]{{0,60}}?\b(?:{together})")


@cache
def _styled(kind: str) -> re.Pattern[str]:
    words = one_of(table("drawings")["nodes"][kind])
    return re.compile(rf"\b({_words('dashed')}|{_GREY})\b[^.;\n]{{0,40}}?\b(?:{words})\b")
