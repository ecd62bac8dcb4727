"""`parse`, `ingest` and `forget`: documents in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.views import DocumentReport, IngestView
from graph.datafiles import data_path
from graph.errors import PathNotFoundError, StoreConflictError, UnknownSourceError
from graph.evidence import Source
from graph.problems import Problem
from graph.store.changes import Changes, difference
from graph.store.rows import Ends, Rows, to_rows
from graph.store.store import Store
from ingest.pipeline import Library, Outcome, Progress, forget, ingest_files, read_files
from ingest.reading import Reading
from ingest.sources import SAMPLES

CONFLICT_TRIES = 3


def parse_paths(paths: Sequence[Path], progress: Progress | None = None) -> tuple[list[Reading], tuple[Problem, ...]]:
    """Read without storing.

    Raises:
        PathNotFoundError: a path that was given is not there.
    """
    _check(paths)
    return read_files(paths, progress)


def ingest(store: Store, paths: Sequence[Path], progress: Progress | None = None) -> IngestView:
    """Read files and folders into the store; documents that did not change are not parsed again.

    Raises:
        PathNotFoundError: a path that was given is not there; nothing is read.
        StoreConflictError: others kept changing the graph.
    """
    _check(paths)
    return _change(store, lambda library: _read(paths, library, None, progress))


def ingest_samples(store: Store, progress: Progress | None = None) -> IngestView:
    """Read our own sample roadmaps."""
    return _change(store, lambda library: _read([data_path("roadmaps")], library, SAMPLES, progress))


def forget_documents(store: Store, name: str) -> IngestView:
    """Take back exactly what a source or a document brought.

    Raises:
        UnknownSourceError: nothing that was read is called so.
    """
    return _change(store, lambda library: forget(library, _meant(library, name)))


def parse_json(readings: Sequence[Reading], problems: Sequence[Problem]) -> dict[str, Any]:
    """The shape of `parse --json`; documents that could not be read stand with their problems alone."""
    documents = [reading.model_dump(exclude={"ticked", "index"}) for reading in readings]
    for problem in problems:
        found = next((d for d in documents if d["path"] == problem.path), None)
        if found is None:
            found = {"path": problem.path, "family": None, "roadmap": {"title": ""}, "phases": [], "topics": []}
            found |= {"requirements": [], "problems": []}
            documents.append(found)
        found["problems"] = [*found["problems"], problem.model_dump(exclude={"path"})]
    return {"documents": documents}


def _check(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise PathNotFoundError(str(path))


def _read(paths: Sequence[Path], library: Library, source: Source | None, progress: Progress | None) -> Outcome:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return ingest_files(paths, library, read_at=now, source=source, progress=progress)


def _change(store: Store, make: Callable[[Library], Outcome]) -> IngestView:
    """Read what is there, make the new graph, write the difference; again when somebody was faster."""
    for attempt in range(CONFLICT_TRIES):
        state = store.state()
        before = store.rows()
        outcome = make(_library(store, before))
        after = to_rows(outcome.archive)
        changes = difference(before, after, state.version)
        try:
            if changes or state.incomplete:
                store.apply(changes)
        except StoreConflictError:
            if attempt == CONFLICT_TRIES - 1:
                raise
            continue
        return _report(outcome, before, after, changes)
    raise AssertionError


def _library(store: Store, rows: Rows) -> Library:
    held = store.held_topics()
    return Library(
        sources=store.sources(),
        documents=store.documents(),
        register={form: row["topic_id"] for form, row in rows.nodes.get("Name", {}).items()},
        held={key: topic for key, topic in store.snapshot().graph.topics.items() if key in held} if held else {},
    )


def _meant(library: Library, name: str) -> frozenset[str]:
    """Ids of the documents that a name means: a source's id or folder, a document's id or path."""
    roots = {source.id: source.root for source in library.sources}
    absolute = str(Path(name).absolute())
    found = {
        document.id
        for document in library.documents
        if name in (document.source_id, document.id, document.path)
        or absolute in (roots[document.source_id], f"{roots[document.source_id]}/{document.path}")
    }
    if not found:
        raise UnknownSourceError(name, sorted(roots))
    return frozenset(found)


def _report(outcome: Outcome, before: Rows, after: Rows, changes: Changes) -> IngestView:
    topics = {mention.document_id: set[str]() for mention in outcome.archive.mentions}
    for mention in outcome.archive.mentions:
        topics[mention.document_id].add(mention.topic_id)
    claims: dict[str, int] = {}
    for claim in outcome.archive.claims:
        claims[claim.document_id] = claims.get(claim.document_id, 0) + 1
    graph = outcome.archive.graph
    had, has = before.nodes.get("Topic", {}), after.nodes.get("Topic", {})
    required, requires = _required(before), _required(after)
    return IngestView(
        documents=tuple(
            DocumentReport(
                path=key.partition(":")[2],
                status=status,
                topics=len(topics.get(key, ())),
                requirements=claims.get(key, 0),
            )
            for key, status in sorted(outcome.statuses.items())
        ),
        topics=len(graph.topics),
        requirements=len(graph.requires),
        phases=len(graph.phases),
        topics_added=len(has.keys() - had.keys()),
        topics_removed=len(had.keys() - has.keys()),
        requirements_added=len(requires - required),
        requirements_removed=len(required - requires),
        problems=tuple(problem.model_dump() for problem in outcome.problems),
        written=bool(changes),
    )


def _required(rows: Rows) -> set[Ends]:
    """The ends of all accepted hard requirements, whatever they join."""
    return {ends for kind, edges in rows.edges.items() if kind.type == "REQUIRES" for ends in edges}
