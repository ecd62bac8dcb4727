"""What each node of a drawing is: a topic, a stage, a crossing of edges, a word about the drawing, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from ingest.parsers.dot_model import Cluster, Drawing, Node, grey
from ingest.parsers.dot_words import (
    Remarks,
    is_decision,
    is_gate,
    is_legend,
    is_marker,
    junction_choice,
    remarks_of,
    says_planned,
)
from ingest.parsers.phases import PhaseName, phase_of
from ingest.parsers.titles import Name, clean, is_furniture, looks_like_title

Role = Literal["topic", "phase", "crossing", "choice", "decision", "remark", "hidden"]
_NOTE_SHAPES = frozenset({"note", "comment", "docs", "flag", "text", "plaintext", "none", "plain"})
"""Shapes for words about the drawing; a title in one of the last may still be a topic."""
_NO_TOPIC_SHAPES = frozenset({"note", "comment"})
_SENTENCE_WORDS = 6
_ENDINGS = (".", "!", ";")


@dataclass(slots=True)
class Read:
    """A node with its role and title."""

    node: Node
    role: Role
    name: Name
    rest: str = ""
    """What stands below the title in its box."""
    stage: PhaseName | None = None
    choice: int = 0


@dataclass(slots=True)
class Sorted:
    """All nodes of a drawing."""

    drawing: Drawing
    reads: dict[str, Read] = field(default_factory=dict)
    legends: set[int] = field(default_factory=set)
    """Numbers of the clusters that are legends, those inside them included."""
    groups: dict[int, int] = field(default_factory=dict)
    """Cluster -> the nearest one with a label, itself included; 0 for none."""
    remarks: Remarks = field(default_factory=Remarks)


def sort_nodes(drawing: Drawing, notes: Iterable[str] = ()) -> Sorted:
    """Give every node its role.

    Args:
        drawing: as read.
        notes: what is written around it.
    """
    found = Sorted(drawing)
    for cluster in drawing.clusters[1:]:
        if cluster.parent in found.legends or is_legend(cluster.label) or is_legend(cluster.key):
            found.legends.add(cluster.number)
        found.groups[cluster.number] = cluster.number if cluster.label else found.groups.get(cluster.parent, 0)
    for key, node in drawing.nodes.items():
        found.reads[key] = _read(node, found)
    found.remarks = remarks_of(_texts(found, notes))
    return found


def home(node: Node, found: Sorted) -> int:
    """The labelled cluster that a node stands in; 0 for none. Where it is stated alone counts first."""
    ranked = sorted(node.places, key=lambda each: not each[0])
    return next((group for _, cluster in ranked if (group := found.groups.get(cluster, 0))), 0)


def is_planned(read: Read, found: Sorted) -> bool:
    """Whether a node is announced: by its words, its class, its cluster, or a style that the legend explains."""
    attributes = read.node.attributes
    if read.name.planned or says_planned(attributes.get("class", "")):
        return True
    style = f"{attributes.get('style', '')}".casefold()
    styles = found.remarks.planned_styles
    if "dashed" in styles and ("dashed" in style or "dotted" in style or "stroke-dasharray" in style):
        return True
    colours = [attributes.get(name, "") for name in ("color", "fontcolor", "fillcolor")]
    colours += [part.partition(":")[2] for part in style.replace(";", ",").split(",")]
    if "grey" in styles and any(map(grey, colours)):
        return True
    return any(clean(each.label).planned for each in _around(home(read.node, found), found))


def _around(number: int, found: Sorted) -> Iterator[Cluster]:
    while number:
        yield found.drawing.clusters[number]
        number = found.drawing.clusters[number].parent


def _read(node: Node, found: Sorted) -> Read:
    lines = node.lines
    if node.label is None and "_" in node.key and " " not in node.key:
        lines = (node.key.replace("_", " ").strip(),)
    whole = " ".join(lines)
    name, rest = clean(whole), ""
    below = (node.shape in {"record", "mrecord"} or not looks_like_title(name.title, strong=True)) and len(lines) > 1
    if below:
        name, rest = clean(lines[0]), "; ".join(lines[1:])
    role = _role(node, name, whole, found)
    stage = phase_of(whole) if role == "topic" else None
    choice = junction_choice(whole) if role == "choice" else 0
    return Read(node, "phase" if stage is not None else role, name, rest, stage, choice)


def _role(node: Node, name: Name, whole: str, found: Sorted) -> Role:
    tests: tuple[tuple[Role, bool], ...] = (
        ("remark", any(cluster in found.legends for _, cluster in node.places)),
        ("remark", is_legend(whole) or is_legend(node.key)),
        ("hidden", "invis" in node.attributes.get("style", "").casefold()),
        ("choice", junction_choice(whole) > 0),
        ("crossing", node.shape == "point" or (node.label is not None and not whole) or is_gate(whole)),
        ("decision", node.shape in {"diamond", "mdiamond"} and is_decision(whole)),
        ("remark", node.shape in _NO_TOPIC_SHAPES or _is_sentence(whole, node.shape)),
        ("hidden", is_marker(name.title) or is_furniture(name.title)),
        ("hidden", not looks_like_title(name.title, strong=True)),
    )
    return next((role for role, true in tests if true), "topic")


def _is_sentence(text: str, shape: str) -> bool:
    words = len(text.split())
    if shape in _NOTE_SHAPES and words > _SENTENCE_WORDS:
        return True
    return words > _SENTENCE_WORDS and text.endswith(_ENDINGS)


def _texts(found: Sorted, notes: Iterable[str]) -> Iterator[str]:
    """Everything that may say what the signs mean; edges of the legend as if written."""
    drawing = found.drawing
    yield from drawing.remarks[:500]
    yield drawing.title
    yield from (cluster.label for cluster in drawing.clusters if cluster.label)
    remarks = {key: read for key, read in found.reads.items() if read.role == "remark"}
    for edge in drawing.edges if remarks else ():
        if edge.tail in remarks and edge.head in remarks:
            ends = [" ".join(remarks[key].node.lines) for key in (edge.tail, edge.head)]
            yield f"{ends[0]} -> {ends[1]}"
            yield f"-> means {edge.label}"
            yield f"{'dashed' if edge.dashed else 'solid'}: {edge.label} {ends[0]} {ends[1]}"
    for read in remarks.values():
        style = read.node.attributes.get("style", "")
        yield f"{' '.join(read.node.lines)}"
        yield f"{style}: {' '.join(read.node.lines)}"
    yield from notes
