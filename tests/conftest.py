"""Fixtures that several test files share: stores, a Neo4j server, a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings
from neo4j_server import Neo4jAddress, NoNeo4jError, running_neo4j

from graph.store.open import open_store
from graph.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Times are measured by the benchmarks, never by tests: a shared machine may be slow at any moment.
# In CI the same examples are tried each time: a change is judged by what it changes. Elsewhere new ones are looked for.
settings.register_profile(
    "tests", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

# Tests start their commands without the user's cache and settings.
for name in [
    name for name in os.environ if name.startswith("SKILLTRAIL_") and "TEST" not in name and "REQUIRE" not in name
]:
    del os.environ[name]
os.environ["SKILLTRAIL_AOT"] = "off"


def missing(what: str, reason: str) -> NoReturn:
    """Skip, visibly; or fail where SKILLTRAIL_REQUIRE names it."""
    if what in os.environ.get("SKILLTRAIL_REQUIRE", "").split(","):
        pytest.fail(f"SKILLTRAIL_REQUIRE asks for {what}, but: {reason}")
    pytest.skip(f"no {what}: {reason}")


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """The address of an embedded store that does not exist yet."""
    return f"embedded://{tmp_path / 'store'}"


@pytest.fixture
def embedded(store_url: str) -> Iterator[Store]:
    """An empty embedded store."""
    store = open_store(store_url)
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[Neo4jAddress]:
    """A real Neo4j server for the whole run."""
    try:
        with running_neo4j() as address:
            yield address
    except NoNeo4jError as none:
        missing("neo4j", str(none))


@pytest.fixture
def neo4j_store(neo4j_address: Neo4jAddress) -> Iterator[Store]:
    """The Neo4j server, emptied."""
    address = neo4j_address
    store = open_store(address.url, user=address.user, password=address.password, database=address.database)
    store.engine.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
    yield store
    store.close()


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store, on each engine in turn: what a test says of it, it says of both."""
    found: Store = request.getfixturevalue("embedded" if request.param == "embedded" else "neo4j_store")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        missing("browser", f"{CHROMIUM} is not there; apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield opened
        opened.close()
