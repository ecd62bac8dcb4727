"""ArcadeDB inside our process: a folder, opened for each short burst of operations, so that others get their turn."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, LiteralString, TypeVar

from graph.errors import (
    NoEmbeddedEngineError,
    StoreFailedError,
)
from graph.store import java
from graph.store.base import Engine, EngineInfo, Row, Table, Transaction
from graph.store.console_text import check_text
from graph.store.embedded_console import ConsoleWorker
from graph.store.embedded_handle import handle_of

T = TypeVar("T")


class EmbeddedEngine(Engine):
    """One folder. A folder that does not exist yet reads as empty and is created by the first write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.expanduser().resolve()
        self._handle = handle_of(self._folder)
        self._worker = ConsoleWorker(self._folder)

    def read(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one reading statement."""
        if not self._handle.exists():
            return []
        return java.in_java(lambda: self._with_database(lambda database: _rows(database, "query", query, parameters)))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, again when the engine asks for it."""

        def inside(database: Any) -> T:
            bridge = _Transaction(database)
            result: T = database.run_in_transaction(lambda: work(bridge))
            return result

        result = java.in_java(lambda: self._with_database(inside))
        java.train_in_background()
        return result

    def schema(self, statements: tuple[LiteralString, ...]) -> None:
        """Run statements that create constraints and indexes."""

        def inside(database: Any) -> None:
            for statement in statements:
                database.command("opencypher", statement)

        java.in_java(lambda: self._with_database(inside))

    def console(self, text: str, parameters: Mapping[str, Any], *, max_rows: int, timeout_s: float) -> Table:
        """Run a user's text in a process of its own that opens the folder for reading only and can be killed."""
        check_text(text)
        if not self._handle.exists():
            return Table(columns=(), rows=(), truncated=False, elapsed_ms=0.0)
        self._handle.release(wait=True)
        return self._worker.run(text, parameters, max_rows=max_rows, timeout_s=timeout_s)

    def info(self) -> EngineInfo:
        """Name, version and folder."""
        try:
            from arcadedb_embedded._version import __version__  # noqa: PLC0415 - absent on machines without a wheel
        except ImportError as missing:
            raise NoEmbeddedEngineError from missing
        return EngineInfo("arcadedb", str(__version__), str(self._folder))

    def close(self) -> None:
        """Close the handle and the console's process."""
        self._worker.close()
        self._handle.release(wait=True)

    def _with_database(self, work: Callable[[Any], T]) -> T:
        """Run `work` on the shared handle. Inside the Java pool."""
        with self._handle.opened() as database, _translated(self._folder):
            return work(database)


class _Transaction:
    """The engine's side of `Transaction`."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def run(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one statement."""
        return _rows(self._database, "command", query, parameters)


def _rows(database: Any, call: str, query: str, parameters: Mapping[str, Any]) -> list[Row]:
    result = getattr(database, call)("opencypher", query, *([dict(parameters)] if parameters else []))
    return [] if result is None else list(result.to_json_list())


@contextlib.contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the engine's exceptions into ours; everything else passes through."""
    from arcadedb_embedded import ArcadeDBError  # noqa: PLC0415 - see _open

    try:
        yield
    except ArcadeDBError as failure:
        raise StoreFailedError(str(folder), str(failure)) from failure
