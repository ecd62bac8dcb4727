"""How one topic comes to need another."""

from __future__ import annotations

from graph.model import Graph
from graph.planner.index import Index, index_of


def chain(graph: Graph, topic: str, requires: str, *, index: Index | None = None) -> tuple[str, ...]:
    """A shortest chain of hard requirements between two topics, phases or sections, both ends included.

    Ids, each requiring the next; among chains of one length the one whose ids come first. Empty when there is none, and
    when both ends are the same. It follows what the documents say, so it also goes through what a plan would cut.
    """
    links = (index or index_of(graph)).links
    came: dict[str, str] = {}
    queue = [topic]
    for node in queue:
        for need in links.get(node, ()):
            if need in came or need == topic:
                continue
            came[need] = node
            if need == requires:
                return _back(came, topic, requires)
            queue.append(need)
    return ()


def _back(came: dict[str, str], topic: str, node: str) -> tuple[str, ...]:
    path = [node]
    while path[-1] != topic:
        path.append(came[path[-1]])
    return tuple(reversed(path))
