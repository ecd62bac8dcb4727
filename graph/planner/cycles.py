"""Cycles of hard requirements, and the cheapest cut that breaks them all."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from graph.model import Graph, Requirement
from graph.planner.gates import Gates
from graph.planner.increment import GrowingOrder
from graph.planner.results import Cut

Edge = tuple[int, int]


def order_of(edges: Sequence[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    """Kahn's algorithm: vertices in an order where each comes after all it needs, and those on or behind a cycle.

    Source: A. B. Kahn, "Topological sorting of large networks", CACM 5 (1962).
    """
    left = [len(needs) for needs in edges]
    after: list[list[int]] = [[] for _ in edges]
    for vertex, needs in enumerate(edges):
        for need in needs:
            after[need].append(vertex)
    order = [vertex for vertex, count in enumerate(left) if not count]
    for vertex in order:
        for later in after[vertex]:
            left[later] -= 1
            if not left[later]:
                order.append(later)
    if len(order) == len(edges):
        return order, []
    return order, [vertex for vertex, count in enumerate(left) if count]


def cut(
    graph: Graph, gates: Gates, edges: Sequence[tuple[int, ...]], stuck: Sequence[int]
) -> tuple[tuple[Cut, ...], set[Edge]]:
    """Breaks all cycles among the `stuck` vertices: what is cut, with a cycle for each, and the edges that go.

    Inside each strongly connected component the edges are put back from the strongest to the weakest, each one unless
    it closes a cycle with those already back. So the weakest go, no edge goes without need (putting one back closes a
    cycle), and what stands in what is never torn apart.
    """
    evidence: dict[Edge, Requirement] = {}
    inner = [edge for group in _components(edges, stuck) for edge in _inside(edges, group)]
    wanted = set(inner)
    for need in graph.requires:
        edge = (gates.start.get(need.topic, -1), gates.done.get(need.requires, -1))
        if edge in wanted and (edge not in evidence or _weight(need) > _weight(evidence[edge])):
            evidence[edge] = need
    order = GrowingOrder()
    strongest = sorted(inner, key=lambda each: _strength(each, evidence.get(each), gates))
    removed = [edge for edge in strongest if not order.add(*edge)]
    cuts = [Cut(evidence[edge], _cycle(gates, order, edge)) for edge in removed if edge in evidence]
    return tuple(sorted(cuts, key=lambda each: each.requirement[:2])), set(removed)


def _components(edges: Sequence[tuple[int, ...]], stuck: Sequence[int]) -> list[set[int]]:
    # Loading networkx takes longer than planning; most graphs have no cycle and never come here.
    import networkx as nx  # noqa: PLC0415

    tangle: nx.DiGraph[int] = nx.DiGraph()
    among = set(stuck)
    tangle.add_edges_from((vertex, need) for vertex in stuck for need in edges[vertex] if need in among)
    return sorted((group for group in nx.strongly_connected_components(tangle) if len(group) > 1), key=min)


def _inside(edges: Sequence[tuple[int, ...]], group: AbstractSet[int]) -> list[Edge]:
    return [(vertex, need) for vertex in sorted(group) for need in edges[vertex] if need in group]


def _weight(need: Requirement) -> tuple[float, int]:
    return need.confidence, need.claims


def _strength(edge: Edge, need: Requirement | None, gates: Gates) -> tuple[bool, float, int, bool, Edge]:
    """Strongest first: containment, confidence, claims, topics before containers, the smaller id.

    The authors' order has no say: another roadmap that only covers the topics would move it, and with it the cut.
    """
    if need is None:
        return False, 0.0, 0, False, edge
    topic, requires = gates.done[need.topic], gates.done[need.requires]
    plain = topic < gates.topics and requires < gates.topics
    return True, -need.confidence, -need.claims, not plain, edge


def _cycle(gates: Gates, order: GrowingOrder, edge: Edge) -> tuple[str, ...]:
    """Ids along a shortest cycle that the edge closes, gates shown once as their container."""
    tail, head = edge
    came: dict[int, int] = {head: tail}
    queue = [head]
    for vertex in queue:
        if vertex == tail:
            break
        for need in sorted(order.needs(vertex)):
            if need not in came:
                came[need] = vertex
                queue.append(need)
    path = [tail]
    while path[-1] != head:
        path.append(came[path[-1]])
    names = [gates.names[vertex] for vertex in (tail, *reversed(path[1:]))]
    return tuple(name for position, name in enumerate(names) if name != names[position - 1])
