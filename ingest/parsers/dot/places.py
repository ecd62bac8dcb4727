"""Where the topics of a drawing stand: in clusters, below a stage that is a node, as parts of one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from ingest.parsers.dot.frames import Frames, frames_around, frames_of
from ingest.parsers.dot.model import MAX_NESTING, Edge
from ingest.parsers.dot.titles import without_span
from ingest.parsers.dot.topics import Read, Sorted, home, is_planned
from ingest.parsers.dot.words import edge_words
from ingest.parsers.outline.draft import Draft, Found, Place
from ingest.parsers.wording.inline import Link
from ingest.parsers.wording.known import End
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.resources import resources_of
from ingest.parsers.wording.titles import clean
from ingest.words import table

Below = dict[str, list[tuple[int, str]]]
"""Key -> (place in the source, key) of what stands in it."""
MAX_TEXT = 200
TOP = f"{chr(0)}0"
"""The drawing itself, as the cluster that it is."""
_ADDRESSES = ("url", "href")


@dataclass(slots=True)
class Places:
    """The ends that edges can have."""

    ports: set[tuple[str, str]]
    """(node, port) that edges use: fields of records that are topics themselves."""
    ends: dict[str, End] = field(default_factory=dict)
    """Key of a node, `key NUL port` of a record's field, `NUL number` of a cluster -> what it became."""
    holding: set[int] = field(default_factory=set)
    """Positions of the edges that say only what is part of what."""


def place_topics(found: Sorted, draft: Draft) -> Places:
    """Add stages, sections and topics to a draft, each in what holds it, in the order of the source."""
    ports = {
        pair for edge in found.drawing.edges for pair in zip((edge.tail, edge.head), edge.ports, strict=True) if pair[1]
    }
    places = Places(ports)
    above = _parents(found, places)
    below: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, read in found.reads.items():
        if read.role in {"topic", "phase"}:
            below[above.get(key, f"\0{home(read.node, found)}")].append((read.node.start, key))
    for cluster in found.drawing.clusters[1:]:
        if cluster.label and cluster.number not in found.legends:
            parent = found.groups.get(cluster.parent, 0)
            below[f"\0{parent}"].append((cluster.start, f"\0{cluster.number}"))
    _Placer(found, draft, places, below).place(TOP, Place(), 0)
    return places


def _parents(found: Sorted, places: Places) -> dict[str, str]:
    """Key of a node -> key of the node that holds it; one that would hold itself in the end is left out."""
    above: dict[str, str] = {}
    frames = frames_of(found.drawing)
    for at, edge in enumerate(found.drawing.edges):
        pair = (edge.tail, edge.head) if (edge.tail, edge.head) in frames.pairs else _holds(edge, found)
        if pair is None:
            continue
        places.holding.add(at)
        whole, part = pair
        read = found.reads.get(part)
        stage = read is not None and read.role == "phase"
        if part in above or stage or not _may_hold(whole, part, above):
            continue
        above[part] = whole
    if frames.heads:
        _take_in(found, frames, above)
    return above


def _take_in(found: Sorted, frames: Frames, above: dict[str, str]) -> None:
    """Let the head of a frame hold what else stands in it."""
    for key, read in found.reads.items():
        if key in above or read.role != "topic":
            continue
        for number in frames_around(found.drawing, key):
            head = frames.heads.get(number, key)
            if head != key and _may_hold(head, key, above):
                above[key] = head
            if head != key or found.drawing.clusters[number].label:
                break


def _holds(edge: Edge, found: Sorted) -> tuple[str, str] | None:
    """(whole, part) when an edge says nothing else."""
    tail, head = found.reads.get(edge.tail), found.reads.get(edge.head)
    if tail is None or head is None or not {tail.role, head.role} <= {"topic", "phase"}:
        return None
    relation = edge_words(edge.label).relation
    if found.drawing.parts_only or relation == "holds":
        return edge.tail, edge.head
    if relation == "part":
        return edge.head, edge.tail
    # From a stage to a topic leads no requirement: the topic stands in it.
    stage = tail.role == "phase" and head.role == "topic" and not edge.label and edge.heads == "forward"
    return (edge.tail, edge.head) if stage else None


def _may_hold(whole: str, part: str, above: dict[str, str]) -> bool:
    key = whole
    for _ in range(MAX_NESTING):
        if key == part:
            return False
        if key not in above:
            return True
        key = above[key]
    return False


class _Placer:
    """Goes down the tree of clusters, stages and topics."""

    def __init__(self, found: Sorted, draft: Draft, places: Places, below: Below) -> None:
        self._found, self._draft, self._places, self._below = found, draft, places, below

    def place(self, key: str, place: Place, depth: int) -> None:
        """Add what stands in a cluster or below a node."""
        if depth > 2 * MAX_NESTING:
            return
        for _, child in sorted(self._below.get(key, ())):
            if child.startswith("\0"):
                inside = _cluster(child, self._found, self._draft, place, self._below) or place
            else:
                inside = _node(child, self._found, self._draft, place, self._places)
            if inside.owner is not None and inside is not place:
                self._places.ends[child] = inside.owner
            self.place(child, inside, depth + 1)


def _cluster(key: str, found: Sorted, draft: Draft, place: Place, below: Below) -> Place | None:
    cluster = found.drawing.clusters[int(key[1:])]
    line = found.drawing.line(cluster.start)
    stage = phase_of(cluster.label) if place.phase is None else None
    if not _filled(key, below):
        return None
    if stage is not None:
        return replace(draft.phase(stage, line, stage.weeks), part_of=place.part_of)
    title = clean(without_span(cluster.label)[0]).title
    if not title:
        return None
    return draft.topic(Found(title=title, line=line, line_end=line, text=cluster.label), place, section=True)


def _filled(key: str, below: Below) -> bool:
    waiting = [key]
    while waiting:
        for _, child in below.get(waiting.pop(), ()):
            if not child.startswith("\0"):
                return True
            waiting.append(child)
    return False


def _node(key: str, found: Sorted, draft: Draft, place: Place, places: Places) -> Place:
    read = found.reads[key]
    node = read.node
    line, last = found.drawing.line(node.start), found.drawing.line(max(node.start, node.end - 1))
    if read.stage is not None and place.phase is None:
        return replace(draft.phase(read.stage, line, read.stage.weeks), part_of=place.part_of)
    inside = draft.topic(_found(read, found, places, line, last), place)
    if inside is place:
        return place
    for port, words in node.fields.items():
        title = clean(words).title
        if (key, port) in places.ports and title and title != read.name.title:
            part = draft.topic(Found(title=title, line=line, line_end=last, text=words), inside)
            if part.owner is not None and part is not inside:
                places.ends[f"{key}\0{port}"] = part.owner
    return inside


def _found(read: Read, found: Sorted, places: Places, line: int, last: int) -> Found:
    attributes = read.node.attributes
    url = next((attributes[name] for name in _ADDRESSES if attributes.get(name)), "")
    tooltip = " ".join(attributes.get("tooltip", "").replace("\\n", " ").split())
    if url and tooltip.partition(" ")[0].casefold() in table("drawings")["labels"]["links"]:
        tooltip = ""
    parts = {words for port, words in read.node.fields.items() if (read.node.key, port) in places.ports}
    rest = "; ".join(words for words in read.rest.split("; ") if words not in parts)
    return Found(
        title=read.name.title,
        line=line,
        line_end=last,
        text=found.drawing.source[read.node.start : read.node.end].partition("\n")[0][:MAX_TEXT],
        number=read.name.number,
        planned=is_planned(read, found),
        ticked=read.name.ticked,
        description=tooltip if tooltip and tooltip != read.name.title else rest,
        hours=read.name.hours,
        aliases=read.name.aliases,
        resources=resources_of([Link(url, read.name.title, 0)] if url else []),
    )
