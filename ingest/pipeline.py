"""Reading files into one archive: walk, parse what is new or changed, keep the rest, put everything together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from graph.evidence import Archive, Document, Source
from graph.model import Topic
from graph.problems import Problem
from ingest import documents as files
from ingest.assemble import Assembled, assemble
from ingest.identity import Earlier
from ingest.identity_names import mentions_of
from ingest.parsers import parse
from ingest.proposals import Proposal, field_of, proposals
from ingest.reading import Reading, ReadProblem
from ingest.renames import Renamed, renames
from ingest.sources import document_id, roadmap_id, source_for
from ingest.vault_links import Note, linked

READER_VERSION = "4"
"""Goes up when parsers read differently; documents read by another version are parsed again."""

Status = Literal["new", "changed", "unchanged", "vanished"]
Progress = Callable[[int, int, str], None]
"""Called with (documents done, documents in all, path of the one being read)."""


@dataclass(frozen=True, slots=True)
class Library:
    """What a store holds before reading."""

    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()
    register: Mapping[str, str] | None = None
    """Normal form -> topic id."""
    held: Mapping[str, Topic] | None = None
    """Topics on which somebody has a state."""
    mentions: Mapping[str, str] = field(default_factory=dict)
    """Mention id -> the topic that it names."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A topic that has another title in a document now, or may be a topic that left it."""

    document: str
    topic: str
    """Id of the topic under its old title."""
    now: str
    """Id of the topic under its new title: the same when it was sure."""
    found: Renamed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading made of it."""

    archive: Archive
    problems: tuple[Problem, ...]
    statuses: Mapping[str, Status]
    """Document id -> what happened to it, for the documents that were looked at."""
    renames: tuple[Rename, ...] = ()
    doubles: tuple[Proposal, ...] = ()
    """Topics that may be one, best first."""
    ticked: tuple[str, ...] = ()
    """Topics ticked in the documents that were looked at."""


def read_files(paths: Sequence[Path], progress: Progress | None = None) -> tuple[list[Reading], tuple[Problem, ...]]:
    """Parse files and folders, storing nothing: the readings by path, and what could not be read."""
    found = files.walk(paths)
    readings = {}
    vaults: dict[str, tuple[str, str]] = {}
    for done, document in enumerate(found.documents):
        if progress:
            progress(done, len(found.documents), document.path)
        readings[document.path] = parse(document.text)
        if document.vault_root is not None:
            vaults[document.path] = document.vault_root.as_posix(), document.file.as_posix()
    return list(_with_links(readings, vaults).values()), found.problems


def ingest_files(
    paths: Sequence[Path],
    library: Library,
    *,
    read_at: str,
    source: Source | None = None,
    progress: Progress | None = None,
    without: Path | None = None,
) -> Outcome:
    """Read files and folders into what a store holds already.

    Args:
        paths: existing files or folders.
        library: what is there; documents below a folder given that are no longer in it vanish.
        read_at: ISO time, noted on documents that are new or changed.
        source: the source all of it belongs to, its paths inside the (only) folder given; None: by location.
        progress: told before each document.
        without: folder that is never read: the store's own, which may stand among the documents.
    """
    found = files.walk(paths)
    if without is not None:
        found = replace(found, documents=tuple(e for e in found.documents if not e.file.is_relative_to(without)))
    kept = {document.id: document for document in library.documents}
    fresh: dict[str, tuple[Document, Reading]] = {}
    sources = {each.id: each for each in library.sources}
    statuses: dict[str, Status] = {}
    changed: dict[str, tuple[Renamed, ...]] = {}
    for done, file in enumerate(found.documents):
        if progress:
            progress(done, len(found.documents), file.path)
        home = source or source_for(file.file, file.root, tuple(sources.values()))
        sources[home.id] = home
        document, reading, status = _read(file, home, kept, read_at, paths[0] if source else None)
        fresh[document.id] = document, reading
        statuses[document.id] = status
        if status == "changed":
            changed[document.id] = renames(Reading.from_json(kept[document.id].reading), reading)
    unreadable = {problem.path for problem in found.problems if problem.severity == "error"}
    for document in library.documents:
        if document.id in fresh:
            continue
        if _vanished(document, sources[document.source_id], paths, source, unreadable):
            statuses[document.id] = "vanished"
        else:
            fresh[document.id] = document, Reading.from_json(document.reading)
    return _put_together(fresh, sources, library, statuses, problems=found.problems, changed=changed)


def forget(library: Library, gone: frozenset[str]) -> Outcome:
    """The archive without some documents."""
    left = {
        document.id: (document, Reading.from_json(document.reading))
        for document in library.documents
        if document.id not in gone
    }
    sources = {source.id: source for source in library.sources}
    return _put_together(left, sources, library, dict.fromkeys(gone, "vanished"))


def _put_together(
    documents: Mapping[str, tuple[Document, Reading]],
    sources: Mapping[str, Source],
    library: Library,
    statuses: Mapping[str, Status],
    *,
    problems: tuple[Problem, ...] = (),
    changed: Mapping[str, tuple[Renamed, ...]] | None = None,
) -> Outcome:
    documents = with_roadmaps_apart(_linked(documents), sources)
    used = {document.source_id for document, _ in documents.values()}
    held = library.held or {}
    moved = tuple(_moved(library, changed or {}))
    sure = {(document, found.now.id): topic for document, topic, found in moved if found.sure}
    made = assemble(
        [source for key, source in sorted(sources.items()) if key in used],
        list(documents.values()),
        held=held,
        earlier=Earlier(library.register or {}, held.keys(), library.mentions, sure),
    )
    read = [
        _problem(reading, each)
        for key, (_, reading) in sorted(documents.items())
        if key in statuses
        for each in reading.problems
    ]
    return Outcome(
        archive=made.archive,
        problems=(*problems, *read, *made.problems),
        statuses=statuses,
        renames=tuple(_judged(made, moved)),
        doubles=_doubles(made),
        ticked=_ticked(made, documents, statuses),
    )


def _linked(documents: Mapping[str, tuple[Document, Reading]]) -> dict[str, tuple[Document, Reading]]:
    """The documents with the titles that links between notes mean; what is kept of each stays the note's own."""
    notes = {key: each.roadmap_id for key, (each, _) in documents.items() if each.family == "vault"}
    vaults = {key: (vault, documents[key][0].path) for key, vault in notes.items()}
    readings = _with_links({key: reading for key, (_, reading) in documents.items()}, vaults)
    return {key: (document, readings[key]) for key, (document, _) in documents.items()}


def _with_links(readings: Mapping[str, Reading], vaults: Mapping[str, tuple[str, str]]) -> dict[str, Reading]:
    """The readings with the links between notes of one vault looked up.

    Args:
        readings: by any key.
        vaults: the same key of each note -> (its vault, its path).
    """
    together: dict[str, list[str]] = {}
    for key, (vault, _) in sorted(vaults.items()):
        together.setdefault(vault, []).append(key)
    found = dict(readings)
    for keys in together.values():
        notes = [Note(PurePosixPath(vaults[key][1]), readings[key]) for key in keys]
        found |= dict(zip(keys, linked(notes), strict=True))
    return found


def with_roadmaps_apart(
    documents: Mapping[str, tuple[Document, Reading]], sources: Mapping[str, Source]
) -> dict[str, tuple[Document, Reading]]:
    """The documents with a roadmap each: paths that have the same slug (`a.md`, `A.md`, `a.txt`) get a hash to it.

    Worked out over all documents at once, so that the order in which they were read does not matter. The notes of a
    vault share the vault's.
    """
    plain = {
        key: roadmap_id(sources[document.source_id], document.path)
        for key, (document, _) in documents.items()
        if document.family != "vault"
    }
    often = Counter(plain.values())
    apart = {}
    for key, (document, reading) in documents.items():
        wanted = plain.get(key, document.roadmap_id)
        if often[wanted] > 1:
            wanted = f"{wanted}-{hashlib.sha256(document.path.encode()).hexdigest()[:6]}"
        apart[key] = document.model_copy(update={"roadmap_id": wanted}), reading
    return apart


def _moved(library: Library, changed: Mapping[str, tuple[Renamed, ...]]) -> Iterator[tuple[str, str, Renamed]]:
    """(document id, id of the topic under its old title, what was found) of titles that seem to be changed."""
    kept = {document.id: document for document in library.documents}
    for key, found in changed.items():
        mentions = dict(_mentions(key, Reading.from_json(kept[key].reading))) if found else {}
        for each in found:
            topic = library.mentions.get(mentions.get(each.before.id, ""))
            if topic is not None:
                yield key, topic, each


def _mentions(document: str, reading: Reading) -> Iterator[tuple[str, str]]:
    return ((topic.id, mention) for topic, mention in mentions_of(document, reading))


def _judged(made: Assembled, moved: Iterable[tuple[str, str, Renamed]]) -> Iterator[Rename]:
    """What became of them: sure ones count only where the title is not that of another topic."""
    for document, topic, found in moved:
        now = made.topic_ids.get((document, found.now.id), "")
        alive = made.archive.graph.topics.get(topic)
        if now and (now == topic or (not found.sure and (alive is None or alive.state == "retired"))):
            yield Rename(document, topic, now, found)


def _doubles(made: Assembled) -> tuple[Proposal, ...]:
    documents: dict[str, set[str]] = {}
    for mention in made.archive.mentions:
        documents.setdefault(mention.topic_id, set()).add(mention.document_id)
    return proposals(field_of(made.archive.graph, documents, made.unsure))


def _ticked(
    made: Assembled, documents: Mapping[str, tuple[Document, Reading]], statuses: Mapping[str, Status]
) -> tuple[str, ...]:
    found = (
        made.topic_ids.get((key, local))
        for key, (_, reading) in sorted(documents.items())
        if key in statuses
        for local in reading.ticked
    )
    return tuple(dict.fromkeys(topic for topic in found if topic is not None))


def _problem(reading: Reading, found: ReadProblem) -> Problem:
    return Problem(**asdict(found), path=reading.path)


def _read(
    file: files.Document, home: Source, kept: Mapping[str, Document], read_at: str, folder: Path | None
) -> tuple[Document, Reading, Status]:
    """One document: from the store when neither it nor the reader changed."""
    root = folder.resolve() if folder is not None else Path(home.root)
    inside = file.file.relative_to(root).as_posix()
    key = document_id(home, inside)
    before = kept.get(key)
    if before is not None and (before.sha256, before.reader_version) == (file.sha256, READER_VERSION):
        reading = Reading.from_json(before.reading)
        if (before.family == "vault") == file.text.vault:
            return before, replace_path(reading, file.path), "unchanged"
    reading = parse(file.text)
    vault = None
    if file.vault_root is not None:
        # A vault that is wider than its source: the source was made when only one of its folders was read.
        vault = file.vault_root.relative_to(root).as_posix() if file.vault_root.is_relative_to(root) else "."
    document = Document(
        id=key,
        source_id=home.id,
        roadmap_id=roadmap_id(home, inside if vault is None else vault),
        path=inside,
        sha256=file.sha256,
        family=reading.family,
        reader_version=READER_VERSION,
        read_at=read_at,
        reading=replace_path(reading, inside).to_json(),
    )
    return document, reading, "new" if before is None else "changed"


def replace_path(reading: Reading, path: str) -> Reading:
    """The same reading under another path: stored ones carry the path inside their source."""
    return reading.model_copy(update={"path": path})


def _vanished(
    document: Document, home: Source, paths: Sequence[Path], source: Source | None, unreadable: set[str]
) -> bool:
    """Whether a stored document stands below a folder that was just read, and is there no more.

    A file that is there but could not be read keeps what was read from it before.
    """
    if source is not None:
        return document.source_id == source.id
    if home.kind != "folder":
        return False
    file = Path(home.root) / document.path
    below = any(path.is_dir() and file.is_relative_to(path.resolve()) for path in paths)
    # Not resolve() on the whole path: a link that goes round in a circle may be what is unreadable.
    closed = [Path(path).parent.resolve() / Path(path).name for path in unreadable]
    return below and not any(file.is_relative_to(each) for each in closed)
