"""A graph seen by one learner with goals: what is needed, what is met, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.learner import Goal, Learner
from graph.model import Graph, Requirement
from graph.planner import notices as say
from graph.planner.assumed import Standing, standing
from graph.planner.choices import Answer, Resolver
from graph.planner.index import Index, index_of
from graph.planner.network import Edges
from graph.planner.results import Cut, ResolvedChoice, Situation
from graph.planner.steps import Before, steps_of
from graph.planner.targets import Aim, aim, goals_of
from graph.planner.walk import FREE, MET, NEVER, OUTSIDE, SKIPPED, stopped_at, walk


@dataclass(slots=True)
class _Walked:
    """One goal's way back to what is met."""

    aim: Aim
    edges: Edges
    found: list[int]


def situation(
    graph: Graph,
    learner: Learner,
    *,
    goals: tuple[Goal, ...] | None = None,
    roadmap: str | None = None,
    today: date,
    index: Index | None = None,
) -> Situation:
    """Everything that `suggest`, `plan` and `states` are drawn from.

    Args:
        graph: The graph; what goals or marks name and it does not hold is passed over.
        learner: Whose marks, preferences and goals count.
        goals: Other goals than the learner's own; without any, everything active is the goal, with a notice.
        roadmap: Id of a roadmap whose phases and sections bind for every goal.
        today: Deadlines before it are told.
        index: The graph's index where the caller keeps one; otherwise the one built last is used again.
    """
    index = index or index_of(graph)
    wanted, everything = goals_of(graph, learner, goals, roadmap)
    aims = [aim(index, goal, roadmap, everything=everything) for goal in wanted]
    stand = standing(graph, learner, index=index)
    stops = _stops(index, stand, {start for each in aims for start in each.starts} if not everything else set())
    whole = frozenset().union(*(each.scope for each in aims))
    net = index.net(whole)
    starts = list(dict.fromkeys(start for each in aims for start in each.starts))
    resolver = Resolver(index, net.edges, stops, starts, learner.prefers)
    answer = resolver.resolve() if index.choices else Answer()
    walks = [_walk(index, each, whole, answer, stops) for each in aims]
    needs = _needs(walks, answer)
    steps = steps_of(index.names, index.entry, index.hours, needs)
    visited = list(needs)
    needed_for = _needed_for(index, walks)
    choices = resolver.resolved(answer, visited)
    cuts = (*_cuts(index, net.cuts, needs, stops), *_dead_ends(index, choices))
    notices = (
        *say.goals(wanted, everything=everything, today=today),
        *say.reached(index, [(each.aim.goal, each.aim.starts) for each in walks], needed_for, stops),
        *say.cuts(graph, cuts),
        *say.choices(graph, choices, stand),
        *say.outside(graph, _stopped(index, walks, answer, stops, OUTSIDE)),
        *say.skipped(graph, _stopped(index, walks, answer, stops, SKIPPED)),
    )
    return Situation(
        graph=graph,
        learner=learner,
        goals=wanted,
        known=stand.known,
        assumed=stand.assumed,
        skipped=stand.skipped,
        needed=frozenset(needed_for),
        needed_for=needed_for,
        before=Before(steps),
        total=_total(index, walks, answer, stops),
        cuts=cuts,
        choices=choices,
        notices=notices,
        steps=steps,
    )


def _stops(index: Index, stand: Standing, named: set[int]) -> bytearray:
    """How a walk takes each vertex. Retired topics are entered only where a goal names them."""
    stops = bytearray(len(index.names))
    done = index.gates.done
    for topic in index.graph.topics.values():
        vertex = done[topic.id]
        if topic.state == "planned" or (topic.state == "retired" and vertex not in named):
            stops[vertex] = NEVER
        elif topic.state == "external":
            stops[vertex] = OUTSIDE
    for topics, kind in ((stand.assumed, MET), (stand.known, MET), (stand.skipped, SKIPPED)):
        for topic_id in topics:
            stops[done[topic_id]] = kind
    return stops


def _walk(index: Index, each: Aim, whole: frozenset[str], answer: Answer, stops: bytearray) -> _Walked:
    edges = index.view(each.scope, whole)
    return _Walked(each, edges, walk(edges, answer.edges, each.starts, stops))


def _needs(walks: Sequence[_Walked], answer: Answer) -> dict[int, tuple[int, ...]]:
    """Needed vertex -> what must be done before it, for any of the goals that need it."""
    needs: dict[int, tuple[int, ...]] = {}
    for each in walks:
        for vertex in each.found:
            edges = each.edges[vertex]
            if vertex in answer.edges:
                edges = tuple(sorted({*edges, *answer.edges[vertex]}))
            if needs.setdefault(vertex, edges) != edges:
                needs[vertex] = tuple(sorted({*needs[vertex], *edges}))
    return needs


def _needed_for(index: Index, walks: Sequence[_Walked]) -> dict[str, tuple[str, ...]]:
    goals: dict[int, tuple[str, ...]] = {}
    for each in walks:
        alone = (each.aim.goal.id,)
        for vertex in each.found:
            goals[vertex] = (*goals[vertex], *alone) if vertex in goals else alone
    names, entry = index.names, index.entry
    return {names[vertex]: goals[vertex] for vertex in sorted(goals) if entry[vertex]}


def _total(index: Index, walks: Sequence[_Walked], answer: Answer, stops: bytearray) -> frozenset[str]:
    """What the goals require with what is met already; choices that met topics made are not opened again."""
    through = bytearray(FREE if kind == MET else kind for kind in stops) if MET in stops else stops
    found: set[int] = set()
    for each in walks:
        way = walk(each.edges, answer.edges, each.aim.starts, through) if MET in stops else each.found
        found.update(way)
        found.update(stopped_at(each.edges, answer.edges, (*each.aim.starts, *way), stops, SKIPPED))
    return frozenset(index.names[vertex] for vertex in found if index.entry[vertex])


def _stopped(index: Index, walks: Sequence[_Walked], answer: Answer, stops: bytearray, kind: int) -> list[str]:
    """Ids of the topics of one kind at which the goals' walks stopped, sorted."""
    found: set[int] = set()
    for each in walks:
        found.update(stopped_at(each.edges, answer.edges, (*each.aim.starts, *each.found), stops, kind))
    return [index.names[vertex] for vertex in sorted(found)]


def _cuts(index: Index, cuts: Sequence[Cut], needs: dict[int, tuple[int, ...]], stops: bytearray) -> list[Cut]:
    """The cuts that change this path: without them a needed topic would wait for something unmet."""
    start, done = index.gates.start, index.gates.done
    return [
        cut for cut in cuts if start[cut.requirement.topic] in needs and stops[done[cut.requirement.requires]] == FREE
    ]


def _dead_ends(index: Index, choices: Sequence[ResolvedChoice]) -> list[Cut]:
    """Choices none of whose options can come first, because each requires what has the choice."""
    found: list[Cut] = []
    for each in choices:
        choice = index.graph.choices[each.choice_id]
        if not each.taken and each.others:
            first = each.others[0]
            need = Requirement(choice.topic, first, choice.origin, choice.confidence, choice.claims, choice.reason)
            found.append(Cut(need, (choice.topic, first)))
    return found
