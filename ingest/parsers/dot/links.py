"""The edges of a drawing as requirements: direction, strength, alternatives, crossings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.model import Strength
from ingest.parsers.dot.model import Edge
from ingest.parsers.dot.places import Places
from ingest.parsers.dot.topics import Sorted
from ingest.parsers.dot.words import EdgeWords, edge_words
from ingest.parsers.outline.draft import Draft
from ingest.parsers.wording.known import End
from ingest.reading import ReadRequirement

UNSTATED_CONFIDENCE = 0.9
"""Of an arrow whose direction neither the drawing nor its label explains."""
MAX_HOPS = 8
"""Crossings in a row that are followed."""
MAX_THROUGH = 200
"""Edges through one crossing."""
MAX_STEPS = 400_000
"""Edges that are followed through crossings, in the whole drawing."""
MAX_QUOTE = 400
_JUNCTIONS = frozenset({"crossing", "choice", "decision"})


@dataclass(frozen=True, slots=True)
class _Need:
    """One edge as `dependent` needs `wanted`; keys of nodes, fields or clusters."""

    dependent: str
    wanted: str
    start: int
    end: int
    rule: str
    strength: Strength
    confidence: float
    choice: int = 0
    group: str = ""
    """Needs of one dependent with the same group are alternatives."""
    reason: str = ""


def requirements(found: Sorted, places: Places, draft: Draft) -> tuple[ReadRequirement, ...]:
    """All requirements that the edges state; what they do not state becomes problems of the draft."""
    needs = [need for at, edge in enumerate(found.drawing.edges) for need in _needs(at, edge, found, places)]
    _say_undirected(found, draft)
    straight = list(_through(needs, found))
    grouped = _alternatives(_softened(_siblings(straight, needs, found), found))
    made: dict[tuple[object, ...], ReadRequirement] = {}
    numbers: dict[tuple[str, str], int] = {}
    for need in grouped:
        dependent, wanted = places.ends.get(need.dependent), places.ends.get(need.wanted)
        if dependent is None or wanted is None:
            continue
        line = found.drawing.line(need.start)
        if dependent == wanted:
            draft.problem("self-requirement", f"“{dependent.title}” requires itself", line)
            continue
        choice = numbers.setdefault((need.dependent, need.group), len(numbers) + 1) if need.group else 0
        key = (dependent[:2], wanted[:2], line, choice)
        made.setdefault(key, _requirement(need, dependent, wanted, choice, found))
    return tuple(made.values())


def _needs(at: int, edge: Edge, found: Sorted, places: Places) -> Iterator[_Need]:
    words = edge_words(edge.label)
    if at in places.holding or words.relation != "requires" or _headless(edge, found):
        return
    tail = _key(edge.tail, edge.ports[0], places)
    head = _key(edge.head, edge.ports[1], places)
    if edge.heads == "back":
        tail, head = head, tail
    direction = words.direction or found.direction or "to-dependent"
    if words.direction == "to-prerequisite" and _names(edge.label, tail, found):
        # "A -> B: builds on A" says what B needs.
        direction = "to-dependent"
    dependent, wanted = (head, tail) if direction == "to-dependent" else (tail, head)
    stated = words.direction or found.remarks.direction
    yield _Need(
        dependent,
        wanted,
        edge.start,
        edge.end,
        f"{found.drawing.language}-{found.drawing.sign}-{direction}",
        _strength(edge, words, found),
        1.0 if stated else UNSTATED_CONFIDENCE,
        words.choice,
        f"label {words.choice}" if words.choice else "",
        words.reason,
    )


def _headless(edge: Edge, found: Sorted) -> bool:
    """Whether an edge has no direction: one that is drawn without a head goes on behind a junction."""
    if not edge.blunt or found.remarks.direction is not None:
        return edge.heads == "none"
    ends = (found.reads.get(edge.tail), found.reads.get(edge.head))
    return not any(read is not None and read.role in _JUNCTIONS for read in ends)


def _names(label: str, key: str, found: Sorted) -> bool:
    """Whether the label of an edge ends in the title of a node."""
    read = found.reads.get(key)
    return read is not None and f" {label.casefold()}".endswith(f" {read.name.title.casefold()}")


def _strength(edge: Edge, words: EdgeWords, found: Sorted) -> Strength:
    said = words.strength or found.edge_colours.get(edge.colour)
    if said is not None:
        return said
    if edge.heads == "both":
        return "together"
    if edge.dashed and words.choice:
        # "one of" explains the line: each is optional, one of them is needed.
        return "hard"
    if edge.dashed:
        return "together" if found.remarks.dashed_together else "soft"
    return "hard"


def _key(key: str, port: str, places: Places) -> str:
    whole = f"{key}\0{port}"
    return whole if port and whole in places.ends else key


def _say_undirected(found: Sorted, draft: Draft) -> None:
    plain = [edge for edge in found.drawing.edges if _headless(edge, found)]
    if plain:
        message = f"no requirement is read from edges without direction: {len(plain)}"
        found.drawing.problem("no-direction", message, plain[0].start, "draw arrows")
        draft.problems.append(found.drawing.problems.pop())


def _through(needs: list[_Need], found: Sorted) -> Iterator[_Need]:
    """The needs with each crossing replaced by what stands in front of it."""
    crossings = {key for key, read in found.reads.items() if read.role in _JUNCTIONS}
    if not crossings:
        yield from needs
        return
    before: defaultdict[str, list[_Need]] = defaultdict(list)
    for need in needs:
        if need.dependent in crossings:
            before[need.dependent].append(need)
    ways = _Ways(found, {key: each[:MAX_THROUGH] for key, each in before.items()}, crossings)
    for need in needs:
        if need.dependent not in crossings:
            yield from _follow(need, ways, MAX_HOPS, set())


@dataclass(slots=True)
class _Ways:
    """What stands in front of each crossing, and how much of it was followed."""

    found: Sorted
    before: dict[str, list[_Need]]
    crossings: set[str]
    steps: int = 0


def _follow(need: _Need, ways: _Ways, hops: int, passed: set[str]) -> Iterator[_Need]:
    if need.wanted not in ways.crossings:
        yield need
        return
    # Each crossing once for each need: the ways through a web of them multiply with every layer.
    if not hops or need.wanted in passed:
        return
    passed.add(need.wanted)
    read = ways.found.reads[need.wanted]
    for first in ways.before.get(need.wanted, []):
        ways.steps += 1
        if ways.steps > MAX_STEPS:
            message = f"more than {MAX_STEPS} edges through crossings; the rest is not read"
            ways.found.drawing.problem("too-many-edges", message, 0)
            return
        start, end = min(need.start, first.start), max(need.end, first.end)
        if end - start > MAX_QUOTE:
            start, end = first.start, first.end
        chosen = read.choice
        joined = replace(
            first,
            dependent=need.dependent,
            start=start,
            end=end,
            strength=need.strength if first.strength == "hard" else first.strength,
            choice=chosen or first.choice or need.choice,
            group=f"node {need.wanted}" if chosen else first.group or need.group,
            reason=need.reason or first.reason,
        )
        yield from _follow(joined, ways, hops - 1, passed)


def _softened(needs: list[_Need], found: Sorted) -> list[_Need]:
    """What nobody must learn is no condition, but for what nobody must learn either, or as one of several."""
    optional = {key for key, read in found.reads.items() if read.optional}
    if not optional:
        return needs
    return [
        replace(need, strength="soft")
        if need.strength == "hard" and not need.group and need.wanted in optional and need.dependent not in optional
        else need
        for need in needs
    ]


def _siblings(straight: list[_Need], needs: list[_Need], found: Sorted) -> list[_Need]:
    """What follows the same decision is an alternative for whatever follows several of them."""
    branches: defaultdict[str, set[str]] = defaultdict(set)
    for need in needs:
        read = found.reads.get(need.wanted)
        if read is not None and read.role == "decision":
            branches[need.wanted].add(need.dependent)
    of_branch = {key: decision for decision, keys in branches.items() if len(keys) > 1 for key in keys}
    if not of_branch:
        return straight
    return [
        replace(need, choice=1, group=f"decision {of_branch[need.wanted]}")
        if need.wanted in of_branch and not need.group and of_branch.get(need.dependent) != of_branch[need.wanted]
        else need
        for need in straight
    ]


def _alternatives(needs: Iterable[_Need]) -> list[_Need]:
    """Groups of one are no choice; a lone "or" joins what else the same node needs."""
    listed = list(needs)
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    plain: defaultdict[str, int] = defaultdict(int)
    for need in listed:
        members[need.dependent, need.group].add(need.wanted)
        plain[need.dependent] += need.strength == "hard" and not need.group
    lone = {
        dependent: group
        for (dependent, group), wanted in members.items()
        if group.startswith("label") and len(wanted) == 1 and plain[dependent]
    }
    made: list[_Need] = []
    for need in listed:
        group = need.group
        if not group and need.strength == "hard" and need.dependent in lone:
            made.append(replace(need, choice=1, group=lone[need.dependent]))
        elif group and len(members[need.dependent, group]) <= max(1, need.choice) and need.dependent not in lone:
            made.append(replace(need, choice=0, group=""))
        else:
            made.append(need)
    return made


def _requirement(need: _Need, dependent: End, wanted: End, choice: int, found: Sorted) -> ReadRequirement:
    drawing = found.drawing
    # A chain of thousands on one line is thousands of edges: each with all of it would be the square of the document.
    quote = drawing.source[need.start : min(need.end, need.start + MAX_QUOTE)].rstrip()
    return ReadRequirement(
        topic=dependent.title,
        topic_kind="topic" if dependent.kind == "external" else dependent.kind,
        topic_id=dependent.id or "",
        requires=wanted.title,
        requires_kind=wanted.kind,
        requires_id=wanted.id,
        strength=need.strength,
        confidence=need.confidence,
        rule=need.rule,
        line_start=drawing.line(need.start),
        line_end=drawing.line(need.start + max(0, len(quote) - 1)),
        quote=quote,
        reason=need.reason,
        choice=f"choice-{choice}" if choice else None,
        choice_min=need.choice if choice else 1,
    )
