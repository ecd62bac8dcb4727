"""Layered random graphs that look like a catalogue of prerequisites."""

from __future__ import annotations

import random

from graph.model import Graph, Placed, Requirement, Roadmap, Topic


def layered(topics: int, requirements: int, seed: int = 7) -> Graph:
    """A graph without cycles: topics in layers, each requirement from a later layer to a nearby earlier one."""
    random_ = random.Random(seed)
    layers = max(5, min(28, round(2.2 * topics**0.33)))
    layer_of = sorted(random_.randrange(layers) for _ in range(topics))
    names = [f"topic-{number:06}" for number in range(topics)]
    random_.shuffle(names)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < requirements:
        a = random_.randrange(topics // layers, topics)
        b = random_.randrange(max(0, a - 3 * topics // layers), a)
        if layer_of[b] < layer_of[a]:
            pairs.add((a, b))
    roadmap = "roadmap:bench"
    made = {name: Topic(id=name, title=name.replace("-", " "), effort_hours=float(1 + len(name) % 7)) for name in names}
    return Graph(
        topics=dict(sorted(made.items())),
        roadmaps={roadmap: Roadmap(id=roadmap, title="Bench", family="markdown")},
        requires=tuple(sorted(Requirement(names[a], names[b]) for a, b in pairs)),
        covers=tuple(Placed(name, roadmap, position) for position, name in enumerate(names, start=1)),
    )
