"""Runs of words between blocks: lists that are written with line breaks or as small boxes, fields inside of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.facts import only_counts
from ingest.parsers.html.main import Survey
from ingest.parsers.html.names import names_of
from ingest.parsers.html.titles import can_be_chip
from ingest.parsers.html.words import Words
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of, heading_field
from ingest.parsers.wording.titles import looks_like_title

SIGNS = ("\u2022", "\u00b7", "\u2023", "\u25aa", "\u25cf", "\u25e6")
BULLETS = (*SIGNS, "\u2013", "- ", "+ ", "\\* ")
MIN_BROKEN = 3
"""Short lines between `<br>` that make a list without bullets."""
MAX_BROKEN_WORDS = 6
MIN_CHIPS = 3
"""Small boxes beside each other that make a list."""
MAX_CHIPS = 400
_BOXES = frozenset({"div", "section", "td", "dd", "center"})
_CHIPS = frozenset({"span", "div", "a", "code"})
_NAME = r"[^\W\d_][\w -]{1,28}(?:\*\*)?\s?:"
_LABEL = re.compile(rf"(?:[.;)!?\]\d]|\*\*)\s+(?=\(?(?:\*\*)?{_NAME})|\s+(?=\*\*{_NAME})")
_BOLD = re.compile(r"\*\*[^*]{1,200}\*\*(?:\s?[(\[][^()\[\]]{0,60}[)\]])?")
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z][a-z]+\s+[a-z]+\s+[a-z])")
"""Where a value in prose ends: "CS 124. Credit is not given for ..."."""


def is_broken_list(lines: Sequence[Words]) -> bool:
    """Whether lines between `<br>` are a list: with bullets, or several short titles."""
    texts = [line.text for line in lines]
    if len(texts) > 1 and sum(text.startswith(BULLETS) for text in texts) >= max(2, len(texts) - 1):
        return True
    short = len(texts) >= MIN_BROKEN and all(
        looks_like_title(text) and len(text.split()) <= MAX_BROKEN_WORDS and field_of(text) is None for text in texts
    )
    return short and not any(text.endswith(",") for text in texts)


def bullet_sign(text: str) -> str:
    """The sign of a bullet that a line begins with."""
    return next((each for each in BULLETS if text.startswith(each)), "")


def chips_of(tag: Tag, survey: Survey) -> list[Tag]:
    """The small boxes that an element consists of, when they are a list of titles."""
    if tag.name not in _BOXES:
        return []
    chips = _elements(tag)
    if chips is None or not MIN_CHIPS <= len(chips) <= MAX_CHIPS or chips[0].name not in _CHIPS:
        return []
    alike = all(each.name == chips[0].name and names_of(each)[:1] == names_of(chips[0])[:1] for each in chips)
    if not alike or any(survey.holds_block(each) for each in chips):
        return []
    return chips if all(can_be_chip(_text(each)) for each in chips) else []


def labelled_of(nodes: Sequence[object]) -> tuple[Tag, list[Tag]] | None:
    """(label, values) of a run that consists of small boxes, the first of which says "Prerequisites"."""
    tags = [node for node in nodes if isinstance(node, Tag)]
    if len(tags) < 2 or not _nothing_but_tags(nodes):  # noqa: PLR2004
        return None
    label = _text(tags[0]) if tags[0].name != "br" else ""
    named = heading_field(label.rstrip(":").strip()) if len(label) <= MAX_CHIPS else None
    values = [each for each in tags[1:] if each.name != "br" and _text(each)]
    return (tags[0], values) if named is not None and values else None


def only_jumps(nodes: Sequence[object]) -> bool:
    """Whether a run says nothing but where else in the page one can go."""
    links = 0
    for node in nodes:
        if isinstance(node, Tag) and node.name in {"a", "span"}:
            inside = [node] if node.name == "a" else [each for each in node.children if isinstance(each, Tag)]
            if not all(each.name == "a" and _is_jump(each) for each in inside):
                return False
            if node.name == "span" and not _nothing_but_tags(list(node.children)):
                return False
            links += len(inside)
        elif isinstance(node, Tag):
            if node.name != "br":
                return False
        elif any(map(str.isalnum, str(node))):
            return False
    return links > 0


def parted(line: Words) -> Iterator[Words]:
    """The line, and each field inside of it as a line of its own; an empty line ends a field in front of prose."""
    text = line.text
    starts = [0]
    if ":" in text:
        for found in _LABEL.finditer(text):
            field = field_of(text[found.end() : found.end() + 400].lstrip("("))
            told = field is not None and field.kind in REQUIREMENT_KINDS
            if told or only_counts(text[found.end() : found.end() + 40]):
                starts.append(found.end())
    if starts == [0]:
        yield line
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        stop = _SENTENCE_END.search(piece) if start else None
        if start and only_counts(piece):
            continue
        if start and piece.startswith("(") and piece.rstrip(" .").endswith(")"):
            yield line.part(start + 1, start + piece.rindex(")")).stripped()
        elif stop is None:
            yield line.part(start, end).stripped()
        else:
            yield line.part(start, start + stop.start() + 1).stripped()
            yield Words()
            yield line.part(start + stop.end(), end).stripped()


def joined(title: Words, about: Words) -> list[Words]:
    """A bullet's bold title and its description in the next line, as one line with a dash."""
    if not _BOLD.fullmatch(title.text):
        return [title, about]
    made = title.part(0, len(title.signs))
    made.add(" \u2013 ")
    made.join(about)
    return [made]


def _is_jump(link: Tag) -> bool:
    return str(link.get("href", "")).startswith(("#", "javascript:"))


def _elements(tag: Tag) -> list[Tag] | None:
    """The elements of one that has no text beside them."""
    children = list(tag.children)
    return [each for each in children if isinstance(each, Tag)] if _nothing_but_tags(children) else None


def _nothing_but_tags(nodes: Sequence[object]) -> bool:
    return not any(type(node) is NavigableString and node.strip() for node in nodes)


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
