"""Topics in one line behind a label: "**Topics:** Ownership, borrowing and lifetimes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.draft import Found, Place
from ingest.parsers.outline.state import Walk
from ingest.parsers.wording.inline import wiki_shown
from ingest.parsers.wording.titles import Name, clean, is_furniture, looks_like_title

MAX_WORDS = 7
"""Words of one title in such a line."""
_SEPARATOR = re.compile(r"\s*[,;\u00b7\u2022|\n]\s*")
_LAST = re.compile(r"\s+(?:and|und|et|y|e)\s+(?=[^,;]*$)|^(?:and|und|et|y|e)\s+")
_OPENING, _CLOSING = "([", ")]"


def read_topic_list(walk: Walk, block: Block, place: Place) -> bool:
    """Add the topics that a line lists for a phase or section; False when they are no titles."""
    if place.owner is None or place.owner.kind == "topic":
        return False
    titles = names_in(block.inline.text.partition(":")[2])
    for name in titles:
        found = Found(name.title, block.line, block.line_end, name.title, aliases=name.aliases, hours=name.hours)
        walk.draft.topic(found, place)
    return bool(titles)


def names_in(text: str) -> list[Name]:
    """The titles that a text lists; none when a third of what it lists are no titles."""
    names = [clean(piece) for piece in _pieces(wiki_shown(text))]
    titles = [name for name in names if name.title and _is_title(name.title)]
    return titles if len(titles) * 3 >= len(names) * 2 else []


def _is_title(title: str) -> bool:
    return looks_like_title(title) and len(title.split()) <= MAX_WORDS and not is_furniture(title)


def _pieces(text: str) -> Iterator[str]:
    """What commas part, nothing inside brackets; "and" parts the last two of at least three."""
    parts: list[str] = []
    start = depth = at = 0
    for found in _SEPARATOR.finditer(text):
        between = text[at : found.start()]
        depth += sum(map(between.count, _OPENING)) - sum(map(between.count, _CLOSING))
        at = found.start()
        if depth <= 0:
            parts.append(text[start : found.start()])
            start, depth = found.end(), 0
    parts.append(text[start:])
    for number, part in enumerate(parts):
        last = number == len(parts) - 1 and number > 0
        yield from (piece for piece in _LAST.split(part.strip(" .")) if piece) if last else [part]
