"""The parts of a rank in words."""

from __future__ import annotations

from math import inf

from graph.planner.index import DEFAULT_EFFORT_HOURS
from graph.planner.notices import hours, title, titles
from graph.planner.ranking import Ranking
from graph.planner.results import Reason


def reasons(ranking: Ranking, step: int) -> tuple[Reason, ...]:
    """All parts of a step's rank, in the order in which they decide; an empty text when a part says nothing here."""
    return (
        _pinned(ranking, step),
        _learning(ranking, step),
        _deadline(ranking, step),
        _weight(ranking, step),
        _unlocks(ranking, step),
        _chain(ranking, step),
        _goals(ranking, step),
        _soft(ranking, step),
        _phase(ranking, step),
        _effort(ranking, step),
        _order(ranking, step),
    )


def _pinned(ranking: Ranking, step: int) -> Reason:
    learner, name = ranking.situation.learner, ranking.steps.names[step]
    if name in learner.postpones:
        return Reason("pinned", -1, "postponed by you")
    pinned = name in learner.pins
    return Reason("pinned", int(pinned), "pinned by you" if pinned else "")


def _learning(ranking: Ranking, step: int) -> Reason:
    learning = ranking.situation.learner.marks.get(ranking.steps.names[step]) == "learning"
    return Reason("learning", int(learning), "you are learning it already" if learning else "")


def _deadline(ranking: Ranking, step: int) -> Reason:
    slack = ranking.topic_slack(step)
    if slack == inf:
        return Reason("deadline", "", "")
    goal = next(goal for goal in ranking.situation.goals if ranking.slack.get(goal.id) == slack)
    days = abs(round(slack))
    spare = f"{_count(days, 'day')} to spare" if slack >= 0 else f"{_count(days, 'day')} short"
    return Reason("deadline", round(slack, 1), f"needed for {goal.name} by {goal.deadline}, {spare}")


def _weight(ranking: Ranking, step: int) -> Reason:
    goals = ranking.goals(step)
    value = ranking.topic_weight(step)
    # With a single goal every topic says the same.
    alone = len(ranking.situation.goals) < 2  # noqa: PLR2004 -- a pair is the smallest number to compare
    if alone or value == inf:
        return Reason("weight", value, "")
    closest = min(goals, key=lambda goal: (ranking.left[goal], goal))
    name = next(goal.name for goal in ranking.situation.goals if goal.id == closest)
    return Reason("weight", value, f"{hours(ranking.left[closest])} left to {name}")


def _unlocks(ranking: Ranking, step: int) -> Reason:
    opened = [ranking.steps.names[each] for each in ranking.steps.opened_by(step)]
    if not opened:
        return Reason("unlocks", 0, "")
    text = f"unlocks {_count(len(opened), 'topic')} at once: {titles(ranking.situation.graph, opened)}"
    return Reason("unlocks", len(opened), text.replace(" at once", "") if len(opened) == 1 else text)


def _chain(ranking: Ranking, step: int) -> Reason:
    chain = ranking.steps.chain[step]
    if chain <= ranking.steps.hours[step]:
        return Reason("chain", chain, "")
    whose = "your goal" if len(ranking.situation.goals) == 1 else "your goals"
    return Reason("chain", chain, f"starts a chain of {hours(chain)} to {whose}")


def _goals(ranking: Ranking, step: int) -> Reason:
    goals = ranking.goals(step)
    names = ", ".join(goal.name for goal in ranking.situation.goals if goal.id in goals)
    return Reason("goals", len(goals), f"serves {len(goals)} goals: {names}" if len(goals) > 1 else "")


def _soft(ranking: Ranking, step: int) -> Reason:
    index = ranking.index
    helpers = index.recommends.get(ranking.steps.vertex[step], ())
    met = [index.names[helper] for helper in helpers if ranking.is_met(helper)]
    if not met:
        return Reason("soft", 0, "")
    return Reason("soft", len(met), f"you have what helps with it: {titles(ranking.situation.graph, met)}")


def _phase(ranking: Ranking, step: int) -> Reason:
    shared = sorted(ranking.last_phases().intersection(ranking.phases(step)))
    if not shared:
        return Reason("phase", 0, "")
    return Reason("phase", 1, f"same phase as what you learned last: {title(ranking.situation.graph, shared[0])}")


def _effort(ranking: Ranking, step: int) -> Reason:
    stated = ranking.situation.graph.topics[ranking.steps.names[step]].effort_hours
    if stated is None:
        guess = f"takes {hours(DEFAULT_EFFORT_HOURS)} (a guess, no document says)"
        return Reason("effort", DEFAULT_EFFORT_HOURS, guess)
    return Reason("effort", stated, f"takes {hours(stated)}")


def _order(ranking: Ranking, step: int) -> Reason:
    place = ranking.index.rank[ranking.steps.vertex[step]] + 1
    stands = ranking.steps.names[step] in ranking.index.nesting.place
    return Reason("order", place, f"number {place} in the authors' order" if stands else "")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
