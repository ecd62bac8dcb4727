"""Questions about headings that their place in the tree answers."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.parsers.blocks import Block
from ingest.parsers.phases import phase_of
from ingest.parsers.tables import is_topic_table


def title_heading(root: Block) -> Block | None:
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
    """Whether a table of topics stands directly below a heading."""
    return any(is_topic_table(child) for child in heading.children)


def headings_below(block: Block) -> Iterator[Block]:
    """All headings below a block, in order."""
    for child in block.children:
        if child.kind == "heading":
            yield child
            yield from headings_below(child)


def has_phase(heading: Block) -> bool:
    """Whether a stage begins somewhere below a heading."""
    return any(
        child.kind == "heading" and (phase_of(child.inline.text) is not None or has_phase(child))
        for child in heading.children
    )
