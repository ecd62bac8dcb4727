"""A Markdown document with many topics: outline, phased article, tables, contents."""

from __future__ import annotations

from pathlib import PurePosixPath

from ingest.parsers.blocks import Blocks
from ingest.parsers.draft import Draft, Place
from ingest.parsers.inline import target_words
from ingest.parsers.resolve import requirements_of
from ingest.parsers.shape import Shape
from ingest.parsers.titles import clean
from ingest.parsers.walk import Walk, read_children
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text


def read_outline(text: Text, blocks: Blocks, *, family: str, index: bool = False) -> Reading:
    """Read all topics, phases and requirements of a document.

    Args:
        text: the document.
        blocks: its tree.
        family: name of the family that the reading carries.
        index: it is a vault's index note, whose headings only group.
    """
    shape = Shape(blocks.root, grouping=index)
    draft = Draft(text.lines)
    read_children(Walk(shape, draft), blocks.root, Place())
    requirements = requirements_of(draft)
    problems = [*blocks.problems, *draft.problems]
    if not draft.topics:
        message = "no topic was found"
        problems.append(
            ReadProblem(severity="info", code="no-topics", message=message, hint="write topics as headings or bullets")
        )
    return Reading(
        path=text.path,
        family=family,
        roadmap=ReadRoadmap(title=_title(text.path, blocks, shape)),
        phases=tuple(draft.phases),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=tuple(problems),
        index=index,
        ticked=tuple(draft.ticked),
    )


def _title(path: str, blocks: Blocks, shape: Shape) -> str:
    stated = blocks.front.get("title")
    written = shape.name(shape.title).title if shape.title is not None else ""
    stem = PurePosixPath(path).stem
    return (
        written or (clean(str(stated)).title if stated else "") or target_words(f"{stem}-").strip().capitalize() or stem
    )
