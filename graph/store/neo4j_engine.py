"""The engine for a Neo4j server, 5.26 or newer, through the official driver."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, LiteralString, TypeVar
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, ManagedTransaction, NotificationMinimumSeverity, Session
from neo4j.exceptions import (
    AuthError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import (
    BadStoreUrlError,
    StoreError,
    StoreFailedError,
    StoreUnreachableError,
    UnknownDatabaseError,
    WrongPasswordError,
)
from graph.store.base import Engine, EngineInfo, Row, Table, Transaction
from graph.store.neo4j_console import answer, plain_rows

T = TypeVar("T")

SCHEMES: Final = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})

# Waits until every index that was just made can be used.
AWAIT_INDEXES: Final = "CALL db.awaitIndexes(30)"

CONNECTION_TIMEOUT_S: Final = 5
RETRY_TIME_S: Final = 5
"""Retries come 1, 2 and 4 seconds after one another, so the last one starts after 7."""
ACQUISITION_TIMEOUT_S: Final = 6
"""Also the limit for a server that takes the connection and then says nothing."""
IDLE_CHECK_S: Final = 5
"""A connection unused for so long is tried before it is used: the console never retries, and servers restart."""
FETCH_SIZE: Final = 10_000

_RATE_LIMIT: Final = "Neo.ClientError.Security.AuthenticationRateLimit"
_NO_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"
_SECRET_IN_OPTIONS: Final = re.compile(r"pass|pwd|secret|token|user", re.IGNORECASE)

# The driver logs every retry as a warning, which Python prints on stderr where the program has set up no logging.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jTransaction:
    """An open transaction; the driver's exceptions pass through it, since it is the driver that retries."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one statement and return its rows."""
        result = self._transaction.run(query, parameters)
        return plain_rows(result.keys(), result)


class Neo4jEngine(Engine):
    """A Neo4j server.

    An empty password means no authentication. Nothing is opened before the first call; after `close` the next call
    opens again.

    Raises:
        BadStoreUrlError: on creation, for another scheme, no host, or an address that holds a user or password.
    """

    def __init__(self, url: str, user: str, password: str, database: str) -> None:
        self._where = _checked(url)
        self._url = url
        self._user = user
        self._auth = (user, password) if password else None
        self._database = database
        self._driver: Driver | None = None
        self._answered = False
        self._lock = threading.Lock()
        # In a cluster, what one session wrote is seen by the next one, whichever member it talks to.
        self._bookmarks = GraphDatabase.bookmark_manager()

    def read(self, query: LiteralString, /, **parameters: Any) -> list[Row]:
        """Run one reading statement; retried for some seconds when the failure is one that passes."""
        with self._session() as session:
            return session.execute_read(lambda transaction: Neo4jTransaction(transaction).run(query, **parameters))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, again when the server asks for it."""
        with self._session() as session:
            return session.execute_write(lambda transaction: work(Neo4jTransaction(transaction)))

    def schema(self, statements: tuple[LiteralString, ...]) -> None:
        """Run each statement by itself and wait until the indexes can be used."""
        with self._session() as session:
            for statement in statements:
                session.run(statement).consume()
            session.run(AWAIT_INDEXES).consume()

    def console(self, text: str, parameters: Mapping[str, Any], *, max_rows: int, timeout_s: float) -> Table:
        """Run a user's text, reading only; the three doors are in `graph.store.neo4j_console`.

        Raises:
            RefusedQueryError: the text would write, read files, or call what is not allowed.
            BadQueryError: the text is not understood.
            QueryTimeoutError: it ran longer than `timeout_s` seconds.
        """
        with self._translated():
            return answer(
                self._reached(),
                text,
                parameters,
                database=self._database,
                bookmarks=self._bookmarks,
                max_rows=max_rows,
                timeout_s=timeout_s,
            )

    def info(self) -> EngineInfo:
        """Name, version and address of the server."""
        with self._translated():
            agent = self._reached().get_server_info().agent
        return EngineInfo(name="neo4j", version=agent.removeprefix("Neo4j/"), where=self._where)

    def close(self) -> None:
        """Close all connections; calling it twice is harmless."""
        with self._lock:
            driver, self._driver, self._answered = self._driver, None, False
        if driver is not None:
            driver.close()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session on our database; no exception of the driver leaves it."""
        with (
            self._translated(),
            self._reached().session(
                database=self._database, bookmark_manager=self._bookmarks, fetch_size=FETCH_SIZE
            ) as session,
        ):
            yield session

    def _reached(self) -> Driver:
        """The driver, made once; its first use asks the server without a retry, so a dead one is told at once."""
        with self._lock:
            if self._driver is None:
                self._driver = self._made()
            driver = self._driver
        if not self._answered:
            driver.verify_connectivity()
            self._answered = True
        return driver

    def _made(self) -> Driver:
        return GraphDatabase.driver(
            self._url,
            auth=self._auth,
            user_agent=f"skilltrail/{_our_version()}",
            connection_timeout=CONNECTION_TIMEOUT_S,
            connection_acquisition_timeout=ACQUISITION_TIMEOUT_S,
            max_transaction_retry_time=RETRY_TIME_S,
            liveness_check_timeout=IDLE_CHECK_S,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (Neo4jError, DriverError) as error:
            raise self._meaning(error) from error

    def _meaning(self, error: Neo4jError | DriverError) -> StoreError:
        code = error.code if isinstance(error, Neo4jError) else None
        if isinstance(error, ServiceUnavailable | SessionExpired | ConnectionAcquisitionTimeoutError):
            return StoreUnreachableError(self._where)
        if isinstance(error, AuthError) or code == _RATE_LIMIT:
            return WrongPasswordError(self._where, self._user)
        if code == _NO_DATABASE:
            return UnknownDatabaseError(self._where, self._database)
        words = error.message if isinstance(error, Neo4jError) else str(error)
        return StoreFailedError(self._where, words or type(error).__name__)


def _checked(url: str) -> str:
    """The address as it may be shown: without options.

    Raises:
        BadStoreUrlError: it cannot be used; what may be a password is left out.
    """
    scheme, _, rest = url.partition("://")
    if "@" in rest:
        raise BadStoreUrlError(
            f"{scheme}://…@{rest.rpartition('@')[2]}",
            "a user or password never stands in the address; set SKILLTRAIL_NEO4J_USER and SKILLTRAIL_NEO4J_PASSWORD",
        )
    shown, _, options = url.partition("?")
    if _SECRET_IN_OPTIONS.search(options):
        raise BadStoreUrlError(shown, "a password never stands in the address; set SKILLTRAIL_NEO4J_PASSWORD")
    if scheme.lower() not in SCHEMES:
        raise BadStoreUrlError(shown)
    try:
        parts = urlsplit(shown)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadStoreUrlError(shown, "its host or port cannot be read") from error
    if not host or parts.path not in {"", "/"} or parts.fragment:
        raise BadStoreUrlError(shown, "after the scheme comes host:port and nothing else")
    return shown


def _our_version() -> str:
    try:
        return version("skilltrail")
    except PackageNotFoundError:
        return "0"  # run from a source tree that was never installed
