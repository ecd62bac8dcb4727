"""Cards: boxes of one kind that say what each of them requires; what such a box begins with is its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.names import names_of
from ingest.parsers.html.titles import can_head
from ingest.parsers.wording.fields import heading_field

MIN_CARDS = 2
"""Boxes of one kind that say what they require, from which on all of their kind are cards."""
MAX_LABEL = 48
MAX_LEVELS = 5
"""Elements between the words "Requires:" and the box they belong to."""
_BOXES = frozenset({"div", "section", "article", "a"})


def is_label(text: str) -> bool:
    """Whether a text says nothing but that a requirement follows."""
    text = text.strip(" \t\n\r:")
    return 0 < len(text) <= MAX_LABEL and heading_field(text) is not None


def card_titles(labels: list[NavigableString], tags: list[Tag], headed: set[int]) -> dict[int, str]:
    """Element that is the title of a card -> the kind of the card.

    Args:
        labels: texts that say that a requirement follows.
        tags: all elements of the page.
        headed: elements that hold headings.
    """
    if len(labels) < MIN_CARDS:
        return {}
    count: Counter[int] = Counter(id(above) for label in labels for above in _above(label, MAX_LEVELS))
    kinds: Counter[str] = Counter()
    for label in labels:
        boxes = [each for each in _above(label, MAX_LEVELS) if count[id(each)] == 1 and each.name in _BOXES]
        kinds.update({kind for each in boxes if (kind := _kind(each)) and _title(each) is not None})
    chosen = {kind for kind, cards in kinds.items() if cards >= MIN_CARDS}
    made: dict[int, str] = {}
    for tag in tags if chosen else ():
        if tag.name in _BOXES and _kind(tag) in chosen and id(tag) not in headed and count[id(tag)] <= 1:
            title = _title(tag)
            if title is not None:
                made.setdefault(id(title), _kind(tag))
    return made


def _kind(tag: Tag) -> str:
    return next(iter(names_of(tag)), "")


def _above(node: NavigableString, levels: int) -> Iterator[Tag]:
    above = node.parent
    while above is not None and levels:
        yield above
        above, levels = above.parent, levels - 1


def _title(box: Tag) -> Tag | None:
    """The element that holds the first words of a box, when they can be a title and others follow."""
    first: Tag | None = None
    for node in box.descendants:
        if type(node) is not NavigableString or not any(map(str.isalpha, node)) or node.parent is None:
            continue
        if first is None:
            first = node.parent
            text = " ".join(first.get_text().split())
            if first is box or is_label(text) or text.endswith((".", "!", "?")) or not can_head(text):
                return None
        elif first not in node.parents:
            return first
    return None
