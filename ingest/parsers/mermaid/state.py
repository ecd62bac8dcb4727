"""Mermaid state diagrams, as people draw skill trees with them: states are topics, transitions arrows."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import MAX_NESTING, MAX_NODES, Cluster, Drawing, Edge, Node
from ingest.parsers.mermaid.drawn import drawn_by, empty
from ingest.parsers.mermaid.labels import plain_label
from ingest.parsers.mermaid.lines import Script, Statement

_STATE = re.compile(r"state\s+(?:\"([^\"]*)\"\s+as\s+([\w-]+)|([\w-]+))\s*(<<\w+>>|\[\[\w+\]\])?\s*(\{)?\s*$")
_END = r"(\[\*\]|[\w.-]+)(?::::([\w-]+))?"
_ARROW = re.compile(rf"{_END}\s*-->\s*{_END}\s*(?::\s*(.*))?$", re.DOTALL)
_NAMED = re.compile(rf"{_END}\s*(?::\s*(.+))?$", re.DOTALL)
_NOTE = re.compile(r"note\s+(?:left|right|over)\b[^:]*(:)?")
_SETTING = re.compile(r"(?:direction|classDef|class|style|hide|scale|accTitle|accDescr|click)\b")
_SHAPES = {"<<choice>>": "diamond"}
_OUTSIDE = "[*]"
"""Where a diagram begins and ends."""


def draw_states(source: str, script: Script) -> Drawing:
    """Read a state diagram; what is not understood becomes problems."""
    return drawn_by(_Reader(source, script), script)


class _Reader:
    """Goes through the statements once."""

    def __init__(self, source: str, script: Script) -> None:
        self.drawing = empty(source, script)
        self._open = [0]
        self._noted = False
        self._whole: dict[str, int] = {}

    def take(self, statement: Statement) -> None:
        """Read a statement."""
        text = statement.text
        if self._noted:
            self._noted = text != "end note"
        elif (note := _NOTE.match(text)) is not None:
            self._noted = note[1] is None
        elif text == "}":
            self._open.pop() if len(self._open) > 1 else None
        elif (state := _STATE.match(text)) is not None:
            self._state(state, statement)
        elif (arrow := _ARROW.match(text)) is not None:
            self._arrow(arrow, statement)
        elif not _SETTING.match(text) and text != "--":
            named = _NAMED.match(text)
            if named is None:
                shown = " ".join(text.split())[:40]
                self.drawing.problem("mermaid-syntax", f"“{shown}” is not understood", statement.start)
            elif (node := self._node(named[1], named[2], statement)) is not None and named[3]:
                self._describe(node, named[3], statement)

    def finish(self) -> Drawing:
        """Let arrows to a state with states inside lead to the whole of it."""
        for at, edge in enumerate(self.drawing.edges):
            if edge.tail in self._whole or edge.head in self._whole:
                ends = [f"\0{self._whole[key]}" if key in self._whole else key for key in (edge.tail, edge.head)]
                self.drawing.edges[at] = Edge(ends[0], ends[1], edge.start, edge.end, edge.label)
        for key, number in self._whole.items():
            node = self.drawing.nodes.pop(key, None)
            if node is not None and node.label:
                self.drawing.clusters[number].label = " ".join(node.label.split())
        return self.drawing

    def _state(self, found: re.Match[str], statement: Statement) -> None:
        key = found[2] or found[3]
        if found[5]:
            if len(self._open) > MAX_NESTING:
                message = f"states nested deeper than {MAX_NESTING} levels are not read"
                self.drawing.problem("too-deep", message, statement.start)
                return
            number = len(self.drawing.clusters)
            label = plain_label(found[1] or key.replace("_", " "))
            self.drawing.clusters.append(Cluster(number, self._open[-1], statement.start, key, label))
            self._open.append(number)
            self._whole.setdefault(key, number)
            return
        node = self._node(key, None, statement)
        if node is not None and found[4]:
            # A fork or join only leads on.
            node.label, node.shape = "", _SHAPES.get(found[4], "point")
        elif node is not None and found[1]:
            self._describe(node, found[1], statement)

    def _arrow(self, found: re.Match[str], statement: Statement) -> None:
        keys = [self._node(key, name, statement) for key, name in ((found[1], found[2]), (found[3], found[4]))]
        if _OUTSIDE in {found[1], found[3]} or None in keys:
            return
        end = statement.start + len(statement.text)
        label = " ".join(plain_label(found[5] or "").split())
        self.drawing.connect([found[1]], [found[3]], Edge("", "", statement.start, end, label), {})

    def _node(self, key: str, name: str | None, statement: Statement) -> Node | None:
        if key == _OUTSIDE:
            return None
        nodes = self.drawing.nodes
        node = nodes.get(key)
        if node is None:
            if len(nodes) >= MAX_NODES:
                self.drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", 0)
                return None
            at = max(0, statement.text.find(key)) + statement.start
            node = nodes[key] = Node(key, at, at + len(key))
        if name:
            node.attributes["class"] = f"{node.attributes.get('class', '')} {name}"
        node.stand(self._open[-1], alone="-->" not in statement.text)
        return node

    def _describe(self, node: Node, label: str, statement: Statement) -> None:
        node.label, node.start, node.end = plain_label(label), statement.start, statement.start + len(statement.text)
