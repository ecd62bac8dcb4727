"""Lines that are chains of titles: "Wood -> Plates -> Ribs"."""

from __future__ import annotations

import re

from ingest.parsers.wording.inline import wiki_shown
from ingest.parsers.wording.numbers import references
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import clean, has_arrow, is_furniture, is_grouping, looks_like_title
from ingest.words import words

MAX_LINK_WORDS = 5
MAX_CHAIN = 40
_ARROW = re.compile(r"\s*(?:\u2192|\u27a1\ufe0f?|-{1,2}>|=>|\u21d2)\s*")
_LABEL = re.compile(r"^([^:]{2,40}):\s+")
REQUIRING = re.compile(r"\b(?:prerequisite|prereq|dependency|requirement)s?\b", re.IGNORECASE)


def links_of(text: str, *, labelled: bool = False) -> tuple[str, tuple[str, ...]] | None:
    """(label, titles) of a chain, or None when a text is none.

    Args:
        text: a line.
        labelled: whatever stands in front of a colon is a label, because the lines beside it have one too.
    """
    if not has_arrow(text):
        return None
    label = _LABEL.match(text)
    body = text[label.end() :] if label is not None else text
    said = label[1].strip(" *_").casefold() if label is not None else ""
    if said and not labelled and said not in words("chains") and not REQUIRING.search(said):
        return None
    pieces = [clean(wiki_shown(piece)).title for piece in _ARROW.split(body.rstrip(" ."))]
    if len(pieces) == 1 or len(pieces) > MAX_CHAIN or not all(map(_is_link, pieces)):
        return None
    return said, tuple(pieces)


def _is_link(title: str) -> bool:
    return (
        0 < len(title.split()) <= MAX_LINK_WORDS
        and looks_like_title(title)
        and not is_grouping(title)
        and not is_furniture(title)
        and phase_of(title) is None
        and references(title) is None
    )
