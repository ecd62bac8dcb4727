"""Choices resolved: which options the path takes, by the hours they still cost.

An option that is met comes first, then one that is required anyway on the same topic, then the learner's preference,
then the smallest remaining effort, where work that is needed already costs nothing. The first answer is greedy, one
choice after the other; with few choices a search over all combinations then improves it, within a budget of steps that
makes it the same on every machine. Exact resolution of many nested choices is a hard (AND-OR) problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations
from math import fsum, inf

from graph.model import Choice
from graph.planner.index import Index
from graph.planner.network import Edges
from graph.planner.results import ResolvedChoice
from graph.planner.walk import FREE, MET, OUTSIDE, SKIPPED, walk

EXACT_CHOICES = 10
"""Up to so many open choices all combinations are looked at."""

BUDGET = 300_000
"""Vertices looked at before the search, or the exact prices, are given up for the greedy ones."""

DEPTH = 3
"""How deep the price of an option looks into choices inside it."""


@dataclass(slots=True)
class Answer:
    """Options taken so far."""

    taken: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Choice id -> vertices of the options, best first; fewer than asked for when no more can be reached."""
    edges: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Vertex -> options of all its choices."""

    def plus(self, vertex: int, choice: Choice, options: tuple[int, ...]) -> Answer:
        """The answer with one more choice resolved."""
        edges = {**self.edges, vertex: (*self.edges.get(vertex, ()), *options)}
        return Answer({**self.taken, choice.id: options}, edges)

    def less(self, vertex: int, choice: Choice) -> Answer:
        """The answer with one choice open again."""
        dropped = self.taken[choice.id]
        kept = list(self.edges[vertex])
        for option in dropped:
            kept.remove(option)
        return Answer({k: v for k, v in self.taken.items() if k != choice.id}, {**self.edges, vertex: tuple(kept)})


Open = tuple[int, Choice]


class Resolver:
    """Resolves the choices that the wanted vertices meet."""

    def __init__(
        self, index: Index, edges: Edges, stops: bytes | bytearray, starts: Sequence[int], prefers: AbstractSet[str]
    ) -> None:
        self._index = index
        self._edges = edges
        self._stops = stops
        self._starts = starts
        self._prefers = prefers
        self._looked = 0

    def resolve(self) -> Answer:
        """The cheapest answer found."""
        answer = self._greedy()
        if not 0 < self._decisions() <= EXACT_CHOICES:
            return answer
        self._looked = 0
        best = [(self._price(answer), answer)]
        self._search(Answer(), best)
        return best[0][1]

    def resolved(self, answer: Answer, visited: Sequence[int]) -> tuple[ResolvedChoice, ...]:
        """The choices of the visited vertices in full, with a price on every option, by choice id."""
        met = [(v, choice) for v in visited for choice in self._index.choices.get(v, ()) if choice.id in answer.taken]
        exact = len(met) * len(visited) <= 10 * BUDGET
        return tuple(self._explained(each, answer, exact=exact) for each in sorted(met, key=lambda each: each[1].id))

    def _explained(self, each: Open, answer: Answer, *, exact: bool) -> ResolvedChoice:
        vertex, choice = each
        names, taken = self._index.names, answer.taken[choice.id]
        others = [option for option in self._options(choice) if option not in taken]
        hours: dict[str, float] = {}
        if exact:
            open_again = answer.less(vertex, choice)
            needed = set(walk(self._edges, open_again.edges, self._starts, self._stops))
            hours = {names[o]: self._cost(o, needed, open_again, {vertex}) for o in (*taken, *others)}
        return ResolvedChoice(choice.id, choice.topic, _named(names, taken), _named(names, others), hours)

    def _greedy(self) -> Answer:
        answer = Answer()
        found = walk(self._edges, {}, self._starts, self._stops)
        needed = set(found)
        waiting = self._choices_at(found)
        while waiting:
            each = min(waiting, key=lambda each: (self._matters(each), each[1].id))
            waiting.remove(each)
            options = self._pick(each, needed, answer)
            answer = answer.plus(*each, options)
            added = [v for v in walk(self._edges, answer.edges, options, self._stops) if v not in needed]
            needed.update(added)
            waiting.extend(self._choices_at(added))
        return answer

    def _search(self, answer: Answer, best: list[tuple[tuple[int, float], Answer]]) -> None:
        """Branches over the first open choice; keeps the cheapest full answer in `best`."""
        price = self._price(answer)
        if price >= best[0][0]:
            return
        found = walk(self._edges, answer.edges, self._starts, self._stops)
        waiting = [each for each in self._choices_at(found) if each[1].id not in answer.taken]
        if not waiting:
            best[0] = (price, answer)
            return
        vertex, choice = waiting[0]
        fixed, pool, count = self._tiers((vertex, choice), answer)
        for some in combinations(pool, count):
            if self._looked > BUDGET:
                return
            self._search(answer.plus(vertex, choice, (*fixed, *some)), best)

    def _price(self, answer: Answer) -> tuple[int, float]:
        """Options that could not be found, then hours: less is better."""
        found = walk(self._edges, answer.edges, self._starts, self._stops)
        self._looked += len(found)
        missing = sum(
            _wanted(choice) - len(answer.taken[choice.id])
            for _, choice in self._choices_at(found)
            if choice.id in answer.taken
        )
        return missing, fsum(self._index.hours[vertex] for vertex in found)

    def _decisions(self) -> int:
        """How many choices there are to decide on any way to what is wanted."""
        every: dict[int, tuple[int, ...]] = {
            vertex: tuple(option for choice in choices for option in self._options(choice))
            for vertex, choices in self._index.choices.items()
        }
        return sum(map(self._matters, self._choices_at(walk(self._edges, every, self._starts, self._stops))))

    def _choices_at(self, vertices: Iterable[int]) -> list[Open]:
        found = [(vertex, choice) for vertex in vertices for choice in self._index.choices.get(vertex, ())]
        return sorted(found, key=lambda each: each[1].id)

    def _options(self, choice: Choice) -> list[int]:
        """Options that can be taken: planned and retired ones cannot."""
        done = self._index.gates.done
        known = [done[option] for option in dict.fromkeys(choice.options) if option in self._index.graph.topics]
        return [option for option in known if self._stops[option] in {FREE, MET, SKIPPED, OUTSIDE}]

    def _matters(self, each: Open) -> bool:
        """Whether there is anything to decide: more options than are to be taken, none met."""
        options = self._options(each[1])
        met = sum(self._stops[option] in {MET, SKIPPED} for option in options)
        return met < each[1].min < len(options)

    def _pick(self, each: Open, needed: AbstractSet[int], answer: Answer) -> tuple[int, ...]:
        fixed, pool, count = self._tiers(each, answer)
        taken = list(fixed)
        more = set(needed)
        for _ in range(count):
            costs = {option: self._cost(option, more, answer, {each[0]}) for option in pool if option not in taken}
            cheapest = min(costs, key=lambda option: (costs[option], option))
            taken.append(cheapest)
            more.update(walk(self._edges, answer.edges, [cheapest], self._stops))
        return tuple(taken)

    def _tiers(self, each: Open, answer: Answer) -> tuple[tuple[int, ...], list[int], int]:
        """Options taken without asking for their price, the options among which the price decides, and how many."""
        vertex, choice = each
        names = self._index.names
        reachable = [option for option in self._options(choice) if self._can(option, vertex, answer)]
        required = {self._index.gates.done.get(each) for each in self._index.links.get(choice.topic, ())}
        free = [option for option in reachable if self._stops[option] == FREE]
        tiers = (
            [option for option in reachable if self._stops[option] == MET],
            [option for option in reachable if self._stops[option] == SKIPPED],
            [option for option in free if option in required],
            [option for option in free if names[option] in self._prefers],
            free,
            reachable,
        )
        fixed: list[int] = []
        for tier in tiers:
            pool = sorted(option for option in tier if option not in fixed)
            count = choice.min - len(fixed)
            if len(pool) > count:
                return tuple(fixed), pool, count
            fixed.extend(pool)
        return tuple(fixed), [], 0

    def _can(self, option: int, vertex: int, answer: Answer) -> bool:
        """Whether the option can come before the vertex: it does not need it itself."""
        if self._stops[option]:
            return True
        found = walk(self._edges, answer.edges, [option], self._stops)
        self._looked += len(found)
        return vertex not in found

    def _cost(self, option: int, needed: AbstractSet[int], answer: Answer, barred: AbstractSet[int]) -> float:
        """Hours the option adds to what is needed, choices inside it at their cheapest; inf when it needs a barred one.

        Work that two choices inside share is counted twice here; the search over combinations counts it once.
        """
        if self._stops[option]:
            return inf if self._stops[option] == OUTSIDE else 0.0
        found = walk(self._edges, answer.edges, [option], self._stops)
        self._looked += len(found)
        if not barred.isdisjoint(found):
            return inf
        hours = [self._index.hours[vertex] for vertex in found if vertex not in needed]
        if len(barred) <= DEPTH:
            more = {*needed, *found}
            hours.extend(
                self._cheapest(each, more, answer, {*barred, each[0]})
                for each in self._choices_at(found)
                if each[1].id not in answer.taken
            )
        return fsum(hours)

    def _cheapest(self, each: Open, needed: AbstractSet[int], answer: Answer, barred: AbstractSet[int]) -> float:
        costs = sorted(self._cost(option, needed, answer, barred) for option in self._options(each[1]))
        return fsum(costs[: each[1].min])


def _wanted(choice: Choice) -> int:
    return min(choice.min, len(set(choice.options)))


def _named(names: Sequence[str], vertices: Iterable[int]) -> tuple[str, ...]:
    return tuple(names[vertex] for vertex in vertices)
