"""What stands in what: parts in topics, topics in phases and sections, sections in phases, phases in roadmaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Graph, Placed

Place = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Nesting:
    """Containment without cycles, in the authors' order."""

    inner: Mapping[str, tuple[str, ...]]
    """Topic with parts, or container -> what stands directly in it."""
    outer: Mapping[str, tuple[str, ...]]
    """Topic or container -> what it stands directly in."""
    place: Mapping[str, Place]
    """Topic -> positions from the outermost container inwards; the smallest one when it stands in several places."""

    def around(self, node: str) -> frozenset[str]:
        """Everything the node stands in, at any depth; without the node."""
        found: list[str] = list(self.outer.get(node, ()))
        for each in found:
            found.extend(outer for outer in self.outer.get(each, ()) if outer not in found)
        return frozenset(found)

    def within(self, node: str) -> tuple[str, ...]:
        """Everything that stands in the node, at any depth; without the node."""
        found = dict.fromkeys(self.inner.get(node, ()))
        queue = list(found)
        for each in queue:
            for inner in self.inner.get(each, ()):
                if inner not in found:
                    found[inner] = None
                    queue.append(inner)
        return tuple(found)

    def phases(self, graph: Graph, topic: str) -> tuple[str, ...]:
        """Ids of the phases the topic stands in, at any depth, sorted."""
        if topic not in self.outer:
            return ()
        return tuple(sorted(each for each in self.around(topic) if each in graph.phases))


def nesting_of(graph: Graph) -> Nesting:
    """Reads the containment of a graph; a placement that closes a circle, or names something unknown, is left out."""
    inner: defaultdict[str, list[str]] = defaultdict(list)
    outer: defaultdict[str, list[str]] = defaultdict(list)
    spots: dict[tuple[str, str], float] = {}
    known = graph.topics.keys() | graph.phases.keys() | graph.sections.keys() | graph.roadmaps.keys()
    nested = sorted((*graph.parts, *graph.inside), key=_place_order)
    for placed in (*nested, *sorted(graph.covers, key=_place_order), *_in_roadmaps(graph)):
        pair = (placed.inner, placed.outer)
        if pair in spots or placed.inner not in known or placed.outer not in known:
            continue
        # Only parts and nested containers can form a circle, and both are short.
        if placed.inner in inner and _reaches(outer, placed.outer, placed.inner):
            continue
        spots[pair] = placed.position
        inner[placed.outer].append(placed.inner)
        outer[placed.inner].append(placed.outer)
    frozen = {node: tuple(sorted(nodes)) for node, nodes in outer.items()}
    return Nesting({node: tuple(nodes) for node, nodes in inner.items()}, frozen, _places(graph, frozen, spots))


def _place_order(placed: Placed) -> tuple[str, float, str]:
    return placed.outer, placed.position, placed.inner


def _in_roadmaps(graph: Graph) -> list[Placed]:
    """Phases and sections that stand in no other container stand in their roadmap."""
    nested = {placed.inner for placed in graph.inside}
    phases = [Placed(each.id, each.roadmap_id, each.position) for each in graph.phases.values()]
    sections = [Placed(each.id, each.roadmap_id, each.position) for each in graph.sections.values()]
    return sorted((each for each in (*phases, *sections) if each.inner not in nested), key=_place_order)


def _reaches(outer: Mapping[str, list[str]], node: str, wanted: str) -> bool:
    """Whether `wanted` is the node or stands around it."""
    queue = [node]
    for each in queue:
        if each == wanted:
            return True
        queue.extend(holder for holder in outer.get(each, ()) if holder not in queue)
    return False


def _places(
    graph: Graph, outer: Mapping[str, tuple[str, ...]], spots: Mapping[tuple[str, str], float]
) -> dict[str, Place]:
    """The authors' place of every topic that stands somewhere."""
    found: dict[str, Place] = {}

    def place(node: str) -> Place:
        if node not in found:
            holders = outer.get(node, ())
            found[node] = min(((*place(holder), spots[node, holder]) for holder in holders), default=())
        return found[node]

    return {topic: place(topic) for topic in graph.topics if topic in outer}
