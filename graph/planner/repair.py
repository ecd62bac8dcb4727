"""All cycles of a graph with the cheapest way out of each: for the doctor, who knows no goal."""

from __future__ import annotations

from graph.model import Graph, Requirement
from graph.planner.index import Index, index_of
from graph.planner.results import Cut


def proposed_cuts(graph: Graph, *, index: Index | None = None) -> tuple[Cut, ...]:
    """The cuts that plans use: those among topics, then those that show inside one roadmap; sorted by both ends.

    Cycles between the phases of different roadmaps are none: no plan has to follow both, unless everything is wanted.
    """
    index = index or index_of(graph)
    found: dict[Requirement, Cut] = {}
    for scope in (frozenset[str](), *(frozenset((roadmap,)) for roadmap in sorted(graph.roadmaps))):
        for cut in index.net(scope).cuts:
            found.setdefault(cut.requirement, cut)
    return tuple(sorted(found.values(), key=lambda cut: cut.requirement[:2]))
