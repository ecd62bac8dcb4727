"""Mermaid class diagrams of what builds on what: classes are topics, their members small print."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import MAX_NODES, PART_SIGN, Cluster, Drawing, Edge, Heads, Node
from ingest.parsers.mermaid.drawn import drawn_by, empty
from ingest.parsers.mermaid.labels import plain_label
from ingest.parsers.mermaid.lines import Script, Statement

_NAME = r"(?:`([^`]+)`|(\w+(?:[.-]\w+)*)(?:~[^~]{1,60}~)?)"
_CLASS = re.compile(rf"class\s+{_NAME}\s*(?:\[\"([^\"]*)\"\])?\s*(?::::([\w-]+))?\s*(?:<<\w+>>)?\s*(\{{)?\s*(\}})?$")
_NAMESPACE = re.compile(r"namespace\s+([\w.-]+)\s*\{$")
_RELATION = re.compile(
    rf"{_NAME}\s*(?:\"[^\"]*\")?\s*(<\||<|\*|o(?=[-.]))?(--|\.\.)(\|>|>|\*|o(?=[\s\"]))?\s*(?:\"[^\"]*\")?\s*{_NAME}"
    r"\s*(?::\s*(.*))?$",
    re.DOTALL,
)
_MEMBER = re.compile(rf"{_NAME}\s*:\s+(.+)$", re.DOTALL)
_BARE = re.compile(rf"{_NAME}\s*(?::::([\w-]+))?$")
_SETTING = re.compile(r"(?:direction|classDef|cssClass|style|note|click|link|callback|accTitle|accDescr)\b|<<\w+>>")
_DIAMONDS = frozenset({"*", "o"})


def draw_classes(source: str, script: Script) -> Drawing:
    """Read a class diagram; whether its arrows are requirements has to be said somewhere."""
    return drawn_by(_Reader(source, script), script)


class _Reader:
    """Goes through the statements once."""

    def __init__(self, source: str, script: Script) -> None:
        self.drawing = empty(source, script)
        self.drawing.if_stated = True
        self._members: dict[str, list[str]] = {}
        self._inside = ""
        self._space = 0

    def take(self, statement: Statement) -> None:
        """Read a statement."""
        text = statement.text
        if self._inside:
            self._inside = "" if text.endswith("}") else self._inside_of(text)
        elif (found := _CLASS.match(text)) is not None:
            node = self._node(found[1] or found[2], statement, alone=True)
            node.label = plain_label(found[3]) if found[3] else node.label
            node.attributes["class"] = found[4] or node.attributes.get("class", "")
            self._inside = node.key if found[5] and not found[6] else ""
        elif (space := _NAMESPACE.match(text)) is not None:
            self._space = len(self.drawing.clusters)
            label = plain_label(space[1].replace("_", " "))
            self.drawing.clusters.append(Cluster(self._space, 0, statement.start, space[1], label))
        elif text == "}":
            self._space = 0
        elif not _SETTING.match(text):
            self._other(statement)

    def finish(self) -> Drawing:
        """Set the members below the names."""
        for key, members in self._members.items():
            node = self.drawing.nodes[key]
            node.label = f"{_words(key) if node.label is None else node.label}\n{PART_SIGN}" + "\n".join(members)
        for node in self.drawing.nodes.values():
            node.label = _words(node.key) if node.label is None else node.label
        return self.drawing

    def _inside_of(self, text: str) -> str:
        self._add(self._inside, text)
        return self._inside

    def _add(self, key: str, text: str) -> None:
        member = text.strip("+-#~ \t;")
        if member and not member.startswith("<<"):
            self._members.setdefault(key, []).append(plain_label(member))

    def _other(self, statement: Statement) -> None:
        text = statement.text
        if (found := _RELATION.match(text)) is not None:
            self._relate(found, statement)
        elif (member := _MEMBER.match(text)) is not None:
            self._add(self._node(member[1] or member[2], statement, alone=False).key, member[3])
        elif (bare := _BARE.match(text)) is not None:
            node = self._node(bare[1] or bare[2], statement, alone=True)
            node.attributes["class"] = bare[3] or node.attributes.get("class", "")
        else:
            shown = " ".join(text.split())[:40]
            self.drawing.problem("mermaid-syntax", f"“{shown}” is not understood", statement.start)

    def _relate(self, found: re.Match[str], statement: Statement) -> None:
        left, right = found[1] or found[2], found[6] or found[7]
        for key in (left, right):
            self._node(key, statement, alone=False)
        back, head = found[3] or "", found[5] or ""
        label = " ".join(plain_label(found[8] or "").split())
        heads: Heads = "both" if back and head else "back" if back else "forward" if head else "none"
        if head in _DIAMONDS or back in _DIAMONDS:
            # The diamond is at the whole.
            left, right = (right, left) if head in _DIAMONDS else (left, right)
            label, heads = "contains", "forward"
        end = statement.start + len(statement.text)
        self.drawing.connect([left], [right], Edge("", "", statement.start, end, label, heads, found[4] == ".."), {})

    def _node(self, key: str, statement: Statement, *, alone: bool) -> Node:
        nodes = self.drawing.nodes
        node = nodes.get(key)
        if node is None:
            node = Node(key, statement.start, statement.start + len(statement.text))
            if len(nodes) < MAX_NODES:
                nodes[key] = node
            else:
                self.drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", 0)
        node.stand(self._space, alone=alone)
        return node


def _words(key: str) -> str:
    """A name of a class has no spaces: "BoatHandling", "boat_handling"."""
    if "_" in key or " " in key or key.isupper():
        return key.replace("_", " ")
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", key)
