"""`status` and `query`: what the store is, and Cypher for power users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.views import QueryView, StatusView
from graph.store.store import CONSOLE_MAX_ROWS, CONSOLE_TIMEOUT_S, Store


def status(store: Store) -> StatusView:
    """Where the graph is kept and what is in it."""
    info = store.info()
    found = store.snapshot()
    graph = found.graph
    return StatusView(
        store=info.where,
        engine=info.name,
        version=info.version,
        schema_version=found.state.schema,
        graph_version=found.state.version,
        incomplete=found.state.incomplete,
        topics=len(graph.topics),
        requirements=len(graph.requires),
        roadmaps=tuple(sorted(roadmap.title for roadmap in graph.roadmaps.values())),
        sources=tuple(source.id for source in store.sources()),
        learners=store.learner_ids(),
    )


def query(
    store: Store,
    text: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    max_rows: int = CONSOLE_MAX_ROWS,
    timeout_s: float = CONSOLE_TIMEOUT_S,
) -> QueryView:
    """Run reading Cypher.

    Raises:
        RefusedQueryError, BadQueryError, QueryTimeoutError: what the engine says of the text.
    """
    table = store.console(text, parameters, max_rows=max_rows, timeout_s=timeout_s)
    rows = tuple(dict(row) for row in table.rows)
    return QueryView(columns=table.columns, rows=rows, truncated=table.truncated, elapsed_ms=table.elapsed_ms)
