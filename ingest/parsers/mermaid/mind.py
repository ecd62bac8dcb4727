"""Mermaid mind maps: indentation says what is part of what; nothing in them is a requirement."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import MAX_NESTING, MAX_NODES, Drawing, Edge, Node
from ingest.parsers.mermaid.drawn import empty
from ingest.parsers.mermaid.labels import plain_label, shaped_at
from ingest.parsers.mermaid.lines import Script

_ID = re.compile(r"[\w-]*")
_CLASS = re.compile(r":::[\w-]+(?:\s+[\w-]+)*\s*$")


def draw_mind(source: str, script: Script) -> Drawing:
    """Read a mind map: its root is the title, an edge leads from each node to its parts."""
    drawing = empty(source, script)
    drawing.parts_only = True
    above: list[tuple[int, str]] = []
    for statement in script.statements:
        if statement.text.startswith(("::icon", ":::")):
            continue
        named = _CLASS.search(statement.text) if ":::" in statement.text else None
        label = _label(statement.text if named is None else statement.text[: named.start()].rstrip())
        if not label.split():
            continue
        while above and above[-1][0] >= statement.indent:
            above.pop()
        if len(above) > MAX_NESTING:
            message = f"branches nested deeper than {MAX_NESTING} levels are not read"
            drawing.problem("too-deep", message, statement.start)
            continue
        if len(drawing.nodes) >= MAX_NODES:
            drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", statement.start)
            break
        key = str(len(drawing.nodes))
        end = statement.start + len(statement.text)
        drawing.nodes[key] = Node(key, statement.start, end, label)
        if named is not None:
            drawing.nodes[key].attributes["class"] = named[0].lstrip(":")
        if above:
            drawing.edges.append(Edge(above[-1][1], key, statement.start, end))
        above.append((statement.indent, key))
    return _without_root(drawing)


def _label(text: str) -> str:
    found = _ID.match(text)
    shaped = shaped_at(text, found.end(), mind=True) if found is not None else None
    return shaped.label if shaped is not None and not text[shaped.end :].strip() else plain_label(text)


def _without_root(drawing: Drawing) -> Drawing:
    """The root of a map with branches is what the map is about."""
    root = drawing.nodes.get("0")
    if root is not None and any(edge.tail == "0" for edge in drawing.edges):
        drawing.title = drawing.title or " ".join((root.label or "").split())
        del drawing.nodes["0"]
        drawing.edges = [edge for edge in drawing.edges if edge.tail != "0"]
    return drawing
