"""A learner: what they know, want and prefer. One fact for all roadmaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from graph.model import Value

Mark = Literal["known", "learning", "skipped", "not known"]
"""A learner's own word on a topic. *Assumed* is derived by the planner and never stored."""

MARKS: tuple[Mark, ...] = ("known", "learning", "skipped", "not known")


class Goal(Value):
    """Something a learner wants to reach."""

    id: str
    name: str
    targets: tuple[str, ...]
    """Ids of topics, phases, sections or roadmaps; all are wanted."""
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    """How much it matters against other goals; 1 unless said."""
    deadline: date | None = None


class Learner(Value):
    """A person with states on topics. A learner that was never written is a valid empty one, version 0."""

    id: str = "me"
    name: str = ""
    hours_per_week: float = 6.0
    days_off: tuple[str, ...] = ()
    """ISO dates on which nothing is learned."""
    timezone: str = "UTC"
    version: int = 0
    """Goes up with every write of this learner."""
    marks: Mapping[str, Mark] = Field(default_factory=dict)
    """Topic id -> mark. A topic without a mark is simply unknown."""
    pins: frozenset[str] = frozenset()
    """Topics to come first."""
    postpones: frozenset[str] = frozenset()
    """Topics to come last."""
    prefers: frozenset[str] = frozenset()
    """Options chosen where there is a choice."""
    goals: tuple[Goal, ...] = ()
    last_topic: str | None = None
    """The topic marked last; breaks ties toward its phase. None before the first mark."""

    def marked(self, mark: Mark) -> frozenset[str]:
        """Ids of the topics with this mark."""
        return frozenset(topic for topic, given in self.marks.items() if given == mark)
