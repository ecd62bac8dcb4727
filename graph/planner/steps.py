"""The needed topics as small integers, with the counts that ranking and planning move.

A step is a topic that becomes an entry of a plan; the other vertices here are gates (starts and ends of containers,
headings), which are done as soon as all before them is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Steps:
    """One situation's needed part of the graph. The lists are by step number, ascending with the topic's id."""

    names: list[str] = field(default_factory=list)
    """Id of the topic or container."""
    vertex: list[int] = field(default_factory=list)
    """The number of the vertex in the graph's index."""
    entry: list[bool] = field(default_factory=list)
    """True for a step, False for a gate."""
    hours: list[float] = field(default_factory=list)
    """Hours of a step, 0 for gates."""
    before: list[list[int]] = field(default_factory=list)
    after: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """How many of those before are not done."""
    last: list[int] = field(default_factory=list)
    """Exclusive or over those before that are not done: the very one when a single one is left."""
    gain: list[int] = field(default_factory=list)
    """How many steps can begin as soon as this one is done."""
    chain: list[float] = field(default_factory=list)
    """Hours of the longest chain that begins here, this one included."""
    gated: bool = False
    """Whether there are gates at all."""

    def frontier(self) -> list[int]:
        """The steps that can be learned now, ascending."""
        return [step for step, count in enumerate(self.left) if not count and self.entry[step]]

    def opened_by(self, step: int) -> list[int]:
        """The steps that can begin as soon as this one is done, ascending."""
        found: list[int] = []
        queue = [step]
        for each in queue:
            for later in self.after[each]:
                if self.left[later] == 1:
                    (found if self.entry[later] else queue).append(later)
        return sorted(found)

    def needs(self, step: int) -> tuple[str, ...]:
        """Ids of the steps directly before a step, gates looked through, sorted."""
        if not self.gated:
            names = self.names
            return tuple([names[each] for each in self.before[step]])
        queue = list(self.before[step])
        seen = set(queue)
        for each in queue:
            if not self.entry[each]:
                queue.extend(further for further in self.before[each] if further not in seen)
                seen.update(self.before[each])
        return tuple([self.names[each] for each in sorted(seen) if self.entry[each]])


class Before(Mapping[str, tuple[str, ...]]):
    """Needed topic -> needed topics directly before it, worked out when asked for: gates would make it big."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._step = {name: step for step, name in enumerate(steps.names) if steps.entry[step]}

    def __getitem__(self, topic: str) -> tuple[str, ...]:
        return self._steps.needs(self._step[topic])

    def __iter__(self) -> Iterator[str]:
        return iter(self._step)

    def __len__(self) -> int:
        return len(self._step)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash(frozenset(self._step))


def steps_of(
    names: Sequence[str], entry: Sequence[int], hours: Sequence[float], needs: Mapping[int, Sequence[int]]
) -> Steps:
    """Builds the steps from vertices of the index: `needs` has every needed vertex, with at least its needed ones."""
    vertices = sorted(needs)
    place = [-1] * len(names)
    for each, vertex in enumerate(vertices):
        place[vertex] = each
    before = [[step for need in needs[vertex] if (step := place[need]) >= 0] for vertex in vertices]
    after: list[list[int]] = [[] for _ in vertices]
    last = [0] * len(vertices)
    for each, earlier in enumerate(before):
        mixed = 0
        for need in earlier:
            after[need].append(each)
            mixed ^= need
        last[each] = mixed
    steps = Steps(
        names=[names[vertex] for vertex in vertices],
        vertex=vertices,
        entry=[bool(entry[vertex]) for vertex in vertices],
        hours=[hours[vertex] for vertex in vertices],
        before=before,
        after=after,
        left=[len(earlier) for earlier in before],
        last=last,
        gain=[0] * len(vertices),
        gated=not all(entry[vertex] for vertex in vertices),
    )
    _open_gates(steps)
    steps.chain = _chains(steps)
    for each, count in enumerate(steps.left):
        if count == 1 and steps.entry[each]:
            credit(steps.entry, steps.left, steps.last, steps.gain, each)
    return steps


def _open_gates(steps: Steps) -> None:
    """Takes away gates that wait for nothing."""
    queue = [gate for gate, count in enumerate(steps.left) if not count and not steps.entry[gate]]
    for gate in queue:
        for later in steps.after[gate]:
            steps.left[later] -= 1
            steps.last[later] ^= gate
            if not steps.left[later] and not steps.entry[later]:
                queue.append(later)


def _chains(steps: Steps) -> list[float]:
    """Longest chains by Kahn's algorithm, from the goals down."""
    waiting = [len(later) for later in steps.after]
    longest = [0.0] * len(waiting)
    queue = [step for step, count in enumerate(waiting) if not count]
    hours, before = steps.hours, steps.before
    for step in queue:
        chain = longest[step] = longest[step] + hours[step]
        for need in before[step]:
            if chain > longest[need]:  # noqa: PLR1730 -- the innermost loop: max() takes twice as long
                longest[need] = chain
            waiting[need] -= 1
            if not waiting[need]:
                queue.append(need)
    return longest


def credit(entry: Sequence[bool], left: Sequence[int], last: Sequence[int], gain: list[int], step: int) -> int:
    """Tells the single one that `step` still waits for what it opens; through gates, up to a step.

    Returns that step, or -1 when a gate on the way waits for more than one.
    """
    opens = 1 if entry[step] else gain[step]
    need = last[step]
    while opens:
        gain[need] += opens
        if entry[need]:
            return need
        if left[need] != 1:
            break
        need = last[need]
    return -1
