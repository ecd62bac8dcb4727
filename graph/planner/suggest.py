"""What to learn next, and why."""

from __future__ import annotations

from datetime import date
from heapq import nsmallest

from graph.planner.index import Index
from graph.planner.ranking import Head, Ranking, Tail
from graph.planner.reasons import reasons
from graph.planner.results import Situation, Suggestion


def frontier(situation: Situation) -> tuple[str, ...]:
    """Needed topics that can be learned now, sorted by id."""
    return tuple(situation.steps.names[step] for step in situation.steps.frontier())


def suggest(
    situation: Situation, *, today: date, limit: int | None = None, index: Index | None = None
) -> tuple[Suggestion, ...]:
    """The frontier, best first, with every part of the rank in words; the first `limit` of it."""
    ranking = Ranking(situation, today, index)
    last = ranking.last_phases()

    def place(step: int) -> tuple[Head, int, float, int, int, bool, Tail]:
        head, gain, chain, goals, soft, tail = ranking.key(step, situation.steps.gain, ranking.soft_met(step))
        return head, gain, chain, goals, soft, last.isdisjoint(ranking.phases(step)), tail

    steps = situation.steps.frontier()
    best = sorted(steps, key=place) if limit is None else nsmallest(limit, steps, key=place)
    return tuple(
        Suggestion(situation.steps.names[step], rank, situation.steps.hours[step], reasons(ranking, step))
        for rank, step in enumerate(best, start=1)
    )
