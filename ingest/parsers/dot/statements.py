"""The statements of DOT: a small grammar, read by descent, that keeps where each node and edge stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.parsers.dot.labels import fields_of_record, text_of
from ingest.parsers.dot.model import MAX_NESTING, MAX_NODES, Cluster, Drawing, Edge, Heads, Node, lines_of
from ingest.parsers.dot.tokens import Token, tokens_of
from ingest.parsers.dot.words import known_words

MAX_QUOTE = 300
"""A longer statement is quoted only from one end of the edge to the other."""
_HEADS: dict[str, Heads] = {"forward": "forward", "back": "back", "both": "both", "none": "none"}
_RELATIONS = ("relation", "rel", "type", "kind", "class")
"""Attributes of an edge that may say what it means, where it has no label."""
_RECORDS = frozenset({"record", "mrecord"})
Attributes = dict[str, Token]


@dataclass(frozen=True, slots=True)
class _Scope:
    """Defaults and the cluster that statements stand in."""

    cluster: int
    depth: int = 0
    node: Attributes = field(default_factory=dict)
    edge: Attributes = field(default_factory=dict)

    def inside(self, cluster: int) -> _Scope:
        return _Scope(cluster, self.depth + 1, dict(self.node), dict(self.edge))


@dataclass(frozen=True, slots=True)
class _Group:
    """One side of an edge: a node, or all nodes of a subgraph."""

    keys: tuple[str, ...]
    start: int
    end: int
    port: str = ""
    cluster: int = 0


def draw(source: str) -> Drawing:
    """Read DOT; what is no DOT becomes problems."""
    return _Reader(source).read()


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, source: str) -> None:
        cut = tokens_of(source)
        self._tokens = cut.tokens
        self._at = 0
        self._directed = True
        self._name = ""
        self._subgraphs: dict[str, int] = {}
        self.drawing = Drawing(source, "dot", clusters=[Cluster(0, 0, 0)], remarks=cut.comments)
        for place, message in cut.mistakes:
            self.drawing.problem("dot-syntax", message, place)

    def read(self) -> Drawing:
        """Read all graphs of the source into one drawing."""
        while self._now.kind != "end":
            self._graph()
        drawing = self.drawing
        drawing.title = drawing.clusters[0].label or drawing.title
        return drawing

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _is(self, sign: str) -> bool:
        token = self._tokens[self._at]
        return token.value == sign and token.kind == "sign"

    def _is_sign(self) -> bool:
        return self._now.kind == "sign"

    def _word(self) -> str:
        token = self._tokens[self._at]
        return token.value.casefold() if token.kind == "name" else ""

    def _take(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _accept(self, sign: str) -> bool:
        token = self._tokens[self._at]
        if token.value == sign and token.kind == "sign":
            self._at += 1
            return True
        return False

    def _unexpected(self) -> None:
        token = self._take()
        self.drawing.problem("dot-syntax", f"“{token.value[:40]}” is not expected here", token.start)

    def _graph(self) -> None:
        if self._word() == "strict":
            self._take()
        if self._word() not in {"graph", "digraph"}:
            self._unexpected()
            return
        self._directed = self._take().value.casefold() == "digraph"
        if self._now.kind in {"name", "string"}:
            self._name = self._take().value
            self.drawing.title = self.drawing.title or self._name
        if not self._accept("{"):
            self._unexpected()
            return
        self._body(_Scope(0))

    def _body(self, scope: _Scope) -> list[str]:
        """The statements up to the closing brace; returns the nodes named in them."""
        keys: list[str] = []
        while not self._accept("}"):
            if self._now.kind == "end":
                self.drawing.problem("dot-syntax", "a brace is not closed", self._now.start)
                return keys
            if not (self._accept(";") or self._accept(",")):
                keys += self._statement(scope)
        return keys

    def _statement(self, scope: _Scope) -> list[str]:
        word = self._word()
        if word in {"graph", "node", "edge"} and not self._next_is("=", "->", "--"):
            self._take()
            attributes = self._attributes()
            {"node": scope.node, "edge": scope.edge}.get(word, {}).update(attributes)
            if word == "graph":
                self._describe(scope.cluster, attributes)
            return []
        if self._now.kind in {"name", "string"} and self._next_is("="):
            name = self._take().value
            self._take()
            if self._now.kind in {"name", "string", "html"}:
                self._describe(scope.cluster, {name: self._take()})
            return []
        return self._edges(scope)

    def _next_is(self, *signs: str) -> bool:
        following = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        return following.kind == "sign" and following.value in signs

    def _describe(self, number: int, attributes: Attributes) -> None:
        cluster = self.drawing.clusters[number]
        for name, token in attributes.items():
            if name == "label":
                lines = lines_of(text_of(token, cluster.key, self._name))
                # Below the title of a whole drawing stand dates and remarks.
                titled = number == 0 and len(lines) > 1 and len(lines[0].split()) > 1
                cluster.label = lines[0] if titled else " ".join(lines)
            elif name == "comment":
                self.drawing.remarks.append(token.value)
            elif name in {"style", "color", "fontcolor", "class"}:
                cluster.attributes[name] = token.value

    def _attributes(self) -> Attributes:
        found: Attributes = {}
        while self._accept("["):
            while not self._accept("]"):
                if self._ends_early():
                    self.drawing.problem("dot-syntax", "a bracket is not closed", self._now.start)
                    return found
                if self._is_sign():
                    if not (self._accept(",") or self._accept(";")):
                        self._unexpected()
                    continue
                name = self._take()
                if self._accept("=") and not self._is_sign() and not self._ends_early():
                    found[name.value.casefold()] = self._take()
        return found

    def _ends_early(self) -> bool:
        """Whether what comes next shows that a bracket was never closed."""
        return (
            self._now.kind == "end"
            or self._is("}")
            or self._word() == "subgraph"
            or self._next_is("->", "--", "[", "{")
        )

    def _edges(self, scope: _Scope) -> list[str]:
        """A node, a subgraph, or a chain of edges between such."""
        first = self._at
        groups = [self._group(scope, alone=True)]
        arrows: list[Token] = []
        if self._at == first and (self._is("->") or self._is("--")):
            self.drawing.problem("dot-syntax", "an edge has no beginning", self._now.start)
        while self._is("->") or self._is("--"):
            arrows.append(self._take())
            groups.append(self._group(scope, alone=False))
        keys = [key for group in groups for key in group.keys]
        attributes = self._attributes()
        if self._at == first:
            self._unexpected()
            return []
        if not arrows:
            if groups[0].keys and not groups[0].cluster:
                self._declare(groups[0], attributes, scope)
            return keys
        for tail, arrow, head in zip(groups, arrows, groups[1:], strict=False):
            self._connect(tail, arrow, head, {**scope.edge, **attributes}, groups)
        return keys

    def _group(self, scope: _Scope, *, alone: bool) -> _Group:
        start = self._now.start
        if self._word() == "subgraph" or self._is("{"):
            return self._subgraph(scope)
        if self._now.kind in {"end", "sign"}:
            if not alone:
                self.drawing.problem("dot-syntax", "an edge has no end", start)
            return _Group((), start, start)
        token = self._take()
        port, end = "", token.end
        while self._accept(":"):
            if self._now.kind in {"name", "string"}:
                following = self._take()
                port, end = port or following.value, following.end
        self._mention(token, scope)
        return _Group((token.value,), start, end, port)

    def _subgraph(self, scope: _Scope) -> _Group:
        start = self._now.start
        key = ""
        if self._word() == "subgraph":
            self._take()
            while self._now.kind in {"name", "string"}:
                # A name with a hyphen should be quoted, and often is not.
                key = f"{key}-{self._take().value}" if key else self._take().value
                if self._next_is("->", "--", "="):
                    break
        if not self._accept("{"):
            number = self._subgraphs.get(key, 0)
            return _Group(tuple(self._members(number)) if number else (), start, self._tokens[self._at - 1].end)
        if scope.depth >= MAX_NESTING:
            message = f"subgraphs nested deeper than {MAX_NESTING} levels are not read"
            self.drawing.problem("too-deep", message, start)
            self._pass_over()
            return _Group((), start, self._tokens[self._at - 1].end, cluster=-1)
        number = self._subgraphs.get(key, 0) if key else 0
        if not number:
            number = len(self.drawing.clusters)
            self.drawing.clusters.append(Cluster(number, scope.cluster, start, key))
            if key:
                self._subgraphs[key] = number
        keys = self._body(scope.inside(number))
        return _Group(tuple(dict.fromkeys(keys)), start, self._tokens[self._at - 1].end, cluster=number)

    def _members(self, number: int) -> list[str]:
        places = {(True, number), (False, number)}
        return [node.key for node in self.drawing.nodes.values() if not places.isdisjoint(node.places)]

    def _pass_over(self) -> None:
        depth = 1
        while depth and self._now.kind != "end":
            token = self._take()
            if token.kind == "sign":
                depth += {"{": 1, "}": -1}.get(token.value, 0)

    def _mention(self, token: Token, scope: _Scope) -> None:
        nodes = self.drawing.nodes
        node = nodes.get(token.value)
        if node is None:
            if len(nodes) >= MAX_NODES:
                self.drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", 0)
                return
            node = nodes[token.value] = Node(token.value, token.start, token.end)
            self._fill(node, scope.node)
        node.stand(scope.cluster, alone=False)

    def _declare(self, group: _Group, attributes: Attributes, scope: _Scope) -> None:
        node = self.drawing.nodes.get(group.keys[0])
        if node is None:
            return
        # Where its label is given is where it is described; a bare name only says that it is there.
        if "label" in attributes or (attributes and node.label is None):
            node.start, node.end = group.start, self._tokens[self._at - 1].end
        node.stand(scope.cluster, alone=True)
        self._fill(node, attributes)

    def _fill(self, node: Node, attributes: Attributes) -> None:
        node.attributes |= {name: token.value for name, token in attributes.items() if name != "label"}
        node.shape = node.attributes.get("shape", "").casefold()
        label = attributes.get("label")
        if label is None:
            return
        node.label = text_of(label, node.key, self._name)
        if node.shape in _RECORDS and label.kind == "string":
            node.label, node.fields = fields_of_record(label.value, node.key, self._name)

    def _connect(self, tail: _Group, arrow: Token, head: _Group, given: Attributes, groups: list[_Group]) -> None:
        style = given["style"].value.casefold() if "style" in given else ""
        if "invis" in style:
            return
        start, end = groups[0].start, self._tokens[self._at - 1].end
        if end - start > MAX_QUOTE:
            start, end = tail.start, head.end
        heads: Heads = "forward" if arrow.value == "->" else "none"
        if "dir" in given and arrow.value == "->":
            heads = _HEADS.get(given["dir"].value.casefold(), heads)
        words = next((given[name] for name in ("label", "xlabel", "taillabel", "headlabel") if name in given), None)
        label = " ".join(text_of(words, "", self._name).split()) if words is not None else ""
        said = {name: given[name].value.casefold() for name in (*_RELATIONS, "color", "arrowhead") if name in given}
        edge = Edge(
            "",
            "",
            start,
            end,
            label or next((told for name in _RELATIONS if (told := known_words(said.get(name, "")))), ""),
            heads,
            "dashed" in style or "dotted" in style,
            colour=said.get("color", ""),
            blunt=said.get("arrowhead") == "none" and heads == "forward",
        )
        tails = self._cluster_end(given.get("ltail")) or tail.keys
        ends = self._cluster_end(given.get("lhead")) or head.keys
        ports = {f"t{key}": tail.port for key in tail.keys} | {f"h{key}": head.port for key in head.keys}
        self.drawing.connect(tails, ends, edge, ports)

    def _cluster_end(self, token: Token | None) -> tuple[str, ...]:
        """An edge drawn to the border of a cluster is meant for the cluster."""
        if token is None or token.value not in self._subgraphs:
            return ()
        number = self._subgraphs[token.value]
        return (f"\0{number}",) if self.drawing.clusters[number].label else ()
