"""What each node of a drawing is: a topic, a stage, a crossing of edges, a word about the drawing, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Strength
from ingest.parsers.dot.legends import edge_colours
from ingest.parsers.dot.model import Cluster, Drawing, Node, grey
from ingest.parsers.dot.numbering import numbered_direction
from ingest.parsers.dot.remarks import Remarks, remarks_of
from ingest.parsers.dot.titles import Habits, habits_of, name_of_label
from ingest.parsers.dot.words import (
    Direction,
    is_aside,
    is_decision,
    is_gate,
    is_legend,
    is_marker,
    is_open,
    is_or,
    is_root,
    junction_choice,
    says_optional,
    says_planned,
    states_needs,
)
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import Name, clean, is_furniture, looks_like_title

Role = Literal["topic", "phase", "crossing", "choice", "decision", "remark", "hidden"]
_NOTE_SHAPES = frozenset({"note", "comment", "docs", "flag", "text", "plaintext", "none", "plain"})
"""Shapes for words about the drawing; a title in one of the last may still be a topic."""
_NO_TOPIC_SHAPES = frozenset({"note", "comment"})
_BARE_SHAPES = frozenset({"plaintext", "none", "plain", "text"})
_DIAMONDS = frozenset({"diamond", "mdiamond"})
_COLOURS = ("fillcolor", "color", "class")
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
    optional: bool = False
    """Nobody must learn it."""
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
    direction: Direction | None = None
    """Where the arrows lead: as is said, or as the numbers of courses and stages tell."""
    into: Counter[str] = field(default_factory=Counter)
    """How many arrows lead to a node."""
    out: Counter[str] = field(default_factory=Counter)
    stated: bool = False
    """Something says that the arrows are requirements."""
    habits: Habits = field(default_factory=Habits)
    whole: str = ""
    """What the drawing is called in the box that everything starts from."""
    captions: bool = False
    """Boxes without a border are words about the drawing, as most boxes have one."""
    swatches: dict[tuple[str, str], Literal["planned", "optional"]] = field(default_factory=dict)
    """(attribute, value) that the legend explains."""
    edge_colours: dict[str, Strength] = field(default_factory=dict)
    """Colours of arrows that the legend explains."""


def sort_nodes(drawing: Drawing, notes: Iterable[str] = ()) -> Sorted:
    """Give every node its role.

    Args:
        drawing: as read.
        notes: what is written around it.
    """
    found, notes = Sorted(drawing), tuple(notes)
    for cluster in drawing.clusters[1:]:
        if cluster.parent in found.legends or is_legend(cluster.label) or is_legend(cluster.key):
            found.legends.add(cluster.number)
        found.groups[cluster.number] = cluster.number if cluster.label else found.groups.get(cluster.parent, 0)
    _count(found)
    for key, node in drawing.nodes.items():
        found.reads[key] = _read(node, found)
    texts = list(_texts(found, notes)) if drawing.if_stated else _texts(found, notes)
    found.remarks = remarks_of(texts)
    labels = (edge.label for edge in drawing.edges)
    found.stated = found.remarks.direction is not None or (drawing.if_stated and states_needs(texts, labels))
    found.direction = found.remarks.direction or _numbered_direction(found)
    if found.direction == "to-prerequisite":
        # What stands in front of a junction is told by the arrows from it.
        found.into, found.out = found.out, found.into
        for key, node in drawing.nodes.items():
            found.reads[key] = _read(node, found)
    _take_root(found)
    if drawing.parts_only:
        _hide_below(found)
    _explain(found)
    found.edge_colours = _edge_colours(found, notes)
    return found


def _hide_below(found: Sorted) -> None:
    """What hangs on "Resources" in a mind map is no topic either."""
    titles = {key: read.name.title for key, read in found.reads.items()}
    furniture = {key for key, title in titles.items() if is_furniture(title) and not is_open(title)}
    for edge in found.drawing.edges:
        if edge.tail in furniture and edge.head in found.reads:
            furniture.add(edge.head)
            found.reads[edge.head].role = "hidden"


def _take_root(found: Sorted) -> None:
    """A box that everything starts from and that only says what is drawn is the title."""
    roots = [
        read
        for key, read in found.reads.items()
        if read.role == "topic" and found.out[key] and not found.into[key] and is_root(read.name.title, key)
    ]
    if len(roots) == 1:
        roots[0].role = "hidden"
        found.whole = roots[0].name.title


def _edge_colours(found: Sorted, notes: Iterable[str]) -> dict[str, Strength]:
    remarks = {key: read.node for key, read in found.reads.items() if read.role == "remark"}
    blank = {key for key, read in found.reads.items() if read.role in {"crossing", "hidden"}}
    lines = (line for node in remarks.values() for line in node.lines)
    return edge_colours(found.drawing, remarks, blank, (*found.drawing.remarks, *lines, *notes))


def _numbered_direction(found: Sorted) -> Direction | None:
    topics = {key: read.name for key, read in found.reads.items() if read.role in {"topic", "phase", "hidden"}}
    homes = {key: home(found.drawing.nodes[key], found) for key in topics}
    return numbered_direction(found.drawing, topics, homes)


def _count(found: Sorted) -> None:
    """What the roles of single nodes need to know of the whole drawing."""
    for edge in found.drawing.edges:
        tail, head = (edge.head, edge.tail) if edge.heads == "back" else (edge.tail, edge.head)
        found.out[tail] += 1
        found.into[head] += 1
    nodes = found.drawing.nodes.values()
    found.habits = habits_of(nodes)
    found.captions = 2 * sum(node.shape in _BARE_SHAPES for node in nodes) < len(nodes)


def _explain(found: Sorted) -> None:
    """Learn from the legend which colours and classes mean planned or optional, and mark the optional nodes."""
    seen: Counter[tuple[str, str]] = Counter()
    for read in found.reads.values():
        if read.role == "remark" and len(read.node.lines) > 0:
            words = " ".join(read.node.lines)
            says = "planned" if says_planned(words) else "optional" if says_optional(words) else ""
            for name in _COLOURS:
                value = read.node.attributes.get(name, "")
                seen[name, value] += 1
                if value and says:
                    found.swatches[name, value] = "planned" if says == "planned" else "optional"
    # A colour that several entries share says nothing.
    found.swatches = {swatch: says for swatch, says in found.swatches.items() if seen[swatch] == 1}
    for read in found.reads.values():
        if read.role == "topic":
            read.optional = _is_optional(read, found)


def _is_optional(read: Read, found: Sorted) -> bool:
    attributes = read.node.attributes
    if read.name.optional or says_optional(attributes.get("class", "")):
        return True
    if any(found.swatches.get((name, attributes.get(name, ""))) == "optional" for name in _COLOURS):
        return True
    return bool(found.remarks.optional_styles & _styles(attributes)) if found.remarks.optional_styles else False


def home(node: Node, found: Sorted) -> int:
    """The labelled cluster that a node stands in; 0 for none. Where it is stated alone counts first."""
    ranked = sorted(node.places, key=lambda each: not each[0])
    return next((group for _, cluster in ranked if (group := found.groups.get(cluster, 0))), 0)


def is_planned(read: Read, found: Sorted) -> bool:
    """Whether a node is announced: by its words, its class, its cluster, or a style that the legend explains."""
    attributes = read.node.attributes
    if read.name.planned or says_planned(attributes.get("class", "")):
        return True
    if any(found.swatches.get((name, attributes.get(name, ""))) == "planned" for name in _COLOURS):
        return True
    if found.remarks.planned_styles and found.remarks.planned_styles & _styles(attributes):
        return True
    return any(clean(each.label).planned for each in _around(home(read.node, found), found))


def _styles(attributes: dict[str, str]) -> set[str]:
    """Which of the styles that a legend may explain a node has."""
    found: set[str] = set()
    style = attributes.get("style", "").casefold()
    if "dashed" in style or "dotted" in style or "stroke-dasharray" in style:
        found.add("dashed")
    colours = [attributes.get(name, "") for name in ("color", "fontcolor", "fillcolor")]
    # In CSS the border is often grey, whatever the box means.
    said = (part.partition(":") for part in style.replace(";", ",").split(","))
    colours += [value for name, _, value in said if name.strip() in {"fill", "color"}]
    if any(map(grey, colours)):
        found.add("grey")
    return found


def _around(number: int, found: Sorted) -> Iterator[Cluster]:
    while number:
        yield found.drawing.clusters[number]
        number = found.drawing.clusters[number].parent


def _read(node: Node, found: Sorted) -> Read:
    label = node.key if node.label is None else node.label
    if node.label is None and "_" in label and " " not in label:
        label = label.replace("_", " ")
    record = node.shape in {"record", "mrecord"}
    name, whole, rest = name_of_label(label, record=record, habits=found.habits)
    role = _role(node, name, whole, found)
    stage = phase_of(whole) if role == "topic" else None
    choice = _choice(node, whole) if role == "choice" else 0
    return Read(node, "phase" if stage is not None else role, name, rest, stage=stage, choice=choice)


def _choice(node: Node, whole: str) -> int:
    """How many of what stands in front of a junction are needed; 0 when it is none that chooses."""
    if node.label is not None and not whole and "xlabel" not in node.attributes:
        # An empty box chooses by what it is called: `cs240or251`, `class="option"`.
        return int(is_or(node.key, node.attributes.get("class", "")))
    # The words of a point stand beside it.
    return junction_choice(node.attributes.get("xlabel", whole) if node.shape == "point" or not whole else whole)


def _role(node: Node, name: Name, whole: str, found: Sorted) -> Role:
    chooses = _choice(node, whole) > 0
    coded = (found.habits.codes or found.habits.lettered) and bool(name.aliases)
    # "Choose one" with one arrow to it and several from it: what follows are the alternatives.
    blank = node.shape in _DIAMONDS and node.label is not None and not whole
    parts_ways = (chooses or blank) and found.into[node.key] <= 1 < found.out[node.key]
    tests: tuple[tuple[Role, bool], ...] = (
        ("remark", any(cluster in found.legends for _, cluster in node.places)),
        ("remark", is_legend(whole) or is_legend(node.key) or is_aside(node.attributes.get("class", ""))),
        ("hidden", "invis" in node.attributes.get("style", "").casefold()),
        ("choice", chooses and not parts_ways),
        ("decision", parts_ways),
        ("crossing", node.shape == "point" or (node.label is not None and not whole) or is_gate(whole)),
        ("decision", node.shape in _DIAMONDS and is_decision(whole)),
        ("remark", node.shape in _NO_TOPIC_SHAPES or _is_sentence(whole, node.shape, captions=found.captions)),
        ("remark", found.captions and node.shape in _BARE_SHAPES and not _is_joined(node, found)),
        ("hidden", whole.endswith("!") and not found.out[node.key]),
        ("hidden", is_marker(name.title) or (is_furniture(name.title) and not coded)),
        ("hidden", not looks_like_title(name.title, strong=True)),
    )
    return next((role for role, true in tests if true), "topic")


def _is_joined(node: Node, found: Sorted) -> bool:
    return found.into[node.key] + found.out[node.key] > 0


def _is_sentence(text: str, shape: str, *, captions: bool) -> bool:
    words = len(text.split())
    if words > _SENTENCE_WORDS and shape in _NOTE_SHAPES and (captions or shape not in _BARE_SHAPES):
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
