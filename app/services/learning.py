"""What a learner says: marks, goals, profile."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from app.services.lookup import find_topic
from app.services.planning import goal_for
from graph.errors import BadRequestError, UnknownGoalError
from graph.learner import Goal, Learner, Mark
from graph.model import Graph
from graph.store.store import Store
from graph.titles import folded_form

MARK_WORDS: dict[str, Mark | None] = {
    "known": "known",
    "learning": "learning",
    "skipped": "skipped",
    "unknown": "not known",
    "clear": None,
}
"""What a person types -> the mark; `unknown` stops an assumption, `clear` takes every mark off."""


def mark(store: Store, graph: Graph, learner_id: str, names: Sequence[str], given: Mark | None) -> tuple[str, ...]:
    """Mark topics by title or id; returns their ids. Nothing is written when one of the names is wrong.

    Raises:
        UnknownTopicError, AmbiguousTopicError: one of the names.
    """
    topics = tuple(dict.fromkeys(find_topic(graph, name) for name in names))
    store.mark(learner_id, topics, given)
    return topics


def add_goal(
    store: Store, graph: Graph, learner_id: str, name: str, *, weight: float = 1.0, deadline: date | None = None
) -> Goal:
    """Set a goal on a topic, phase, section or roadmap.

    Raises:
        UnknownTopicError, AmbiguousTopicError: the name.
        BadRequestError: the weight is not positive.
    """
    if not 0 < weight < math.inf:  # also false for what is no number
        raise BadRequestError("A goal's weight must be a number greater than 0.")
    goal = goal_for(graph, learner_id, name, weight=weight).model_copy(update={"deadline": deadline})
    store.add_goal(learner_id, goal)
    return goal


def remove_goal(store: Store, learner_id: str, name: str) -> Goal:
    """Take a goal back, by its name, id or target.

    Raises:
        UnknownGoalError: the learner has none like it.
    """
    goals = store.learner(learner_id).goals
    wanted = folded_form(name)
    found = next((g for g in goals if name in (g.id, *g.targets) or folded_form(g.name) == wanted), None)
    if found is None:
        raise UnknownGoalError(name, [goal.name for goal in goals])
    store.remove_goal(learner_id, found.id)
    return found


def set_hours_per_week(store: Store, learner_id: str, hours: float) -> Learner:
    """How much time there is.

    Raises:
        BadRequestError: not between 0.5 and 100.
    """
    if not 0.5 <= hours <= 100:  # noqa: PLR2004 - the sentence says it
        raise BadRequestError("Hours per week must be between 0.5 and 100.")
    store.set_profile(learner_id, hours_per_week=float(hours))
    return store.learner(learner_id)
