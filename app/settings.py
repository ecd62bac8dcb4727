"""What the environment says. The only module that reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from graph.store import java
from graph.store.open import DEFAULT_URL, embedded_folder, open_store
from graph.store.store import Store

STORE = "SKILLTRAIL_STORE"
LEARNER = "SKILLTRAIL_LEARNER"
USER = "SKILLTRAIL_NEO4J_USER"
PASSWORD = "SKILLTRAIL_NEO4J_PASSWORD"  # noqa: S105 - the name of the variable
DATABASE = "SKILLTRAIL_NEO4J_DATABASE"
AOT = "SKILLTRAIL_AOT"
DEFAULT_LEARNER = "me"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph is kept and for whom we plan."""

    store_url: str = DEFAULT_URL
    learner: str = DEFAULT_LEARNER
    neo4j_user: str = "neo4j"
    neo4j_password: str = ""
    """Empty: no authentication. Never part of an address, a log or a message."""
    neo4j_database: str = "neo4j"
    aot_cache: bool = True
    """False with SKILLTRAIL_AOT=off: the embedded engine starts without its ahead-of-time cache."""

    def open(self) -> Store:
        """The store; nothing is connected before the first use.

        Raises:
            BadStoreUrlError: the address has an unknown form.
        """
        java.use_cache(wanted=self.aot_cache)
        return open_store(
            self.store_url, user=self.neo4j_user, password=self.neo4j_password, database=self.neo4j_database
        )


def settings(
    store: str | None = None, learner: str | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings: what is given first, then the environment, then the defaults."""
    env = os.environ if environment is None else environment
    return Settings(
        store_url=store or env.get(STORE) or DEFAULT_URL,
        learner=learner or env.get(LEARNER) or DEFAULT_LEARNER,
        neo4j_user=env.get(USER) or "neo4j",
        neo4j_password=env.get(PASSWORD, ""),
        neo4j_database=env.get(DATABASE) or "neo4j",
        aot_cache=env.get(AOT) != "off",
    )


def colour_wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a terminal may be written to in colour: not with NO_COLOR, nor where the terminal has none."""
    env = os.environ if environment is None else environment
    return not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def has_display(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a browser window can be opened; a text browser would take the terminal away."""
    env = os.environ if environment is None else environment
    return sys.platform in ("darwin", "win32") or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def environment_for(given: Settings, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child process that is to use the same store, whatever its folder, and the same learner."""
    env = os.environ if environment is None else environment
    store = given.store_url
    if store.startswith("embedded:"):
        store = f"embedded://{embedded_folder(store).as_posix()}"
    return {**env, STORE: store, LEARNER: given.learner}
