"""Which topics a view of the map shows, and what joins two topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from app.services.world import World
from graph.model import kind_of

Mode = Literal["path", "around", "everything"]
NEAR = frozenset({"requires", "choice", "part"})
"""Kinds of lines along which topics are near each other."""

Pairs = Iterable[tuple[str, str]]


def joined(world: World) -> Iterator[tuple[str, Pairs]]:
    """Kind of line -> (topic, what is drawn before it), strongest first.

    A part is drawn below what it is a part of, as documents list it.
    """
    graph = world.graph
    yield "requires", ((each.topic, each.requires) for each in graph.requires)
    yield "choice", ((choice.topic, option) for choice in graph.choices.values() for option in choice.options)
    yield "recommends", ((each.topic, each.requires) for each in graph.recommends)
    yield "proposed", ((each.topic, each.requires) for each in graph.proposed)
    yield "part", ((part.inner, part.outer) for part in (*graph.parts, *graph.loose_parts))


def topics_shown(world: World, mode: Mode, selected: str | None) -> list[str]:
    """The topics of a view, the ones to keep first when it is capped."""
    graph = world.graph
    if mode == "path":
        steps = [entry.topic for entry in world.plan.entries]
        goals = [target for goal in world.learner.goals for target in goal.targets]
        base = dict.fromkeys([*steps, *goals])
        shown = dict.fromkeys([*base, *_headings(world, base), *_below(world, base)])
        return [topic for topic in shown if topic in graph.topics and _is_shown(world, topic)]
    if mode == "around":
        centre = selected if selected in graph.topics else next(iter(world.steps), None)
        return _around(world, centre) if centre else []
    return [topic for topic in _by_importance(world) if _is_shown(world, topic)]


def _is_shown(world: World, topic: str) -> bool:
    """Topics that left the documents are shown only when somebody has a state on them."""
    return world.graph.topics[topic].state != "retired" or topic in world.learner.marks


def _below(world: World, topics: Iterable[str]) -> list[str]:
    """What these rest on directly: met requirements, so that the path is seen to begin somewhere."""
    present = set(topics)
    found = (each.requires for topic in present for each in world.needs.get(topic, ()))
    return sorted({topic for topic in found if topic not in present and kind_of(topic) == "topic"})


def _headings(world: World, topics: Iterable[str]) -> list[str]:
    """What the path's topics are parts of, up to the goal: a heading is no step, but shows what belongs together."""
    wholes: dict[str, list[str]] = defaultdict(list)
    for part in world.graph.parts:
        wholes[part.inner].append(part.outer)
    found: dict[str, None] = {}
    waiting = list(topics)
    while waiting:
        for whole in wholes.get(waiting.pop(), ()):
            if whole in world.plan.headings and whole not in found:
                found[whole] = None
                waiting.append(whole)
    return sorted(found)


def _around(world: World, centre: str) -> list[str]:
    """Two steps along requirements, choices and parts."""
    beside: dict[str, set[str]] = defaultdict(set)
    for kind, pairs in joined(world):
        for one, other in pairs if kind in NEAR else ():
            beside[one].add(other)
            beside[other].add(one)
    near = dict.fromkeys([centre, *sorted(beside[centre])])
    second = dict.fromkeys(other for topic in near for other in sorted(beside[topic]))
    return [topic for topic in dict.fromkeys([*near, *second]) if topic in world.graph.topics]


def _by_importance(world: World) -> list[str]:
    """The path first, then what most others need: what stays when the view is capped."""
    steps = world.steps
    last = len(steps) + 1
    return sorted(
        world.graph.topics,
        key=lambda topic: (steps.get(topic, last), -len(world.needed_by.get(topic, ())), topic),
    )
