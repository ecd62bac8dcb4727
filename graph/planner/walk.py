"""Walking backwards from what is wanted over what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.planner.network import Edges

FREE, MET, SKIPPED, OUTSIDE, NEVER = range(5)
"""How a walk takes a vertex: it enters FREE ones only. OUTSIDE: described in no document. NEVER: planned or retired."""

Decided = Mapping[int, tuple[int, ...]]
"""Vertex -> the options taken for its choices: edges like all others."""


def walk(edges: Edges, decided: Decided, starts: Iterable[int], stops: bytes | bytearray) -> list[int]:
    """All vertices reached from the starts, these included, in breadth-first order; stops are not entered."""
    seen = bytearray(stops)
    found: list[int] = []
    for start in starts:
        if not seen[start]:
            seen[start] = 1
            found.append(start)
    for vertex in found:
        for need in edges[vertex]:
            if not seen[need]:
                seen[need] = 1
                found.append(need)
        for need in decided.get(vertex, ()):
            if not seen[need]:
                seen[need] = 1
                found.append(need)
    return found


def stopped_at(edges: Edges, decided: Decided, seen: Iterable[int], stops: bytes | bytearray, kind: int) -> list[int]:
    """Vertices of one kind at which a walk stopped, ascending; `seen`: its starts and what it found."""
    if kind not in stops:
        return []
    touched: set[int] = set()
    for vertex in seen:
        if stops[vertex] == kind:
            touched.add(vertex)
        if stops[vertex]:
            continue
        touched.update(need for need in edges[vertex] if stops[need] == kind)
        touched.update(need for need in decided.get(vertex, ()) if stops[need] == kind)
    return sorted(touched)
