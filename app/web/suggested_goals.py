"""Goals to offer to somebody who has none: the far ends of the graph, as different from each other as possible."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.world import World
from graph.model import kind_of
from graph.planner import DEFAULT_EFFORT_HOURS

OFFERED = 4
COMPARED = 200
"""How many ends are looked at, those with most requirements of their own first: walking below all of a very large graph
takes seconds."""
CANDIDATES = 40
"""How many ends with the longest way are compared with each other."""


def suggested_topics(world: World, limit: int = OFFERED) -> tuple[str, ...]:
    """Topics that nothing else needs and that need most hours; each next one for what it adds to those before it."""
    taken = {target for goal in world.learner.goals for target in goal.targets} | world.situation.met
    ends = [topic for topic in world.graph.topics if topic not in taken and _is_end(world, topic)]
    ends = sorted(ends, key=lambda topic: (-len(world.needs[topic]), topic))[:COMPARED]
    below = {topic: _below(world, topic) - world.situation.met for topic in ends}
    ends.sort(key=lambda topic: (-_hours(world, below[topic]), topic))
    chosen: list[str] = []
    covered: set[str] = set()
    candidates = ends[:CANDIDATES]
    while candidates and len(chosen) < limit:
        # All hours and the new ones: far goals first, but no second goal that is nearly the first.
        best = max(candidates, key=lambda each: _hours(world, below[each]) + _hours(world, below[each] - covered))
        candidates.remove(best)
        chosen.append(best)
        covered |= below[best]
    return tuple(chosen)


def suggested_roadmaps(world: World) -> tuple[str, ...]:
    """Roadmaps that are no goal yet, by title."""
    taken = {target for goal in world.learner.goals for target in goal.targets}
    return tuple(sorted((key for key in world.graph.roadmaps if key not in taken), key=world.title))


def _is_end(world: World, topic: str) -> bool:
    if world.graph.topics[topic].state != "active" or topic not in world.needs:
        return False
    return all(kind_of(each.topic) != "topic" for each in world.needed_by.get(topic, ()))


def _below(world: World, topic: str) -> set[str]:
    """The topic and all that it rests on; circles in the documents end where they began."""
    found, waiting = {topic}, [topic]
    while waiting:
        for each in world.needs.get(waiting.pop(), ()):
            if kind_of(each.requires) == "topic" and each.requires not in found:
                found.add(each.requires)
                waiting.append(each.requires)
    return found


def _hours(world: World, topics: Iterable[str]) -> float:
    given = (world.graph.topics[topic].effort_hours for topic in topics if topic in world.graph.topics)
    return sum(DEFAULT_EFFORT_HOURS if hours is None else hours for hours in given)
