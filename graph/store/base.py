"""The contract between the store and an engine that speaks Cypher.

Everything that knows labels and relationship types is written once, on top of these few methods, and runs on both
engines. An engine knows how to run a text in a transaction, how to keep writes out of the console, and which of the
driver's failures means which of ours (`graph.errors`); a driver's own exception never leaves it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, Protocol, TypeVar

from graph.model import Value

Row = dict[str, Any]
"""One row of a result: column -> plain value (None, bool, int, float, str, list, dict)."""

T = TypeVar("T")


class Transaction(Protocol):
    """An open transaction."""

    def run(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one statement and return its rows."""
        ...  # pragma: no cover


class Table(Value):
    """What the console answers."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    """Column -> plain value. A node is {"labels": [...], ...properties}, an edge {"type": ..., ...properties}."""
    truncated: bool
    """True when there were more rows than the cap."""
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What runs the queries."""

    name: str
    """neo4j or arcadedb."""
    version: str
    where: str
    """Address or folder, without any password."""


class Engine(ABC):
    """A database that speaks Cypher.

    All methods raise `StoreUnreachableError`, `StoreLockedError`, `WrongPasswordError`, `UnknownDatabaseError` or
    `StoreFailedError`; they may be called from several threads.
    """

    @abstractmethod
    def read(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one reading statement; retried when the failure is one that passes."""

    @abstractmethod
    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction: all of it is written, or nothing.

        `work` may be called again when the engine asks for a retry, so it must not change anything else. An exception
        it raises rolls back and passes through unchanged.
        """

    @abstractmethod
    def schema(self, statements: tuple[LiteralString, ...]) -> None:
        """Run statements that create constraints and indexes, each by itself, before the first write."""

    @abstractmethod
    def console(self, text: str, parameters: Mapping[str, Any], *, max_rows: int, timeout_s: float) -> Table:
        """Run a user's text, reading only.

        Reads `max_rows` + 1 rows to know whether there were more; never edits the text.

        Raises:
            RefusedQueryError: the text would write, read files, or call what is not allowed.
            BadQueryError: the text is not understood.
            QueryTimeoutError: it ran longer than `timeout_s` seconds.
        """

    @abstractmethod
    def info(self) -> EngineInfo:
        """Name, version and address."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything; calling it twice is harmless."""
