"""A user's own Cypher on Neo4j: read-only, bounded, answered as plain values.

READ access mode refuses writes, and nothing else: `LOAD CSV FROM 'file:///…'` and `TERMINATE TRANSACTION` get through.
So three doors stand one behind the other. The text is looked at first, because a subquery inside CASE or a list
comprehension shows up in no operator of the plan. Then the server explains the text and we read the plan. Then it runs
in a READ transaction with a time limit that the server keeps. The text itself is never changed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from neo4j import READ_ACCESS, Driver, Query, Record, Session
from neo4j.api import BookmarkManager
from neo4j.exceptions import Neo4jError
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time
from neo4j.vector import Vector

from graph.errors import BadQueryError, QueryTimeoutError, RefusedQueryError
from graph.store.base import Row, Table
from graph.store.console_text import check_procedure, check_text

# On a line of its own, so that the line numbers of the server's complaints are off by exactly one.
EXPLAIN: Final = "EXPLAIN\n"

HARMLESS_SHOWS: Final = frozenset({"ShowIndexes", "ShowConstraints", "ShowFunctions", "ShowProcedures"})
"""The other SHOW commands tell settings, users and what other people run."""

_POSITION: Final = re.compile(r" *\(line (\d+), column (\d+) \(offset: \d+\)\)")
_LONGEST_COMPLAINT: Final = 300

_SCALARS: Final = frozenset({type(None), bool, int, float, str})
_WRITES: Final = frozenset({"w", "rw"})
_TIMED_OUT: Final = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    }
)
_BAD_QUERY: Final = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.ClientError.Schema.")
_WRITE_REFUSED: Final = "Neo.ClientError.Statement.AccessMode"


def plain(value: Any) -> Any:
    """A driver's value as None, bool, int, float, str, list or dict, all the way down."""
    if type(value) in _SCALARS:
        return value
    if type(value) in {list, tuple}:  # exactly: the driver's points and durations are tuples too
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return _plain_graph(value) if isinstance(value, Node | Relationship | Path) else _as_text(value)


def _plain_graph(value: Node | Relationship | Path) -> Row:
    if isinstance(value, Path):
        return {"nodes": plain(value.nodes), "edges": plain(value.relationships)}
    kind = {"labels": sorted(value.labels)} if isinstance(value, Node) else {"type": value.type}
    return {**kind, **plain(dict(value))}


def _as_text(value: Any) -> Any:
    """What has no plain form of its own: hex, ISO 8601, or the text Cypher itself would show; a vector is a list."""
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, Date | DateTime | Duration | Time):
        return value.iso_format()
    if isinstance(value, Point):
        coordinates = ", ".join(f"{axis}: {number}" for axis, number in zip("xyz", value, strict=False))
        return f"point({{srid: {value.srid}, {coordinates}}})"
    return value.to_native() if isinstance(value, Vector) else str(value)


def plain_rows(columns: Iterable[str], records: Iterable[Record]) -> list[Row]:
    """All records as plain rows, with next to no work per cell where a column holds scalars only."""
    columns = tuple(columns)
    # A record's own iterator looks at every cell in Python; the tuple below it does not.
    rows = [dict(zip(columns, tuple.__iter__(record), strict=True)) for record in records]
    for column in columns:
        if not {type(row[column]) for row in rows} <= _SCALARS:
            for row in rows:
                row[column] = plain(row[column])
    return rows


def check_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Refuse what the server says the text would do.

    Raises:
        RefusedQueryError: it would write, administer, read files, or call a procedure that is not allowed.
    """
    if plan is None:
        raise RefusedQueryError("the server does not tell what it would do")
    for operator, details in _operators(plan):
        if operator == "LoadCSV":
            raise RefusedQueryError("LOAD CSV reads files")
        if operator == "ProcedureCall":
            check_procedure(details.split("(")[0].strip().replace("`", "").lower())
        elif operator.startswith("Transaction"):
            raise RefusedQueryError("CALL … IN TRANSACTIONS would run outside the time limit")
        elif operator.startswith(("Administration", "Terminate")) or (
            operator.startswith("Show") and operator not in HARMLESS_SHOWS
        ):
            raise RefusedQueryError("it is an administration command")
    if query_type != "r":
        raise RefusedQueryError("it would change the graph" if query_type in _WRITES else "it is no reading query")


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name without the database, and details, of a plan's operators."""
    waiting = [plan]
    while waiting:
        step = waiting.pop()
        waiting.extend(step.get("children", ()))
        yield step["operatorType"].split("@")[0], str(step.get("args", {}).get("Details", ""))


def answer(
    driver: Driver,
    text: str,
    parameters: Mapping[str, Any],
    *,
    database: str,
    bookmarks: BookmarkManager,
    max_rows: int,
    timeout_s: float,
) -> Table:
    """Run a user's text, reading only; see `Engine.console`.

    Raises:
        RefusedQueryError: the text would do more than read the graph.
        BadQueryError: the server does not understand it.
        QueryTimeoutError: it ran longer than `timeout_s` seconds.
        Neo4jError: the server failed otherwise.
        DriverError: the server could not be reached.
    """
    check_text(text)
    with driver.session(
        database=database,
        default_access_mode=READ_ACCESS,
        bookmark_manager=bookmarks,
        fetch_size=max_rows + 1,
        disable_auto_commit_retries=True,
    ) as session:
        try:
            return _checked_and_run(session, text, dict(parameters), max_rows, timeout_s)
        except Neo4jError as error:
            raise _meaning(error, timeout_s) from error
        except (OverflowError, TypeError, ValueError) as error:
            # The driver found no way to write a parameter down; nothing was sent.
            raise BadQueryError(f"a parameter cannot be used: {error}") from error


def _checked_and_run(session: Session, text: str, parameters: dict[str, Any], max_rows: int, timeout_s: float) -> Table:
    limit = max(timeout_s, 0.001)  # 0 would mean no limit at all
    explained = session.run(Query(EXPLAIN + text, timeout=limit), parameters).consume()
    check_plan(explained.query_type, explained.plan)
    start = time.perf_counter()
    result = session.run(Query(text, timeout=limit), parameters)
    columns = result.keys()
    rows = plain_rows(columns, result.fetch(max_rows + 1))
    return Table(
        columns=tuple(columns),
        rows=tuple(rows[:max_rows]),
        truncated=len(rows) > max_rows,
        elapsed_ms=(time.perf_counter() - start) * 1000,
    )


def _meaning(error: Neo4jError, timeout_s: float) -> Exception:
    """The failure as the user of the console should see it; the same error when it is none of the query's."""
    code = error.code or ""
    if code in _TIMED_OUT:
        return QueryTimeoutError(timeout_s)
    if code == _WRITE_REFUSED:
        return RefusedQueryError("it would change the graph")
    return BadQueryError(_readable(error.message or code)) if code.startswith(_BAD_QUERY) else error


def _readable(message: str) -> str:
    """The first line of a server's message, not longer than a person reads, with the place in the user's text."""
    line = message.strip().splitlines()[0]
    place = _POSITION.search(line)
    sentence = _POSITION.sub("", line).strip()
    if len(sentence) > _LONGEST_COMPLAINT:
        sentence = sentence[: _LONGEST_COMPLAINT - 1].rstrip() + "…"
    return sentence if place is None else f"{sentence} (line {max(int(place[1]) - 1, 1)}, column {place[2]})"
