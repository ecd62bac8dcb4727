"""A Markdown document with many topics: outline, phased article, tables, contents."""

from __future__ import annotations

from itertools import compress
from pathlib import PurePosixPath

from ingest.parsers.markdown.tokens import LARGE
from ingest.parsers.outline.blocks import Blocks
from ingest.parsers.outline.draft import Draft, Place
from ingest.parsers.outline.lift import lift
from ingest.parsers.outline.resolve import requirements_of
from ingest.parsers.outline.shape import Shape
from ingest.parsers.outline.stages import topics_of_bare_stages
from ingest.parsers.outline.state import Walk
from ingest.parsers.outline.stating import give_to_first
from ingest.parsers.outline.walk import read_children
from ingest.parsers.wording.inline import target_words
from ingest.parsers.wording.titles import clean
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text


def read_outline(text: Text, blocks: Blocks, *, family: str, index: bool = False) -> Reading:
    """Read all topics, phases and requirements of a document.

    Args:
        text: the document.
        blocks: its tree.
        family: name of the family that the reading carries.
        index: it is a vault's index note, whose headings only group.
    """
    draft, title = _read(text, blocks, index=index)
    # The tree is gone here: a large document's requirements take its room.
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
        roadmap=ReadRoadmap(title=title),
        phases=tuple(draft.phases),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=tuple(problems),
        index=index,
        ticked=tuple(draft.ticked),
    )


def _read(text: Text, blocks: Blocks, *, index: bool) -> tuple[Draft, str]:
    root = lift(blocks.root)
    shape = Shape(root, grouping=index)
    title = _title(text.path, blocks, shape)
    draft = Draft(text.lines)
    walk = Walk(shape, draft, large=len(text.lines) > LARGE)
    if walk.large:
        shape.look_everywhere()
        if root is not blocks.root:
            blocks.root.let_go()
    read_children(walk, root, Place())
    if index:
        _drop_empty(draft)
    topics_of_bare_stages(draft)
    give_to_first(draft)
    draft.close()
    return draft, title


def _page_property(blocks: Blocks) -> str:
    """The title that an outliner writes as `title:: X` above everything."""
    first = blocks.root.children[0] if blocks.root.children else None
    line = first.inline.text.partition("\n")[0] if first is not None else ""
    return line.removeprefix("title::").strip() if line.startswith("title::") else ""


def _drop_empty(draft: Draft) -> None:
    """Forget the sections of an index below which nothing is linked."""
    wholes = {topic.part_of for topic in draft.topics}
    owners = {claim.owner.id for claim in draft.claims if claim.owner is not None}
    kept = [topic.kind == "topic" or topic.id in wholes | owners for topic in draft.topics]
    draft.numbers[:] = compress(draft.numbers, kept)
    draft.topics[:] = compress(draft.topics, kept)


def _title(path: str, blocks: Blocks, shape: Shape) -> str:
    stated = blocks.front.get("title")
    if not isinstance(stated, str | int | float):  # aliases can make a list or map of any size out of a few lines
        stated = None
    stated = stated or _page_property(blocks)
    written = shape.name(shape.title).title if shape.title is not None else ""
    named = clean(str(stated)).title if stated else ""
    if named and shape.title is not None and shape.title.level > 1:
        # A heading that is not the highest one is part of what the title names.
        return named
    stem = PurePosixPath(path).stem
    return written or named or target_words(f"{stem}-").strip(" -").capitalize() or stem
