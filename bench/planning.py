"""The planner, against networkx on the same needed set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import networkx as nx

from bench.figures import Figure, paired, seconds
from bench.graphs import layered
from graph import planner
from graph.learner import Learner

TODAY = date(2026, 1, 1)


def figures() -> Iterator[Figure]:
    """Suggest and plan, each at two sizes."""
    for topics, requirements, promise_ms in ((2_000, 8_000, 5), (100_000, 500_000, 150)):
        graph = layered(topics, requirements)
        situation = planner.situation(graph, Learner(), today=TODAY)
        took = seconds(lambda situation=situation: planner.suggest(situation, today=TODAY, limit=5))  # type: ignore[misc]
        size = f"{topics:,} / {requirements:,}"
        detail = f"{len(situation.needed):,} needed"
        yield Figure(f"suggest, {size}", took * 1000, "ms", promise_ms, detail)
        needed: nx.DiGraph[str] = nx.DiGraph()
        needed.add_nodes_from(situation.needed)
        needed.add_edges_from((b, a) for a, before in situation.before.items() for b in before)
        ratio, ours, theirs = paired(
            lambda situation=situation: planner.plan(situation, today=TODAY),  # type: ignore[misc]
            lambda needed=needed: list(nx.lexicographical_topological_sort(needed)),  # type: ignore[misc]
            runs=3,
        )
        yield Figure(f"plan with re-ranking, {size}", ratio, "×", 3, f"{ours:.3f} s, networkx {theirs:.3f} s")
