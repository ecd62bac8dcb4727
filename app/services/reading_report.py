"""What a reading did, as `ingest` shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.services.paths import shown
from app.views import DocumentReport, DoubleView, IngestView, RenameView, RequirementName
from graph.evidence import Archive
from graph.problems import Problem
from graph.store.changes import Changes
from graph.store.evidence_reader import shown_path
from graph.store.rows import Ends, Rows
from ingest.assemble_changes import DocumentChanges, Stated, document_changes, titles_of
from ingest.pipeline import Outcome, Rename
from ingest.proposals import Proposal

MAX_DOUBLES = 20
"""Likely doubles told after a reading; `topics --merged` has them all."""

_Places = Mapping[str, list[tuple[str, int]]]


def report(outcome: Outcome, before: Rows, after: Rows, changes: Changes) -> IngestView:
    """Everything that `ingest --json` prints, but for what the command itself decided."""
    archive = outcome.archive
    touched = {key for key, status in outcome.statuses.items() if status != "unchanged"}
    changed = document_changes(before, after, touched)
    titles = titles_of(before) | titles_of(after)
    had, has = before.nodes.get("Topic", {}), after.nodes.get("Topic", {})
    required, requires = _required(before), _required(after)
    counts = _counts(archive)
    named = {mention.topic_id for mention in archive.mentions if mention.document_id in touched}
    doubles = [each for each in outcome.doubles if {each.topic, each.other} & named][:MAX_DOUBLES]
    unsure = [each for each in outcome.renames if not each.found.sure]
    places = places_of(archive) if doubles or unsure else {}
    return IngestView(
        documents=tuple(
            _document(key, status, counts.get(key, (0, 0)), changed.get(key), titles, outcome.renames)
            for key, status in sorted(outcome.statuses.items())
        ),
        topics=len(archive.graph.topics),
        requirements=len(archive.graph.requires),
        phases=len(archive.graph.phases),
        topics_added=len(has.keys() - had.keys()),
        topics_removed=len(had.keys() - has.keys()),
        requirements_added=len(requires - required),
        requirements_removed=len(required - requires),
        problems=tuple(
            each.model_dump()
            for each in (
                *outcome.problems,
                *(_renamed_problem(each, places) for each in unsure),
                *(_double_problem(each, archive, places) for each in doubles),
            )
        ),
        written=bool(changes),
        doubles=double_views(doubles, archive),
    )


def double_views(doubles: Iterable[Proposal], archive: Archive) -> tuple[DoubleView, ...]:
    """Likely doubles with their titles and the documents that name them."""
    topics, places = archive.graph.topics, places_of(archive)
    return tuple(
        DoubleView(
            id=each.topic,
            title=topics[each.topic].title,
            other_id=each.other,
            other_title=topics[each.other].title,
            reason=each.reason,
            text=each.text,
            score=each.score,
            documents=tuple(dict.fromkeys(p for topic in (each.topic, each.other) for p, _ in places.get(topic, ()))),
        )
        for each in doubles
    )


def _document(  # noqa: PLR0917 - one call, in order of the report
    key: str,
    status: str,
    counts: tuple[int, int],
    changed: DocumentChanges | None,
    titles: Mapping[str, str],
    renames: Iterable[Rename],
) -> DocumentReport:
    found = changed or DocumentChanges()
    moved = [each for each in renames if each.document == key]
    kept = {each.topic for each in moved if each.found.sure}
    return DocumentReport(
        path=key.partition(":")[2],
        status=status,
        topics=counts[0],
        requirements=counts[1],
        topics_added=_titles(found.topics_added, titles),
        topics_changed=_titles((topic for topic in found.topics_changed if topic not in kept), titles),
        topics_retired=_titles(found.topics_retired, titles),
        topics_removed=_titles(found.topics_removed, titles),
        topics_renamed=tuple(_rename(each) for each in moved),
        requirements_added=_pairs(found.requirements_added, titles),
        requirements_removed=_pairs(found.requirements_removed, titles),
        requirements_proposed=_pairs(found.requirements_proposed, titles),
    )


def _rename(each: Rename) -> RenameView:
    found = each.found
    return RenameView(
        topic=each.topic,
        before=found.before.title,
        now=found.now.title,
        sure=found.sure,
        score=found.score,
        reasons=found.reasons,
    )


def _titles(topics: Iterable[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(titles.get(topic, topic) for topic in topics)


def _pairs(ends: Iterable[Stated], titles: Mapping[str, str]) -> tuple[RequirementName, ...]:
    return tuple(RequirementName(topic=titles.get(a, a), requires=titles.get(b, b), choice=c) for a, b, c in ends)


def _counts(archive: Archive) -> Mapping[str, tuple[int, int]]:
    """Document id -> how many topics and requirements it names."""
    topics: dict[str, set[str]] = {}
    for mention in archive.mentions:
        topics.setdefault(mention.document_id, set()).add(mention.topic_id)
    claims: dict[str, int] = {}
    for claim in archive.claims:
        claims[claim.document_id] = claims.get(claim.document_id, 0) + 1
    return {key: (len(topics.get(key, ())), claims.get(key, 0)) for key in {*topics, *claims}}


def _required(rows: Rows) -> set[Ends]:
    """The ends of all accepted hard requirements, whatever they join."""
    return {ends for kind, edges in rows.edges.items() if kind.type == "REQUIRES" for ends in edges}


def places_of(archive: Archive) -> _Places:
    """Topic id -> paths and lines that name it."""
    roots = {source.id: source.root for source in archive.sources}
    paths = {each.id: shown(shown_path(roots[each.source_id], each.path)) for each in archive.documents}
    found: dict[str, list[tuple[str, int]]] = {}
    for mention in archive.mentions:
        found.setdefault(mention.topic_id, []).append((paths[mention.document_id], mention.line_start))
    return found


def _double_problem(each: Proposal, archive: Archive, places: _Places) -> Problem:
    titles = archive.graph.topics
    path, line = next(iter(places.get(each.topic) or places.get(each.other) or [("", 1)]))
    message = f"“{titles[each.topic].title}” and “{titles[each.other].title}” are perhaps one topic: {each.text}"
    return Problem(severity="info", code="likely-double", message=message, path=path, line=line)


def _renamed_problem(each: Rename, places: _Places) -> Problem:
    found = each.found
    path = next((path for path, line in places.get(each.now, ()) if line == found.now.line), "")
    reasons = ", ".join(found.reasons)
    message = f"“{found.now.title}” is perhaps “{found.before.title}” under a new title: it {reasons}"
    return Problem(severity="info", code="perhaps-renamed", message=message, path=path, line=found.now.line)
