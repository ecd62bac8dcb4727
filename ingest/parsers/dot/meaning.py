"""A drawing as a reading: its nodes are topics, its arrows requirements."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from ingest.parsers.dot.links import requirements
from ingest.parsers.dot.model import Cluster, Drawing
from ingest.parsers.dot.places import place_topics
from ingest.parsers.dot.remarks import remarks_of
from ingest.parsers.dot.topics import sort_nodes
from ingest.parsers.outline.draft import Draft
from ingest.parsers.wording.inline import target_words
from ingest.parsers.wording.titles import clean, looks_like_title
from ingest.reading import Reading, ReadProblem, ReadRoadmap


def reading_of(drawing: Drawing, path: str, notes: Iterable[str] = ()) -> Reading:
    """Read a drawing.

    Args:
        drawing: what a reader found.
        path: of the document.
        notes: sentences around the drawing that may say what its arrows mean.
    """
    found = sort_nodes(drawing, notes)
    if drawing.if_stated and not found.stated:
        return reading_of(_unread(drawing), path)
    draft = Draft(drawing.source.split("\n"))
    places = place_topics(found, draft)
    made = requirements(found, places, draft)
    problems = [*drawing.problems, *draft.problems]
    if not draft.topics and not draft.phases:
        hint = "draw topics as nodes"
        problems.append(ReadProblem(severity="info", code="no-topics", message="no topic was found", hint=hint))
    return Reading(
        path=path,
        family=drawing.language,
        roadmap=ReadRoadmap(title=_title(drawing.title or found.whole, path)),
        phases=tuple(draft.phases),
        topics=tuple(draft.topics),
        requirements=made,
        problems=tuple(problems),
        ticked=tuple(draft.ticked),
    )


def _unread(drawing: Drawing) -> Drawing:
    empty = Drawing(drawing.source, drawing.language, drawing.title, clusters=[Cluster(0, 0, 0)])
    hint = "say in a comment that its arrows lead from prerequisites to what needs them"
    empty.problem("other-diagram", "a classDiagram is not read: nothing says that its arrows are requirements", 0, hint)
    return empty


def _title(written: str, path: str) -> str:
    title = clean(written.replace("_", " ")).title
    if len(title) > 1 and looks_like_title(title, strong=True) and remarks_of([title]).direction is None:
        return title
    stem = PurePosixPath(path).stem
    return target_words(f"{stem}-").strip().capitalize() or stem
