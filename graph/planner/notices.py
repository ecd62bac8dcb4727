"""The sentences that go with a plan: titles, numbers and no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite

from graph.learner import Goal
from graph.model import Graph
from graph.planner.assumed import Standing
from graph.planner.index import Index
from graph.planner.results import Cut, Notice, ResolvedChoice
from graph.planner.walk import FREE, OUTSIDE

SHOWN = 5
"""How many titles a sentence lists before it only counts the others."""


def title(graph: Graph, node: str) -> str:
    """How a topic, phase, section or roadmap is called; the id when it is unknown."""
    for among in (graph.topics, graph.phases, graph.sections, graph.roadmaps):
        if node in among:
            return among[node].title
    return node


def titles(graph: Graph, nodes: Sequence[str]) -> str:
    """A list of titles for a sentence, long ones cut short."""
    shown = ", ".join(title(graph, node) for node in nodes[:SHOWN])
    return f"{shown} and {len(nodes) - SHOWN} more" if len(nodes) > SHOWN else shown


def hours(value: float) -> str:
    """Hours as people write them: "8 h", "2.5 h"."""
    return f"{value:.1f}".removesuffix(".0") + " h"


def goals(wanted: Sequence[Goal], *, everything: bool, today: date) -> list[Notice]:
    """No goal at all, and deadlines that have passed."""
    found = [
        Notice("deadline-passed", f"The deadline of {goal.name}, {goal.deadline.isoformat()}, has passed.")
        for goal in wanted
        if goal.deadline is not None and goal.deadline < today
    ]
    if everything:
        scope = f"all of {wanted[0].name}" if wanted[0].name != "Everything" else "every roadmap"
        found.insert(0, Notice("no-goal", f"No goal is set, so the path covers {scope}."))
    return found


def reached(
    index: Index,
    aims: Sequence[tuple[Goal, tuple[int, ...]]],
    needed_for: Mapping[str, tuple[str, ...]],
    stops: bytearray,
) -> list[Notice]:
    """Goals that need nothing more. A goal of which nothing is in the graph is not reached, it is lost."""
    open_goals = {goal for goals in needed_for.values() for goal in goals}
    found = []
    for goal, starts in aims:
        met = any(stops[start] != FREE or start >= index.gates.topics or not index.entry[start] for start in starts)
        if goal.id not in open_goals and met and not any(stops[start] == OUTSIDE for start in starts):
            found.append(Notice("goal-reached", f"{goal.name} is reached: nothing is left to learn for it."))
    return found


def cuts(graph: Graph, left_out: Sequence[Cut]) -> list[Notice]:
    """Requirements that the plan leaves out."""
    found = []
    for cut in left_out:
        topic, requires = title(graph, cut.requirement.topic), title(graph, cut.requirement.requires)
        circle = " → ".join(title(graph, node) for node in (*cut.cycle, cut.cycle[0]))
        text = (
            f"The documents go round in a circle ({circle}), so this path leaves out that {topic} requires {requires}."
        )
        found.append(Notice("cycle-cut", text, cut.cycle))
    return found


def choices(graph: Graph, resolved: Sequence[ResolvedChoice], stand: Standing) -> list[Notice]:
    """What the path takes where there was something to choose."""
    met = stand.known | stand.skipped | stand.assumed.keys()
    fixed = {(need.topic, need.requires) for need in graph.requires} if resolved else set()
    found = []
    for each in resolved:
        given = all(option in met or (each.topic, option) in fixed for option in each.taken)
        all_needed = each.hours and not any(each.hours.get(option) != 0 for option in (*each.taken, *each.others))
        if given or all_needed or not each.others:
            continue
        taken = ", ".join(_priced(graph, option, each.hours) for option in each.taken)
        others = [_price(graph, option, each.hours) for option in each.others]
        count = "one" if graph.choices[each.choice_id].min == 1 else str(graph.choices[each.choice_id].min)
        options = titles(graph, graph.choices[each.choice_id].options)
        text = f"{title(graph, each.topic)} needs {count} of {options}: the path takes {taken}"
        text += "".join(f", {other}" for other in others) + "."
        found.append(Notice("choice", text, (each.topic, *each.taken, *each.others)))
    return found


def _priced(graph: Graph, option: str, prices: Mapping[str, float]) -> str:
    price = prices.get(option)
    if price is None or not isfinite(price):
        return title(graph, option)
    return f"{title(graph, option)} ({hours(price) if price else 'on it anyway'})"


def _price(graph: Graph, option: str, prices: Mapping[str, float]) -> str:
    price = prices.get(option)
    if price is None:
        return f"not {title(graph, option)}"
    if not isfinite(price):
        return f"{title(graph, option)} cannot come first"
    return f"{title(graph, option)} would cost {hours(price)}"


def outside(graph: Graph, topics: Sequence[str]) -> list[Notice]:
    """Topics that no document describes."""
    if not topics:
        return []
    text = f"Needed, but outside your documents: {titles(graph, topics)}. Tick what you know."
    return [Notice("outside-documents", text, tuple(topics))]


def skipped(graph: Graph, topics: Sequence[str]) -> list[Notice]:
    """Topics that the learner skips although the goals need them."""
    if not topics:
        return []
    return [Notice("skipped-needed", f"Needed, but skipped by you: {titles(graph, topics)}.", tuple(topics))]
