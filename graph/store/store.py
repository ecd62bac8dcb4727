"""The store: everything skilltrail keeps, on whichever engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.evidence import Document, Receipt, Source
from graph.learner import Goal, Learner, Mark
from graph.store import evidence_reader, learners, reader, writer
from graph.store.base import Engine, EngineInfo, Table
from graph.store.changes import Changes
from graph.store.reader import GraphState, Snapshot
from graph.store.rows import EdgeKey, Rows

CONSOLE_MAX_ROWS = 1_000
CONSOLE_TIMEOUT_S = 10.0


class Store:
    """One store. All methods raise the failures of `graph.errors.StoreError`; none keeps a driver's exception."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # the graph

    def state(self) -> GraphState:
        """Which graph the store holds."""
        return reader.graph_state(self.engine)

    def snapshot(self) -> Snapshot:
        """The graph for the planner, without evidence."""
        return reader.snapshot(self.engine)

    def rows(self) -> Rows:
        """Everything that reading wrote."""
        return reader.rows(self.engine)

    def apply(self, changes: Changes) -> int:
        """Write a difference; returns the graph version.

        Raises:
            StoreConflictError: the graph changed since the difference was taken.
        """
        return writer.write(self.engine, changes)

    # the evidence

    def receipts(self, topic: str, requires: Sequence[str]) -> dict[str, tuple[Receipt, ...]]:
        """The claims that `topic` requires each of `requires`."""
        return evidence_reader.receipts(self.engine, topic, tuple(requires))

    def mentions(self, topic: str) -> tuple[evidence_reader.Place, ...]:
        """The places that name a topic."""
        return evidence_reader.mentions(self.engine, topic)

    def resources(self, topic: str) -> tuple[tuple[str, str, str], ...]:
        """(url, title, kind) of the links that teach a topic."""
        return evidence_reader.resources(self.engine, topic)

    def documents(self) -> tuple[Document, ...]:
        """All documents with their kept readings."""
        return evidence_reader.documents(self.engine)

    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        return evidence_reader.sources(self.engine)

    # people

    def learner(self, learner_id: str) -> Learner:
        """The learner; an empty one when never written."""
        return learners.read_learner(self.engine, learner_id)

    def learner_version(self, learner_id: str) -> int:
        """Goes up with every write of this learner."""
        return learners.learner_version(self.engine, learner_id)

    def learner_ids(self) -> tuple[str, ...]:
        """All learners."""
        return learners.learner_ids(self.engine)

    def held_topics(self) -> frozenset[str]:
        """Topics that may be retired but not removed."""
        return learners.held_topics(self.engine)

    def mark(self, learner_id: str, topics: Sequence[str], given: Mark | None, *, source: str = "user") -> None:
        """Set one mark on topics, or take all marks off them with None."""
        learners.mark(self.engine, learner_id, topics, given, source=source)

    def add_goal(self, learner_id: str, goal: Goal) -> None:
        """Add a goal, or replace the one with the same id."""
        learners.add_goal(self.engine, learner_id, goal)

    def remove_goal(self, learner_id: str, goal_id: str) -> None:
        """Take a goal back."""
        learners.remove_goal(self.engine, learner_id, goal_id)

    def set_profile(self, learner_id: str, **properties: Any) -> None:
        """Set name, hours_per_week, days_off or timezone."""
        learners.set_profile(self.engine, learner_id, **properties)

    def wish(self, learner_id: str, kind: str, topics: Sequence[str], *, on: bool) -> None:
        """Pin, postpone or prefer topics (`pins`, `postpones`, `prefers`), or stop it."""
        learners.wish(self.engine, learner_id, kind, topics, on=on)

    # power users

    def console(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        max_rows: int = CONSOLE_MAX_ROWS,
        timeout_s: float = CONSOLE_TIMEOUT_S,
    ) -> Table:
        """Run any reading Cypher."""
        return self.engine.console(text, parameters or {}, max_rows=max_rows, timeout_s=timeout_s)

    def info(self) -> EngineInfo:
        """Engine, version, address."""
        return self.engine.info()

    def warm_up(self) -> None:
        """Do a little of everything on an empty store: what a trainer of the engine's cache wants to see."""
        topic = {"id": "warm", "title": "Warm", "aliases": ["w"], "state": "active", "summary": "", "background": False}
        other = {**topic, "id": "up", "title": "Up"}
        weights = {"origin": "stated", "confidence": 1.0, "claims": 1, "reason": ""}
        kind = EdgeKey("REQUIRES", "Topic", "Topic")
        self.apply(Changes(0, nodes={"Topic": [topic, other]}, new_edges={kind: [("warm", "up", weights)]}))
        self.mark("me", ["up"], "known")
        self.add_goal("me", Goal(id="me:warm", name="Warm", targets=("warm",)))
        self.snapshot()
        self.rows()
        self.learner("me")
        self.receipts("warm", ["up"])

    def close(self) -> None:
        """Let go of the engine."""
        self.engine.close()
