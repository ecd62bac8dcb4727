"""From an address to a store."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from graph.errors import BadStoreUrlError
from graph.store.store import Store

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_URL = "embedded:"


def open_store(url: str = DEFAULT_URL, *, user: str = "neo4j", password: str = "", database: str = "neo4j") -> Store:
    """The store at an address; nothing is connected or created before the first use.

    Args:
        url: `embedded:` (the user's data folder), `embedded:./folder`, `embedded:///absolute/folder`,
            `neo4j://host:port` or `bolt://host:port` and their `+s` forms.
        user: Neo4j only.
        password: Neo4j only; empty means no authentication.
        database: Neo4j only.

    Raises:
        BadStoreUrlError: an unknown form, or a password inside the address.
    """
    scheme = url.partition(":")[0]
    if scheme == "embedded":
        from graph.store.embedded_engine import EmbeddedEngine  # noqa: PLC0415 - only one engine is needed

        return Store(EmbeddedEngine(embedded_folder(url)))
    if scheme.casefold() in NEO4J_SCHEMES:
        from graph.store.neo4j_engine import Neo4jEngine  # noqa: PLC0415

        return Store(Neo4jEngine(url, user, password, database))
    raise BadStoreUrlError(masked(url))


def masked(url: str) -> str:
    """An address that may be shown: what stands before an @ may be a password.

    >>> masked("http://ada:secret@example.org")
    'http://…@example.org'
    """
    head, sign, rest = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{rest}" if sign else url


def embedded_folder(url: str) -> Path:
    """The folder of an `embedded:` address.

    >>> embedded_folder("embedded:./x").name
    'x'
    >>> embedded_folder("embedded:///abs/x").as_posix()
    '/abs/x'
    """
    rest = url.removeprefix("embedded:")
    if not rest:
        return platformdirs.user_data_path("skilltrail") / "store"
    if rest.startswith("//"):
        rest = rest[2:]
        if not rest.startswith("/"):
            raise BadStoreUrlError(url, "an absolute folder has three slashes: embedded:///folder")
    return Path(rest).expanduser().absolute()
