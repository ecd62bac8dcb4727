"""Positions and bend points by Graphviz `dot`: the layout with the fewest crossings of all that were compared.

The only module that imports pygraphviz. Graphviz is called inside the process, and its libraries are not made for
threads, so one lock guards every call.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import pygraphviz

Direction = Literal["down", "right"]
Point = tuple[int, int]
Edge = tuple[str, str]

MAX_NODES = 1000
"""Above this, `dot` takes seconds and nobody can read the picture: callers cap their view here."""

CARD_WIDTH = 166
CARD_HEIGHT = 46
GAPS: Mapping[Direction, tuple[int, int]] = {"down": (24, 52), "right": (20, 58)}
"""Pixels between two cards of one rank, and between two ranks."""
LOOSE_COLUMNS = 6
"""Cards beside or under each other, at least, in the block of topics that nothing is connected to."""

_POINTS_PER_INCH = 72
_STRAIGHT = 2
"""A bend closer to the line between its neighbours than this many pixels is left out."""

_GRAPHVIZ = threading.Lock()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in pixels from the upper left corner; y grows downwards."""

    positions: Mapping[str, Point]
    """Centre of each card."""
    bends: Mapping[Edge, tuple[Point, ...]]
    """Points that an edge passes between its two cards, so that it crosses no third one; without entry: none."""
    width: int
    height: int


class _Spline(NamedTuple):
    """One cubic piece of an edge, as Graphviz draws it."""

    points: tuple[tuple[float, float], ...]


def layout(nodes: Sequence[str], edges: Sequence[Edge], direction: Direction) -> Layout:
    """Place cards in ranks, requirements first.

    The same structure always gives the same picture, in whatever order it comes. Edges with an end that is not among
    the nodes, and edges from a topic to itself, are ignored. Cycles are fine: one of their edges points backwards.
    """
    known = set(nodes)
    kept = {(a, b) for a, b in edges if a != b and a in known and b in known}
    return _layout(tuple(sorted(known)), tuple(sorted(kept)), direction)


@lru_cache(maxsize=16)
def _layout(nodes: tuple[str, ...], edges: tuple[Edge, ...], direction: Direction) -> Layout:
    connected = {end for edge in edges for end in edge}
    linked = tuple(node for node in nodes if node in connected)
    positions, bends = _dot(linked, edges, direction) if linked else ({}, {})
    loose = tuple(node for node in nodes if node not in connected)
    positions |= _grid(loose, positions.values(), direction)
    return _moved(positions, bends)


def _dot(
    nodes: tuple[str, ...], edges: tuple[Edge, ...], direction: Direction
) -> tuple[dict[str, Point], dict[Edge, tuple[Point, ...]]]:
    """Let Graphviz place what is connected. Names are numbers: an id may hold anything, `<b>` or a quote too."""
    beside, between = GAPS[direction]
    number = {node: str(index) for index, node in enumerate(nodes)}
    with _GRAPHVIZ:
        graph = pygraphviz.AGraph(directed=True, strict=True)
        graph.graph_attr.update(
            rankdir="TB" if direction == "down" else "LR",
            nodesep=str(beside / _POINTS_PER_INCH),
            ranksep=str(between / _POINTS_PER_INCH),
        )
        graph.node_attr.update(
            shape="box",
            fixedsize="true",
            label="",
            width=str(CARD_WIDTH / _POINTS_PER_INCH),
            height=str(CARD_HEIGHT / _POINTS_PER_INCH),
        )
        graph.edge_attr.update(arrowhead="none")
        graph.add_nodes_from(number.values())
        graph.add_edges_from((number[a], number[b]) for a, b in edges)
        graph.layout(prog="dot")
        places = {node: _point(graph.get_node(number[node]).attr["pos"]) for node in nodes}
        splines = {(a, b): str(graph.get_edge(number[a], number[b]).attr["pos"]) for a, b in edges}
        graph.close()
    axis = 1 if direction == "down" else 0
    ranks = sorted({place[axis] for place in places.values()})
    bends = {edge: _bends(edge, text, places, ranks, axis) for edge, text in splines.items()}
    return places, {edge: points for edge, points in bends.items() if points}


def _point(text: str) -> Point:
    x, y = text.split(",")[:2]
    return round(float(x)), -round(float(y))  # Graphviz counts y upwards


def _bends(edge: Edge, text: str, places: Mapping[str, Point], ranks: list[int], axis: int) -> tuple[Point, ...]:
    """Where the edge comes into each rank between its ends and leaves it: there `dot` keeps a gap free for it."""
    start, end = places[edge[0]], places[edge[1]]
    low, high = sorted((start[axis], end[axis]))
    half = (CARD_WIDTH, CARD_HEIGHT)[axis] // 2
    between = [rank + side for rank in ranks if low < rank < high for side in (-half, half)]
    if start[axis] > end[axis]:
        between.reverse()
    pieces = list(_pieces(text))
    crossings = (_crossing(pieces, rank, axis) for rank in between)
    return _simplified(start, [point for point in crossings if point], end)


def _pieces(text: str) -> Iterator[_Spline]:
    points = [tuple(float(part) for part in word.split(",")) for word in text.split() if word[0] not in "es"]
    flipped = [(x, -y) for x, y in points]
    for first in range(0, len(flipped) - 3, 3):
        yield _Spline(tuple(flipped[first : first + 4]))


def _crossing(pieces: Iterable[_Spline], rank: int, axis: int) -> Point | None:
    """The point where the drawn edge is at a rank, by halving the piece that crosses it."""
    for piece in pieces:
        low, high = piece.points[0][axis], piece.points[3][axis]
        if not min(low, high) <= rank <= max(low, high):
            continue
        left, right = 0.0, 1.0
        for _ in range(20):
            middle = (left + right) / 2
            if (_at(piece, middle)[axis] < rank) == (low < high):
                left = middle
            else:
                right = middle
        x, y = _at(piece, left)
        return (round(x), rank) if axis else (rank, round(y))
    return None


def _at(piece: _Spline, t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    weighted = list(zip(weights, piece.points, strict=True))
    return sum(w * p[0] for w, p in weighted), sum(w * p[1] for w, p in weighted)


def _simplified(start: Point, points: Sequence[Point], end: Point) -> tuple[Point, ...]:
    """Leave out bends that lie on the line between the one kept before and the next: shorter to send and to draw."""
    kept: list[Point] = []
    line = [start, *points, end]
    for here, after in pairwise(line[1:]):
        before = kept[-1] if kept else start
        span = math.dist(before, after)
        area = abs((after[0] - before[0]) * (here[1] - before[1]) - (here[0] - before[0]) * (after[1] - before[1]))
        if not span or area / span > _STRAIGHT:
            kept.append(here)
    return tuple(kept)


def _grid(nodes: Sequence[str], placed: Iterable[Point], direction: Direction) -> dict[str, Point]:
    """Topics without any edge, as a block after the rest: `dot` would put them all into one endless row."""
    beside, between = GAPS[direction]
    across, along = (0, 1) if direction == "down" else (1, 0)
    size = (CARD_WIDTH, CARD_HEIGHT)
    taken = list(placed)
    first = min((place[across] for place in taken), default=0)
    extent = max((place[across] for place in taken), default=0) - first
    start = max((place[along] for place in taken), default=-size[along] - between) + size[along] + between
    pitch = size[across] + beside
    columns = max(LOOSE_COLUMNS, extent // pitch + 1, math.isqrt(len(nodes)))
    places: dict[str, Point] = {}
    for index, node in enumerate(nodes):
        row, column = divmod(index, columns)
        a, b = first + column * pitch, start + row * (size[along] + beside)
        places[node] = (a, b) if across == 0 else (b, a)
    return places


def _moved(positions: Mapping[str, Point], bends: Mapping[Edge, tuple[Point, ...]]) -> Layout:
    """The same picture with its upper left corner at zero."""
    points = [*positions.values(), *(point for line in bends.values() for point in line)]
    left = min((x for x, _ in points), default=0) - CARD_WIDTH // 2
    top = min((y for _, y in points), default=0) - CARD_HEIGHT // 2
    return Layout(
        positions={node: (x - left, y - top) for node, (x, y) in positions.items()},
        bends={edge: tuple((x - left, y - top) for x, y in line) for edge, line in bends.items()},
        width=max((x for x, _ in points), default=0) - left + CARD_WIDTH // 2 if points else 0,
        height=max((y for _, y in points), default=0) - top + CARD_HEIGHT // 2 if points else 0,
    )
