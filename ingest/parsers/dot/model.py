"""A drawn graph as DOT sees it: nodes, edges, clusters. Mermaid is read into the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Literal

from ingest.reading import ReadProblem

Heads = Literal["forward", "back", "both", "none"]
MAX_NESTING = 60
"""Clusters in clusters; deeper ones are not read."""
MAX_NODES = 60_000
"""Nodes that are kept at all; which of them are topics, and how many those may be, is said by the draft."""
MAX_EDGES = 400_000
"""Edges of one drawing: `{a b c} -> {d e f}` multiplies."""
MAX_PLACES = 8
"""Mentions of a node in clusters that are compared."""
PART_SIGN = "\f"
"""In front of the small print of a label; for lines it is a space."""
_SMALL = re.compile(
    r"(</tr>|<br\b[^<>]{0,80}>)((?:\s|<(?:tr|td|table)\b[^<>]{0,400}>)*)(?=<(?:i|sub|small|font\b[^<>]{0,100}point-size)\b)|</tr>",
    re.IGNORECASE,
)
"""In HTML: another row, or a line in italics or another size."""
_BREAK = re.compile(r"</?(?:br|tr|td|th|hr|p|li|table|div)\b[^<>]{0,400}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")


@dataclass(slots=True)
class Node:
    """A node; it grows while the drawing is read."""

    key: str
    """As the drawing calls it."""
    start: int
    """Where its first mention begins in the source."""
    end: int
    label: str | None = None
    """Plain text, lines apart; None when it has none of its own."""
    shape: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    places: list[tuple[bool, int]] = field(default_factory=list)
    """(a statement of its own, cluster) for the first mentions in clusters."""
    fields: dict[str, str] = field(default_factory=dict)
    """Of a record: port -> text."""

    def stand(self, cluster: int, *, alone: bool) -> None:
        """Note that it is mentioned in a cluster, alone or as the end of an edge."""
        if cluster and len(self.places) < MAX_PLACES and (alone, cluster) not in self.places:
            self.places.append((alone, cluster))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its label that are not empty."""
        return lines_of(self.key if self.label is None else self.label)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge and the piece of the source that states it."""

    tail: str
    head: str
    start: int
    end: int
    label: str = ""
    heads: Heads = "forward"
    dashed: bool = False
    ports: tuple[str, str] = ("", "")
    colour: str = ""
    blunt: bool = False
    """Drawn without a head, though it is written as an arrow."""


@dataclass(slots=True)
class Cluster:
    """A subgraph; number 0 is the drawing itself."""

    number: int
    parent: int
    start: int
    key: str = ""
    label: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Drawing:
    """What a reader found."""

    source: str
    language: str
    """dot or mermaid: the rules are named after it."""
    title: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Comments: they may say what an arrow means."""
    problems: list[ReadProblem] = field(default_factory=list)
    parts_only: bool = False
    """Edges mean containment, as in a mind map."""
    if_stated: bool = False
    """Its arrows are requirements only where something says so."""
    sign: str = "arrow"
    """What an edge is written as; the rules are named after it too."""
    starts: list[int] = field(default_factory=list)

    def line(self, offset: int) -> int:
        """The line, from 1, in which a place of the source stands."""
        if not self.starts:
            self.starts = [0, *(found.end() for found in re.finditer("\n", self.source))]
        return bisect_right(self.starts, min(offset, len(self.source)))

    def problem(self, code: str, message: str, offset: int, hint: str = "") -> None:
        """Note a mistake; one of a kind in a line."""
        made = ReadProblem(
            severity="info" if code in _INFO else "warning",
            code=code,
            message=message,
            line=self.line(offset),
            hint=hint,
        )
        if not self.problems or (self.problems[-1].code, self.problems[-1].line) != (made.code, made.line):
            self.problems.append(made)

    def connect(self, tails: Sequence[str], heads: Sequence[str], edge: Edge, ports: Mapping[str, str]) -> None:
        """Add an edge from each tail to each head."""
        for tail in tails:
            for head in heads:
                if len(self.edges) >= MAX_EDGES:
                    self.problem("too-many-edges", f"more than {MAX_EDGES} edges; the rest is not read", edge.start)
                    return
                self.edges.append(
                    Edge(
                        tail,
                        head,
                        edge.start,
                        edge.end,
                        edge.label,
                        edge.heads,
                        edge.dashed,
                        (ports.get(f"t{tail}", ""), ports.get(f"h{head}", "")),
                        edge.colour,
                        edge.blunt,
                    )
                )


_INFO = frozenset({"no-direction", "other-diagram"})


def lines_of(label: str) -> tuple[str, ...]:
    """The lines of a label that are not empty, each with single spaces."""
    return tuple(words for line in label.split("\n") if (words := " ".join(line.split())))


def without_tags(label: str) -> str:
    """The text of a label with HTML in it; cells and breaks become lines, entities what they stand for."""
    if "<" in label:
        label = _SMALL.sub(lambda found: f"{found[0]}\n{PART_SIGN}", label)
        label = _TAG.sub("", _BREAK.sub("\n", label))
    return unescape(label) if "&" in label else label


@cache
def grey(colour: str) -> bool:
    """Whether a colour is a grey: by name, or as #rrggbb with equal parts."""
    name = colour.strip().casefold()
    if name.startswith(("gray", "grey", "lightgr", "darkgr", "dimgr", "silver")):
        return "green" not in name
    digits = name.removeprefix("#")
    if not name.startswith("#") or len(digits) not in {3, 6}:
        return False
    size = len(digits) // 3
    parts = {digits[at : at + size] for at in range(0, len(digits), size)}
    # Almost black and almost white are no grey.
    return len(parts) == 1 and all(part[0] in "3456789abcde" for part in parts)
