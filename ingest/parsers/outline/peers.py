"""Headings whose words say little, judged by the headings they stand among."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.headings import Role, has_headings
from ingest.parsers.wording.titles import Name, is_grouping

MIN_PEERS = 3


def peers_of_topics(
    headings: Sequence[Block], roles: Mapping[int, Role], name: Callable[[Block], Name]
) -> Iterator[int]:
    """Number of each "Soft Skills" that stands among topics and is built as they are: it is one of them.

    Args:
        headings: those that stand below one heading.
        roles: what they are so far.
        name: a heading's title.
    """
    peers = [each for each in headings if has_headings(each) and roles[each.number] in {"topic", "section"}]
    topics = sum(roles[each.number] == "topic" for each in peers)
    if topics >= MIN_PEERS and topics * 3 >= len(peers) * 2:
        yield from (each.number for each in peers if is_grouping(name(each).title))


def stands_among_lists(
    heading: Block, upper: Block, title: Block | None, topics: Callable[[Block], Sequence[Block]]
) -> bool:
    """Whether a heading over nothing but a list of titles stands among others of that kind.

    Args:
        heading: the heading.
        upper: what it stands below.
        title: the document's own title; what stands right below it may be about the document.
        topics: the bullets of a list that name something to learn.
    """
    if upper.kind != "heading" or upper is title:
        return False

    def lists(each: Block) -> bool:
        below = [child for child in each.children if child.kind != "heading"]
        return bool(below) and all(
            child.kind == "list" and len(topics(child)) == len(child.children) for child in below
        )

    return lists(heading) and sum(lists(each) for each in upper.children if each.kind == "heading") > 1
