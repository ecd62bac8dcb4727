"""Titles that were changed in a document: found by what stayed around them, so that ids and ticks stay too.

Two readings of one document are compared. Each kind of evidence is a named function; it speaks only where it points to
one topic on both sides. Much evidence makes a new title an old topic, a little makes a proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.titles import is_generic, never_same, normal_form
from ingest.proposals import resemble, same_numbers
from ingest.reading import Reading, ReadTopic

SURE = 0.7
"""Weight of the evidence from which on a title counts as renamed."""
PERHAPS = 0.4
"""Weight from which on it is proposed."""
ROUNDS = 3
"""How often neighbours that were themselves renamed are taken up as evidence."""
RESEMBLES = 0.3
SHARED_WORD = 0.1


class Renamed(NamedTuple):
    """A topic of a document that has another title now."""

    before: ReadTopic
    now: ReadTopic
    reasons: tuple[str, ...]
    score: float
    """0 to 1."""

    @property
    def sure(self) -> bool:
        """Whether it keeps its id without being asked."""
        return self.score >= SURE


@dataclass(slots=True)
class _Side:
    """One of the two readings, with its places told in the words of the newer one."""

    reading: Reading
    same: dict[str, str] = field(default_factory=dict)
    """Id here -> id in the newer reading, for topics and sections that are known to be the same."""
    around: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id -> ids of the one before and the one behind; empty at the ends."""
    needs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    needed_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def names(self, ids: set[str]) -> frozenset[str] | None:
        """Ids in the words of the newer reading; None when one has no counterpart, or there are none."""
        told = frozenset(self.same.get(each, "") for each in ids)
        return told if told and "" not in told else None


def renames(before: Reading, now: Reading) -> tuple[Renamed, ...]:
    """The topics of the older reading that stand under another title in the newer one, sure ones and others."""
    old, new = _side(before), _side(now)
    new.same |= {topic.id: topic.id for topic in now.topics} | _externals(now)
    old.same |= _matched(before, now) | _externals(before)
    found: dict[str, Renamed] = {}
    for _ in range(ROUNDS):
        gone = [topic for topic in before.topics if topic.kind == "topic" and topic.id not in old.same]
        taken = set(old.same.values())
        come = [topic for topic in now.topics if topic.kind == "topic" and topic.id not in taken]
        fresh = _pairs(old, new, gone, come)
        found |= {each.before.id: each for each in fresh}
        sure = {each.before.id: each.now.id for each in fresh if each.sure}
        if not sure:
            break
        old.same |= sure
    return (*found.values(), *_with_their_parents(old, before, now))


def _matched(before: Reading, now: Reading) -> dict[str, str]:
    """Topics and sections with the same title, the first with the first, the second with the second."""
    keys = {key: topic.id for key, topic in _keyed(now)}
    return {topic.id: keys[key] for key, topic in _keyed(before) if key in keys}


def _keyed(reading: Reading) -> Iterator[tuple[tuple[str, str, int], ReadTopic]]:
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for topic in reading.topics:
        key = topic.kind, normal_form(topic.title)
        seen[key] += 1
        yield (*key, seen[key]), topic


def _externals(reading: Reading) -> dict[str, str]:
    texts = (each.requires for each in reading.requirements if each.requires_id is None)
    return {f"?{text}": f"?{normal_form(text)}" for text in texts}


def _side(reading: Reading) -> _Side:
    side = _Side(reading)
    levels: dict[str, list[str]] = defaultdict(list)
    for topic in reading.topics:
        levels[topic.part_of or f"#{topic.phase}"].append(topic.id)
        side.parts[topic.part_of or ""].add(topic.id)
    for siblings in levels.values():
        for left, here, right in zip(["", *siblings], siblings, [*siblings[1:], ""], strict=False):
            side.around[here] = left, right
    for each in reading.requirements:
        side.needs[each.topic_id].add(each.requires_id or f"?{each.requires}")
        if each.requires_id:
            side.needed_by[each.requires_id].add(each.topic_id)
    return side


def _home(side: _Side, topic: ReadTopic) -> tuple[str | None, str | None]:
    return side.same.get(topic.part_of) if topic.part_of else "", topic.phase


def _previous(side: _Side, topic: ReadTopic) -> Hashable:
    left = side.around[topic.id][0]
    beside = side.same.get(left) if left else ""
    return None if beside is None else (_home(side, topic), beside)


def _next(side: _Side, topic: ReadTopic) -> Hashable:
    right = side.around[topic.id][1]
    beside = side.same.get(right) if right else ""
    return None if beside is None else (_home(side, topic), beside)


EVIDENCE: Sequence[tuple[str, float, Callable[[_Side, ReadTopic], Hashable]]] = (
    ("stands behind the same topic", 0.2, _previous),
    ("stands before the same topic", 0.2, _next),
    ("requires the same", 0.2, lambda side, topic: side.names(side.needs[topic.id])),
    ("is required by the same", 0.2, lambda side, topic: side.names(side.needed_by[topic.id])),
    ("has the same parts", 0.3, lambda side, topic: side.names(side.parts[topic.id])),
    ("has the same description", 0.4, lambda _, topic: topic.description or None),
)
"""(what is said, weight, where it points to)."""


def _pairs(old: _Side, new: _Side, gone: Sequence[ReadTopic], come: Sequence[ReadTopic]) -> list[Renamed]:
    """The best partner of each, where two want the same the heavier evidence."""
    votes: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for reason, weight, place in EVIDENCE:
        left, right = _only(old, gone, place), _only(new, come, place)
        for where, topic in left.items():
            if where in right:
                votes[topic.id, right[where].id].append((reason, weight))
    by_old, by_new = {topic.id: topic for topic in gone}, {topic.id: topic for topic in come}
    found = [_weighed(by_old[a], by_new[b], said) for (a, b), said in votes.items()]
    found.sort(key=lambda each: (-each.score, each.before.position, each.now.position))
    used: set[tuple[str, str]] = set()
    best = []
    for each in found:
        ends = {("old", each.before.id), ("new", each.now.id)}
        if each.score >= PERHAPS and not ends & used:
            used |= ends
            best.append(each)
    return best


def _only(
    side: _Side, topics: Sequence[ReadTopic], place: Callable[[_Side, ReadTopic], Hashable]
) -> Mapping[Hashable, ReadTopic]:
    """Where evidence points to, as far as it points to one topic."""
    found: dict[Hashable, list[ReadTopic]] = defaultdict(list)
    for topic in topics:
        where = place(side, topic)
        if where is not None:
            found[where].append(topic)
    return {where: each[0] for where, each in found.items() if len(each) == 1}


def _weighed(before: ReadTopic, now: ReadTopic, said: Sequence[tuple[str, float]]) -> Renamed:
    reasons, score = [reason for reason, _ in said], sum(weight for _, weight in said)
    if never_same(before.title, now.title) or not same_numbers(before.title, now.title):
        return Renamed(before, now, tuple(reasons), 0.0)
    if resemble(before.title, now.title):
        reasons, score = [*reasons, "has a title that is alike"], score + RESEMBLES
    elif set(normal_form(before.title).split()) & set(normal_form(now.title).split()):
        reasons, score = [*reasons, "shares a word of the title"], score + SHARED_WORD
    return Renamed(before, now, tuple(reasons), round(min(score, 1.0), 2))


def _with_their_parents(old: _Side, before: Reading, now: Reading) -> Iterator[Renamed]:
    """Generic titles are named by what they stand in: when that was renamed, they were too."""
    was, is_ = {topic.id: topic for topic in before.topics}, {topic.id: topic for topic in now.topics}
    for topic in before.topics:
        twin = is_.get(old.same.get(topic.id, ""))
        if topic.kind != "topic" or twin is None or not is_generic(topic.title) or not topic.part_of:
            continue
        above, beside = was[topic.part_of], is_.get(twin.part_of or "")
        if beside is not None and old.same.get(above.id) == beside.id and above.title != beside.title:
            yield Renamed(topic, twin, ("stands in what was renamed",), 1.0)
