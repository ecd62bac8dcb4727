"""Reading the evidence of one topic or one pair: small answers, asked for when somebody looks."""

from __future__ import annotations

from typing import LiteralString, NamedTuple

from graph.evidence import Document, Receipt, Source
from graph.store.base import Engine
from graph.store.reader import nodes_query
from graph.store.schema import ENDS, label_of

# The claims about one pair, with their documents.
RECEIPTS: LiteralString = (
    "MATCH (c:Claim)-[:ABOUT]->({id: $topic}) MATCH (c)-[:NEEDS]->(b) WHERE b.id IN $requires "
    "MATCH (c)-[:FOUND_IN]->(d:Document)-[:FROM]->(s:Source) "
    "RETURN b.id AS requires, d.path AS path, s.root AS root, c.line_start AS line_start, c.line_end AS line_end, "
    "c.quote AS quote, c.rule AS rule, c.origin AS origin, c.strength AS strength, c.confidence AS confidence, "
    "c.reason AS reason"
)
# The places that name one topic.
MENTIONS: LiteralString = (
    "MATCH (m:Mention)-[:NAMES]->(:Topic {id: $topic}) MATCH (m)-[:FOUND_IN]->(d:Document)-[:FROM]->(s:Source) "
    "RETURN d.path AS path, s.root AS root, m.line_start AS line_start, m.line_end AS line_end, m.text AS text"
)
RESOURCES: LiteralString = (
    "MATCH (r:Resource)-[t:TEACHES]->(:Topic {id: $topic}) "
    "RETURN r.url AS url, r.title AS title, r.kind AS kind, t.position AS position"
)
DOCUMENTS: LiteralString = (
    "MATCH (d:Document)-[:FROM]->(s:Source) MATCH (d)-[:DESCRIBES]->(r:Roadmap) "
    "RETURN d.id AS id, s.id AS source_id, r.id AS roadmap_id, d.path AS path, d.sha256 AS sha256, "
    "d.family AS family, d.reader_version AS reader_version, d.read_at AS read_at, d.reading AS reading"
)


class Place(NamedTuple):
    """Where a topic is named."""

    path: str
    line_start: int
    line_end: int
    text: str


def receipts(engine: Engine, topic: str, requires: tuple[str, ...]) -> dict[str, tuple[Receipt, ...]]:
    """The claims that `topic` requires each of `requires`, strongest first."""
    found: dict[str, list[Receipt]] = {}
    for row in engine.read(_labelled(RECEIPTS, topic), topic=topic, requires=list(requires)):
        path = shown_path(row.pop("root"), row.pop("path"))
        found.setdefault(row.pop("requires"), []).append(Receipt(path=path, **row))
    order = lambda receipt: (-receipt.confidence, receipt.path, receipt.line_start)  # noqa: E731 - used twice below
    return {key: tuple(sorted(list_, key=order)) for key, list_ in found.items()}


def mentions(engine: Engine, topic: str) -> tuple[Place, ...]:
    """The places that name a topic, by path and line."""
    rows = engine.read(MENTIONS, topic=topic)
    return tuple(
        sorted(
            Place(shown_path(row["root"], row["path"]), row["line_start"], row["line_end"], row["text"]) for row in rows
        )
    )


def resources(engine: Engine, topic: str) -> tuple[tuple[str, str, str], ...]:
    """(url, title, kind) of the links that teach a topic, in the documents' order."""
    rows = sorted(engine.read(RESOURCES, topic=topic), key=lambda row: (row["position"], row["url"]))
    return tuple((row["url"], row["title"], row["kind"]) for row in rows)


def documents(engine: Engine) -> tuple[Document, ...]:
    """All documents with their kept readings, by id."""
    found = [Document.model_construct(**row) for row in engine.read(DOCUMENTS)]
    return tuple(sorted(found, key=lambda document: document.id))


def sources(engine: Engine) -> tuple[Source, ...]:
    """All sources, by id."""
    found = [Source.model_construct(**row) for row in engine.read(nodes_query("Source"))]
    return tuple(sorted(found, key=lambda source: source.id))


def shown_path(root: str, path: str) -> str:
    """A document's path as people know it: with its folder, or alone when it came without one."""
    return f"{root.rstrip('/')}/{path}" if root else path


def _labelled(query: LiteralString, node_id: str) -> LiteralString:
    """The query with the end's label put in, so that the key's index is used; the label is one of three constants."""
    return query.replace("({id: $topic})", f"(:{label_of(ENDS, node_id)} {{id: $topic}})")
