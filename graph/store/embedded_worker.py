"""The child process behind the embedded console: `python -m graph.store.embedded_worker FOLDER`, JSON lines.

Writes are refused by the engine's `query` call on a database opened for reading only; files by both LOAD CSV switches.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from graph.store import java

OPEN_PATIENCE_S = 10.0
_REFUSALS = ("read only", "read-only", "idempotent", "load csv", "not allowed", "disabled", "security")
"""What the engine's messages hold, in lower case, when it refuses a write or a file."""


def main(folder: str) -> int:
    """Answer one question a line until the input ends."""
    java.in_java(java.start)
    _say({"status": "ready"})
    for line in sys.stdin:
        question = json.loads(line)
        answer = java.in_java(lambda asked=question: _answer(folder, asked))  # type: ignore[misc]
        _say(answer)
    return 0


def _say(answer: dict[str, Any]) -> None:
    """One line, in ASCII: the pipe's encoding is the user's locale, which may know few letters."""
    print(json.dumps(answer, default=str), flush=True)  # noqa: T201 - the protocol


def _answer(folder: str, question: dict[str, Any]) -> dict[str, Any]:
    from arcadedb_embedded import ArcadeDBError  # noqa: PLC0415 - after the Java machine is up

    try:
        with _reading(folder) as database:
            _say({"status": "opened"})  # from here on the query's own time counts
            return _run(database, question)
    except TimeoutError:
        return {"status": "locked", "waited_s": OPEN_PATIENCE_S}
    except ArcadeDBError as failure:
        return _verdict(failure)


def _run(database: Any, question: dict[str, Any]) -> dict[str, Any]:
    started = time.perf_counter()
    parameters = question["parameters"]
    columns: list[str] = []
    rows: list[dict[str, Any]] = []
    result = database.query("opencypher", question["text"], *([parameters] if parameters else []))
    for row in result:
        if len(rows) > question["max_rows"]:
            break
        names = [str(name) for name in row.property_names]
        columns.extend(name for name in names if name not in columns)
        rows.append({name: plain(row.get(name)) for name in names})
    truncated = len(rows) > question["max_rows"]
    return {
        "status": "ok",
        "columns": columns,
        "rows": rows[: question["max_rows"]],
        "truncated": truncated,
        "elapsed_ms": round((time.perf_counter() - started) * 1000, 1),
    }


def plain(value: Any) -> Any:
    """A value as JSON has it: vertices {"labels", ...}, edges {"type", ...}, paths both, the rest by its own text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple | set) else _plain_java(value)


def _plain_java(value: Any) -> Any:
    name = str(value.getClass().getSimpleName()) if hasattr(value, "getClass") else ""
    if name.endswith("Vertex"):
        return {"labels": [str(value.getTypeName())], **_properties(value)}
    if name.endswith("Edge"):
        return {"type": str(value.getTypeName()), **_properties(value)}
    if name.endswith("Path"):
        return {"nodes": [plain(v) for v in value.getVertices()], "edges": [plain(e) for e in value.getEdges()]}
    return str(value)


def _properties(record: Any) -> dict[str, Any]:
    from arcadedb_embedded.graph import Document  # noqa: PLC0415 - after the Java machine is up

    return {name: plain(value) for name, value in sorted(Document.wrap(record).to_dict().items()) if name[0] != "@"}


@contextlib.contextmanager
def _reading(folder: str) -> Iterator[Any]:
    """The database, opened for reading only; another process that is just writing is waited for."""
    import jpype  # noqa: PLC0415 - after the Java machine is up
    from arcadedb_embedded.core import Database  # noqa: PLC0415

    mode = jpype.JClass("com.arcadedb.engine.ComponentFile").MODE.READ_ONLY
    factory = jpype.JClass("com.arcadedb.database.DatabaseFactory")(folder)
    until, pause = time.monotonic() + OPEN_PATIENCE_S, 0.01
    while True:
        try:
            opened = factory.open(mode)
            break
        except jpype.JException as failure:  # "needs recovery", a lock, or a file being replaced: all pass
            if time.monotonic() > until:
                raise TimeoutError(str(failure)) from failure
            time.sleep(pause)
            pause = min(pause * 1.6, 0.25)
    database = Database(opened)
    try:
        yield database
    finally:
        database.close()


def _verdict(failure: Exception) -> dict[str, Any]:
    words = str(failure).split("\n", 1)[0].split(" (caused by")[0]
    short = words.rpartition("Exception: ")[2].strip().rstrip(".")[:300]
    if "idempotent" in words.casefold():
        return {"status": "refused", "why": "it would change the graph"}
    if any(sign in words.casefold() for sign in _REFUSALS):
        return {"status": "refused", "why": short}
    return {"status": "bad", "why": short}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
