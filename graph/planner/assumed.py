"""What a learner must know already, judged by what they say they know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.learner import Learner, Mark
from graph.model import Graph
from graph.planner.index import Index, index_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner stands in a graph. Marks on topics that left the graph are gone."""

    known: frozenset[str]
    """Marked, or part of a topic that is marked, without a word of their own."""
    skipped: frozenset[str]
    assumed: dict[str, str]


def assumed(graph: Graph, learner: Learner, *, index: Index | None = None) -> dict[str, str]:
    """Topic -> the known topic that requires it, directly or through others; the smallest id when several do.

    Only requirements of topics on topics count: never phases, choices, or requirements cut to break a cycle. An
    explicit "not known" ends the chain, and so does a skipped topic. A topic with a mark of its own is never assumed.
    """
    return standing(graph, learner, index=index).assumed


def standing(graph: Graph, learner: Learner, *, index: Index | None = None) -> Standing:
    """Known, skipped and assumed topics. A known topic with parts makes its parts known, a skipped one skipped."""
    index = index or index_of(graph)
    known = _with_parts(index, learner, "known")
    skipped = _with_parts(index, learner, "skipped") - known
    return Standing(known, skipped, _assumed(index, learner, known, skipped))


def _with_parts(index: Index, learner: Learner, mark: Mark) -> frozenset[str]:
    marked = [topic for topic in sorted(learner.marked(mark)) if topic in index.graph.topics]
    found = dict.fromkeys(marked)
    for topic in marked:
        for part in _parts(index, topic):
            if part not in found and part not in learner.marks:
                found[part] = None
                marked.append(part)
    return frozenset(found)


def _parts(index: Index, topic: str) -> Sequence[str]:
    return index.nesting.inner.get(topic, ())


def _assumed(index: Index, learner: Learner, known: frozenset[str], skipped: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    ends = learner.marked("not known") | skipped
    seen = set(ends)
    names, done = index.names, index.gates.done
    # The smallest known id goes first and takes all it reaches, so each topic gets the smallest that implies it.
    for source in sorted(known):
        stack = [done[source]]
        while stack:
            for need in _required(index, stack.pop()):
                topic = names[need]
                if topic not in seen:
                    seen.add(topic)
                    stack.append(need)
                    if topic not in known and topic not in learner.marks:
                        found[topic] = source
    return found


def _required(index: Index, vertex: int) -> Iterator[int]:
    """What a topic requires and what it consists of, topics only, its own start gate looked through."""
    edges = index.net(frozenset()).edges
    topics = index.gates.topics
    own = index.gates.start[index.names[vertex]]
    for need in (*edges[vertex], *(edges[own] if own != vertex else ())):
        if need < topics:
            yield need
