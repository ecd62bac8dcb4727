"""A learner's facts in the store. Every write is one transaction that raises the learner's version and notes events."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, LiteralString

from graph.learner import Goal, Learner, Mark
from graph.model import kind_of
from graph.store.base import Engine, Row, Transaction
from graph.store.schema import MARK_TYPES, WISH_TYPES
from graph.store.writer import ensure_schema

_MARKS: LiteralString = "|".join(MARK_TYPES.values())
_WISHES: LiteralString = "|".join(WISH_TYPES.values())
_MARK_OF = {type_: mark for mark, type_ in MARK_TYPES.items()}
_WISH_OF = {type_: wish for wish, type_ in WISH_TYPES.items()}

LEARNER: LiteralString = (
    "MATCH (l:Learner {id: $id}) RETURN l.id AS id, l.name AS name, l.hours_per_week AS hours_per_week, "
    "l.days_off AS days_off, l.timezone AS timezone, l.version AS version, l.last_topic AS last_topic"
)
LEARNER_IDS: LiteralString = "MATCH (l:Learner) RETURN l.id AS id ORDER BY id"
VERSION: LiteralString = "MATCH (l:Learner {id: $id}) RETURN l.version AS version"
MARKS: LiteralString = (
    "MATCH (l:Learner {id: $id})-[r:" + _MARKS + "|" + _WISHES + "]->(t:Topic) RETURN type(r) AS type, t.id AS topic"
)
GOALS: LiteralString = (
    "MATCH (l:Learner {id: $id})-[:WANTS]->(g:Goal) OPTIONAL MATCH (g)-[:TARGETS]->(t) "
    "RETURN g.id AS id, g.name AS name, g.weight AS weight, g.deadline AS deadline, g.added AS added, t.id AS target"
)
# Topics that must not vanish: somebody has a state or a wish on them, or wants them.
HELD: LiteralString = "MATCH (l:Learner)-[r:" + _MARKS + "|" + _WISHES + "]->(t:Topic) RETURN DISTINCT t.id AS id"
WANTED: LiteralString = "MATCH (g:Goal)-[:TARGETS]->(t:Topic) RETURN DISTINCT t.id AS id"

# The learner is created by the first write, never by a read.
TOUCH: LiteralString = (
    "MERGE (l:Learner {id: $id}) SET l.version = coalesce(l.version, 0) + 1, l.name = coalesce(l.name, ''), "
    "l.hours_per_week = coalesce(l.hours_per_week, 6.0), l.timezone = coalesce(l.timezone, 'UTC'), "
    "l.days_off = coalesce(l.days_off, [])"
)
PROFILE: LiteralString = "MATCH (l:Learner {id: $id}) SET l += $props"
BEFORE: LiteralString = (
    "MATCH (l:Learner {id: $id})-[r:"
    + _MARKS
    + "]->(t:Topic) WHERE t.id IN $topics RETURN t.id AS topic, type(r) AS type"
)
UNMARK: LiteralString = "MATCH (l:Learner {id: $id})-[r:" + _MARKS + "]->(t:Topic) WHERE t.id IN $topics DELETE r"
EVENTS: LiteralString = (
    "UNWIND $rows AS row MATCH (l:Learner {id: $id}) "
    "CREATE (l)-[:DID]->(e:Event {id: row.id, at: $at, kind: $kind, topic_id: row.topic, before: row.before, "
    "after: $after})"
)
ADD_GOAL: LiteralString = (
    "MATCH (l:Learner {id: $id}) MERGE (g:Goal {id: $goal}) "
    "SET g.name = $name, g.weight = $weight, g.deadline = $deadline, g.added = coalesce(g.added, $at) "
    "MERGE (l)-[:WANTS]->(g)"
)
CLEAR_TARGETS: LiteralString = "MATCH (g:Goal {id: $goal})-[r:TARGETS]->() DELETE r"
REMOVE_GOAL: LiteralString = "MATCH (l:Learner {id: $id})-[:WANTS]->(g:Goal {id: $goal}) DETACH DELETE g"


def read_learner(engine: Engine, learner_id: str) -> Learner:
    """The learner; one that was never written comes back empty, version 0."""
    rows = engine.read(LEARNER, id=learner_id)
    if not rows:
        return Learner(id=learner_id)
    marks: dict[str, Mark] = {}
    wishes: dict[str, set[str]] = {wish: set() for wish in WISH_TYPES}
    for row in engine.read(MARKS, id=learner_id):
        if row["type"] in _MARK_OF:
            marks[row["topic"]] = _MARK_OF[row["type"]]  # type: ignore[assignment]
        else:
            wishes[_WISH_OF[row["type"]]].add(row["topic"])
    known = {name: value for name, value in rows[0].items() if value is not None}
    known["days_off"] = tuple(known.get("days_off", ()))
    known["hours_per_week"] = float(known.get("hours_per_week", 6.0))
    given: dict[str, Any] = {**known, **{wish: frozenset(topics) for wish, topics in wishes.items()}}
    return Learner(marks=dict(sorted(marks.items())), goals=_goals(engine.read(GOALS, id=learner_id)), **given)


def learner_version(engine: Engine, learner_id: str) -> int:
    """Goes up with every write of this learner; 0 when there is none."""
    rows = engine.read(VERSION, id=learner_id)
    return int(rows[0]["version"]) if rows else 0


def learner_ids(engine: Engine) -> tuple[str, ...]:
    """All learners, by id."""
    return tuple(row["id"] for row in engine.read(LEARNER_IDS))


def held_topics(engine: Engine) -> frozenset[str]:
    """Topics that may be retired but not removed."""
    return frozenset(row["id"] for query in (HELD, WANTED) for row in engine.read(query))


def mark(engine: Engine, learner_id: str, topics: Sequence[str], given: Mark | None, *, source: str = "user") -> None:
    """Set one mark on topics, or take all marks off them with None."""
    text: LiteralString | None = None
    if given is not None:
        text = (
            "UNWIND $topics AS topic MATCH (l:Learner {id: $id}) MATCH (t:Topic {id: topic}) "
            "MERGE (l)-[r:" + MARK_TYPES[given] + "]->(t) SET r.since = $at, r.source = $source"
        )

    def work(transaction: Transaction, at: str) -> None:
        before = {row["topic"]: row["type"] for row in transaction.run(BEFORE, id=learner_id, topics=list(topics))}
        transaction.run(UNMARK, id=learner_id, topics=list(topics))
        if text is not None:
            transaction.run(text, id=learner_id, topics=list(topics), at=at, source=source)
            transaction.run(PROFILE, id=learner_id, props={"last_topic": topics[-1]})
        rows = [{"id": uuid.uuid4().hex, "topic": t, "before": _MARK_OF.get(before.get(t, ""), "")} for t in topics]
        transaction.run(EVENTS, id=learner_id, rows=rows, at=at, kind="mark", after=given or "")

    _write(engine, learner_id, work)


def add_goal(engine: Engine, learner_id: str, goal: Goal) -> None:
    """Add a goal, or replace the one with the same id."""

    def work(transaction: Transaction, at: str) -> None:
        deadline = goal.deadline.isoformat() if goal.deadline else None
        transaction.run(
            ADD_GOAL, id=learner_id, goal=goal.id, name=goal.name, weight=goal.weight, deadline=deadline, at=at
        )
        transaction.run(CLEAR_TARGETS, goal=goal.id)
        for label, targets in _by_label(goal.targets).items():
            text: LiteralString = (
                "UNWIND $targets AS target MATCH (g:Goal {id: $goal}) MATCH (t:" + label + " {id: target}) "
                "MERGE (g)-[:TARGETS]->(t)"
            )
            transaction.run(text, goal=goal.id, targets=targets)
        transaction.run(EVENTS, id=learner_id, rows=[_event(goal.id)], at=at, kind="goal", after="added")

    _write(engine, learner_id, work)


def remove_goal(engine: Engine, learner_id: str, goal_id: str) -> None:
    """Take a goal back; harmless when there is none."""

    def work(transaction: Transaction, at: str) -> None:
        transaction.run(REMOVE_GOAL, id=learner_id, goal=goal_id)
        transaction.run(EVENTS, id=learner_id, rows=[_event(goal_id)], at=at, kind="goal", after="removed")

    _write(engine, learner_id, work)


def set_profile(engine: Engine, learner_id: str, **properties: Any) -> None:
    """Set a learner's own properties: name, hours_per_week, days_off, timezone."""
    _write(engine, learner_id, lambda transaction, _: transaction.run(PROFILE, id=learner_id, props=properties))


def wish(engine: Engine, learner_id: str, kind: str, topics: Sequence[str], *, on: bool) -> None:
    """Pin, postpone or prefer topics, or stop it."""
    type_ = WISH_TYPES[kind]
    head: LiteralString = "UNWIND $topics AS topic MATCH (l:Learner {id: $id}) MATCH (t:Topic {id: topic}) "
    text = head + ("MERGE (l)-[r:" + type_ + "]->(t)" if on else "MATCH (l)-[r:" + type_ + "]->(t) DELETE r")
    _write(engine, learner_id, lambda transaction, _: transaction.run(text, id=learner_id, topics=list(topics)))


def _write(engine: Engine, learner_id: str, work: Callable[[Transaction, str], Any]) -> None:
    ensure_schema(engine)
    at = datetime.now(UTC).isoformat(timespec="seconds")

    def whole(transaction: Transaction) -> None:
        transaction.run(TOUCH, id=learner_id)
        work(transaction, at)

    engine.write(whole)


def _event(topic: str) -> Row:
    return {"id": uuid.uuid4().hex, "topic": topic, "before": ""}


def _by_label(targets: Sequence[str]) -> dict[LiteralString, list[str]]:
    labels: dict[str, LiteralString] = {"topic": "Topic", "phase": "Phase", "section": "Section", "roadmap": "Roadmap"}
    grouped: dict[LiteralString, list[str]] = {}
    for target in targets:
        grouped.setdefault(labels[kind_of(target)], []).append(target)
    return grouped


def _goals(rows: list[Row]) -> tuple[Goal, ...]:
    """The goals in the order they were added."""
    found: dict[str, tuple[Row, list[str | None]]] = {}
    for row in rows:
        found.setdefault(row["id"], (row, []))[1].append(row["target"])
    ordered = sorted(found.values(), key=lambda entry: (entry[0]["added"] or "", entry[0]["id"]))
    return tuple(
        Goal(
            id=row["id"],
            name=row["name"],
            targets=tuple(sorted(target for target in targets if target is not None)),
            weight=float(row["weight"] or 1.0),
            deadline=date.fromisoformat(row["deadline"]) if row["deadline"] else None,
        )
        for row, targets in ordered
    )
