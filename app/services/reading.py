"""`parse`, `ingest` and `forget`: documents in."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.services.reading_report import report
from app.views import IngestView
from graph.datafiles import data_path
from graph.errors import BadRequestError, PathNotFoundError, StoreConflictError, UnknownSourceError
from graph.evidence import Source
from graph.problems import Problem
from graph.store.changes import difference
from graph.store.reader import GraphState
from graph.store.rows import EdgeKey, Rows, to_rows
from graph.store.store import Store
from ingest.pipeline import Library, Outcome, Progress, forget, ingest_files, read_files
from ingest.reading import Reading
from ingest.sources import SAMPLES

CONFLICT_TRIES = 3
WRITER_PATIENCE_S = 600.0
"""How long another process is waited for that writes a large graph."""
WRITER_PAUSE_S = 0.5
NAMES = EdgeKey("NAMES", "Mention", "Topic")


def parse_paths(paths: Sequence[Path], progress: Progress | None = None) -> tuple[list[Reading], tuple[Problem, ...]]:
    """Read without storing.

    Raises:
        PathNotFoundError: a path that was given is not there.
    """
    _check(paths)
    return read_files(paths, progress)


def ingest(
    store: Store,
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
    ticks_for: str | None = None,
) -> IngestView:
    """Read files and folders into the store; documents that did not change are not parsed again.

    Args:
        store: open.
        paths: files and folders.
        progress: told before each document.
        dry_run: only say what would change.
        ticks_for: id of the learner who knows what the documents have ticked; None: ticks are not looked at.

    Raises:
        PathNotFoundError: a path that was given is not there; nothing is read.
        StoreConflictError: others kept changing the graph.
    """
    _check(paths)
    own = store_folder(store)
    make = lambda library: _read(paths, library, None, progress, own)  # noqa: E731 - named to keep the line short
    return _change(store, make, dry_run=dry_run, ticks_for=ticks_for)


def ingest_samples(
    store: Store, progress: Progress | None = None, *, dry_run: bool = False, ticks_for: str | None = None
) -> IngestView:
    """Read our own sample roadmaps."""
    make = lambda library: _read([data_path("roadmaps")], library, SAMPLES, progress)  # noqa: E731 - as above
    return _change(store, make, dry_run=dry_run, ticks_for=ticks_for)


def forget_documents(store: Store, name: str) -> IngestView:
    """Take back exactly what a source or a document brought.

    Raises:
        UnknownSourceError: nothing that was read is called so.
    """
    return _change(store, lambda library: forget(library, _meant(library, name)))


def stored(store: Store) -> Outcome:
    """What the store holds, put together again from the kept readings; nothing is read or written."""
    return forget(_library(store, store.rows()), frozenset())


def parse_json(readings: Sequence[Reading], problems: Sequence[Problem]) -> dict[str, Any]:
    """The shape of `parse --json`; documents that could not be read stand with their problems alone."""
    documents = [reading.to_dict() for reading in readings]
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
        try:
            there = path.exists() or path.is_symlink()
        except OSError:  # a name too long, a folder that may not be entered: reading says so, and goes on
            there = True
        if not there:
            raise PathNotFoundError(str(path))


def store_folder(store: Store) -> Path:
    """Where the embedded store keeps its files: they are no documents. Of a server, a path that does not exist."""
    return Path(store.info().where).resolve()


def _read(
    paths: Sequence[Path],
    library: Library,
    source: Source | None,
    progress: Progress | None,
    without: Path | None = None,
) -> Outcome:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return ingest_files(paths, library, read_at=now, source=source, progress=progress, without=without)


def _change(
    store: Store, make: Callable[[Library], Outcome], *, dry_run: bool = False, ticks_for: str | None = None
) -> IngestView:
    """Read what is there, make the new graph, write the difference; again when somebody was faster."""
    for attempt in range(CONFLICT_TRIES):
        state = _settled(store)
        before = store.rows()
        outcome = make(_library(store, before))
        after = to_rows(outcome.archive)
        changes = difference(before, after, state.version)
        try:
            if not dry_run and (changes or state.incomplete):
                store.apply(changes)
        except StoreConflictError:
            if attempt == CONFLICT_TRIES - 1:
                raise
            continue
        view = report(outcome, before, after, changes)
        ticks = _import_ticks(store, outcome, ticks_for, dry_run=dry_run) if ticks_for is not None else None
        written = view.written and not dry_run
        return view.model_copy(update={"dry_run": dry_run, "ticks_imported": ticks, "written": written})
    raise AssertionError


def _settled(store: Store) -> GraphState:
    """Which graph the store holds, once nobody is in the middle of a large write.

    Raises:
        StoreConflictError: somebody went on writing for longer than the patience.
    """
    until = time.monotonic() + WRITER_PATIENCE_S
    while (state := store.state()).is_being_written(time.time()):
        if time.monotonic() > until:
            raise StoreConflictError
        time.sleep(WRITER_PAUSE_S)
    return state


def _import_ticks(store: Store, outcome: Outcome, learner_id: str, *, dry_run: bool) -> tuple[str, ...]:
    """Mark what is ticked in the documents as known, where the learner said nothing else; nothing is ever unticked.

    Returns:
        The titles of the topics that were marked.
    """
    marks = store.learner(learner_id).marks
    topics = [topic for topic in outcome.ticked if marks.get(topic) in {None, "learning"}]
    if topics and not dry_run:
        store.mark(learner_id, topics, "known", source="import")
    return tuple(outcome.archive.graph.topics[topic].title for topic in topics)


def _library(store: Store, rows: Rows) -> Library:
    held = store.held_topics()
    return Library(
        sources=store.sources(),
        documents=store.documents(),
        register={form: row["topic_id"] for form, row in rows.nodes.get("Name", {}).items()},
        mentions=dict(rows.edges.get(NAMES, {}).keys()),
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
    sources = {document.source_id for document in library.documents if document.id in found}
    if len(sources) > 1:
        hint = f"Say which: {', '.join(sorted(found))}."
        raise BadRequestError(f"“{name}” stands in several sources; nothing was forgotten.", hint)
    return frozenset(found)
