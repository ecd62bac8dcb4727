"""Course codes: "HYD101 Rain and Runoff" is called HYD101 by the other courses of its handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parsers.outline.blocks import Block
from ingest.parsers.wording.titles import Name

MIN_CODES = 3
"""Headings and bullets with a code, from which on it is the document's way to name courses: SHA 256 alone is none."""
_FORMS = r"[A-Z]{2,5}[ -]?\d{3,4}[A-Z]?|\d{1,2}\.(?:[A-Z]\d{2,3}|\d{3,4}[A-Z]?)(?:\[J\])?"
"""Letters and a number; or the number of a department, a point and that of the course: "6.100A"."""
_CODE = re.compile(rf"^\W{{0,4}}({_FORMS})(?:\s*[:\u2013\u2014|.-]\s*|\s+)(?=[^\W\d_])")
_WHOLE = re.compile(_FORMS)
_BEHIND = re.compile(rf"([^()\n]{{2,100}}?)\s?\(({_FORMS}|\d{{1,2}}\.\d{{2,3}})\)(?=$|\W)")
"""A code in brackets behind its title: "Linear Algebra (MATH 221)"."""
_LINE = re.compile(r"^([A-Z]{2,5}[ -]?\d{2,4}[A-Z]?)(?=\s*$|\s*[\u00b7|,;(\u2013\u2014/]|\s-\s)[^\n.]{0,60}$")
"""A line that begins with a code and goes on with credits and the like."""


def codes_below(root: Block) -> dict[int, tuple[int, str]]:
    """Heading -> (paragraph, code) of a document that gives each course a line with its code: "LING 101, 3 credits"."""
    found = dict(_lines_below(root))
    return found if len({code for _, code in found.values()}) >= MIN_CODES else {}


def _lines_below(block: Block) -> Iterator[tuple[int, tuple[int, str]]]:
    for child in block.children:
        if child.kind != "heading":
            continue
        first = child.children[0] if child.children else None
        if first is not None and first.kind == "paragraph" and first.inline.text[:2].isupper():
            code = _LINE.match(first.inline.text)
            if code is not None:
                yield child.number, (first.number, code[1])
        yield from _lines_below(child)


def has_codes(root: Block) -> bool:
    """Whether a document names its courses by codes."""
    return len(set(_codes(root))) >= MIN_CODES


def without_code(name: Name) -> Name:
    """The name with its code as an alias."""
    behind = _BEHIND.fullmatch(name.title)
    if behind is not None:
        name = name._replace(title=behind[1], aliases=(behind[2], *name.aliases))
    found = _CODE.match(name.title)
    if found is None:
        return name
    return name._replace(title=name.title[found.end() :], aliases=(found[1], *name.aliases))


def heads_courses(heading: Block, entries: Sequence[Block]) -> bool:
    """Whether courses with codes stand below a heading without one: it names their department."""
    coded = sum(begins_with_code(each.inline.text) for each in entries)
    return coded > 1 and coded * 2 > len(entries) and not begins_with_code(heading.inline.text)


def begins_with_code(text: str) -> bool:
    """Whether the text of a heading or bullet begins with a code."""
    return _CODE.match(text) is not None


def is_code(title: str) -> bool:
    """Whether a title is nothing but a code."""
    return _WHOLE.fullmatch(title) is not None


def may_be_code(title: str) -> bool:
    """Whether a title may begin with a code, told cheaply."""
    begins = (title[:2].isupper() or "." in title[1:3]) and any(map(str.isdigit, title[2:7]))
    return begins or (title[-1:] == ")" and title[-2:-1].isalnum())


def _codes(block: Block) -> Iterator[str]:
    for child in block.children:
        if child.kind in {"heading", "item"}:
            text = child.inline.text
            if found := _CODE.match(text):
                yield found[1]
            elif "(" in text[:100] and (found := _BEHIND.match(text)):
                yield found[2]
        yield from _codes(child)
