"""A priority queue of steps whose rank has one part that follows the last step taken: the same phase goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from graph.planner.ranking import Key, Ranking


class PhasedQueue:
    """Keeps one heap over all steps, and one per phase, so that a new last phase moves nothing.

    The phase stands between the key's last two parts. So a step of the wanted phases is first exactly when its key
    equals the best one in all parts before the phase.
    """

    def __init__(self, ranking: Ranking) -> None:
        self._all: list[Key] = []
        self._by_phase: dict[str, list[Key]] = {}
        self._fixed = ranking.fixed()
        self._current: dict[int, Key] = {}
        """Step -> its key now; older ones in the heaps are dropped when they come up."""

    def put(self, step: int, gain: Sequence[int], soft: int) -> None:
        """Adds a step, or moves it to its new rank. A step that was taken must not come again."""
        head, chain, goals, tail, phases = self._fixed[step]
        key = (head, -gain[step], chain, goals, -soft, tail)
        self._current[step] = key
        heappush(self._all, key)
        for phase in phases:
            heappush(self._by_phase.setdefault(phase, []), key)

    def take(self, phases: Iterable[str]) -> int:
        """Takes out the first step, given the phases of the last one; -1 when the queue is empty."""
        best = self._top(self._all)
        if best is None:
            return -1
        near = [key for phase in phases if (key := self._top(self._by_phase.get(phase, []))) is not None]
        if near and min(near)[:-1] == best[:-1]:
            best = min(near)
        step = best[-1][-1]
        del self._current[step]
        return step

    def _top(self, heap: list[Key]) -> Key | None:
        """The best key that is still its step's own."""
        while heap:
            if self._current.get(heap[0][-1][-1]) is heap[0]:
                return heap[0]
            heappop(heap)
        return None
