"""What the map shows: which topics, how they are joined, what is dimmed. No colours, no positions."""

from __future__ import annotations

from app.services.neighbours import Mode, joined, topics_shown
from app.services.world import World
from app.views import MapEdge, MapNode, MapView
from graph.model import kind_of

WALKED = frozenset({"requires", "choice"})
"""Kinds of lines that a path goes along."""
MAX_TOPICS = 600
"""More cards than this are no picture any more: the rest is counted and said."""


def map_view(world: World, mode: Mode, selected: str | None = None) -> MapView:
    """The map in one of its three views.

    path: the way to the goals with what it rests on. around: two steps around the selected topic. everything: all
    topics, those off the path dimmed when there is a goal.
    """
    wanted = topics_shown(world, mode, selected)
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
    """One line between two cards: the strongest of what joins them."""
    found: dict[tuple[str, str], MapEdge] = {}
    for kind, pairs in joined(world):
        for topic, first in pairs:
            if topic in shown and first in shown and (first, topic) not in found and (topic, first) not in found:
                walked = kind in WALKED and first in on_path and topic in on_path
                found[first, topic] = MapEdge(source=first, target=topic, kind=kind, on_path=walked)
    return tuple(found.values())
