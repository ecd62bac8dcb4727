"""Reading the graph: as a snapshot for the planner, or as rows for a comparison."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, LiteralString, NamedTuple

from graph.errors import StoreVersionError
from graph.model import Choice, Graph, Phase, Placed, Requirement, Roadmap, Section, Topic
from graph.store.base import Engine, Row
from graph.store.rows import Rows, edge_kind
from graph.store.schema import EDGES, NODES, SCHEMA_VERSION, EdgeKind, key_of

LIVE_S = 20.0
"""A writer of batches that was silent for longer is taken for dead."""
META: LiteralString = (
    "MATCH (m:Meta {id: 'meta'}) "
    "RETURN m.graph_version AS version, m.schema_version AS schema, coalesce(m.incomplete, false) AS incomplete, "
    "m.written_at AS written_at, m.store_id AS store_id"
)
OPTIONS: LiteralString = (
    "MATCH (c:Choice)-[o:OPTION]->(t:Topic) RETURN c.id AS choice, t.id AS topic, o.position AS position"
)
_WEIGHED = itemgetter("a", "b", "origin", "confidence", "claims", "reason")
_POSITIONED = itemgetter("a", "b", "position")


class GraphState(NamedTuple):
    """Which graph the store holds."""

    version: int
    """0: nothing was ever written."""
    incomplete: bool
    """True after a large write was interrupted."""
    schema: int
    store_id: str = ""
    """Made with the store: a store that was deleted and made again is another one."""
    written_at: float = 0.0
    """Seconds since 1970 of the last write of the graph, by the writer's clock."""

    def is_being_written(self, now: float) -> bool:
        """Whether somebody is in the middle of writing batches, and was heard of lately (`now`: seconds since 1970)."""
        return self.incomplete and now - self.written_at < LIVE_S


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The graph at one version."""

    graph: Graph
    state: GraphState


def graph_state(engine: Engine) -> GraphState:
    """Which graph the store holds.

    Raises:
        StoreVersionError: a newer skilltrail wrote it.
    """
    rows = engine.read(META)
    if not rows:
        return GraphState(0, incomplete=False, schema=SCHEMA_VERSION)
    schema = int(rows[0]["schema"] or SCHEMA_VERSION)
    if schema > SCHEMA_VERSION:
        raise StoreVersionError(schema, SCHEMA_VERSION)
    row = rows[0]
    return GraphState(
        int(row["version"] or 0),
        bool(row["incomplete"]),
        schema,
        row["store_id"] or "",
        float(row["written_at"] or 0),
    )


def snapshot(engine: Engine) -> Snapshot:
    """The whole graph without its evidence."""
    state = graph_state(engine)
    if not state.version:
        return Snapshot(Graph(), state)
    with _no_collection():
        topics = {row["id"]: _topic(row) for row in engine.read(nodes_query("Topic"))}
        ids = {topic_id: topic_id for topic_id in topics}  # one object for each id, shared by all that name it
        parts, loose = _parts(engine)
        graph = Graph(
            topics=topics,
            roadmaps={row["id"]: Roadmap.model_construct(**row) for row in engine.read(nodes_query("Roadmap"))},
            phases={row["id"]: Phase.model_construct(**row) for row in engine.read(nodes_query("Phase"))},
            sections={row["id"]: Section.model_construct(**row) for row in engine.read(nodes_query("Section"))},
            requires=_requirements(engine, "REQUIRES", ids),
            recommends=_requirements(engine, "RECOMMENDS", ids),
            proposed=_requirements(engine, "MAY_REQUIRE", ids),
            choices=_choices(engine),
            parts=parts,
            loose_parts=loose,
            inside=_placed(engine, "INSIDE", ids),
            covers=tuple(Placed(inner, outer, position) for outer, inner, position in _placed(engine, "COVERS", ids)),
        )
    return Snapshot(graph, state)


def rows(engine: Engine) -> Rows:
    """Everything that reading wrote, evidence included."""
    found = Rows()
    with _no_collection():
        for label in NODES:
            for row in engine.read(nodes_query(label)):
                found.add_node(label, {name: value for name, value in row.items() if value is not None})
        for kind in EDGES:
            for row in engine.read(edges_query(kind)):
                source, target = row.pop("a"), row.pop("b")
                found.add_edge(kind, source, target, {name: v for name, v in row.items() if v is not None})
    return found


def nodes_query(label: LiteralString) -> LiteralString:
    """`MATCH (n:Topic) RETURN n.id AS id, n.title AS title …`; only the schema's names are put in."""
    return f"MATCH (n:{label}) RETURN " + ", ".join(f"n.{name} AS {name}" for name in NODES[label])


def edges_query(kind: EdgeKind) -> LiteralString:
    """`MATCH (a:Topic|Phase)-[r:REQUIRES]->(b) RETURN a.id AS a, b.id AS b, r.origin AS origin …`, names as above."""
    returned = [f"a.{key_of(kind.sources[0])} AS a", f"b.{key_of(kind.targets[0])} AS b"]
    returned += [f"r.{name} AS {name}" for name in kind.properties]
    return f"MATCH (a:{'|'.join(kind.sources)})-[r:{kind.type}]->(b) RETURN " + ", ".join(returned)


def _topic(row: Row) -> Topic:
    row["aliases"] = tuple(row["aliases"] or ())
    return Topic.model_construct(**row)


def _requirements(engine: Engine, type_: str, ids: dict[str, str]) -> tuple[Requirement, ...]:
    same = ids.get
    rows = map(_WEIGHED, engine.read(edges_query(edge_kind(type_))))
    return tuple(Requirement(same(a, a), same(b, b), *weights) for a, b, *weights in rows)


def _placed(engine: Engine, type_: str, ids: dict[str, str]) -> tuple[Placed, ...]:
    same = ids.get
    rows = map(_POSITIONED, engine.read(edges_query(edge_kind(type_))))
    found = (Placed(same(a, a), same(b, b), position) for a, b, position in rows)
    return tuple(sorted(found, key=lambda placed: (placed.position, placed.inner, placed.outer)))


def _parts(engine: Engine) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The binding parts and the loose ones."""
    rows = engine.read(edges_query(edge_kind("PART_OF")))
    found: dict[bool, list[Placed]] = {True: [], False: []}
    for row in rows:
        found[row["binding"] is not False].append(Placed(row["a"], row["b"], row["position"]))
    order = lambda placed: (placed.position, placed.inner, placed.outer)  # noqa: E731 - used twice below
    return tuple(sorted(found[True], key=order)), tuple(sorted(found[False], key=order))


def _choices(engine: Engine) -> dict[str, Choice]:
    minimum = {row["id"]: row["min"] for row in engine.read(nodes_query("Choice"))}
    if not minimum:
        return {}
    options: dict[str, list[tuple[int, str]]] = {}
    for row in engine.read(OPTIONS):
        options.setdefault(row["choice"], []).append((row["position"], row["topic"]))
    found = {}
    for row in engine.read(edges_query(edge_kind("REQUIRES_ONE_OF"))):
        topic, choice = row.pop("a"), row.pop("b")
        given: dict[str, Any] = {"id": choice, "topic": topic, "min": minimum[choice], **row}
        found[choice] = Choice.model_construct(options=tuple(t for _, t in sorted(options.get(choice, ()))), **given)
    return dict(sorted(found.items()))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the cycle collector out while many small values are made: it would walk them all again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
