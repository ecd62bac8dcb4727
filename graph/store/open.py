"""From an address to a store."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

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
    if scheme in NEO4J_SCHEMES:
        if urlsplit(url).password is not None or urlsplit(url).username is not None:
            raise BadStoreUrlError(
                f"{scheme}://…", "it holds a user or password; set SKILLTRAIL_NEO4J_USER and SKILLTRAIL_NEO4J_PASSWORD"
            )
        from graph.store.neo4j_engine import Neo4jEngine  # noqa: PLC0415

        return Store(Neo4jEngine(url, user, password, database))
    raise BadStoreUrlError(url)


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
