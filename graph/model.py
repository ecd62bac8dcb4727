"""The values of the graph: what is known about topics once documents were read.

All values are frozen. An empty collection is empty, never None. Ids of phases and sections carry the id of their
roadmap, so `kind_of` can tell the three kinds of requirement ends apart without a look-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

TopicState = Literal["active", "planned", "external", "retired"]
Origin = Literal["stated", "inferred", "verdict"]
Strength = Literal["hard", "soft", "together"]
Kind = Literal["topic", "phase", "section", "roadmap"]

PHASE_MARK = "#phase/"
SECTION_MARK = "#section/"
ROADMAP_MARK = "roadmap:"


class Value(BaseModel):
    """Base of all values: frozen, strict, nothing extra."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Topic(Value):
    """Something one can learn, with one identity across all roadmaps."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    """Other ways documents write the title, sorted."""
    summary: str = ""
    """First description found, in the documents' order; empty when there is none."""
    effort_hours: float | None = None
    """Hours of learning as stated; None when no document says."""
    state: TopicState = "active"
    """external: named as a requirement, described nowhere. retired: left the documents, a learner still has a state."""
    background: bool = False
    """True when the topic is only mentioned as assumed knowledge."""


class Roadmap(Value):
    """What one document, or one folder of linked notes, describes."""

    id: str
    """Begins with `roadmap:`, so that it never equals a topic's id."""
    title: str
    family: str


class Phase(Value):
    """A stage of one roadmap."""

    id: str
    roadmap_id: str
    label: str
    """As written: "Phase 1", "Week 3"."""
    title: str
    """The label again when the phase has no title."""
    position: int
    weeks_min: float | None = None
    weeks_max: float | None = None


class Section(Value):
    """A heading of one roadmap that only groups."""

    id: str
    roadmap_id: str
    title: str
    position: int


class Requirement(NamedTuple):
    """Today's verdict on one pair: `topic` cannot be started before `requires` is known (or is helped by it).

    A tuple, not a model: a graph holds half a million of them.
    """

    topic: str
    """Id of a topic, phase or section."""
    requires: str
    """Id of a topic, phase or section."""
    origin: str = "stated"
    confidence: float = 1.0
    """0 to 1, a noisy-or over the claims."""
    claims: int = 1
    """How many claims speak for it."""
    reason: str = ""
    """Why, in a document's own words; empty when none says."""


class Choice(Value):
    """A requirement met by `min` of its options."""

    id: str
    topic: str
    """Id of the topic, phase or section that has the choice."""
    options: tuple[str, ...]
    """Ids of topics, in the order written."""
    min: int = 1
    origin: Origin = "stated"
    confidence: float = 1.0
    claims: int = 1
    reason: str = ""


class Placed(NamedTuple):
    """`inner` stands in `outer` at `position`: a part in a topic, a topic in a phase, a section in a phase."""

    inner: str
    outer: str
    position: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything the planner and the map need. Evidence stays in the store."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    roadmaps: Mapping[str, Roadmap] = field(default_factory=dict)
    phases: Mapping[str, Phase] = field(default_factory=dict)
    sections: Mapping[str, Section] = field(default_factory=dict)
    requires: tuple[Requirement, ...] = ()
    """Accepted and hard, between topics, phases and sections. May hold cycles: the documents say so."""
    recommends: tuple[Requirement, ...] = ()
    """Accepted and soft."""
    proposed: tuple[Requirement, ...] = ()
    """Inferred, not yet accepted: never used in a plan."""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    parts: tuple[Placed, ...] = ()
    """Topic in topic, where every roadmap that covers the whole lists the part with it: learning the whole means
    learning these."""
    loose_parts: tuple[Placed, ...] = ()
    """Topic in topic, where only some roadmaps of the whole say so: shown, never binding."""
    covers: tuple[Placed, ...] = ()
    """Topic in phase, section or roadmap."""
    inside: tuple[Placed, ...] = ()
    """Section or phase in section or phase."""


def kind_of(node_id: str) -> Kind:
    """Whether an id names a topic, a phase, a section or a roadmap."""
    if PHASE_MARK in node_id:
        return "phase"
    if SECTION_MARK in node_id:
        return "section"
    return "roadmap" if node_id.startswith(ROADMAP_MARK) else "topic"
