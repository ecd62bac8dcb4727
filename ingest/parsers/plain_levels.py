"""How deep headings stood that lost their markup: by what they are called, how they are counted, what repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.fields import heading_field
from ingest.parsers.plain_page import Line
from ingest.parsers.plain_picks import stage_of
from ingest.parsers.titles import clean, is_furniture

TITLE, TOP = 1, 2
MIN_REPEATED = 3
_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.):]|\s?[-\u2013\u2014\u00b7|]|(?<=\.\d)|(?<=\.\d\d))\s")


LABELLED = re.compile(r"^([^\W\d_]{3,14})\s(\d{1,2})\s?[:\u2013\u2014-]\s")


class Heading(NamedTuple):
    """A line that was a heading."""

    at: int
    line: Line


def is_counted(text: str) -> bool:
    """Whether a number stands in front of a title."""
    return _NUMBER.match(text) is not None


def levels_of(heads: Sequence[Heading]) -> dict[int, int]:
    """Place of each heading -> its level."""
    kinds = _kinds(heads)
    often = {key: count > 1 for key, count in Counter(map(_key, heads)).items()}
    signs = _signs_above(kinds, heads)
    order = list(dict.fromkeys(kind for kind in kinds if _is_skeleton(kind)))
    containers = _containers(kinds, heads)
    depth = {kind: TOP + place for place, kind in enumerate(order)}
    first = next((at for at, kind in enumerate(kinds) if _is_skeleton(kind)), len(kinds))
    last = next((at for at in range(len(kinds) - 1, -1, -1) if _is_skeleton(kinds[at])), -1)
    # Where only counted headings stand between the first and the last of them, others are outside.
    closed = "plain" not in kinds[first:last]
    shift = 1 if order and (containers or signs) else 0
    levels: dict[int, int] = {}
    outer = level = TOP
    tail = 0
    for at, (kind, head) in enumerate(zip(kinds, heads, strict=True)):
        if kind == "title":
            levels[head.at] = TITLE
            continue
        if _is_skeleton(kind):
            level = outer = depth[kind] + shift
            tail = 0
        elif at in containers:
            level = outer = TOP
            tail = 0
        elif kind == "field":
            outside = at < first or at > last
            levels[head.at] = TOP if outside and not often[_key(head)] else outer + 1
            continue
        elif kind == "caption":
            levels[head.at] = outer + 1
            continue
        elif at > first and signs and _has_sign(head):
            # As those that stand above all: "🧭 Modules" and, behind the last of them, "📞 Contact".
            level = outer = tail = TOP
        elif kind == "furniture":
            level = TOP if at > last or at < first else level if not order else _inner(depth, shift)
            tail = level if at > last and order else 0
            outer = level
        elif tail:
            level = tail + 1
        elif closed and order and at > last > first:
            level = outer = TOP
        elif not order or at < first:
            level = outer = TOP
        else:
            level = outer = _inner(depth, shift)
        levels[head.at] = level
    return levels


def _key(head: Heading) -> str:
    return head.line.text.rstrip(":").casefold()


def _has_sign(head: Heading) -> bool:
    """Whether an emoji stands in front."""
    return not head.line.raw.lstrip()[:1].isascii() and not head.line.raw.lstrip()[:1].isalnum()


def _signs_above(kinds: Sequence[object], heads: Sequence[Heading]) -> bool:
    """Whether the headings of the outermost level have an emoji, and those that are counted have none."""
    first = next((at for at, kind in enumerate(kinds) if _is_skeleton(kind)), 0)
    above = [head for at, head in enumerate(heads[:first]) if kinds[at] != "title"]
    counted = [head for at, head in enumerate(heads) if _is_skeleton(kinds[at])]
    return bool(above) and _has_sign(above[-1]) and not any(map(_has_sign, counted))


def _inner(depth: dict[tuple[str, str], int], shift: int) -> int:
    return max(depth.values()) + shift + 1


def _is_skeleton(kind: object) -> bool:
    return isinstance(kind, tuple)


def _kinds(heads: Sequence[Heading]) -> list[object]:
    counts = Counter(map(_key, heads))
    found: list[object] = []
    inside = False
    for at, head in enumerate(heads):
        text = head.line.text
        stage = stage_of(head.line)
        often = counts[_key(head)]
        name = clean(text)
        number = _NUMBER.match(text)
        if number is not None:
            value = number[1].split(".")
            begins = len(value) == 1 and int(value[0]) == 1
            if begins:
                inside = found[-1:] == ["furniture"] and heads[at - 1].at == head.at - 1
            if inside and len(value) == 1:
                found.append("caption")
                continue
            found.append(("number", str(len(value))))
        elif heading_field(text.rstrip(":")) is not None:
            found.append("field")
        elif stage is not None and stage.stage is not None:
            found.append(("stage", stage.stage.kind))
        elif " " in name.number:
            found.append(("word", name.number.partition(" ")[0]))
        elif (labelled := LABELLED.match(text)) is not None:
            found.append(("word", labelled[1].casefold()))
        elif at == 0 or (at == 1 and _key(head) == _key(heads[0])):
            found.append("title")
        elif often >= MIN_REPEATED or (often > 1 and is_furniture(name.title)):
            found.append("caption")
        else:
            found.append("furniture" if is_furniture(name.title) else "plain")
    single = Counter(kind for kind in found if _is_skeleton(kind))
    return ["plain" if _is_skeleton(kind) and single[kind] == 1 else kind for kind in found]


def _containers(kinds: Sequence[object], heads: Sequence[Heading]) -> frozenset[int]:
    """The bare headings below which a count begins anew; none when there is one count."""
    ones = [at for at, head in enumerate(heads) if kinds[at] == ("number", "1") and _first(head.line.text)]
    found = frozenset(at - 1 for at in ones if at and kinds[at - 1] == "plain")
    return found if len(found) > 1 and len(found) * 2 > len(ones) else frozenset()


def _first(text: str) -> bool:
    number = _NUMBER.match(text)
    return number is not None and number[1] in {"1", "01"}
