"""How deep headings stood that lost their markup: by what they are called, how they are counted, what repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ingest.parsers.plain_text.page import Line
from ingest.parsers.plain_text.picks import stage_of
from ingest.parsers.wording.fields import heading_field
from ingest.parsers.wording.titles import clean, is_furniture

TITLE, TOP = 1, 2
MIN_REPEATED = 3
LABELLED = re.compile(r"^([^\W\d_]{3,14})\s(\d{1,2})\s?[:\u2013\u2014-]\s")
_NUMBER = re.compile(
    r"^\(?(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.):]|\s?[-\u2013\u2014\u00b7|]|(?<=\.\d)|(?<=\.\d\d))"
    r"(?:\s|(?<=\d\.)(?=[A-Z][a-z]))"
)


class Heading(NamedTuple):
    """A line that was a heading."""

    at: int
    """Its place among all pieces."""
    line: Line


class _Plan(NamedTuple):
    """What is known of all headings before the first of them gets its level."""

    heads: Sequence[Heading]
    kinds: Sequence[str]
    """title, furniture, caption, field or plain; two words for those that are counted: "stage week"."""
    depth: Mapping[str, int]
    """The levels of those that are counted: what begins first holds the others."""
    containers: frozenset[int]
    first: int
    last: int
    """The first and the last that is counted."""
    signs: bool
    """An emoji marks the outermost level."""
    repeated: frozenset[str]

    @property
    def inner(self) -> int:
        """The level below all that is counted."""
        return max(self.depth.values(), default=TOP - 1) + 1

    @property
    def closed(self) -> bool:
        """Whether only counted headings stand between the first and the last of them: others are outside."""
        return len(self.depth) > 0 and self.first < self.last and "plain" not in self.kinds[self.first : self.last]


class _State(NamedTuple):
    """Where the next heading stands."""

    level: int = TOP
    outer: int = TOP
    """The level that captions and fields stand below."""
    tail: int = 0
    """The level of the furniture behind all that is counted; what follows belongs to it."""


def is_counted(text: str) -> bool:
    """Whether a number stands in front of a title."""
    return _NUMBER.match(text) is not None


def levels_of(heads: Sequence[Heading]) -> dict[int, int]:
    """Place of each heading -> its level."""
    plan = _plan(heads)
    levels: dict[int, int] = {}
    state = _State()
    for at, kind in enumerate(plan.kinds):
        place = _counted if _is_counted(kind) or at in plan.containers else _PLACES[kind]
        state = place(plan, at, state)
        levels[heads[at].at] = state.level
    return levels


def _plan(heads: Sequence[Heading]) -> _Plan:
    kinds = _kinds(heads)
    counted = [at for at, kind in enumerate(kinds) if _is_counted(kind)]
    containers = _containers(kinds, heads)
    signs = _signs_above(kinds, heads)
    top = TOP + (1 if counted and (containers or signs) else 0)
    depth = {kind: top + place for place, kind in enumerate(dict.fromkeys(kinds[at] for at in counted))}
    repeated = frozenset(key for key, count in Counter(map(_key, heads)).items() if count > 1)
    first, last = (counted[0], counted[-1]) if counted else (len(kinds), -1)
    return _Plan(heads, kinds, depth, containers, first, last, signs, repeated)


def _is_counted(kind: str) -> bool:
    return " " in kind


def _counted(plan: _Plan, at: int, _state: _State) -> _State:
    level = plan.depth.get(plan.kinds[at], TOP)
    return _State(level, level)


def _title(_plan: _Plan, _at: int, state: _State) -> _State:
    return state._replace(level=TITLE)


def _field(plan: _Plan, at: int, state: _State) -> _State:
    """The label "Prerequisites"; outside all that is counted it is the document's."""
    outside = not plan.first <= at <= plan.last and _key(plan.heads[at]) not in plan.repeated
    return state._replace(level=TOP if outside else state.outer + 1)


def _caption(_plan: _Plan, _at: int, state: _State) -> _State:
    return state._replace(level=state.outer + 1)


def _furniture(plan: _Plan, at: int, _state: _State) -> _State:
    if plan.first < at < plan.last and not (plan.signs and _has_sign(plan.heads[at])):
        level = plan.inner
        return _State(level, level)
    return _State(TOP, TOP, TOP if plan.depth and at > plan.last else 0)


def _plain(plan: _Plan, at: int, state: _State) -> _State:
    if plan.signs and at > plan.first and _has_sign(plan.heads[at]):
        # As those that stand above all: "🧭 Modules" and, behind the last of them, "📞 Contact".
        return _State(TOP, TOP, TOP)
    if state.tail:
        return state._replace(level=state.tail + 1)
    outside = at < plan.first or (plan.closed and at > plan.last)
    level = TOP if outside else plan.inner
    return _State(level, level)


_PLACES: Mapping[str, Callable[[_Plan, int, _State], _State]] = {
    "title": _title,
    "field": _field,
    "caption": _caption,
    "furniture": _furniture,
    "plain": _plain,
}


def _key(head: Heading) -> str:
    return head.line.text.rstrip(":").casefold()


def _has_sign(head: Heading) -> bool:
    """Whether an emoji stands in front."""
    first = head.line.raw.lstrip()[:1]
    return not first.isascii() and not first.isalnum()


def _signs_above(kinds: Sequence[str], heads: Sequence[Heading]) -> bool:
    """Whether the headings of the outermost level have an emoji, and those that are counted have none."""
    first = next((at for at, kind in enumerate(kinds) if _is_counted(kind)), 0)
    above = [head for at, head in enumerate(heads[:first]) if kinds[at] != "title"]
    counted = [head for at, head in enumerate(heads) if _is_counted(kinds[at])]
    return bool(above) and _has_sign(above[-1]) and not any(map(_has_sign, counted))


def _kinds(heads: Sequence[Heading]) -> list[str]:
    counts = Counter(map(_key, heads))
    found: list[str] = []
    steps = False
    for at, head in enumerate(heads):
        number = _NUMBER.match(head.line.text)
        depth = number[1].count(".") + 1 if number is not None else 0
        if number is not None and depth == 1 and int(number[1]) == 1:
            # "Quick start" and directly below it "1. Clone the repository".
            steps = found[-1:] == ["furniture"] and heads[at - 1].at == head.at - 1
        if depth:
            found.append("caption" if steps and depth == 1 else f"number {depth}")
        elif at == 0 or (at == 1 and _key(head) == _key(heads[0])):
            found.append(_counted_kind(head) or _first_kind(head))
        else:
            found.append(_counted_kind(head) or _other_kind(head, counts[_key(head)]))
    often = Counter(found)
    return ["plain" if _is_counted(kind) and often[kind] == 1 else kind for kind in found]


def _counted_kind(head: Heading) -> str:
    """What counts a heading: a stage, or a word like "Lesson"; empty when nothing does."""
    text = head.line.text
    if heading_field(text.rstrip(":")) is not None:
        return "field"
    stage = stage_of(head.line)
    if stage is not None and stage.stage is not None:
        return f"stage {stage.stage.kind}"
    word, space, _ = clean(text).number.partition(" ")
    labelled = LABELLED.match(text)
    return f"word {word}" if space else f"word {labelled[1].casefold()}" if labelled is not None else ""


def _first_kind(head: Heading) -> str:
    return "furniture" if is_furniture(clean(head.line.text).title) else "title"


def _other_kind(head: Heading, often: int) -> str:
    furniture = is_furniture(clean(head.line.text).title)
    if often >= MIN_REPEATED or (often > 1 and furniture):
        return "caption"
    return "furniture" if furniture else "plain"


def _containers(kinds: Sequence[str], heads: Sequence[Heading]) -> frozenset[int]:
    """The bare headings below which a count begins anew; none when there is one count."""
    ones = [at for at, head in enumerate(heads) if kinds[at] == "number 1" and _first(head.line.text)]
    found = frozenset(at - 1 for at in ones if at and kinds[at - 1] == "plain")
    return found if len(found) > 1 and len(found) * 2 > len(ones) else frozenset()


def _first(text: str) -> bool:
    number = _NUMBER.match(text)
    return number is not None and number[1] in {"1", "01"}
