"""Labels: what bullets and headings repeat below one title after the other ("**Cost:** 10") is no topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from ingest.parsers.outline.blocks import Block
from ingest.parsers.wording.fields import fields_of
from ingest.parsers.wording.inline import Inline
from ingest.parsers.wording.titles import trim
from ingest.words import lookup, table

_NOT_PROSE = ("!!! ", "??? ", ":::", "[^")
"""What begins a note of a site builder, or a footnote."""
MIN_REPEATED = 3
"""Lists with the same label, or headings with the same one below, from which on it is a label."""
MAX_LABEL = 40
MAX_LABEL_WORDS = 4
MAX_KEPT = 5_000
"""Lists whose labels are counted: what repeats does so early."""


def label_of(inline: Inline) -> str:
    """The label that a bullet or paragraph begins with, in lower case; empty when it begins with none."""
    text = inline.text
    if ":" not in text[: MAX_LABEL + 2]:
        return ""
    head, _, rest = text.partition(":")
    if rest[:1] not in {"", " ", "\n"} or len(head.split()) > MAX_LABEL_WORDS or "](" in head:
        return ""
    return trim(head).casefold()


def repeated_labels(root: Block) -> frozenset[str]:
    """The labels of bullets that most lists with labels have, or that lists of one form have."""
    lists = list(islice(_labelled(root), MAX_KEPT))
    counts = Counter(label for labels in lists for label in labels)
    often = {label for label, count in counts.items() if count >= MIN_REPEATED}
    if not often:
        return frozenset()
    alike = Counter(label for labels in lists if len(often.intersection(labels)) > 1 for label in labels)
    return frozenset(
        label for label in often if counts[label] * 2 >= len(lists) or alike[label] * 3 >= counts[label] * 2
    )


def repeated_titles(headings: Mapping[int, list[tuple[int, str]]]) -> frozenset[tuple[int, str]]:
    """The level and title of headings that most headings of one level have below them.

    Args:
        headings: level of a heading with others below it -> for each of them (number of the upper one, title).
    """
    found: set[tuple[int, str]] = set()
    for level, below in headings.items():
        uppers = len({number for number, _ in below})
        counts = Counter(title for _, title in dict.fromkeys(below) if title)
        found |= {
            (level, title) for title, count in counts.items() if count >= MIN_REPEATED and count * 5 >= uppers * 3
        }
    return frozenset(found)


def is_prose(paragraph: Block) -> bool:
    """Whether a paragraph is neither fields, nor a caption of what follows, nor empty."""
    text = paragraph.inline.text.strip()
    if not text or (text.endswith(":") and "\n" not in text) or text.startswith(_NOT_PROSE):
        return False
    return not fields_of(paragraph.inline)


def lists_topics(text: str) -> bool:
    """Whether a list of topics stands behind the label that a text begins with: "Topics:", "Key concepts:"."""
    return ":" in text[:MAX_LABEL] and _topics().match(text) is not None


def is_aim(label: str) -> bool:
    """Whether a label says what something is good for: "Goal", "Focus"."""
    return label in _words_of("aims")


def told(title: str) -> str:
    """What a title tells as a heading: announce, schedule, fold, aim or task, as in the word list; else nothing."""
    exact, heads, firsts = _headings()
    if title.partition(" ")[0].casefold().rstrip(":.?!") not in firsts:
        return ""
    key = title.casefold().replace("\u2019", "'").strip(" :.?!")
    if key in exact:
        return exact[key]
    if not key.startswith(heads):
        return ""
    return next(kind for head, kind in _heads().items() if key.startswith(head))


def _labelled(block: Block) -> Iterator[frozenset[str]]:
    """The labels of each list that has some."""
    for child in block.children:
        if child.kind == "list":
            labels = frozenset(label for item in child.children if (label := label_of(item.inline)))
            if labels:
                yield labels
        if child.children:
            yield from _labelled(child)


@cache
def _topics() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, table("outline")["labels"]["topics"]), key=len, reverse=True))
    return re.compile(rf"[\W\d_]{{0,6}}(?:{forms})\s?:(?=\s|$)", re.IGNORECASE)


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(table("outline")["labels"][kind])


@cache
def _headings() -> tuple[Mapping[str, str], tuple[str, ...], frozenset[str]]:
    """The titles, what titles begin with, and the first words of both."""
    entries = lookup("outline", "headings")
    exact = {entry: kind for entry, kind in entries.items() if not entry.endswith("*")}
    return exact, tuple(_heads()), frozenset(entry.split()[0].rstrip(":*") for entry in entries)


@cache
def _heads() -> Mapping[str, str]:
    return {entry[:-1]: kind for entry, kind in lookup("outline", "headings").items() if entry.endswith("*")}
