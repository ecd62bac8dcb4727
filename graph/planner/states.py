"""How every topic stands for a learner: what a map shows as icon and colour."""

from __future__ import annotations

from graph.planner.index import Index, index_of
from graph.planner.network import Net
from graph.planner.results import Plan, Situation, State
from graph.planner.targets import EVERYTHING


def states(situation: Situation, plan: Plan, *, index: Index | None = None) -> dict[str, State]:
    """Topic -> state, for every topic of the graph, sorted by id.

    A topic with parts and nothing of its own stands as its parts do: known when all are.
    """
    index = index or index_of(situation.graph)
    ready = _ready(situation, index)
    path = {entry.topic for entry in plan.entries} | plan.headings.keys()
    goals = {target for goal in situation.goals for target in goal.targets if goal.id != EVERYTHING}
    return {
        topic: _given(situation, index, topic) or _derived(situation, topic, goals, ready, path)
        for topic in sorted(situation.graph.topics)
    }


def _given(situation: Situation, index: Index, topic: str) -> State | None:
    """What the learner said, or what follows from it."""
    if topic in situation.known:
        return "known"
    if topic in situation.assumed:
        return "assumed"
    if topic in situation.skipped:
        return "skipped"
    if situation.learner.marks.get(topic) == "learning":
        return "learning"
    return _from_parts(situation, index, topic)


def _from_parts(situation: Situation, index: Index, topic: str) -> State | None:
    """The state of a heading all of whose parts are met: the weakest among them."""
    parts = index.gates.parts.get(topic, ())
    if not parts or index.entry[index.gates.done[topic]]:
        return None
    given = [_given(situation, index, part) for part in parts]
    weakest: tuple[State, ...] = ("skipped", "assumed", "known")
    if all(state in weakest for state in given):
        return next(state for state in weakest if state in given)
    return None


def _derived(situation: Situation, topic: str, goals: set[str], ready: set[str], path: set[str]) -> State:
    state = situation.graph.topics[topic].state
    if state == "planned":
        return "planned"
    if state == "external":
        return "external"
    if topic in goals:
        return "goal"
    if topic in ready:
        return "ready"
    return "step" if topic in path else "locked"


def _ready(situation: Situation, index: Index) -> set[str]:
    """Topics whose requirements are all met, off the path too; on it the path's own word counts."""
    net, names, topics = index.net(frozenset()), index.names, index.graph.topics
    met = bytearray(len(names))
    for name in situation.met:
        met[index.gates.done[name]] = 1
    for vertex in range(index.gates.topics):
        # What is only planned, gone, or described nowhere is no obstacle.
        met[vertex] |= topics[names[vertex]].state != "active"
    begun = bytearray(len(names))
    for vertex in net.order:
        begun[vertex] = _may_begin(index, net, vertex, met)
        if begun[vertex] and not index.entry[vertex]:
            met[vertex] = 1
    # A heading is ready when its parts may begin; a topic with parts and an entry of its own when its parts are met.
    start, done, entry = index.gates.start, index.gates.done, index.entry
    ready = {name for name in topics if begun[done[name] if entry[done[name]] else start[name]]}
    steps = situation.steps
    on_path = {name for step, name in enumerate(steps.names) if steps.entry[step]}
    return (ready - on_path) | {steps.names[step] for step in steps.frontier()}


def _may_begin(index: Index, net: Net, vertex: int, met: bytearray) -> bool:
    if not all(met[need] for need in net.edges[vertex]):
        return False
    done = index.gates.done
    return all(
        sum(met[done[option]] for option in choice.options if option in done) >= min(choice.min, len(choice.options))
        for choice in index.choices.get(vertex, ())
    )
