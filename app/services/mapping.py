"""What the map shows: which topics, how they are joined, what is dimmed. No colours, no positions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from app.services.world import World
from app.views import MapEdge, MapNode, MapView
from graph.model import kind_of

Mode = Literal["path", "around", "everything"]
MAX_TOPICS = 600
"""More cards than this are no picture any more: the rest is counted and said."""


def map_view(world: World, mode: Mode, selected: str | None = None) -> MapView:
    """The map in one of its three views.

    path: the way to the goals with what it rests on. around: two steps around the selected topic. everything: all
    topics, those off the path dimmed when there is a goal.
    """
    wanted = _wanted(world, mode, selected)
    shown = wanted[:MAX_TOPICS]
    on_path = frozenset(world.shown_steps)
    targets = {target for goal in world.learner.goals for target in goal.targets}
    dimming = mode == "everything" and bool(world.learner.goals)
    nodes = tuple(_node(world, topic, dim=dimming and topic not in world.situation.total) for topic in shown)
    start = next((entry.topic for entry in world.plan.entries if entry.topic in set(shown)), None)
    return MapView(
        nodes=nodes,
        edges=_edges(world, frozenset(shown), on_path | targets),
        start=selected if mode == "around" and selected else start,
        hidden=len(wanted) - len(shown),
    )


def _wanted(world: World, mode: Mode, selected: str | None) -> list[str]:
    graph = world.graph
    if mode == "path":
        steps = [entry.topic for entry in world.plan.entries]
        goals = [target for goal in world.learner.goals for target in goal.targets]
        base = dict.fromkeys([*steps, *goals])
        return [topic for topic in (*base, *_below(world, base)) if topic in graph.topics and _is_shown(world, topic)]
    if mode == "around":
        centre = selected if selected in graph.topics else next(iter(world.steps), None)
        return _around(world, centre) if centre else []
    return [topic for topic in _by_importance(world) if _is_shown(world, topic)]


def _is_shown(world: World, topic: str) -> bool:
    """Headings over their parts are no cards of their own, and topics that left the documents only with a state."""
    return world.graph.topics[topic].state != "retired" or topic in world.learner.marks


def _below(world: World, topics: Iterable[str]) -> list[str]:
    """What these rest on directly: met requirements, so that the path is seen to begin somewhere."""
    present = set(topics)
    found = (each.requires for topic in present for each in world.needs.get(topic, ()))
    return sorted({topic for topic in found if topic not in present and kind_of(topic) == "topic"})


def _around(world: World, centre: str) -> list[str]:
    near = dict.fromkeys([centre, *_neighbours(world, centre)])
    second = dict.fromkeys(other for topic in near for other in _neighbours(world, topic))
    return [topic for topic in dict.fromkeys([*near, *second]) if topic in world.graph.topics]


def _neighbours(world: World, topic: str) -> list[str]:
    below = [each.requires for each in world.needs.get(topic, ())]
    above = [each.topic for each in world.needed_by.get(topic, ())]
    return sorted(each for each in (*below, *above) if kind_of(each) == "topic")


def _by_importance(world: World) -> list[str]:
    """The path first, then what most others need: what stays when the view is capped."""
    steps = world.steps
    last = len(steps) + 1
    return sorted(
        world.graph.topics,
        key=lambda topic: (steps.get(topic, last), -len(world.needed_by.get(topic, ())), topic),
    )


def _node(world: World, topic_id: str, *, dim: bool) -> MapNode:
    topic = world.graph.topics[topic_id]
    hours = f"{topic.effort_hours:g} h" if topic.effort_hours is not None else ""
    where = next(iter(world.phases_of(topic_id) or world.roadmaps_of(topic_id)), "")
    needs = [world.title(each.requires) for each in world.needs.get(topic_id, ()) if kind_of(each.requires) == "topic"]
    tooltip = [topic.title, " · ".join(part for part in (hours, where) if part)]
    tooltip += [f"Needs: {', '.join(needs)}"] if needs else []
    return MapNode(
        id=topic_id,
        title=topic.title,
        sub=" · ".join(part for part in (hours, where) if part),
        tooltip="\n".join(line for line in tooltip if line),
        state=world.shown_as[topic_id],
        step=world.shown_steps.get(topic_id),
        dim=dim,
    )


def _edges(world: World, shown: frozenset[str], on_path: frozenset[str]) -> tuple[MapEdge, ...]:
    graph = world.graph
    found: dict[tuple[str, str], MapEdge] = {}
    options = [(choice.topic, option) for choice in graph.choices.values() for option in choice.options]
    kinds = (
        ("requires", [(each.topic, each.requires) for each in graph.requires]),
        ("choice", options),
        ("recommends", [(each.topic, each.requires) for each in graph.recommends]),
        ("proposed", [(each.topic, each.requires) for each in graph.proposed]),
    )
    for kind, pairs in kinds:
        for topic, requires in pairs:
            if topic in shown and requires in shown and (requires, topic) not in found:
                walked = kind != "proposed" and requires in on_path and topic in on_path
                found[requires, topic] = MapEdge(
                    source=requires, target=topic, kind=kind, on_path=walked and kind != "recommends"
                )
    return tuple(found.values())
