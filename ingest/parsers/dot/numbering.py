"""Which way the arrows lead where no words say it: nobody teaches course 301 before 101, or term 3 before term 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ingest.parsers.dot.model import Drawing, Edge
from ingest.parsers.dot.words import Direction, edge_words
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import Name
from ingest.words import table

MIN_VOTES = 4
"""Arrows that must agree."""
MIN_SERIES = 3
"""Arrows between members of one series: "unit3 -> unit2"."""
_SHARE = 0.8
_CODE = re.compile(r"([^\W\d_]{2,8})[ _-]?(\d{3,4})[A-Za-z]{0,2}")
_SERIAL = re.compile(r"([^\W\d_]{1,8})[ _-]?(\d{1,2})")
_NUMBER = re.compile(r"(?:(\w+) )?(\d{1,3}(?:\.\d{1,3}){0,4})")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_SEQUEL = re.compile(r"(\D{3,60}?)\s?(III|II|IV|I|VI|V|[1-9])")
"""A course in several parts: "Analysis II"."""
_STAGE = "\0stage"


class Place(NamedTuple):
    """Where a node stands in a series; only places of one series can be compared."""

    series: str
    at: tuple[int, ...]


def numbered_direction(drawing: Drawing, names: Mapping[str, Name], homes: Mapping[str, int]) -> Direction | None:
    """What most arrows between numbered boxes say; None when they are few, disagree, or lead upwards as they should.

    Args:
        drawing: as read.
        names: key of a node -> what its box says.
        homes: key of a node -> the labelled cluster it stands in.
    """
    if drawing.parts_only or drawing.sign == "after":
        return None
    stages = {number: found.first for number in set(homes.values()) if (found := _stage(drawing, number)) is not None}
    places = {key: tuple(_places(key, name, stages.get(homes.get(key, 0)))) for key, name in names.items()}
    down: Counter[str] = Counter()
    up: Counter[str] = Counter()
    for edge in drawing.edges:
        pair = _compared(edge, places)
        if pair is not None:
            (up if pair[0].at < pair[1].at else down)[pair[0].series] += 1
    # Keys like "n7" only count the boxes, unless several series go the same way.
    counted = [series for series in {*up, *down} if series.startswith("\0key")]
    if sum(down[series] >= MIN_SERIES and not up[series] for series in counted) < 2:  # noqa: PLR2004
        for series in counted:
            del down[series], up[series]
    votes = down.total()
    return "to-prerequisite" if votes >= MIN_VOTES and votes >= _SHARE * (votes + up.total()) else None


def _stage(drawing: Drawing, number: int) -> PhaseName | None:
    return phase_of(drawing.clusters[number].label) if number else None


def _places(key: str, name: Name, stage: int | None) -> Iterator[Place]:
    """Everything that numbers a node, the clearest first."""
    if (number := _NUMBER.fullmatch(name.number)) is not None:
        yield Place(f"number {number[1] or ''}", tuple(map(int, number[2].split("."))))
    for words in (*name.aliases, name.title, key):
        if (code := _CODE.fullmatch(words)) is not None:
            yield Place(code[1].casefold(), (int(code[2]),))
            break
    if (sequel := _SEQUEL.fullmatch(name.title)) is not None:
        yield Place(f"sequel {sequel[1].casefold()}", (_ROMAN.get(sequel[2]) or int(sequel[2]),))
    if stage is not None:
        yield Place(_STAGE, (stage,))
    if (serial := _SERIAL.fullmatch(key)) is not None:
        word = serial[1].casefold()
        yield Place(f"\0{'word' if word in _number_words() else 'key'} {word}", (int(serial[2]),))


def _compared(edge: Edge, places: Mapping[str, tuple[Place, ...]]) -> tuple[Place, Place] | None:
    if edge.heads not in {"forward", "back"} or (edge.label and edge_words(edge.label) != edge_words("")):
        return None
    tail, head = (edge.head, edge.tail) if edge.heads == "back" else (edge.tail, edge.head)
    for first in places.get(tail, ()):
        for second in places.get(head, ()):
            if first.series == second.series and first.at != second.at:
                return first, second
    return None


@cache
def _number_words() -> frozenset[str]:
    """Words that, with a number, name a part of a course: chapter, lesson, week."""
    numbered = table("phases")["numbered"]
    kinds = (
        *table("phases")["kinds"].values(),
        *(numbered[kind] for kind in ("chapter", "lesson", "lecture", "session")),
    )
    return frozenset(form.casefold() for forms in kinds for form in forms if len(form) > 1)
