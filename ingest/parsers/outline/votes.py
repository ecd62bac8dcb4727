"""Which bullets of a list name something to learn: the list's own regularity decides."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.entries import Entry
from ingest.parsers.wording.titles import is_task, looks_like_title, may_be_topic

MIN_PEERS = 2
MIN_WORDS = 5
"""Of a bullet that tells something."""


def topics_among(items: Sequence[tuple[Block, Entry]]) -> tuple[Block, ...]:
    """The bullets of a list that are topics; none when most of them are sentences, tasks or links."""
    entries = [(item, each) for item, each in items if not (each.fields or each.navigation or each.furniture)]
    own = [(item, each) for item, each in entries if not each.link]
    # Among titles with descriptions one may lead somewhere, too.
    linked = sum(each.link and each.strong and bool(each.description) for _, each in entries)
    if linked and sum(each.strong and bool(each.description) for _, each in own) >= linked:
        own = [(item, each) for item, each in entries if not each.link or (each.strong and each.description)]
    if own and (is_task(own[0][1].name.title) or is_task(own[-1][1].name.title)):
        tasks = sum(is_task(each.name.title) for _, each in own)
        if tasks * 5 >= len(own) * 3:
            return ()
    described = _described_among_words(own)
    if described:
        return described
    titles = [item for item, each in own if each.title]
    if len(titles) * 5 >= len(own) * 3:
        return tuple(_with_doubtful(items, own) if len(own) < len(items) else titles)
    return tuple(
        item
        for item, each in own
        if each.title
        and ((each.strong and each.description) or each.name.hours is not None or (each.name.planned and each.strong))
    )


def _described_among_words(own: Sequence[tuple[Block, Entry]]) -> tuple[Block, ...]:
    """The bullets with a title and a description, where what stood nested below each became a bullet beside it."""
    described = [item for item, each in own if each.description and each.title]
    others = [len(each.name.title.split()) for _, each in own if not each.description]
    if len(described) < MIN_PEERS or len(others) < len(described) or own[0][0] is not described[0]:
        return ()
    return tuple(described) if sum(count >= MIN_WORDS for count in others) * 5 >= len(others) * 4 else ()


def _with_doubtful(items: Sequence[tuple[Block, Entry]], own: Sequence[tuple[Block, Entry]]) -> list[Block]:
    """The titles, and among described ones "Planning: ..." too, which is furniture elsewhere."""
    taken = {item.number for item, each in own if each.title}
    described = sum(bool(each.description) for item, each in own if item.number in taken)
    if described >= MIN_PEERS:
        taken |= {item.number for item, each in items if each.furniture and each.description and _may_be(each)}
    return [item for item, _ in items if item.number in taken]


def _may_be(entry: Entry) -> bool:
    title = entry.name.title
    return may_be_topic(title) and looks_like_title(title) and "%" not in entry.description
