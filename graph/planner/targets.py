"""What goals aim at, as vertices, and the roadmaps whose phases and sections bind on the way."""

from __future__ import annotations

from dataclasses import dataclass

from graph.learner import Goal, Learner
from graph.model import Graph
from graph.planner.index import Index

EVERYTHING = "everything"
"""Id of the goal that stands in when there is none."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One goal made ready for walking."""

    goal: Goal
    starts: tuple[int, ...]
    """Vertices to reach; empty when nothing the goal names is in the graph."""
    scope: frozenset[str]
    """Ids of the roadmaps whose phase and section requirements bind."""


def goals_of(
    graph: Graph, learner: Learner, goals: tuple[Goal, ...] | None, roadmap: str | None
) -> tuple[tuple[Goal, ...], bool]:
    """The goals that count, sorted by id, and whether they only stand in for a missing one."""
    wanted = learner.goals if goals is None else goals
    if wanted:
        return tuple(sorted(wanted, key=lambda goal: goal.id)), False
    if roadmap is not None and roadmap in graph.roadmaps:
        return (Goal(id=EVERYTHING, name=graph.roadmaps[roadmap].title, targets=(roadmap,)),), True
    active = sorted(topic.id for topic in graph.topics.values() if topic.state == "active" and not topic.background)
    return (Goal(id=EVERYTHING, name="Everything", targets=tuple(active)),), True


def aim(index: Index, goal: Goal, roadmap: str | None, *, everything: bool) -> Aim:
    """Targets as vertices. Whoever wants everything goes through all roadmaps, so all their phases bind."""
    graph, gates = index.graph, index.gates
    scope = {roadmap} if roadmap is not None and roadmap in graph.roadmaps else set()
    if everything and roadmap is None:
        scope = set(graph.roadmaps)
    starts: list[int] = []
    for target in goal.targets:
        if target in graph.topics:
            starts.append(gates.done[target])
        elif target in gates.done:
            holder = graph.phases.get(target) or graph.sections.get(target)
            scope.add(holder.roadmap_id if holder else target)
            starts.extend(_held(index, target))
    return Aim(goal, tuple(dict.fromkeys(starts)), frozenset(scope))


def _held(index: Index, container: str) -> list[int]:
    """What a container holds and waits for; its done gate only where a choice hangs on it, which spares edges."""
    gates = index.gates
    queue = [gates.done[container]]
    found: list[int] = []
    for vertex in queue:
        gate = vertex >= gates.topics and vertex == gates.done[gates.names[vertex]]
        if gate and vertex not in gates.choices:
            queue.extend(gates.edges[vertex])
        else:
            found.append(vertex)
    return found
