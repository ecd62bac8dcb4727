"""The requirements that bind in a scope, cycles cut: edges between vertices, and an order that respects them all."""

from __future__ import annotations

from collections.abc import Sequence
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


def network(graph: Graph, gates: Gates, rank: Sequence[int], scope: AbstractSet[str], base: Net | None) -> Net:
    """The net inside the roadmaps of `scope`.

    What is cut where no roadmap binds (`base`; None to build that one) stays cut, so that asking inside a roadmap
    never revives a requirement.
    """
    edges = gates.edges if base is None else widened(gates, base.edges, scope)
    order, stuck = order_of(edges)
    if not stuck:
        return Net(edges, tuple(order), base.cuts if base else (), base.removed if base else frozenset())
    cuts, removed = cut(graph, gates, rank, edges, stuck)
    edges = without(edges, removed)
    order, _ = order_of(edges)
    if base is not None:
        cuts, removed = (*base.cuts, *cuts), removed | base.removed
    return Net(edges, tuple(order), tuple(cuts), frozenset(removed))


def narrowed(gates: Gates, base: Net, scope: AbstractSet[str], removed: AbstractSet[tuple[int, int]]) -> Edges:
    """The edges that bind in `scope`, less the removed ones."""
    return without(widened(gates, base.edges, scope), removed)


def widened(gates: Gates, edges: Edges, scope: AbstractSet[str]) -> Edges:
    """The edges with those that bind only inside the roadmaps of `scope`."""
    wider = list(edges)
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
