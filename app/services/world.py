"""A graph seen by one learner: loaded once for a command or a page run, everything else drawn from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph import planner
from graph.learner import Goal, Learner
from graph.model import Graph, Requirement, kind_of
from graph.planner.results import Plan, Situation, State, Suggestion
from graph.store.reader import Snapshot
from graph.store.store import Store


@dataclass(frozen=True)
class World:
    """What a learner's questions are answered from. Parts are computed when first asked for."""

    snapshot: Snapshot
    learner: Learner
    today: date
    roadmap: str | None = None
    """Id of the roadmap whose phases bind; None: only topic requirements do."""
    goals: tuple[Goal, ...] | None = None
    """Asked for instead of the learner's own; None: the learner's own."""

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.snapshot.graph

    @cached_property
    def situation(self) -> Situation:
        """What is needed, met, cut and chosen."""
        return planner.situation(self.graph, self.learner, goals=self.goals, roadmap=self.roadmap, today=self.today)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What can be learned now, best first."""
        return planner.suggest(self.situation, today=self.today)

    @cached_property
    def plan(self) -> Plan:
        """The whole way."""
        return planner.plan(self.situation, today=self.today)

    @cached_property
    def states(self) -> Mapping[str, State]:
        """How each topic is shown."""
        return planner.states(self.situation, self.plan)

    @cached_property
    def shown_as(self) -> Mapping[str, State]:
        """As `states`, but without a goal nothing is on a path: the plan over everything is only an order."""
        if self.has_goal:
            return self.states
        return {topic: "locked" if state == "step" else state for topic, state in self.states.items()}

    @property
    def shown_steps(self) -> Mapping[str, int]:
        """Topic -> its place on the path to a goal; empty without one."""
        return self.steps if self.has_goal else {}

    @property
    def has_goal(self) -> bool:
        """Whether there is a goal to have a path to."""
        return bool(self.learner.goals if self.goals is None else self.goals)

    @cached_property
    def steps(self) -> Mapping[str, int]:
        """Topic -> its place on the path."""
        return {entry.topic: entry.step for entry in self.plan.entries}

    @cached_property
    def needs(self) -> Mapping[str, list[Requirement]]:
        """Topic, phase or section -> its hard requirements."""
        return _grouped(self.graph.requires, by=0)

    @cached_property
    def needed_by(self) -> Mapping[str, list[Requirement]]:
        """Topic, phase or section -> what requires it."""
        return _grouped(self.graph.requires, by=1)

    @cached_property
    def containers(self) -> Mapping[str, list[str]]:
        """Topic -> ids of the roadmaps, phases and sections that cover it, in the order read."""
        found: dict[str, list[str]] = defaultdict(list)
        for inner, outer, _ in self.graph.covers:
            found[inner].append(outer)
        return found

    def title(self, node_id: str) -> str:
        """The title of a topic, phase, section or roadmap; the id when it is gone."""
        graph = self.graph
        for table in (graph.topics, graph.phases, graph.sections, graph.roadmaps):
            if node_id in table:
                return table[node_id].title
        return node_id

    def roadmaps_of(self, topic: str) -> tuple[str, ...]:
        """Titles of the roadmaps that cover a topic."""
        return self._container_titles(topic, "roadmap")

    def phases_of(self, topic: str) -> tuple[str, ...]:
        """Titles of the phases that cover a topic."""
        return self._container_titles(topic, "phase")

    def _container_titles(self, topic: str, kind: str) -> tuple[str, ...]:
        titles = (self.title(outer) for outer in self.containers.get(topic, ()) if kind_of(outer) == kind)
        return tuple(dict.fromkeys(titles))


def load(
    store: Store,
    learner_id: str,
    today: date,
    *,
    roadmap: str | None = None,
    goals: tuple[Goal, ...] | None = None,
) -> World:
    """Read graph and learner from the store."""
    return World(store.snapshot(), store.learner(learner_id), today, roadmap, goals)


def _grouped(requirements: tuple[Requirement, ...], *, by: int) -> Mapping[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = defaultdict(list)
    for requirement in requirements:
        found[requirement[by]].append(requirement)  # type: ignore[index]
    return found
