"""What the planner answers: frozen values without markup, ready for a command line, a page or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.learner import Goal, Learner
from graph.model import Graph, Requirement
from graph.planner.steps import Steps

State = Literal["known", "assumed", "skipped", "learning", "goal", "ready", "step", "locked", "planned", "external"]
"""How a topic stands for a learner, strongest first; what a map shows as icon and colour.

`ready`: unknown and all requirements met. `step`: on the path, not yet ready. `locked`: off the path, not ready.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of a plan must know: code and one sentence."""

    code: str
    """`no-goal`, `cycle-cut`, `outside-documents`, `goal-reached`, `choice`, `phase-advice`, `skipped-needed`,
    `deadline-passed`."""
    text: str
    topics: tuple[str, ...] = ()
    """Ids the notice is about."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A requirement left out of the plan because it closes a cycle, until somebody decides."""

    requirement: Requirement
    cycle: tuple[str, ...]
    """Ids along the cycle, each requiring the next, the last requiring the first."""


@dataclass(frozen=True, slots=True)
class ResolvedChoice:
    """Which options of a choice the plan takes."""

    choice_id: str
    topic: str
    taken: tuple[str, ...]
    """Cheapest remaining effort first, unless the learner prefers another or knows one."""
    others: tuple[str, ...]
    hours: Mapping[str, float] = field(default_factory=dict)
    """Option id -> hours it would still cost, shared work counted once; inf when it cannot be reached."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a suggestion's rank."""

    part: str
    """Name of the part: pinned, learning, deadline, weight, unlocks, chain, goals, soft, phase, effort, order."""
    value: float | str
    text: str
    """The part as half a sentence: "unlocks 3 topics at once"; empty when it says nothing here."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that can be learned now, with what speaks for it."""

    topic: str
    rank: int
    """From 1."""
    effort_hours: float
    """The default effort where the documents say nothing."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a plan."""

    step: int
    """From 1."""
    topic: str
    effort_hours: float
    goals: tuple[str, ...]
    """Ids of the goals that need it."""
    requires: tuple[str, ...]
    """Needed topics that must come before it, directly; met ones are left out."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A graph seen by one learner with goals: everything the answers are drawn from, computed once."""

    graph: Graph
    learner: Learner
    goals: tuple[Goal, ...]
    """The goals that count: the learner's own, or one over everything active when none is set."""
    known: frozenset[str]
    assumed: Mapping[str, str]
    """Topic -> the known topic that requires it."""
    skipped: frozenset[str]
    needed: frozenset[str]
    """Topics still to learn for the goals, the goals' own topics included."""
    needed_for: Mapping[str, tuple[str, ...]]
    """Needed topic -> ids of the goals that need it."""
    before: Mapping[str, tuple[str, ...]]
    """Needed topic -> needed topics directly before it, gates and choices resolved, cuts left out."""
    total: frozenset[str]
    """All topics the goals require, met ones included: what progress is measured against."""
    cuts: tuple[Cut, ...] = ()
    choices: tuple[ResolvedChoice, ...] = ()
    notices: tuple[Notice, ...] = ()
    steps: Steps = field(default_factory=Steps, repr=False, compare=False)
    """The needed topics as small integers: what `suggest` and `plan` count with. Not for views."""

    @property
    def met(self) -> frozenset[str]:
        """Topics that count as met for what depends on them: known, assumed or skipped."""
        return self.known | self.skipped | frozenset(self.assumed)


@dataclass(frozen=True, slots=True)
class Plan:
    """An order of the needed set that respects every hard requirement."""

    entries: tuple[Entry, ...]
    total_hours: float
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Topic with parts -> its parts among the entries, for a heading over them."""
