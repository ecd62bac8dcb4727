"""Headings: which one is the document's title, what stands below them, and what their words alone tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.labels import told
from ingest.parsers.outline.overviews import lists_stages
from ingest.parsers.outline.tables import is_topic_table
from ingest.parsers.wording.fields import heading_field, is_resource_label
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import is_furniture, is_grouping

Role = Literal[
    "title", "phase", "topic", "section", "field", "resources", "furniture", "schedule", "told", "transparent"
]


_BEFOREHAND = (
    "before you begin ",
    "before you start ",
    "why it matters",
    "why this matters",
    "how to read ",
    "how to use this book",
    "reading order",
)
"""Headings below which it is said what comes first, or what a chapter goes back to; none of them is a topic."""


def title_of(root: Block) -> Block | None:
    """The first heading when it alone is of the highest level, or when nothing stands below it."""
    headings = [child for child in root.children if child.kind == "heading"]
    if not headings:
        return None
    first = headings[0]
    top = min(each.level for each in headings)
    if sum(each.level == top for each in headings) == 1:
        return first if first.level == top else None
    hollow = all(child.kind in {"paragraph", "quote"} for child in first.children)
    filled = any(child.children for child in headings[1:])
    alone = first.level == 1 or first.level > headings[1].level
    return first if alone and hollow and filled and not phase_of(first.inline.text) else None


def has_topic_table(heading: Block) -> bool:
    """Whether a table of topics stands right below a heading."""
    return any(is_topic_table(child) for child in heading.children)


def has_only_stages(heading: Block) -> bool:
    """Whether nothing but a table of stages stands below a heading, and words around it."""
    below = [child for child in heading.children if child.kind != "paragraph"]
    return len(below) == 1 and not is_topic_table(below[0]) and lists_stages(below[0])


def headings_of(block: Block) -> Iterator[Block]:
    """All headings below a block, in order."""
    left = [child for child in reversed(block.children) if child.kind == "heading"]
    while left:
        heading = left.pop()
        yield heading
        left += [child for child in reversed(heading.children) if child.kind == "heading"]


def has_headings(heading: Block) -> bool:
    """Whether headings stand right below a heading."""
    return any(child.kind == "heading" for child in heading.children)


def has_phase(heading: Block) -> bool:
    """Whether a stage stands below a heading."""
    return any(
        child.kind == "heading" and (phase_of(child.inline.text) is not None or has_phase(child))
        for child in heading.children
    )


def plain_role(heading: Block, title: str) -> Role:
    """The role that a heading's words alone tell."""
    if not title:
        return "transparent"
    if heading_field(title) is not None and not heading.inline.links:
        # One that leads to a page of its own is a part of what there is to learn.
        return "field"
    if title.casefold().startswith(_BEFOREHAND):
        return "told"
    found = _told_role(heading, told(title))
    if found is None and has_only_stages(heading):
        return "transparent"
    return found if found is not None else _common_role(heading, title)


def _told_role(heading: Block, kind: str) -> Role | None:
    """The role of a heading that tells where the topics stand."""
    if kind in {"fold", "aim"}:
        return "transparent"
    if kind == "schedule":
        return "schedule" if has_topic_table(heading) else None
    return "furniture" if (kind == "announce" and not heading.children) or kind == "task" else None


def _common_role(heading: Block, title: str) -> Role:
    if not is_furniture(title):
        return "topic"
    if has_phase(heading):
        return "transparent"
    if is_grouping(title) and has_headings(heading):
        return "topic"
    return "resources" if is_resource_label(title) else "furniture"
