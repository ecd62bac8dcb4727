"""ArcadeDB inside our process: a folder, opened for each short burst of operations, so that others get their turn."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, LiteralString, TypeVar

from graph.errors import (
    BadStoreUrlError,
    NoEmbeddedEngineError,
    StoreFailedError,
    StoreLockedError,
    StoreUnreachableError,
)
from graph.store import java
from graph.store.base import Engine, EngineInfo, Row, Table, Transaction
from graph.store.console_text import check_text
from graph.store.embedded_console import ConsoleWorker

T = TypeVar("T")

LOCK_PATIENCE_S = 10.0
"""How long a folder that another process has open is waited for."""
IDLE_S = 1.0
"""How long a handle stays open after its last use: opening costs 10 ms, and nobody else can write meanwhile."""
MARKER = "schema.json"
"""The file that makes a folder a database."""
_LOCK_CLASSES = ("com.arcadedb.utility.LockException", "com.arcadedb.exception.LockException")


class EmbeddedEngine(Engine):
    """One folder. A folder that does not exist yet reads as empty and is created by the first write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.expanduser().absolute()
        self._lock = threading.RLock()
        self._database: Any = None
        self._users = 0
        self._closer: threading.Timer | None = None
        self._worker = ConsoleWorker(self._folder)

    def read(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one reading statement."""
        if not self._exists():
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
        if not self._exists():
            return Table(columns=(), rows=(), truncated=False, elapsed_ms=0.0)
        self._release(wait=True)
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
        self._release(wait=True)

    def _exists(self) -> bool:
        return (self._folder / MARKER).is_file()

    def _with_database(self, work: Callable[[Any], T]) -> T:
        """Run `work` on the shared handle. Inside the Java pool."""
        with self._opened() as database, _translated(self._folder):
            return work(database)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[Any]:
        with self._lock:
            if self._database is None:
                self._database = self._open()
            self._users += 1
            database = self._database
        try:
            yield database
        finally:
            with self._lock:
                self._users -= 1
                self._close_later()

    def _open(self) -> Any:
        """Open or create the folder, waiting for another process up to the patience."""
        try:
            java.start()
            import arcadedb_embedded as arcade  # noqa: PLC0415 - brings the Java runtime
        except ImportError as missing:
            raise NoEmbeddedEngineError from missing
        self._check_folder()
        until, pause = time.monotonic() + LOCK_PATIENCE_S, 0.01
        while True:
            try:
                opener = arcade.open_database if self._exists() else arcade.create_database
                return opener(str(self._folder))
            except arcade.ArcadeDBError as failure:
                if not _locked(failure) and not (opener is arcade.create_database and self._exists()):
                    raise StoreFailedError(str(self._folder), str(failure)) from failure
                if time.monotonic() > until:
                    raise StoreLockedError(str(self._folder), LOCK_PATIENCE_S) from failure
            time.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 1.6, 0.25)

    def _check_folder(self) -> None:
        folder = self._folder
        if folder.is_file():
            raise BadStoreUrlError(f"embedded:{folder}", "it is a file, not a folder")
        if folder.is_dir() and not self._exists() and any(folder.iterdir()):
            raise BadStoreUrlError(f"embedded:{folder}", "the folder holds other files, not a store")
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            raise StoreUnreachableError(str(folder)) from failure

    def _close_later(self) -> None:
        if self._closer is not None:
            self._closer.cancel()
        self._closer = threading.Timer(IDLE_S, self._release)
        self._closer.daemon = True
        self._closer.start()

    def _release(self, *, wait: bool = False) -> None:
        """Close the handle unless somebody uses it; with `wait`, once they are done."""
        while True:
            with self._lock:
                if self._closer is not None:
                    self._closer.cancel()
                if self._database is None:
                    return
                if not self._users:
                    database, self._database = self._database, None
                    java.in_java(database.close)
                    return
            if not wait:
                return
            time.sleep(0.005)


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


def _locked(failure: BaseException) -> bool:
    """Whether another process has the folder open: said by a class somewhere down the causes, in Python or Java."""
    cause: Any = failure
    for _ in range(20):
        if cause is None:
            return False
        name = str(cause.getClass().getName()) if hasattr(cause, "getClass") else ""
        if name in _LOCK_CLASSES or "is locked by another process" in str(cause):
            return True
        cause = cause.getCause() if hasattr(cause, "getCause") else cause.__cause__
    return False
