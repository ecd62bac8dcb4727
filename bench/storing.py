"""Writing and reading the graph, against the same rows through bare statements on the same store."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.figures import Figure
from bench.graphs import layered
from graph.evidence import Archive
from graph.store import java
from graph.store.changes import Changes, difference
from graph.store.open import open_store
from graph.store.reader import edges_query, nodes_query
from graph.store.rows import Rows, edge_kind, to_rows
from graph.store.schema import constraints, key_of
from graph.store.store import Store
from graph.store.writer import BATCH, create_edges, merge_nodes

MEGABYTE = 1024 * 1024


def figures() -> Iterator[Figure]:
    """Write 5,000 topics, then snapshot 100,000 topics with 500,000 requirements."""
    with tempfile.TemporaryDirectory() as folder:
        yield _writing(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _snapshot(Path(folder))


def _writing(folder: Path) -> Figure:
    rows = to_rows(Archive(graph=layered(5_000, 20_000)))
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(3):
        for name, work in (("ours", _apply), ("bare", _bare_write)):
            store = open_store(f"embedded://{folder}/{name}{number}")
            store.engine.schema(constraints())
            started = time.perf_counter()
            work(store, rows)
            taken[name].append(time.perf_counter() - started)
            store.close()
    ours, bare = min(taken["ours"]), min(taken["bare"])
    return Figure("write 5,000 topics, 20,000 requirements", ours / bare, "×", 1.5, f"{ours:.2f} s, bare {bare:.2f} s")


def _apply(store: Store, rows: Rows) -> None:
    store.apply(difference(Rows(), rows, 0))


def _bare_write(store: Store, rows: Rows) -> None:
    def work(transaction: Any) -> None:
        for label, nodes in rows.nodes.items():
            key = key_of(label)
            given = [{"key": node[key], "props": node} for node in nodes.values()]
            for start in range(0, len(given), BATCH):
                transaction.run(merge_nodes(label), rows=given[start : start + BATCH])
        for kind, edges in rows.edges.items():
            given = [{"a": a, "b": b, "props": row} for (a, b), row in edges.items()]
            for start in range(0, len(given), BATCH):
                transaction.run(create_edges(kind), rows=given[start : start + BATCH])

    store.engine.write(work)


def _snapshot(folder: Path) -> Iterator[Figure]:
    store = open_store(f"embedded://{folder}/large")
    store.apply(_large())
    gc.collect()
    store.snapshot()
    before = _python_memory()
    ratios = []
    for _ in range(3):
        gc.collect()
        started = time.perf_counter()
        found = store.snapshot()
        ours = time.perf_counter() - started
        size = len(found.graph.topics), len(found.graph.requires)
        del found
        gc.collect()
        started = time.perf_counter()
        _bare_read(store)
        ratios.append((ours / (time.perf_counter() - started), ours))
    ratio, ours = sorted(ratios)[1]
    yield Figure(f"snapshot {size[0]:,} topics, {size[1]:,} requirements", ratio, "×", 1.5, f"{ours:.1f} s")
    kept = store.snapshot()
    gc.collect()
    yield Figure(
        "snapshot, Python memory", (_python_memory() - before) / MEGABYTE, "MB", 600, f"{len(kept.graph.topics)}"
    )
    store.close()


def _large() -> Changes:
    return difference(Rows(), to_rows(Archive(graph=layered(100_000, 500_000))), 0)


def _bare_read(store: Store) -> None:
    # Without the collector, as the snapshot reads: else the baseline would be made slower by its own rows.
    gc.disable()
    for query in (nodes_query("Topic"), edges_query(edge_kind("REQUIRES")), edges_query(edge_kind("COVERS"))):
        store.engine.read(query)
    gc.enable()


def _python_memory() -> int:
    """Resident bytes of the process less what the Java machine has committed."""
    return int(psutil.Process().memory_info().rss) - java.in_java(_java_committed)


def _java_committed() -> int:
    import jpype  # noqa: PLC0415 - runs in the engine's process

    memory = jpype.JClass("java.lang.management.ManagementFactory").getMemoryMXBean()
    return int(memory.getHeapMemoryUsage().getCommitted()) + int(memory.getNonHeapMemoryUsage().getCommitted())
