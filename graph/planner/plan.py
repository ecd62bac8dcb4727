"""An order of everything needed: take the first suggestion, mark it known, go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum

from graph.planner.index import Index
from graph.planner.queue import PhasedQueue
from graph.planner.ranking import Ranking
from graph.planner.results import Entry, Plan, Situation
from graph.planner.steps import credit


def plan(situation: Situation, *, today: date, index: Index | None = None) -> Plan:
    """The path to the goals. Its first entry is the first suggestion; so is each next one after the ones before it."""
    ranking = Ranking(situation, today, index)
    steps = ranking.steps
    order = _Simulation(ranking).run()
    names, hours, goals = steps.names, steps.hours, situation.needed_for
    entries = tuple(
        [
            Entry(number, names[step], hours[step], goals[names[step]], steps.needs(step))
            for number, step in enumerate(order, start=1)
        ]
    )
    headings = _headings(ranking, order)
    return Plan(entries, fsum(entry.effort_hours for entry in entries), headings)


class _Simulation:
    """Kahn's algorithm with a queue in the order of the ranking; what a step changes is put in again."""

    def __init__(self, ranking: Ranking) -> None:
        steps = self._steps = ranking.steps
        self._ranking = ranking
        self._left = steps.left.copy()
        self._last = steps.last.copy()
        self._gain = steps.gain.copy()
        recommends = ranking.index.recommends
        self._soft = [0] * len(steps.names)
        self._helps: dict[int, list[int]] = {}
        """Step or gate -> the steps it helps."""
        if recommends:
            place = {vertex: step for step, vertex in enumerate(steps.vertex)}
            for step, vertex in enumerate(steps.vertex):
                self._soft[step] = ranking.soft_met(step) if steps.entry[step] else 0
                for helper in recommends.get(vertex, ()):
                    if helper in place:
                        self._helps.setdefault(place[helper], []).append(step)
        self._queue = PhasedQueue(ranking)

    def run(self) -> list[int]:
        """Step numbers in the order of the plan."""
        order: list[int] = []
        for step in self._steps.frontier():
            self._put(step)
        phases: Iterable[str] = self._ranking.last_phases()
        while (step := self._queue.take(phases)) >= 0:
            order.append(step)
            phases = self._ranking.phases(step)
            self._finish(step)
        return order

    def _put(self, step: int) -> None:
        self._queue.put(step, self._gain, self._soft[step])

    def _finish(self, step: int) -> None:
        """Marks a step as known: opens what waited for it, and moves the rank of what it touches."""
        entry, left, last, gain, after = self._steps.entry, self._left, self._last, self._gain, self._steps.after
        # Nothing is left to wait for, and less than nothing marks that it never comes into the queue again.
        left[step] = -1
        done = [step]
        touched: set[int] = set()
        for each in done:
            for later in after[each]:
                left[later] -= 1
                last[later] ^= each
                if not left[later]:
                    (touched.add if entry[later] else done.append)(later)
                elif left[later] == 1:
                    opener = last[later]
                    if entry[later] and entry[opener]:
                        # By far the most common case of what `credit` does.
                        gain[opener] += 1
                    else:
                        opener = credit(entry, left, last, gain, later)
                    if opener >= 0 and not left[opener]:
                        touched.add(opener)
            for helped in self._helps.get(each, ()):
                self._soft[helped] += 1
                if not left[helped] and entry[helped]:
                    touched.add(helped)
        for each in touched:
            self._put(each)


def _headings(ranking: Ranking, order: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """Needed topics with parts -> their parts among the entries, in the order of the plan."""
    names, parts = ranking.steps.names, ranking.index.gates.parts
    holders = {names[step] for step, vertex in enumerate(ranking.steps.vertex) if vertex < ranking.index.gates.topics}
    holders &= parts.keys()
    if not holders:
        return {}
    place = {names[step]: number for number, step in enumerate(order)}
    among = {whole: [part for part in parts[whole] if part in place] for whole in sorted(holders)}
    return {whole: tuple(sorted(inner, key=place.__getitem__)) for whole, inner in among.items() if inner}
