"""Frames without a title that are called after the box at their head: arrows from it to the others only group them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ingest.parsers.dot.model import MAX_NESTING, Drawing

MIN_MEMBERS = 2
"""Boxes in the frame to which arrows of the head lead."""


class Frames(NamedTuple):
    """Boxes that stand for their frames."""

    pairs: frozenset[tuple[str, str]]
    """(head, member) of arrows that only group."""
    heads: dict[int, str]
    """Frame -> head."""


def frames_of(drawing: Drawing) -> Frames:
    """The heads in `subgraph cluster_web { web -> css; web -> html }`."""
    names = {
        name: cluster.number
        for cluster in drawing.clusters[1:]
        if not cluster.label and (name := cluster.key.casefold().removeprefix("cluster").strip("_"))
    }
    if not names:
        return Frames(frozenset(), {})
    inside: dict[str, frozenset[int]] = {}
    found: list[tuple[str, str, int]] = []
    for edge in drawing.edges:
        frame = _called_after(edge.tail, names) if edge.heads == "forward" and not edge.label else 0
        if not frame or edge.tail == edge.head or edge.head not in drawing.nodes:
            continue
        if edge.head not in inside:
            inside[edge.head] = frozenset(frames_around(drawing, edge.head))
        if frame in inside[edge.head]:
            found.append((edge.tail, edge.head, frame))
    members = Counter(tail for tail, _, _ in found)
    made = [each for each in found if members[each[0]] >= MIN_MEMBERS]
    return Frames(frozenset((tail, head) for tail, head, _ in made), {frame: tail for tail, _, frame in reversed(made)})


def frames_around(drawing: Drawing, key: str) -> Iterator[int]:
    """The frames that a box stands in, the inner ones first."""
    for _, place in sorted(drawing.nodes[key].places, key=lambda each: not each[0]):
        number = place
        for _ in range(MAX_NESTING):
            if not number:
                break
            yield number
            number = drawing.clusters[number].parent


def _called_after(key: str, names: dict[str, int]) -> int:
    """The frame called after a box: `cluster_sets` after `sets` and `math_sets`."""
    name = key.casefold()
    while name:
        if name in names:
            return names[name]
        name = name.partition("_")[2]
    return 0
