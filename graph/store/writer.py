"""Writing a difference: one transaction while it is small, batches under a marker when it is not."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, LiteralString

from graph.errors import StoreConflictError
from graph.store.base import Engine, Transaction
from graph.store.changes import Changes
from graph.store.reader import graph_state
from graph.store.rows import EdgeKey
from graph.store.schema import MARK_TYPES, SCHEMA_VERSION, constraints, key_of

ONE_TRANSACTION = 50_000
"""Rows up to which everything is written or nothing."""
BATCH = 5_000
"""Rows of one statement."""

_CONTAINERS = ("Roadmap", "Phase", "Section")

Statement = tuple[LiteralString, dict[str, Any]]

# Take the next version and, with it, the lock on everybody else who writes the graph.
NEXT_VERSION: LiteralString = (
    "MERGE (m:Meta {id: 'meta'}) "
    "SET m.graph_version = coalesce(m.graph_version, 0) + 1, m.schema_version = $schema, m.incomplete = $incomplete, "
    "m.written_at = $now, m.store_id = coalesce(m.store_id, $id) "
    "RETURN m.graph_version AS version"
)
# A topic on which a learner has a state stays, retired, whatever the documents say.
MARK_GONE: LiteralString = "UNWIND $rows AS row MATCH (t:Topic {id: row}) SET t.state = 'gone'"
RETIRE_HELD: LiteralString = (
    "UNWIND $rows AS row MATCH (l:Learner)-[:" + "|".join(MARK_TYPES.values()) + "|PINS|POSTPONES|PREFERS]->"
    "(t:Topic {id: row}) SET t.state = 'retired'"
)
RETIRE_WANTED: LiteralString = (
    "UNWIND $rows AS row MATCH (g:Goal)-[:TARGETS]->(t:Topic {id: row}) SET t.state = 'retired'"
)
DELETE_GONE: LiteralString = "UNWIND $rows AS row MATCH (t:Topic {id: row}) WHERE t.state = 'gone' DETACH DELETE t"


def write(engine: Engine, changes: Changes) -> int:
    """Write a difference and return the new graph version.

    Raises:
        StoreConflictError: the graph changed since the difference was taken; nothing was written.
    """
    state = graph_state(engine)
    if state.is_being_written(time.time()):
        raise StoreConflictError  # somebody is writing batches right now; taking over would only stop them
    if not state.version:
        engine.schema(constraints())
    statements = list(_statements(changes))
    if changes.count <= ONE_TRANSACTION:
        return engine.write(lambda transaction: _all(transaction, changes.base_version, statements))
    engine.write(partial(_one, version=changes.base_version, statement=None))
    # Every batch takes the next version: whoever read the graph between two batches has read another one, and anybody
    # who writes between them makes our next batch a conflict. New relationships are created without looking for them.
    for done, statement in enumerate(statements, start=1):
        engine.write(partial(_one, version=changes.base_version + done, statement=statement))
    last = changes.base_version + 1 + len(statements)
    return engine.write(lambda transaction: _claim(transaction, last, incomplete=False))


def ensure_schema(engine: Engine) -> None:
    """Create the constraints unless the store was written before: they come before the first write of all."""
    if not graph_state(engine).version:
        engine.schema(constraints())


def _one(transaction: Transaction, *, version: int, statement: Statement | None) -> None:
    _claim(transaction, version, incomplete=True)
    if statement is not None:
        transaction.run(statement[0], **statement[1])


def _all(transaction: Transaction, base_version: int, statements: Sequence[Statement]) -> int:
    version = _claim(transaction, base_version, incomplete=False)
    for text, parameters in statements:
        transaction.run(text, **parameters)
    return version


def _claim(transaction: Transaction, base_version: int, *, incomplete: bool) -> int:
    rows = transaction.run(
        NEXT_VERSION, schema=SCHEMA_VERSION, incomplete=incomplete, now=time.time(), id=uuid.uuid4().hex
    )
    version = int(rows[0]["version"])
    if version != base_version + 1:
        raise StoreConflictError
    return version


def _statements(changes: Changes) -> Iterator[Statement]:
    for kind, ends in changes.gone_edges.items():
        yield from _batches(delete_edges(kind), [{"a": a, "b": b} for a, b in ends])
    for label, keys in changes.gone_nodes.items():
        if label == "Topic":
            for text in (MARK_GONE, RETIRE_HELD, RETIRE_WANTED, DELETE_GONE):
                yield from _batches(text, keys)
        else:
            yield from _batches(delete_nodes(label), keys)
    for label, nodes in changes.nodes.items():
        key = key_of(label)
        yield from _batches(merge_nodes(label), [{"key": row[key], "props": row} for row in nodes])
    for written, groups in ((create_edges, changes.new_edges), (change_edges, changes.changed_edges)):
        for kind, edges in groups.items():
            yield from _batches(written(kind), [{"a": a, "b": b, "props": row} for a, b, row in edges])


def _batches(text: LiteralString, rows: Sequence[Any]) -> Iterator[Statement]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield text, {"rows": batch}


def merge_nodes(label: LiteralString) -> LiteralString:
    """`UNWIND $rows AS row MERGE (n:Topic {id: row.key}) SET n += row.props`; only the schema's names are put in."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{{key_of(label)}: row.key}}) SET n += row.props"


def create_edges(kind: EdgeKey) -> LiteralString:
    """`… MATCH (a:Topic {id: row.a}) MATCH (b:Topic {id: row.b}) CREATE (a)-[r:REQUIRES]->(b) …`, names as above."""
    a, b = key_of(kind.source), key_of(kind.target)
    return (
        f"UNWIND $rows AS row MATCH (a:{kind.source} {{{a}: row.a}}) MATCH (b:{kind.target} {{{b}: row.b}}) "
        f"CREATE (a)-[r:{kind.type}]->(b) SET r += row.props"
    )


def change_edges(kind: EdgeKey) -> LiteralString:
    """`… MATCH (b:Topic {id: row.b})<-[r:REQUIRES]-(a:Topic {id: row.a}) SET r += row.props`, names as above."""
    return f"{_found_edges(kind)} SET r += row.props"


def delete_nodes(label: LiteralString) -> LiteralString:
    """`UNWIND $rows AS row MATCH (n:Mention {id: row}) DETACH DELETE n`, names as above."""
    return f"UNWIND $rows AS row MATCH (n:{label} {{{key_of(label)}: row}}) DETACH DELETE n"


def delete_edges(kind: EdgeKey) -> LiteralString:
    """`… MATCH (b:Topic {id: row.b})<-[r:REQUIRES]-(a:Topic {id: row.a}) DELETE r`, names as above."""
    return f"{_found_edges(kind)} DELETE r"


def _found_edges(kind: EdgeKey) -> LiteralString:
    """Relationships by their ends, looked for from the end that has few: many topics, one roadmap."""
    a = f"(a:{kind.source} {{{key_of(kind.source)}: row.a}})"
    b = f"(b:{kind.target} {{{key_of(kind.target)}: row.b}})"
    pattern = f"{b}<-[r:{kind.type}]-{a}" if kind.source in _CONTAINERS else f"{a}-[r:{kind.type}]->{b}"
    return f"UNWIND $rows AS row MATCH {pattern}"
