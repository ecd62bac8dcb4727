"""Graphs in data files: `nodes` and `edges` as editors and libraries write them, and adjacency maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph.model import Strength
from ingest.parsers.data_files.choices import Choices, choice_of, group_in
from ingest.parsers.data_files.groups import read_stages, type_of
from ingest.parsers.data_files.made import made_map
from ingest.parsers.data_files.names import plain_title
from ingest.parsers.data_files.reader import Reader
from ingest.parsers.data_files.requires import strength_of
from ingest.parsers.data_files.things import read_thing
from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.words import all_pairs, fields_of, key_words, means, title_of
from ingest.parsers.dot.words import EdgeWords, edge_words
from ingest.parsers.outline.draft import Claim, Found, Piece, Place
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.titles import clean, looks_like_title

MAX_DIGITS = 7
MAX_LEVELS = 3
"""How deep in a file a graph is looked for."""
_BOTH = 2
_ARROWS = ("-->", "->", "=>", "\u2192")


class Parts(NamedTuple):
    """The lists of a graph."""

    nodes: tuple[Node, ...]
    edges: tuple[Node, ...]
    turned: bool = False
    """A pair without keys names what requires before what is required, as a list called "prerequisites" says."""


class Edge(NamedTuple):
    """One edge as read."""

    first: Node
    """To be learned first."""
    second: Node
    rule: str
    strength: Strength
    reason: str = ""
    group: str | None = None
    """The alternatives that it belongs to; None when it is no alternative."""
    need: int = 0
    told: bool = False
    """A word on it says what it means."""


def graph_in(root: Node, level: int = 0) -> Parts | None:
    """The graph that a file holds, or None."""
    if level > MAX_LEVELS:
        return None
    if root.kind == "list":
        return _flat(root)
    pairs = list(root.pairs)
    named = next(((key, each) for key, each in pairs if means("edges", key.text) == "lists" and _are_edges(each)), None)
    if named is not None:
        key, edges = named
        nodes = next(
            (
                each
                for key, each in pairs
                if means("containers", key.text) == "topics" and each is not edges and each.items
            ),
            None,
        )
        turned = means("keys", key.text) == "requires" and key.text != "edges"
        if nodes is not None or not turned or level == 0:
            # Pairs inside a thing are alternatives that it requires.
            return Parts(_members(nodes), tuple(edges.items), turned)
    for _, each in pairs:
        found = graph_in(each, level + 1) if each.kind == "map" or (each.kind == "list" and level == 0) else None
        if found is not None:
            return found
    return None


def _members(nodes: Node | None) -> tuple[Node, ...]:
    if nodes is None:
        return ()
    if nodes.kind == "list":
        return tuple(nodes.items)
    # A map by id: each becomes a node with that id.
    return tuple(
        Node("map", each.start, each.end, items=[_word(key, "id"), key, *each.items])
        if each.kind == "map"
        else Node("map", key.start, each.end, items=[_word(key, "id"), key, _word(key, "label"), each])
        for key, each in nodes.pairs
    )


def _word(near: Node, text: str) -> Node:
    return Node("text", near.start, near.end, text)


def _flat(root: Node) -> Parts | None:
    """A list with nodes and edges in one, each in a `data` map."""
    edges = [each for each in root.items if each.kind == "map" and _ends(each) is not None]
    nodes = [each for each in root.items if each.kind == "map" and _ends(each) is None]
    wrapped = edges and all(any(key.text == "data" for key, _ in each.pairs) for each in edges)
    if edges and not nodes and all(fields_of(each).get("requires") is None for each in edges):
        return Parts((), tuple(edges))
    return Parts(tuple(nodes), tuple(edges)) if wrapped else None


def _are_edges(node: Node) -> bool:
    if node.kind != "list" or not node.items:
        return False
    return sum(_ends(each) is not None for each in node.items) * 2 > len(node.items)


def _ends(edge: Node) -> tuple[Node, Node] | None:
    """(first, second) as written: by keys, as a list of two, or of a topic and what it requires turned round."""
    if edge.kind == "list":
        two = len(edge.items) >= _BOTH and all(each.kind == "text" for each in edge.items[:_BOTH])
        return (edge.items[0], edge.items[1]) if two else None
    if edge.kind == "text":
        return _arrow(edge)
    found: dict[str, Node] = {}
    for key, each in all_pairs(edge):
        kind = means("edges", key.text)
        if kind in {"first", "second"} and each.kind == "text" and each.text:
            found.setdefault(kind, each)
    return (found["first"], found["second"]) if len(found) == _BOTH else None


def _arrow(edge: Node) -> tuple[Node, Node] | None:
    arrow = next((each for each in _ARROWS if each in edge.text), None)
    if arrow is None:
        return None
    first, _, second = edge.text.partition(arrow)
    return (replace(edge, text=first.strip()), replace(edge, text=second.strip())) if first and second else None


def read_graph(parts: Parts, reader: Reader) -> None:
    """Read the nodes as topics, and the edges as requirements between them."""
    hidden: set[str] = set()
    stages = read_stages(parts.nodes, reader)
    for number, node in enumerate(parts.nodes, start=1):
        if number not in stages.numbers:
            _read_node(node, (number, stages.around(node)), reader, hidden)
    _number_nodes(parts, reader)
    inner = {key: kind for key, kind in map(_kind_of_node, parts.nodes) if kind in _LEVELS}
    choices = Choices()
    backwards = _point_backwards(parts.edges)
    for edge in parts.edges:
        read = _edge(edge, turned=parts.turned, backwards=backwards)
        if read is None:
            _pair_fields(edge, reader)
            continue
        if not parts.nodes:
            for end in (read.first, read.second):
                _add_end(end, reader)
        if {read.first.text.strip(), read.second.text.strip()} & hidden:
            continue
        ends = {inner.get(end.text.strip(), ""): end for end in (read.first, read.second)}
        if ends.keys() >= _LEVELS and not read.told:
            _note_part(ends["subtopic"], ends["topic"], reader)
        else:
            _claim(read, reader, choices)
    choices.settle(reader.names)


_LEVELS = frozenset({"topic", "subtopic"})
"""Types of boxes: a line between the two says what is part of what, unless a group does."""


def _kind_of_node(node: Node) -> tuple[str, str]:
    fields = fields_of(node)
    kind = "" if "part_of" in fields else key_words(type_of(node))
    return (fields["id"][1].text.strip() if "id" in fields else "", kind)


def _note_part(part: Node, whole: Node, reader: Reader) -> None:
    end = reader.names.owner(part.text.strip())
    if end is not None:
        reader.names.part(end, whole.text.strip(), reader.source.line(part.start))


def _number_nodes(parts: Parts, reader: Reader) -> None:
    """Let edges name nodes without ids by their place in the list, from 0 or from 1."""
    pairs = [ends for edge in parts.edges if (ends := _ends(edge)) is not None]
    numbers = {end.text.strip() for pair in pairs for end in pair}
    if not numbers or not parts.nodes or not all(each.isdecimal() and len(each) < MAX_DIGITS for each in numbers):
        return
    if any(each.kind == "map" and "id" in fields_of(each) for each in parts.nodes):
        return
    first = int("0" not in numbers and str(len(parts.nodes)) in numbers)
    for number, node in enumerate(parts.nodes, start=first):
        owner = reader.names.owner(node.text.strip() if node.kind == "text" else title_of(node))
        if owner is not None:
            reader.names.ids.setdefault(str(number), owner)


def _read_node(node: Node, where: tuple[int, Place], reader: Reader, hidden: set[str]) -> None:
    if node.kind == "text":
        _add_end(node, reader)
        return
    fields = fields_of(node)
    key = fields["id"][1].text.strip() if "id" in fields else ""
    kind = type_of(node)
    if means("node_types", kind) == "none" or any(
        key_words(name.text) == "hidden" and each.text == "true" for name, each in node.pairs
    ):
        if key_words(kind) == "title":
            reader.title = reader.title or title_of(node)
        hidden.add(key)
        return
    labels = [each for name, each in all_pairs(node) if means("keys", name.text) == "title" and each.kind == "text"]
    if labels and not any(each.text.strip() for each in labels):
        # A frame without a word: its id is no title.
        hidden.add(key)
        return
    before = len(reader.names.draft.topics) + len(reader.names.draft.phases)
    read_thing(node, None, (where[0], ""), where[1], reader)
    if before == len(reader.names.draft.topics) + len(reader.names.draft.phases):
        hidden.add(key)


def _add_end(end: Node, reader: Reader) -> None:
    name = clean(plain_title(end.text))
    if reader.names.owner(end.text.strip()) is None and looks_like_title(name.title, strong=True):
        span = reader.source.span(end.start, end.end)
        written = end.text.strip()
        found = Found(title=name.title, line=span.first, line_end=span.last, text=written)
        reader.names.topic(found, Place(), written)


def _point_backwards(edges: Sequence[Node]) -> bool:
    """Whether all edges are labelled, and those whose label tells the direction lead to what is required."""
    told = [{means("relations", said) for said in _labels(edge)} - {None} for edge in edges]
    return all(told) and {*set().union(*told)} & {"requires", "first"} == {"requires"}


def _edge(edge: Node, *, turned: bool = False, backwards: bool = False) -> Edge | None:
    ends = _ends(edge)
    if ends is None:
        return None
    rule, strength = "edge-source-first", "hard" if edge.kind != "map" else _dashed(edge)
    first, second = ends
    if turned and edge.kind == "list":
        first, second, rule = ends[1], ends[0], "pair-topic-requires"
    told = False
    need, soft = 0, False
    for said in _labels(edge):
        relation = means("relations", said)
        words = edge_words(said) if relation is None else EdgeWords()
        need = max(need, choice_of(said))
        told = told or relation is not None
        strength = words.strength or strength
        soft = soft or words.strength is not None or relation in {"soft", "together"}
        if relation == "requires" or words.direction == "to-prerequisite":
            first, second, rule = ends[1], ends[0], "edge-label-requires"
        elif relation == "first" or words.direction == "to-dependent":
            rule = "edge-label-first"
        elif relation in {"soft", "together"}:
            strength = relation
            if backwards:
                first, second, rule = ends[1], ends[0], "edge-label-requires"
        elif relation in {"part", "none"}:
            rule = relation
    given = strength_of(edge) if edge.kind == "map" else None
    made: Strength = given or ("soft" if strength == "soft" else "together" if strength == "together" else "hard")
    reason = fields_of(edge).get("reason") if edge.kind == "map" else None
    group = group_in(edge, _labels(edge))
    if group is not None and given is None and not soft:
        # "one of" explains a dashed line: each is optional, one of them is needed.
        made = "hard"
    return Edge(first, second, rule, made, reason[1].text if reason is not None else "", group, need, told)


def _labels(edge: Node) -> Iterator[str]:
    if edge.kind == "list":
        yield from (each.text for each in edge.items[_BOTH:3] if each.kind == "text")
    for key, each in all_pairs(edge):
        if each.kind == "text" and means("edges", key.text) == "label" and key_words(key.text) != "strength":
            yield each.text


def _dashed(edge: Node) -> str:
    """An animated or dashed line is how editors draw what is optional; a word on it outweighs that it moves."""
    said = any(means("relations", label) in {"requires", "first", "hard"} for label in _labels(edge))
    for key, each in all_pairs(edge):
        words = key_words(key.text)
        if words == "animated" and each.text == "true" and not said:
            return "soft"
        if words == "style":
            looks = {key_words(name.text): value.text.strip(" ;") for name, value in each.pairs}
            dash = looks.get("stroke dasharray", "0")
            if dash not in {"", "0", "none"} or means("relations", looks.get("line style", each.text)) == "soft":
                return "soft"
    return "hard"


def _claim(read: Edge, reader: Reader, choices: Choices) -> None:
    names = reader.names
    owner = names.owner(read.second.text.strip())
    if read.rule == "part":
        return
    span = reader.source.span(min(read.first.start, read.second.start), max(read.first.end, read.second.end))
    if owner is None:
        names.draft.problem("dangling-reference", f"“{read.second.text}” is not described here", span.first)
    elif read.rule != "none":
        said = read.first.text.strip()
        numbered = names.ids.get(said) if said.isdecimal() else None
        piece = Piece(said if numbered is None else numbered.title, span.first, span.last, span.quote, read.reason)
        names.elements.add(piece.value)
        claim = Claim(owner, (piece,), read.rule, read.strength)
        if read.group is None:
            names.draft.claims.append(claim)
        else:
            choices.add(owner, read.group, replace(claim, choice=read.need))


def _pair_fields(edge: Node, reader: Reader) -> None:
    """An edge that names its ends by their roles: `{course: B, prerequisite: A}`."""
    fields = fields_of(edge) if edge.kind == "map" else {}
    if "title" not in fields:
        return
    owner = reader.names.owner(fields["title"][1].text.strip())
    for kind in STRENGTH_OF:
        if owner is not None and kind in fields:
            reader.later.append((owner, kind, "edge-named", fields[kind][1]))


def is_adjacency(node: Node, *, named: bool) -> bool:
    """Whether a map leads from each title to the titles it requires.

    Args:
        node: the map.
        named: its own key says that it holds requirements; else a value has to be a key too.
    """
    pairs = list(node.pairs)
    if not pairs or any(
        each.kind == "map" or (each.kind == "text" and each.text) or any(item.kind != "text" for item in each.items)
        for _, each in pairs
    ):
        return False
    if any(means("keys", key.text) or means("choices", key.text) for key, _ in pairs):
        return False
    keys = {key.text.strip() for key, _ in pairs}
    values = [item.text.strip() for _, each in pairs for item in each.items]
    return bool(values) and (named or any(value in keys for value in values)) and _titles(keys)


def _titles(keys: set[str]) -> bool:
    return all(looks_like_title(clean(key).title, strong=True) for key in keys)


def read_titles(node: Node, reader: Reader) -> None:
    """Read a map from keys to titles: topics that other maps name by their keys."""
    for number, (key, value) in enumerate(node.pairs, start=1):
        made = made_map(value, id=key, title=value)
        read_thing(made, None, (number, ""), Place(), reader)


def read_adjacency(node: Node, word: str, reader: Reader) -> None:
    """Read a map of titles; under "unlocks" the values require the key."""
    turned = means("keys", word) == "unlocks" or means("relations", word) == "first"
    for key, _ in node.pairs:
        _add_end(key, reader)
    if turned:
        for _, each in node.pairs:
            for item in each.items:
                _add_end(item, reader)
    for key, each in node.pairs:
        owner = reader.names.owner(key.text.strip())
        if owner is not None and each.items:
            kind, rule = ("unlocks", "adjacency-key-first") if turned else ("requires", "adjacency-key-requires")
            reader.later.append((owner, kind, rule, each))
