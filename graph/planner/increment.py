"""A topological order that grows edge by edge and refuses an edge that would close a cycle.

Source: D. J. Pearce and P. H. J. Kelly, "A dynamic topological sort algorithm for directed acyclic graphs", ACM Journal
of Experimental Algorithmics 11 (2007). Only the vertices between both ends in the order are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence


class GrowingOrder:
    """Edges from a vertex to one that it needs; what is needed has the smaller place."""

    def __init__(self) -> None:
        self._place: dict[int, int] = {}
        self._needs: dict[int, list[int]] = {}
        self._after: dict[int, list[int]] = {}

    def needs(self, vertex: int) -> Sequence[int]:
        """What the vertex needs directly."""
        return self._needs.get(vertex, ())

    def add(self, vertex: int, need: int) -> bool:
        """Adds an edge; False, and nothing changed, when it would close a cycle."""
        for each in (need, vertex):
            if each not in self._place:
                self._place[each] = len(self._place)
                self._needs[each] = []
                self._after[each] = []
        low, high = self._place[vertex], self._place[need]
        if low <= high:
            later = self._spread(vertex, self._after, low, high)
            if need in later:
                return False
            self._move(self._spread(need, self._needs, low, high), later)
        self._needs[vertex].append(need)
        self._after[need].append(vertex)
        return True

    def _spread(self, vertex: int, links: dict[int, list[int]], low: int, high: int) -> set[int]:
        """What is reached from the vertex without leaving the places from low to high."""
        seen = {vertex}
        stack = [vertex]
        while stack:
            for each in links[stack.pop()]:
                if each not in seen and low <= self._place[each] <= high:
                    seen.add(each)
                    stack.append(each)
        return seen

    def _move(self, first: set[int], then: set[int]) -> None:
        """Gives the places of both groups to the first group, then to the other, each in its own order."""
        moved = [*sorted(first, key=self._place.__getitem__), *sorted(then, key=self._place.__getitem__)]
        for vertex, place in zip(moved, sorted(self._place[each] for each in moved), strict=True):
            self._place[vertex] = place
