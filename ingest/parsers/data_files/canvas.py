"""JSON Canvas: cards with text or a file, groups around them, arrows between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.data_files.made import made_list, made_map, values_of, words_of_path
from ingest.parsers.data_files.tree import Node

MAX_GROUPS = 100
"""Groups that cards are looked for in; a board with more is none of stages."""
_CARDS = frozenset({"text", "file", "link", "group"})


class Box(NamedTuple):
    """A group and where it is drawn."""

    key: str
    x: float
    y: float
    width: float
    height: float


def canvas(root: Node) -> Node | None:
    """The graph of a canvas: cards are nodes, groups hold the cards inside them, or None for other files."""
    values = values_of(root)
    nodes = values.get("nodes")
    if nodes is None or nodes.kind != "list" or not nodes.items:
        return None
    cards = [values_of(each) for each in nodes.items]
    if not all("type" in card and card["type"].text in _CARDS and {"id", "x", "y"} <= card.keys() for card in cards):
        return None
    boxes = [_box(card) for card in cards if card["type"].text == "group"][:MAX_GROUPS]
    made = [each for node, card in zip(nodes.items, cards, strict=True) if (each := _card(node, card, boxes))]
    edges = values["edges"].items if "edges" in values else []
    arrows = [each for edge in edges if (each := _arrow(edge))]
    if not arrows:
        # Without arrows the cards are a list.
        return made_map(root, topics=made_list(nodes, made))
    return made_map(root, nodes=made_list(nodes, made), edges=made_list(values["edges"], arrows))


def _card(node: Node, card: dict[str, Node], boxes: Sequence[Box]) -> Node | None:
    kind = card["type"].text
    parent = _around(card, boxes)
    if kind == "group":
        label = card.get("label")
        return made_map(node, id=card["id"], title=label, type="group", parent=parent) if label is not None else None
    if kind == "file" and "file" in card:
        return made_map(
            node, id=card["id"], title=_placed(card["file"], words_of_path(card["file"].text)), parent=parent
        )
    if kind != "text" or "text" not in card:
        return None
    first, _, rest = card["text"].text.strip().partition("\n")
    title = _placed(card["text"], first.strip().lstrip("#").strip())
    return made_map(node, id=card["id"], title=title, description=" ".join(rest.split()), parent=parent)


def _placed(node: Node, text: str) -> Node:
    return Node("text", node.start, node.end, text)


def _arrow(edge: Node) -> Node | None:
    """An edge from what its arrow leaves to what it points at; a line without an arrow says no order."""
    values = values_of(edge)
    if not {"from node", "to node"} <= values.keys():
        return None
    ends = values["from node"], values["to node"]
    forth = "to end" not in values or values["to end"].text != "none"
    back = "from end" in values and values["from end"].text == "arrow"
    if forth == back:
        return None
    first, second = ends if forth else (ends[1], ends[0])
    return made_map(edge, source=first, target=second, label=values.get("label"))


def _box(card: dict[str, Node]) -> Box:
    x, y, width, height = (_number(card.get(key)) for key in ("x", "y", "width", "height"))
    return Box(card["id"].text, x, y, width, height)


def _around(card: dict[str, Node], boxes: Sequence[Box]) -> str:
    """The id of the smallest group that the middle of a card lies in."""
    own = _box(card)
    x, y = own.x + own.width / 2, own.y + own.height / 2
    inside = [
        box
        for box in boxes
        if box.key != own.key
        and box.x <= x <= box.x + box.width
        and box.y <= y <= box.y + box.height
        and box.width * box.height > own.width * own.height
    ]
    return min(inside, key=lambda box: box.width * box.height).key if inside else ""


def _number(node: Node | None) -> float:
    try:
        return float(node.text) if node is not None else 0.0
    except ValueError:
        return 0.0
