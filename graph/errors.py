"""Failures of a request. Each class owns its sentence; callers pass only the facts.

- `UsageError`, exit code 2: the request cannot be carried out as asked (an unknown topic, a refused query, …).
- `StoreError`, exit code 3: the store cannot be used now (not reachable, locked, wrong password, …).

Both are a `SkilltrailError`, which each front end catches once, at its outer boundary.
"""

from __future__ import annotations

from collections.abc import Sequence


class SkilltrailError(Exception):
    """Base of all our failures: a code, a sentence that says what happened, a hint that says what to do."""

    code = "failed"
    hint = ""

    @property
    def message(self) -> str:
        """What happened, one sentence."""
        return str(self)


class UsageError(SkilltrailError):
    """The request cannot be carried out as asked."""

    code = "usage"


class StoreError(SkilltrailError):
    """The store cannot be used now."""

    code = "store"


class BadRequestError(UsageError):
    """A request whose parts do not fit; the caller says how, in one sentence."""

    code = "bad-request"

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint


class UnknownTopicError(UsageError):
    """No topic has this title or id."""

    code = "unknown-topic"

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(f"There is no topic called “{name}”.")
        self.nearest = tuple(nearest)
        quoted = ", ".join(f"“{title}”" for title in nearest)
        self.hint = f"Did you mean {quoted}?" if nearest else "`skilltrail topics` lists all topics."


class AmbiguousTopicError(UsageError):
    """Several topics answer to this name."""

    code = "ambiguous-topic"

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__(f"“{name}” may mean several topics: {', '.join(ids)}.")
        self.ids = tuple(ids)
        self.hint = "Use the id instead of the title."


class UnknownGoalError(UsageError):
    """The learner has no such goal."""

    code = "unknown-goal"

    def __init__(self, name: str, goals: Sequence[str]) -> None:
        super().__init__(f"You have no goal called “{name}”.")
        self.hint = f"Your goals: {', '.join(goals)}." if goals else '`skilltrail goal add "…"` sets one.'


class UnknownRoadmapError(UsageError):
    """No roadmap has this title or id."""

    code = "unknown-roadmap"

    def __init__(self, name: str, roadmaps: Sequence[str]) -> None:
        super().__init__(f"There is no roadmap called “{name}”.")
        self.hint = f"Roadmaps: {', '.join(roadmaps)}." if roadmaps else "`skilltrail ingest FILE` reads one."


class UnknownSourceError(UsageError):
    """Nothing that was read is called so."""

    code = "unknown-source"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"No source or document called “{name}” was ever read.")
        self.hint = f"Known: {', '.join(known)}." if known else "Nothing was read yet."


class PathNotFoundError(UsageError):
    """A file or folder that was given does not exist."""

    code = "path-not-found"
    hint = "Check the spelling; paths are relative to the current folder."

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} does not exist.")


class BadStoreUrlError(UsageError):
    """The store's address is none that we can open."""

    code = "bad-store-url"
    hint = "Use embedded:, embedded:./folder, embedded:///absolute/folder, neo4j://host:7687 or bolt://host:7687."

    def __init__(self, url: str, why: str = "it has an unknown form") -> None:
        super().__init__(f"The store address {url!r} cannot be used: {why}.")


class RefusedQueryError(UsageError):
    """The console reads only, and this query would do more."""

    code = "refused-query"
    hint = "The console takes read-only Cypher; documents are changed by `skilltrail ingest` and `forget`."

    def __init__(self, why: str) -> None:
        super().__init__(f"The query was refused: {why}.")


class BadQueryError(UsageError):
    """The engine does not understand the query."""

    code = "bad-query"
    hint = "See docs/schema.md for labels, relationships and examples."

    def __init__(self, why: str) -> None:
        super().__init__(f"The query is not understood: {why}")


class QueryTimeoutError(UsageError):
    """The query ran longer than it may."""

    code = "query-timeout"
    hint = "Narrow the query, or add a LIMIT."

    def __init__(self, timeout_s: float) -> None:
        super().__init__(f"The query was stopped after {timeout_s:g} seconds.")


class StoreUnreachableError(StoreError):
    """Nothing answers at the store's address."""

    code = "store-unreachable"
    hint = "Start the server, or check --store and SKILLTRAIL_STORE."

    def __init__(self, where: str) -> None:
        super().__init__(f"The store at {where} is not reachable.")


class WrongPasswordError(StoreError):
    """The server refuses the user or password."""

    code = "wrong-password"
    hint = "Set SKILLTRAIL_NEO4J_USER and SKILLTRAIL_NEO4J_PASSWORD."

    def __init__(self, where: str, user: str) -> None:
        super().__init__(f"The store at {where} refused the user “{user}” or the password.")


class UnknownDatabaseError(StoreError):
    """The server is there, the database is not."""

    code = "unknown-database"
    hint = "Set SKILLTRAIL_NEO4J_DATABASE to one that exists."

    def __init__(self, where: str, database: str) -> None:
        super().__init__(f"The store at {where} has no database called “{database}”.")


class StoreLockedError(StoreError):
    """Another process keeps the embedded store open."""

    code = "store-locked"
    hint = "Wait until the other skilltrail process is done, or stop it, and try again."

    def __init__(self, where: str, waited_s: float) -> None:
        super().__init__(f"The store in {where} was in use by another process for {waited_s:.0f} seconds.")


class StoreConflictError(StoreError):
    """Somebody else changed the graph while we were working on it, again and again."""

    code = "store-conflict"
    hint = "Try again."

    def __init__(self) -> None:
        super().__init__("The graph was changed by another process at the same moment; nothing was written.")


class StoreVersionError(StoreError):
    """The store was written by a newer skilltrail."""

    code = "store-version"
    hint = "Update skilltrail."

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"The store has schema version {found}; this skilltrail knows up to {known}.")


class NoEmbeddedEngineError(StoreError):
    """The embedded engine has no wheel for this machine."""

    code = "no-embedded-engine"
    hint = "Use a Neo4j server: --store neo4j://host:7687 (docker compose up starts one)."

    def __init__(self) -> None:
        super().__init__("The embedded store does not run on this kind of machine.")


class StoreFailedError(StoreError):
    """The engine failed in a way that we do not know; its own words are passed on."""

    code = "store-failed"
    hint = "If it stays so, `skilltrail status` tells the store's address and version; report both."

    def __init__(self, where: str, words: str) -> None:
        super().__init__(f"The store at {where} failed: {words}")
