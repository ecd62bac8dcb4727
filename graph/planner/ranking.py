"""What comes first: the parts of a topic's rank, in the order in which they decide.

Postponed; pinned; already learning; deadline and its slack in days; goal weight per remaining hour; topics unlocked at
once; hours of the longest chain it starts; goals served; soft requirements met; same phase as last studied; effort; the
authors' order; title; id. Only unlocks, soft requirements and phase move while a plan is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum, inf

from graph.planner.index import Index, index_of
from graph.planner.results import Situation

DAYS_PER_WEEK = 7

Head = tuple[bool, bool, bool, float, float]
"""Postponed, not pinned, not learning, slack in days, minus weight per hour: smaller is better."""

Tail = tuple[float, int, int]
"""Effort in hours, place in the authors' order (with title and id), step: smaller is better, never equal."""

Key = tuple[Head, int, float, int, int, Tail]
"""Head, minus unlocks, minus chain, minus goals, minus soft, tail. The phase stands between the last two."""

Fixed = tuple[Head, float, int, Tail, tuple[str, ...]]
"""Head, minus chain, minus goals, tail, ids of the phases."""


class Ranking:
    """The parts of a rank in one situation on one day, by step number."""

    def __init__(self, situation: Situation, today: date, index: Index | None = None) -> None:
        self.situation = situation
        self.index = index or index_of(situation.graph)
        self.steps = situation.steps
        self.slack: dict[str, float] = {}
        """Goal id -> days to spare until its deadline; goals without one are left out."""
        self.left: dict[str, float] = {}
        """Goal id -> hours left to learn for it."""
        self.weight: dict[str, float] = {}
        """Goal id -> its weight per hour left."""
        self._heads: dict[tuple[tuple[str, ...], bool, bool, bool], Head] = {}
        self._count_goals(today)

    def _count_goals(self, today: date) -> None:
        hours: dict[tuple[str, ...], list[float]] = {}
        steps, needed_for = self.steps, self.situation.needed_for
        for step, name in enumerate(steps.names):
            if steps.entry[step]:
                hours.setdefault(needed_for[name], []).append(steps.hours[step])
        learner = self.situation.learner
        for goal in self.situation.goals:
            # fsum rounds once, so the sum is the same in any order of the input.
            left = fsum(fsum(each) for goals, each in hours.items() if goal.id in goals)
            self.left[goal.id] = left
            self.weight[goal.id] = goal.weight / left if left > 0 else inf
            if goal.deadline is not None:
                weeks = left / learner.hours_per_week if learner.hours_per_week > 0 else 0.0
                self.slack[goal.id] = (goal.deadline - today).days - weeks * DAYS_PER_WEEK

    def goals(self, step: int) -> tuple[str, ...]:
        """Ids of the goals that need the step."""
        return self.situation.needed_for[self.steps.names[step]]

    def topic_slack(self, step: int) -> float:
        """The smallest slack in days among the step's goals; inf without a deadline."""
        return min((self.slack[goal] for goal in self.goals(step) if goal in self.slack), default=inf)

    def topic_weight(self, step: int) -> float:
        """Goal weight per remaining hour, over all goals the step serves."""
        return fsum(self.weight[goal] for goal in self.goals(step))

    def head(self, step: int) -> Head:
        """The parts that come before the unlocks. Few differ, so they are kept."""
        learner, name = self.situation.learner, self.steps.names[step]
        marks = (name in learner.postpones, name not in learner.pins, learner.marks.get(name) != "learning")
        case = (self.goals(step), *marks)
        head = self._heads.get(case)
        if head is None:
            head = self._heads[case] = (*marks, self.topic_slack(step), -self.topic_weight(step))
        return head

    def tail(self, step: int) -> Tail:
        """The parts that come after the phase."""
        return self.steps.hours[step], self.index.rank[self.steps.vertex[step]], step

    def soft_met(self, step: int) -> int:
        """How many of the topics that help are met already."""
        helpers = self.index.recommends.get(self.steps.vertex[step], ())
        return sum(self.is_met(helper) for helper in helpers)

    def is_met(self, vertex: int) -> bool:
        """Whether a topic is known, assumed or skipped."""
        name, here = self.index.names[vertex], self.situation
        return name in here.known or name in here.assumed or name in here.skipped

    def phases(self, step: int) -> tuple[str, ...]:
        """Ids of the phases the step stands in."""
        return self.index.phases.get(self.steps.vertex[step], ())

    def last_phases(self) -> frozenset[str]:
        """Ids of the phases of the topic marked last."""
        last = self.situation.learner.last_topic
        vertex = self.index.gates.done.get(last) if last is not None else None
        return frozenset(self.index.phases.get(vertex, ()) if vertex is not None else ())

    def key(self, step: int, gain: Sequence[int], soft: int) -> Key:
        """What steps are compared by, the phase left out."""
        head, chain, goals, tail, _ = self._fixed(step)
        return head, -gain[step], chain, goals, -soft, tail

    def _fixed(self, step: int) -> Fixed:
        return self.head(step), -self.steps.chain[step], -len(self.goals(step)), self.tail(step), self.phases(step)

    def fixed(self) -> list[Fixed]:
        """By step: what does not move while a plan is made. Gates have no rank, and hold the first step's."""
        steps = [step for step, entry in enumerate(self.steps.entry) if entry]
        found = [self._fixed(steps[0])] * len(self.steps.names) if steps else []
        for step in steps:
            found[step] = self._fixed(step)
        return found
