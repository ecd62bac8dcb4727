"""A reading while it grows: topics, phases and claims in the order in which they are met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Strength
from graph.titles import slug
from ingest.parsers.wording.known import End, Stage
from ingest.parsers.wording.phases import PhaseName
from ingest.parsers.wording.sentences import Sentence
from ingest.reading import ReadPhase, ReadProblem, ReadResource, ReadTopic

MAX_TOPICS = 50_000
"""What one document may hold; the rest is not read."""
_MARKER = re.compile(r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the outline something stands."""

    owner: End | None = None
    """The topic, section or phase that fields belong to."""
    part_of: str | None = None
    phase: str | None = None
    """Title of the phase."""
    inside: str = ""
    """Id that makes a repeated title's id unique."""
    detailed: bool = False
    """Below a topic of known size: plain numbered lists are steps there."""
    quoted: bool = False
    """In a block quote, where nothing is a topic."""
    chained: bool = False
    """Below a heading that begins with a chain of titles."""


class Piece(NamedTuple):
    """One value of a claim and where it stands."""

    value: str
    line_start: int
    line_end: int
    quote: str
    reason: str = ""
    """Given apart from the value, in a column of its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What will be requirements once all titles are known."""

    owner: End | None
    pieces: tuple[Piece, ...]
    rule: str
    strength: Strength = "hard"
    choice: int = 0
    """How many are needed when the label makes the values alternatives."""
    confidence: float = 1.0
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about a topic or section besides its place."""

    title: str
    line: int
    line_end: int
    text: str
    number: str = ""
    planned: bool = False
    ticked: bool = False
    description: str = ""
    hours: float | None = None
    aliases: tuple[str, ...] = ()
    resources: tuple[ReadResource, ...] = ()


@dataclass(slots=True)
class Draft:
    """Collects; the only thing that changes while a document is read."""

    lines: Sequence[str]
    topics: list[ReadTopic] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """The number of each topic, as "chapter 28"."""
    phases: list[ReadPhase] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    chapter: End | None = None
    """The last topic that is called a chapter: what its sections say, they say of it."""
    _ids: dict[str, int] = field(default_factory=dict)
    _phase_ids: dict[str, int] = field(default_factory=dict)
    _titled: dict[str, int] = field(default_factory=dict)
    _looked: int = 0
    """How many topics are in it."""
    _full: bool = False

    def topic(self, found: Found, place: Place, *, section: bool = False) -> Place:
        """Add a topic or section; returns the place inside it."""
        if len(self.topics) >= MAX_TOPICS:
            self._say_full(found.line)
            return place
        made = self._unique(slug(found.title), place.inside, self._ids)
        self.topics.append(
            ReadTopic(
                id=made,
                title=found.title,
                kind="section" if section else "topic",
                state="planned" if found.planned else "active",
                line=found.line,
                line_end=found.line_end,
                position=len(self.topics) + 1,
                part_of=place.part_of,
                phase=place.phase,
                description=found.description,
                effort_hours=None if section else found.hours,
                aliases=tuple(dict.fromkeys(alias for alias in found.aliases if alias != found.title)),
                resources=found.resources,
                text=found.text,
            )
        )
        self.numbers.append(found.number)
        if found.ticked:
            self.ticked.append(made)
        end = End("section" if section else "topic", made, found.title)
        if found.number.startswith("chapter "):
            self.chapter = end
        detailed = not section and (found.hours is not None or bool(found.number))
        return Place(end, made, place.phase, made, detailed, place.quoted)

    def phase(self, name: PhaseName, line: int, weeks: tuple[float, float] | None) -> Place:
        """Add a phase; returns the place inside it."""
        made = self._unique(
            slug(f"{name.label} {name.title}" if name.title != name.label else name.label), "", self._phase_ids
        )
        low, high = name.weeks or weeks or (None, None)
        self.phases.append(
            ReadPhase(
                id=made,
                label=name.label,
                title=name.title,
                position=len(self.phases) + 1,
                weeks_min=low,
                weeks_max=high,
                line=line,
            )
        )
        end, self.chapter = End("phase", made, name.title), None
        self.stages.append(Stage(end, name.kind, name.first, name.last))
        return Place(owner=end, phase=name.title, inside=made)

    def close(self) -> None:
        """Say that no topic and phase comes any more: what only tells their ids apart is let go."""
        self._ids.clear()
        self._phase_ids.clear()

    def has(self, title: str) -> bool:
        """Whether a title has been met."""
        return slug(title) in self._ids

    def titled(self, title: str) -> ReadTopic | None:
        """The first topic of a title, in any case."""
        for at in range(self._looked, len(self.topics)):
            self._titled.setdefault(self.topics[at].title.casefold(), at)
        self._looked = len(self.topics)
        at = self._titled.get(title.casefold(), -1)
        return self.topics[at] if at >= 0 else None

    def quote(self, first: int, last: int) -> str:
        """The source lines, without the marker of a bullet in front."""
        return _MARKER.sub("", "\n".join(self.lines[first - 1 : last]), count=1).strip()

    def source(self, first: int, last: int) -> str:
        """The source lines as they are."""
        return "\n".join(self.lines[first - 1 : last])

    def problem(self, code: str, message: str, line: int, hint: str = "") -> None:
        """Note a mistake that is worth a warning."""
        self.problems.append(ReadProblem(severity="warning", code=code, message=message, line=line, hint=hint))

    def _say_full(self, line: int) -> None:
        if not self._full:
            message = f"more than {MAX_TOPICS} topics; the rest is not read"
            self.problems.append(ReadProblem(severity="error", code="too-many-topics", message=message, line=line))
        self._full = True

    @staticmethod
    def _unique(wanted: str, inside: str, taken: dict[str, int]) -> str:
        made = f"{inside}-{wanted}" if wanted in taken and inside else wanted
        if made not in taken:
            taken[made] = 1
            return made
        # The same title twice in one place. The count goes on from the last one, so that many of them stay cheap.
        count = taken[made]
        while (numbered := f"{made}-{count + 1}") in taken:
            count += 1
        taken[made] = count + 1
        taken[numbered] = 1
        return numbered
