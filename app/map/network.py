"""Nodes, edges and options of the map, built by pyvis. The only module that imports it.

Only pyvis' data is used, never its page: its HTML asks other hosts for style sheets and runs what stands in a title.
What rarely changes (`Graph`: structure, texts, positions) is kept apart from what a click changes (`states`), so that
the first is sent once. Neither holds a colour: the browser has the palette of the live theme.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import lru_cache
from typing import Any, TypedDict

from pyvis.network import Network

from app.map.layout import Direction, Layout, layout
from app.views import MapEdge, MapNode, MapView

OPTIONS: dict[str, Any] = {
    # Positions come from Graphviz; the simulation of springs would move them and never stops at 500 topics.
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": False,  # our own keys follow prerequisites
        "multiselect": False,
        "selectConnectedEdges": False,
    },
    "nodes": {"shape": "box"},
    "edges": {"hidden": True, "smooth": False},  # edges are painted along the routes of Graphviz
}
"""Options of vis-network; what belongs to painting is set beside the painting code."""


class Graph(TypedDict):
    """What is sent once: the same for every state of the learner."""

    graph: dict[str, list[dict[str, Any]]]
    """`nodes` and `edges` in the order of the view: the indexes in `States` count along them."""
    options: dict[str, Any]
    direction: Direction
    rev: str
    """Changes with anything in here."""
    shape: str
    """Changes with positions and edges only: the camera stays while it is the same."""


class States(TypedDict):
    """What is sent with every click: state names, and indexes instead of ids, since a click should stay small."""

    state: dict[str, list[int]]
    """State -> nodes that have it."""
    steps: dict[str, int]
    """Node -> its place on the path."""
    dim: list[int]
    """Nodes drawn faintly."""
    path: list[int]
    """Edges drawn as the path."""


def build(view: MapView, placed: Layout, direction: Direction) -> Graph:
    """Nodes, edges and options through pyvis. Titles stay plain text all the way to the canvas."""
    network = Network(directed=True)
    # A dict instead of pyvis' Options object is passed through untouched; `set_options` would eat every space.
    network.options = json.loads(json.dumps(OPTIONS))
    for node in view.nodes:
        x, y = placed.positions[node.id]
        network.add_node(node.id, label=node.title or node.id, sub=node.sub, tooltip=node.tooltip, x=x, y=y)
    for edge in drawn_edges(view):
        bends = [list(point) for point in placed.bends.get((edge.source, edge.target), ())]
        network.add_edge(edge.source, edge.target, kind=edge.kind, bends=bends)
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    graph = {
        "nodes": [{key: node[key] for key in ("id", "label", "sub", "tooltip", "x", "y")} for node in nodes],
        "edges": [{key: edge[key] for key in ("from", "to", "kind", "bends")} for edge in edges],
    }
    structure = [
        [[node[key] for key in ("id", "x", "y")] for node in graph["nodes"]],
        [[edge[key] for key in ("from", "to", "bends")] for edge in graph["edges"]],
        direction,
    ]
    return Graph(
        graph=graph,
        options=json.loads(options) if isinstance(options, str) else options,
        direction=direction,
        rev=_digest([graph, direction]),
        shape=_digest(structure),
    )


def graph_of(view: MapView, direction: Direction) -> Graph:
    """The part that is sent once, placed and built; the last few are kept. Not to be changed by the caller."""
    # The learner's states are taken off first, so that a click finds what was built before it.
    nodes = tuple(node.model_copy(update={"state": "locked", "step": None, "dim": False}) for node in view.nodes)
    edges = tuple(edge.model_copy(update={"on_path": False}) for edge in view.edges)
    return _graph_of(nodes, edges, direction)


@lru_cache(maxsize=16)
def _graph_of(nodes: tuple[MapNode, ...], edges: tuple[MapEdge, ...], direction: Direction) -> Graph:
    placed = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges], direction)
    return build(MapView(nodes=nodes, edges=edges, start=None), placed, direction)


def states(view: MapView) -> States:
    """How the topics stand for the learner."""
    by_state: defaultdict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(view.nodes):
        by_state[node.state].append(index)
    return States(
        state=dict(by_state),
        steps={str(index): node.step for index, node in enumerate(view.nodes) if node.step is not None},
        dim=[index for index, node in enumerate(view.nodes) if node.dim],
        path=[index for index, edge in enumerate(drawn_edges(view)) if edge.on_path],
    )


def drawn_edges(view: MapView) -> list[MapEdge]:
    """Edges between two topics of the view; pyvis stops at any other."""
    shown = {node.id for node in view.nodes}
    return [edge for edge in view.edges if edge.source in shown and edge.target in shown]


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()
