"""The open folder: one handle in a process, shared by all who name it, closed soon after its last use."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from graph.errors import (
    BadStoreUrlError,
    NoEmbeddedEngineError,
    StoreFailedError,
    StoreLockedError,
    StoreUnreachableError,
)
from graph.store import java

LOCK_PATIENCE_S = 10.0
"""How long a folder that another process has open is waited for."""
IDLE_S = 1.0
"""How long a handle stays open after its last use: opening costs 10 ms, and nobody else can write meanwhile."""
MARKER = "schema.json"
"""The file that makes a folder a database."""
_LOCK_CLASSES = ("com.arcadedb.utility.LockException", "com.arcadedb.exception.LockException")

_handles: WeakValueDictionary[Path, Handle] = WeakValueDictionary()
_handles_lock = threading.Lock()


def handle_of(folder: Path) -> Handle:
    """The handle of a folder: the engine allows one in a process.

    Raises:
        BadStoreUrlError: the address is a file's.
    """
    if folder.is_file():
        raise BadStoreUrlError(f"embedded:{folder}", "it is a file, not a folder")
    with _handles_lock:
        found = _handles.get(folder)
        if found is None:
            found = _handles[folder] = Handle(folder)
        return found


class Handle:
    """A folder that is opened when needed, and let go so that other processes get their turn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._database: Any = None
        self._users = 0
        self._closer: threading.Timer | None = None

    def exists(self) -> bool:
        """Whether the folder holds a database yet.

        Raises:
            StoreUnreachableError: the folder may not be looked into.
        """
        try:
            return (self._folder / MARKER).is_file()
        except OSError as failure:
            raise StoreUnreachableError(str(self._folder)) from failure

    @contextlib.contextmanager
    def opened(self) -> Iterator[Any]:
        """The database, opened or created if need be. Inside the Java pool.

        Raises:
            StoreLockedError: another process kept it for too long.
        """
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
                opener = arcade.open_database if self.exists() else arcade.create_database
                return opener(str(self._folder))
            except arcade.ArcadeDBError as failure:
                java.forget_failed_opening()
                if not _locked(failure) and not (opener is arcade.create_database and self.exists()):
                    raise StoreFailedError(str(self._folder), str(failure)) from failure
                if time.monotonic() > until:
                    raise StoreLockedError(str(self._folder), LOCK_PATIENCE_S) from failure
            time.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 1.6, 0.25)

    def _check_folder(self) -> None:
        folder = self._folder
        try:
            if folder.is_dir() and not self.exists() and any(folder.iterdir()):
                raise BadStoreUrlError(f"embedded:{folder}", "the folder holds other files, not a store")
            folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            raise StoreUnreachableError(str(folder)) from failure

    def _close_later(self) -> None:
        if self._closer is not None:
            self._closer.cancel()
        self._closer = threading.Timer(IDLE_S, self.release)
        self._closer.daemon = True
        self._closer.start()

    def release(self, *, wait: bool = False) -> None:
        """Close the handle unless somebody uses it; with `wait`, once they are done."""
        while True:
            with self._lock:
                if self._closer is not None:
                    self._closer.cancel()
                if self._database is None:
                    return
                if not self._users:
                    database, self._database = self._database, None
                    java.close_in_java(database.close)
                    return
            if not wait:
                return
            time.sleep(0.005)


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
