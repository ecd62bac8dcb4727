"""Topics with ids: claims may name them by id, and ids are no names once everything is resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from graph.titles import normal_form
from ingest.parsers.outline.draft import Draft, Found, Piece, Place
from ingest.parsers.outline.resolve import requirements_of
from ingest.parsers.wording.conditions import without_conditions
from ingest.parsers.wording.inline import plain
from ingest.parsers.wording.known import End
from ingest.parsers.wording.phases import PhaseName
from ingest.parsers.wording.titles import clean
from ingest.reading import Reading, ReadProblem, ReadRoadmap, ReadTopic
from ingest.words import lookup

_AND = re.compile(r"\s+(?:and|&|\+|plus)\s+", re.IGNORECASE)
_GROUPING = re.compile(r"\s+or\s+|[,;|\[\]#\n]|\s[-\u2013\u2014]\s|\bof\b", re.IGNORECASE)
_BRACKET = re.compile(r"(?:\band\s*|[,;]\s*)?[(\[]([^()\[\]]*\sor\s[^()\[\]]*)[)\]]", re.IGNORECASE)
_LEADING_AND = re.compile(r"^\s*(?:and\b|[,;&])\s*", re.IGNORECASE)
_OR = re.compile(r"(?:\bor\s*[(\[])|(?:[)\]]\s*or\b)", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_CODE = re.compile(r"([A-Z][A-Z&/]{0,7})[ -]?([A-Z]{0,2}\d{1,4}[A-Z]{0,3})")
_OPAQUE = re.compile(r"[A-Za-z]{0,4}[-_]?\d{1,12}")
MAX_BRACKETS = 400


@dataclass(slots=True)
class Names:
    """A draft whose topics and phases have ids."""

    draft: Draft
    ids: dict[str, End] = field(default_factory=dict)
    """As written -> topic, section or phase."""
    parents: list[tuple[int, str, int]] = field(default_factory=list)
    """(position of a topic, what it says it is part of, line)."""
    elements: set[str] = field(default_factory=set)
    """Values that were elements of a list: each is one title."""
    _aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a topic in the reading -> its real aliases."""
    _ends: dict[str, End] = field(default_factory=dict)
    """Title and its normal form -> the first topic."""
    _places: dict[str, int] = field(default_factory=dict)
    """Id of a topic in the reading -> its place among the topics."""

    def topic(
        self, found: Found, place: Place, key: str = "", *, section: bool = False, more: Sequence[str] = ()
    ) -> Place | None:
        """Add a topic that can be named by a key, or by more of them; None when there are too many."""
        before = len(self.draft.topics)
        hidden = tuple(dict.fromkeys(form for name in (key, *more, *found.aliases) for form in _written(name)))
        given = replace(found, aliases=(*found.aliases, *hidden)) if hidden else found
        inside = self.draft.topic(given, place, section=section)
        if len(self.draft.topics) == before or inside.owner is None:
            return None
        made = self.draft.topics[-1]
        self._places[made.id] = before
        for name in (made.title, normal_form(made.title)):
            self._ends.setdefault(name, inside.owner)
        if hidden:
            self._aliases[made.id] = tuple(each for each in made.aliases if each in found.aliases)
            for form in hidden:
                if form == key:
                    self.name(key, inside.owner, found.line)
                elif form not in found.aliases:
                    self.ids.setdefault(form, inside.owner)
        return inside

    def name(self, key: str, end: End, line: int) -> None:
        """Give a topic or phase an id; the first owner keeps it."""
        if key in self.ids:
            self.draft.problem(
                "duplicate-id", f"the id “{key}” is used twice", line, "give each topic an id of its own"
            )
        self.ids.setdefault(key, end)

    def part(self, inner: End, whole: str, line: int) -> None:
        """Note that a topic is part of what a key or title names."""
        if inner.id in self._places:
            self.parents.append((self._places[inner.id], whole, line))

    def owner(self, key: str) -> End | None:
        """The topic or phase that a key or title names."""
        return self._by_key(key) or self._ends.get(key) or self._ends.get(normal_form(key))

    def _by_key(self, key: str) -> End | None:
        return self.ids.get(key) or (self.ids.get(key.replace(" ", "")) if _CODE.fullmatch(key) else None)

    def reading(self, path: str, family: str, title: str) -> Reading:
        """Resolve everything."""
        titles = {normal_form(name) for topic in self.draft.topics for name in (topic.title, *topic.aliases)}
        titles |= {normal_form(phase.title) for phase in self.draft.phases}
        self.draft.claims[:] = [
            replace(claim, pieces=tuple(self._piece(piece, titles) for piece in claim.pieces))
            for claim in self.draft.claims
        ]
        requirements = requirements_of(self.draft)
        topics = self._with_parents()
        if not topics:
            message = "no list of topics with titles was recognised in this file"
            self.draft.problems.append(ReadProblem(severity="info", code="no-topics", message=message))
        return Reading(
            path=path,
            family=family,
            roadmap=ReadRoadmap(title=title),
            phases=tuple(self.draft.phases),
            topics=tuple(
                each.model_copy(update={"aliases": self._aliases[each.id]}) if each.id in self._aliases else each
                for each in topics
            ),
            requirements=requirements,
            problems=tuple(self.draft.problems),
        )

    def _piece(self, piece: Piece, titles: set[str]) -> Piece:
        value = piece.value.strip()
        end = self._by_key(value)
        if end is not None:
            return piece._replace(value=end.title) if end.kind == "phase" or value not in self.ids else piece
        if normal_form(value) in titles:
            return piece
        if self.ids and (_SLUG.fullmatch(value) or _OPAQUE.fullmatch(value)):
            message = f"“{value}” is not the id of anything in this file"
            self.draft.problem("dangling-reference", message, piece.line_start)
            words = value if _OPAQUE.fullmatch(value) else value.replace("-", " ").replace("_", " ")
            return piece._replace(value="" if words.isdigit() else words)
        parts = value.split()
        if len(parts) > 1 and all(part.strip(",;") in self.ids for part in parts):
            return piece._replace(value="; ".join(part.strip(",;") for part in parts))
        return piece._replace(value=_single(value, titles) if value in self.elements else grouped(value))

    def _with_parents(self) -> list[ReadTopic]:
        topics = list(self.draft.topics)
        at = {topic.id: position for position, topic in enumerate(topics)}
        for position, wanted, line in self.parents:
            end = self.owner(wanted)
            if end is None or end.kind == "phase":
                if end is None:
                    self.draft.problem("dangling-reference", f"“{wanted}” is not described here", line)
                continue
            above = end.id
            while above is not None and above != topics[position].id:
                above = topics[at[above]].part_of
            if above is not None:
                self.draft.problem("part-cycle", f"“{topics[position].title}” would be part of itself", line)
                continue
            topics[position] = topics[position].model_copy(update={"part_of": end.id})
        return topics


def _single(value: str, titles: set[str]) -> str:
    """An element of a list kept whole: "Data Structures and Algorithms" is one title there."""
    parts = _AND.split(value)
    if len(parts) == 1 or _GROUPING.search(value) or all(normal_form(part) in titles for part in parts):
        return grouped(value)
    return f"[[{value}]]"


def grouped(value: str) -> str:
    """Write "(A or B) and C" as "C; A or B": alternatives in a list are a part of its own."""
    value = without_conditions(value)
    value = _choice_inside().sub("; ", value) if " of" in value or "ither" in value else value
    if "(" not in value and "[" not in value:
        return value
    if len(value) > MAX_BRACKETS or "[[" in value or _OR.search(value):
        return value
    inside = [found[1] for found in _BRACKET.finditer(value)]
    rest = _LEADING_AND.sub("", _BRACKET.sub("", value)).strip(" ,;")
    return "; ".join([*([rest] if rest else []), *inside]) if inside else value


@cache
def _choice_inside() -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, lookup("fields", "choices")), key=len, reverse=True))
    return re.compile(rf"(?:,\s?and\s|,\s?|\sand\s)(?=(?:{phrases})[\s:])", re.IGNORECASE)


def _written(name: str) -> tuple[str, ...]:
    """The ways to write a key: one that is a code, with a space between its letters and its number and without."""
    code = _CODE.fullmatch(name)
    return (name, f"{code[1]} {code[2]}", f"{code[1]}{code[2]}") if code is not None else (name,) if name else ()


def stage_of(text: str, head: str) -> PhaseName:
    """The stage that a field or a cell names; in "Unit 1: Ground" it is called Unit 1, and its title is Ground."""
    title = clean(text).title or text
    label = text.removesuffix(title).strip(" :.|\u2013\u2014-") if text != title else ""
    return PhaseName(label or text, title, head, 0, 0)


def is_id(text: str) -> bool:
    """Whether a text is words in lower case joined by dashes: no title as people write it."""
    return _SLUG.fullmatch(text) is not None


def plain_title(text: str) -> str:
    """A title's text without markup, on one line."""
    return " ".join(plain(text).split())
