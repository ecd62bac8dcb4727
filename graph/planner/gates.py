"""Containers as gates: what a phase, a section or a topic with parts requires binds everything in it.

A container has a start gate (what it requires) and a done gate (what it holds). Everything in it waits for its start,
whatever requires it waits for its done; so two modules of 50 topics cost 100 edges and not 2,500. A topic with parts is
its own done gate. Gates of phases and sections bind topics only inside their roadmap: those edges are kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model import Choice, Graph
from graph.planner.nesting import Nesting


@dataclass(eq=False)
class Gates:
    """Vertices, and edges to what must be done before them."""

    names: list[str]
    """Vertex -> id. Topics first, sorted by id, then gates, each with the id of its topic or container."""
    topics: int
    """How many of the vertices are topics."""
    done: dict[str, int]
    """Id -> the vertex that stands for having finished it."""
    start: dict[str, int]
    """Id -> the vertex that stands for being allowed to begin it; the same for a topic without parts."""
    parts: dict[str, tuple[str, ...]]
    """Topic -> its active parts in the authors' order; topics without any are left out."""
    edges: list[tuple[int, ...]] = field(default_factory=list)
    inside: dict[str, dict[int, tuple[int, ...]]] = field(default_factory=dict)
    """Roadmap -> vertex -> further edges that bind inside that roadmap only."""
    choices: dict[int, tuple[Choice, ...]] = field(default_factory=dict)
    orders: list[tuple[str, str]] = field(default_factory=list)
    """(topic, helper): a requirement between a topic and its own part says only which part comes first."""


def gates_of(graph: Graph, nesting: Nesting) -> Gates:
    """Builds vertices and edges. Ends that are not in the graph are left out."""
    gates = _vertices(graph, nesting)
    edges: list[list[int]] = [[] for _ in gates.names]
    inside: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    _requirements(graph, nesting, gates, edges, inside)
    options = _choices(graph, nesting, gates)
    holders = [node for node in nesting.inner if node in gates.parts or node not in graph.topics]
    for holder in holders:
        held = [node for node in nesting.inner[holder] if _counts(graph, node) and (holder, node) not in options]
        edges[gates.done[holder]].extend(gates.done[node] for node in held)
    _begin(graph, nesting, gates, edges, inside)
    gates.edges = [tuple(sorted(set(needs))) if len(needs) > 1 else tuple(needs) for needs in edges]
    gates.inside = {
        roadmap: {vertex: tuple(sorted(set(needs))) for vertex, needs in more.items()}
        for roadmap, more in inside.items()
    }
    return gates


def _counts(graph: Graph, node: str) -> bool:
    """Whether finishing a container includes the node: containers and active topics do."""
    return node not in graph.topics or graph.topics[node].state == "active"


def _vertices(graph: Graph, nesting: Nesting) -> Gates:
    names = sorted(graph.topics)
    done = {topic: vertex for vertex, topic in enumerate(names)}
    start = dict(done)
    held = {topic: tuple(part for part in nesting.inner.get(topic, ()) if _counts(graph, part)) for topic in names}
    parts = {topic: inner for topic, inner in held.items() if inner}
    count = len(names)
    for whole in parts:
        start[whole] = len(names)
        names.append(whole)
    for container in sorted((*graph.phases, *graph.sections, *graph.roadmaps)):
        start[container], done[container] = len(names), len(names) + 1
        names.extend((container, container))
    return Gates(names, count, done, start, parts)


def _requirements(
    graph: Graph,
    nesting: Nesting,
    gates: Gates,
    edges: list[list[int]],
    inside: Mapping[str, Mapping[int, list[int]]],
) -> None:
    """Adds what documents require; a requirement between a container and what stands in it only orders."""
    start, done, topics, outer = gates.start, gates.done, gates.topics, nesting.outer
    wholes = {part for part, holders in outer.items() if part in graph.topics and _topics_in(graph, holders)}
    for need in graph.requires:
        topic, requires = need[0], need[1]
        tail, head = start.get(topic), done.get(requires)
        if tail is None or head is None or topic == requires:
            continue
        plain = head < topics and topic in graph.topics
        if (not plain or topic in wholes or requires in wholes) and _related(nesting, topic, requires):
            gates.orders.extend(_siblings(gates, nesting, topic, requires))
        elif head >= topics and topic in graph.topics:
            inside[_roadmap(graph, requires)][tail].append(head)
        else:
            edges[tail].append(head)


def _topics_in(graph: Graph, nodes: Iterable[str]) -> list[str]:
    return [node for node in nodes if node in graph.topics]


def _related(nesting: Nesting, one: str, other: str) -> bool:
    return one in nesting.around(other) or other in nesting.around(one)


def _siblings(gates: Gates, nesting: Nesting, topic: str, requires: str) -> list[tuple[str, str]]:
    """The order a requirement inside one topic gives: a required part first, a part that requires its whole last."""
    if topic in gates.parts and topic in nesting.around(requires):
        return [(part, requires) for part in gates.parts[topic] if part != requires]
    if requires in gates.parts:
        return [(topic, part) for part in gates.parts[requires] if part != topic]
    return []


def _roadmap(graph: Graph, container: str) -> str:
    if container in graph.roadmaps:
        return container
    return (graph.phases.get(container) or graph.sections[container]).roadmap_id


def _choices(graph: Graph, nesting: Nesting, gates: Gates) -> set[tuple[str, str]]:
    """Hangs choices on vertices; returns (container, part) where parts are the options, so not all are needed."""
    free: set[tuple[str, str]] = set()
    found: defaultdict[int, list[Choice]] = defaultdict(list)
    for choice in sorted(graph.choices.values(), key=lambda each: each.id):
        if choice.topic not in gates.start:
            continue
        own = set(choice.options) & set(nesting.inner.get(choice.topic, ()))
        found[(gates.done if own else gates.start)[choice.topic]].append(choice)
        free.update((choice.topic, option) for option in own)
    gates.choices = {vertex: tuple(choices) for vertex, choices in found.items()}
    fixed = {(need.topic, need.requires) for need in graph.requires} if free else set()
    return free - fixed


def _begin(
    graph: Graph,
    nesting: Nesting,
    gates: Gates,
    edges: list[list[int]],
    inside: Mapping[str, Mapping[int, list[int]]],
) -> None:
    """Makes everything wait for the start of what it stands in."""
    start, done = gates.start, gates.done
    binding = _binding(graph, nesting, gates, edges)
    for holder in binding:
        outer = (each for each in nesting.outer.get(holder, ()) if each in binding and each not in graph.topics)
        if holder not in graph.topics:
            edges[start[holder]].extend(start[each] for each in outer)
        edges[done[holder]].append(start[holder])
    reach: dict[str, set[int]] = {}
    for node, holders in nesting.outer.items():
        for holder in holders:
            if node not in graph.topics or holder not in binding:
                continue
            if _shadowed(gates, edges, holder, holders, reach):
                continue
            if holder in graph.topics:
                edges[start[node]].append(start[holder])
            else:
                inside[_roadmap(graph, holder)][start[node]].append(start[holder])


def _binding(graph: Graph, nesting: Nesting, gates: Gates, edges: list[list[int]]) -> list[str]:
    """Topics with parts, and the containers whose start waits for anything, themselves or around them."""
    containers = sorted((*graph.phases, *graph.sections))
    waiting = {each for each in containers if edges[gates.start[each]] or gates.start[each] in gates.choices}
    return [*gates.parts, *(each for each in containers if waiting & {each, *nesting.around(each)})]


def _shadowed(
    gates: Gates, edges: list[list[int]], holder: str, holders: tuple[str, ...], reach: dict[str, set[int]]
) -> bool:
    """Whether the holder requires another one that holds the same: what stands in both belongs to the earlier."""
    others = {gates.done[other] for other in holders if other != holder and other in gates.start}
    if not others:
        return False
    if holder not in reach:
        queue = [gates.start[holder]]
        reach[holder] = set(queue)
        for vertex in queue:
            for need in edges[vertex]:
                # Single topics are passed over: two containers that hold the same meet through containers.
                gate = need >= gates.topics or gates.names[need] in gates.parts
                if gate and need not in reach[holder]:
                    reach[holder].add(need)
                    queue.append(need)
    return not reach[holder].isdisjoint(others)
