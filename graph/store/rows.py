"""A graph with its evidence as rows of nodes and relationships: the form in which two graphs are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString, NamedTuple

from graph.evidence import Archive
from graph.model import Placed, Requirement, Value
from graph.store.schema import EDGES, NODES, EdgeKind


class EdgeKey(NamedTuple):
    """A relationship type between two labels."""

    type: LiteralString
    source: LiteralString
    target: LiteralString


Properties = Mapping[str, Any]
"""Property -> plain value. A property without a value is absent, never None."""
Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Nodes by label and key, relationships by kind and ends."""

    nodes: dict[LiteralString, dict[str, Properties]] = field(default_factory=dict)
    edges: dict[EdgeKey, dict[Ends, Properties]] = field(default_factory=dict)

    def add_node(self, label: LiteralString, properties: Properties) -> None:
        """Add one node; its key is the label's first property."""
        self.nodes.setdefault(label, {})[properties[NODES[label][0]]] = properties

    def add_edge(self, kind: EdgeKind, source: str, target: str, properties: Properties | None = None) -> None:
        """Add one relationship; a second one between the same ends is the same one."""
        key = EdgeKey(kind.type, *kind.ends(source, target))
        self.edges.setdefault(key, {}).setdefault((source, target), properties or {})


def edge_kind(type_: str, source: LiteralString | None = None) -> EdgeKind:
    """The kind with this type, and this only source label where a type has several kinds."""
    return next(kind for kind in EDGES if kind.type == type_ and (source is None or kind.sources == (source,)))


def to_rows(archive: Archive) -> Rows:
    """The rows of an archive, None left out."""
    rows = Rows()
    graph = archive.graph
    for label, values in (
        ("Topic", graph.topics.values()),
        ("Roadmap", graph.roadmaps.values()),
        ("Phase", graph.phases.values()),
        ("Section", graph.sections.values()),
        ("Choice", graph.choices.values()),
        ("Source", archive.sources),
        ("Document", archive.documents),
        ("Mention", archive.mentions),
        ("Claim", archive.claims),
        ("Resource", archive.resources),
    ):
        for value in values:
            rows.add_node(label, _properties(label, value))
    for form, topic in archive.names:
        rows.add_node("Name", {"id": form, "topic_id": topic})
    _add_graph_edges(rows, archive)
    _add_evidence_edges(rows, archive)
    return rows


def _properties(label: LiteralString, value: Value) -> Properties:
    given = ((name, getattr(value, name)) for name in NODES[label])
    return {name: list(v) if isinstance(v, tuple) else v for name, v in given if v is not None}


def _add_graph_edges(rows: Rows, archive: Archive) -> None:
    graph = archive.graph
    for type_, requirements in (
        ("REQUIRES", graph.requires),
        ("RECOMMENDS", graph.recommends),
        ("MAY_REQUIRE", graph.proposed),
    ):
        for requirement in requirements:
            rows.add_edge(edge_kind(type_), requirement.topic, requirement.requires, _weights(requirement))
    for choice in graph.choices.values():
        weights = {
            "origin": choice.origin,
            "confidence": choice.confidence,
            "claims": choice.claims,
            "reason": choice.reason,
        }
        rows.add_edge(edge_kind("REQUIRES_ONE_OF"), choice.topic, choice.id, weights)
        for position, option in enumerate(choice.options, start=1):
            rows.add_edge(edge_kind("OPTION"), choice.id, option, {"position": position})
    for phase in graph.phases.values():
        rows.add_edge(edge_kind("HAS_PHASE"), phase.roadmap_id, phase.id, {"position": phase.position})
    for section in graph.sections.values():
        rows.add_edge(edge_kind("HAS_SECTION"), section.roadmap_id, section.id, {"position": section.position})
    for parts, binding in ((graph.parts, True), (graph.loose_parts, False)):
        for part, whole, position in parts:
            rows.add_edge(edge_kind("PART_OF"), part, whole, {"position": position, "binding": binding})
    _add_placed(rows, "INSIDE", graph.inside)
    _add_placed(rows, "COVERS", (Placed(p.outer, p.inner, p.position) for p in graph.covers))


def _add_evidence_edges(rows: Rows, archive: Archive) -> None:
    for document in archive.documents:
        rows.add_edge(edge_kind("DESCRIBES"), document.id, document.roadmap_id)
        rows.add_edge(edge_kind("FROM"), document.id, document.source_id)
    for mention in archive.mentions:
        rows.add_edge(edge_kind("NAMES"), mention.id, mention.topic_id, {"method": mention.method})
        rows.add_edge(edge_kind("FOUND_IN", "Mention"), mention.id, mention.document_id)
    for claim in archive.claims:
        rows.add_edge(edge_kind("ABOUT"), claim.id, claim.topic)
        rows.add_edge(edge_kind("NEEDS"), claim.id, claim.requires)
        rows.add_edge(edge_kind("FOUND_IN", "Claim"), claim.id, claim.document_id)
    _add_placed(rows, "TEACHES", archive.teaches)


def _add_placed(rows: Rows, type_: str, placed: Iterable[Placed]) -> None:
    kind = edge_kind(type_)
    for inner, outer, position in placed:
        rows.add_edge(kind, inner, outer, {"position": position})


def _weights(requirement: Requirement) -> Properties:
    return {
        "origin": requirement.origin,
        "confidence": requirement.confidence,
        "claims": requirement.claims,
        "reason": requirement.reason,
    }
