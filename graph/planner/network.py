"""The requirements that bind in a scope, cycles cut: edges between vertices, and an order that respects them all."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from graph.model import Graph
from graph.planner.cycles import cut, order_of
from graph.planner.gates import Gates
from graph.planner.results import Cut

Edges = list[tuple[int, ...]]
"""Vertex -> vertices that must be done before it, ascending."""


@dataclass(frozen=True, eq=False, slots=True)
class Net:
    """Edges without cycles."""

    edges: Edges
    order: tuple[int, ...]
    """All vertices, each after everything it needs."""
    cuts: tuple[Cut, ...]
    removed: frozenset[tuple[int, int]]
    """Edges left out: those of the cuts."""


def network(graph: Graph, gates: Gates, scope: AbstractSet[str]) -> Net:
    """The net inside the roadmaps of `scope`.

    Cycles are cut afresh for every scope: a phase may ask for another cut than the topics alone, and what that makes
    superfluous stays.
    """
    edges = widened(gates, scope)
    order, stuck = order_of(edges)
    if not stuck:
        return Net(edges, tuple(order), (), frozenset())
    cuts, removed = cut(graph, gates, edges, stuck)
    edges = without(edges, removed)
    order, _ = order_of(edges)
    return Net(edges, tuple(order), cuts, frozenset(removed))


def widened(gates: Gates, scope: AbstractSet[str]) -> Edges:
    """All edges, with those that bind only inside the roadmaps of `scope`; cycles included."""
    wider = list(gates.edges)
    for roadmap in sorted(scope):
        for vertex, needs in gates.inside.get(roadmap, {}).items():
            wider[vertex] = tuple(sorted({*wider[vertex], *needs}))
    return wider


def without(edges: Edges, removed: AbstractSet[tuple[int, int]]) -> Edges:
    """The edges less the removed ones."""
    fewer = list(edges)
    for vertex in {tail for tail, _ in removed}:
        fewer[vertex] = tuple(need for need in edges[vertex] if (vertex, need) not in removed)
    return fewer
