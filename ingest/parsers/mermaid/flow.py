"""Mermaid flowcharts: nodes, links, subgraphs, classes, clicks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ingest.parsers.dot.model import MAX_NESTING, MAX_NODES, Cluster, Drawing, Edge, Heads, Node
from ingest.parsers.dot.statements import MAX_QUOTE
from ingest.parsers.mermaid.drawn import drawn_by, empty
from ingest.parsers.mermaid.labels import plain_label, shaped_at
from ingest.parsers.mermaid.lines import Script, Statement

_ID = re.compile(r"\s*([\w/+#]+(?:[-.:](?![-.=>:])[\w/+#]+)*)")
_CLASS = re.compile(r":::([\w-]+)")
_AND = re.compile(r"\s*&")
_LINK = re.compile(
    r"\s*(?:\w+@)?(<|[ox](?=[-=]))?"
    r"(-{2,}(?=>|[ox](?:[\s|]|$))|-{3,}|={2,}(?=>|[ox](?:[\s|]|$))|={3,}|-\.{1,9}-|~{3,})"
    r"(>|[ox](?=[\s|]|$))?"
)
_OPEN = re.compile(r"\s*(?:\w+@)?(<|[ox](?=[-=]))?(--|==|-\.)(?![->=~])")
_CLOSE = {
    "--": re.compile(r"-{2,}([>ox]?)(?![-\w])|-{2,}(>)"),
    "==": re.compile(r"={2,}([>ox]?)(?![=\w])|={2,}(>)"),
    "-.": re.compile(r"\.{1,9}-([>ox]?)"),
}
_TEXT = re.compile(r"\s*\|([^|]*)\|")
_SUBGRAPH = re.compile(r"subgraph\b\s*(.*)", re.DOTALL)
_CLICK = re.compile(
    r"click\s+([^\s\"]+)\s+(?:href\s+)?\"([^\"]*)\"(?:\s+\"([^\"]*)\")?|click\s+([^\s\"]+)\s+(?:call\s+)?[^\s\"]+"
    r"(?:\s+\"([^\"]*)\")?"
)
_STYLE = re.compile(r"(style|classDef|class)\s+([^\s]+)\s+(.*)", re.DOTALL)
_FIRST = re.compile(r"[A-Za-z]+")


class _Link(NamedTuple):
    label: str
    heads: Heads
    dashed: bool
    hidden: bool
    end: int


def draw_flow(source: str, script: Script) -> Drawing:
    """Read a flowchart; what is not understood becomes problems."""
    return drawn_by(_Reader(source, script), script)


class _Reader:
    """Goes through the statements once."""

    def __init__(self, source: str, script: Script) -> None:
        self.drawing = empty(source, script)
        self._open = [0]
        self._too_deep = 0
        self._describing = False
        self._classes: dict[str, str] = {}
        self._members: list[tuple[str, str]] = []

    def take(self, statement: Statement) -> None:
        """Read a statement by its first word."""
        if self._describing:
            self._describing = "}" not in statement.text
            return
        word = _FIRST.match(statement.text)
        name = word[0] if word is not None else ""
        following = statement.text[len(name) :]
        action = _STATEMENTS.get(name)
        if action is not None and (not following or following[:1].isspace() or name.startswith("acc")):
            action(self, statement)
        else:
            self._chain(statement)

    def finish(self) -> Drawing:
        """Give the nodes what their classes say."""
        if len(self._open) > 1:
            start = self.drawing.clusters[self._open[-1]].start
            self.drawing.problem("mermaid-syntax", "a subgraph is not ended", start, "write “end”")
        for key, name in self._members:
            node = self.drawing.nodes.get(key)
            if node is not None:
                node.attributes["style"] = f"{node.attributes.get('style', '')};{self._classes.get(name, '')}"
                node.attributes["class"] = f"{node.attributes.get('class', '')} {name}"
        numbers = {each.key: each.number for each in self.drawing.clusters[1:] if each.key and each.label}
        for at, edge in enumerate(self.drawing.edges):
            if edge.tail in numbers or edge.head in numbers:
                ends = [f"\0{numbers[key]}" if key in numbers else key for key in (edge.tail, edge.head)]
                self.drawing.edges[at] = Edge(
                    ends[0], ends[1], edge.start, edge.end, edge.label, edge.heads, edge.dashed
                )
        for key in numbers:
            self.drawing.nodes.pop(key, None)
        return self.drawing

    def subgraph(self, statement: Statement) -> None:
        """Open a subgraph: `subgraph id [title]`, `subgraph title`."""
        if len(self._open) > MAX_NESTING:
            message = f"subgraphs nested deeper than {MAX_NESTING} levels are not read"
            self.drawing.problem("too-deep", message, statement.start)
            self._too_deep += 1
            return
        found = _SUBGRAPH.match(statement.text)
        words = found[1].strip() if found is not None else ""
        named = _ID.match(words)
        shaped = None
        if named is not None:
            at = named.end()
            at += len(words[at:]) - len(words[at:].lstrip())
            shaped = shaped_at(words, at)
        if named is not None and shaped is not None and not words[shaped.end :].strip():
            key, label = named[1], shaped.label
        else:
            key = label = plain_label(words)
        number = len(self.drawing.clusters)
        label = " ".join(label.split())
        self.drawing.clusters.append(Cluster(number, self._open[-1], statement.start, key, label))
        self._open.append(number)

    def end(self, statement: Statement) -> None:
        """Close the innermost subgraph."""
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._open) > 1:
            self._open.pop()
        else:
            self.drawing.problem("mermaid-syntax", "“end” without a subgraph", statement.start)

    def style(self, statement: Statement) -> None:
        """Read `style`, `classDef` and `class`."""
        found = _STYLE.match(statement.text)
        if found is None:
            return
        names = found[2].split(",")
        if found[1] == "classDef":
            self._classes |= dict.fromkeys(names, found[3])
        elif found[1] == "class":
            self._members += [(name, found[3].strip(" ;")) for name in names]
        else:
            for name in names:
                self._classes[f"style {name}"] = found[3]
                self._members.append((name, f"style {name}"))

    def click(self, statement: Statement) -> None:
        """Read the address and the tooltip of a node."""
        found = _CLICK.match(statement.text)
        node = self.drawing.nodes.get((found[1] or found[4] or "").strip()) if found is not None else None
        if found is not None and node is not None:
            node.attributes["url"] = found[2] or ""
            node.attributes["tooltip"] = found[3] or found[5] or ""

    def entitle(self, statement: Statement) -> None:
        """Take the title for those who hear the drawing, where it has no other: `accTitle: Bread`."""
        self.drawing.title = self.drawing.title or plain_label(statement.text.partition(":")[2])

    def describe(self, statement: Statement) -> None:
        """Pass over a description, which may take several lines: `accDescr {`."""
        self._describing = "{" in statement.text and "}" not in statement.text

    def nothing(self, _statement: Statement) -> None:
        """Pass over what says nothing about topics."""

    def _chain(self, statement: Statement) -> None:
        """Read nodes and links in turn: `A & B --> C -- text --> D`."""
        text = statement.text
        groups = [self._group(statement, 0)]
        links: list[_Link] = []
        at = groups[0][1]
        while groups[-1][0] and (link := _link_at(text, at)) is not None:
            links.append(link)
            groups.append(self._group(statement, link.end))
            at = groups[-1][1]
        if text[at:].strip(" \t\n;") or not all(keys for keys, _ in groups):
            shown = " ".join(text[at:].split())[:40] or "the end of the line"
            self.drawing.problem("mermaid-syntax", f"“{shown}” is not understood", statement.start + at)
        start, end, before = statement.start, statement.start + len(text), 0
        for (tails, _), link, (heads, after) in zip(groups, links, groups[1:], strict=False):
            if len(text) > MAX_QUOTE:
                start, end = statement.start + before, statement.start + after
            before = link.end + len(text[link.end : after]) - len(text[link.end : after].lstrip())
            if not link.hidden:
                edge = Edge("", "", start, end, link.label, link.heads, link.dashed)
                self.drawing.connect(tails, heads, edge, {})
        for keys, _ in groups:
            for key in keys:
                node = self.drawing.nodes.get(key)
                if node is not None:
                    node.stand(self._open[-1], alone=not links)

    def _group(self, statement: Statement, at: int) -> tuple[list[str], int]:
        """Nodes joined by & and where they end."""
        keys: list[str] = []
        while True:
            key, end = self._node(statement, at)
            if not key:
                return keys, at
            keys.append(key)
            joint = _AND.match(statement.text, end)
            if joint is None:
                return keys, end
            at = joint.end()

    def _node(self, statement: Statement, at: int) -> tuple[str, int]:
        text = statement.text
        found = _ID.match(text, at)
        if found is None:
            return "", at
        key, end = found[1], found.end()
        shaped = shaped_at(text, end)
        end = shaped.end if shaped is not None else end
        if shaped is not None and text.startswith("@{", found.end()) and not shaped.label and not shaped.shape:
            # What is said of a link: `e1@{ animate: true }`.
            return key, end
        start = statement.start + found.start(1)
        nodes = self.drawing.nodes
        node = nodes.get(key)
        if node is None and len(nodes) < MAX_NODES:
            node = nodes[key] = Node(key, start, statement.start + end)
        elif node is None:
            self.drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", 0)
        if node is not None and shaped is not None:
            node.shape = shaped.shape or node.shape
            if shaped.label:
                node.label, node.start, node.end = shaped.label, start, statement.start + end
            elif node.label is None and not text.startswith("@{", found.end()):
                node.label = ""
        while (named := _CLASS.match(text, end)) is not None:
            self._members.append((key, named[1]))
            end = named.end()
        return key, end


_STATEMENTS: Mapping[str, Callable[[_Reader, Statement], None]] = {
    "subgraph": _Reader.subgraph,
    "end": _Reader.end,
    "style": _Reader.style,
    "classDef": _Reader.style,
    "class": _Reader.style,
    "click": _Reader.click,
    "direction": _Reader.nothing,
    "linkStyle": _Reader.nothing,
    "accTitle": _Reader.entitle,
    "accDescr": _Reader.describe,
    "title": _Reader.nothing,
}


def _link_at(text: str, at: int) -> _Link | None:
    found = _LINK.match(text, at)
    if found is not None:
        end = found.end()
        words = _TEXT.match(text, end)
        if words is not None:
            end = words.end()
        label = plain_label(words[1]) if words is not None else ""
        return _link(found[2], found[1] or "", found[3] or "", label, end)
    opened = _OPEN.match(text, at)
    closed = _CLOSE[opened[2]].search(text, opened.end()) if opened is not None else None
    if opened is None or closed is None:
        return None
    head = next((group for group in closed.groups() if group), "")
    label = plain_label(text[opened.end() : closed.start()])
    return _link(opened[2], opened[1] or "", head, label, closed.end())


def _link(body: str, back: str, head: str, label: str, end: int) -> _Link:
    heads: Heads = "both" if back and head else "back" if back else "forward" if head else "none"
    crossed = "x" in {back, head}
    label = " ".join(label.split())
    return _Link(label, "none" if crossed else heads, body.startswith("-."), body.startswith("~"), end)
