"""From what a person types to an id: exact, by normal form, without regard to case; else the nearest titles."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import AmbiguousTopicError, UnknownRoadmapError, UnknownTopicError
from graph.model import Graph, Phase, Roadmap, Section
from graph.titles import folded_form, normal_form

NEAREST = 5
"""How many titles are offered after a typo."""
NEAR_ENOUGH = 55.0
"""Similarity, 0 to 100, below which a title is not offered. Offered only: nothing is ever taken for another thing."""


def find_topic(graph: Graph, name: str) -> str:
    """The id of the topic that is meant.

    Raises:
        UnknownTopicError: none; carries the nearest titles.
        AmbiguousTopicError: several.
    """
    name = name.strip()
    if name in graph.topics:
        return name
    for same in (str, normal_form, folded_form):
        wanted = same(name)
        by_title = [topic.id for topic in graph.topics.values() if same(topic.title) == wanted]
        found = by_title or [t.id for t in graph.topics.values() if any(same(alias) == wanted for alias in t.aliases)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousTopicError(name, sorted(found))
    raise UnknownTopicError(name, nearest_titles(graph, name))


def find_roadmap(graph: Graph, name: str) -> str:
    """The id of a roadmap by title or id.

    Raises:
        UnknownRoadmapError: none, or several, have it.
    """
    if name in graph.roadmaps:
        return name
    folded = folded_form(name)
    found = [roadmap.id for roadmap in graph.roadmaps.values() if folded_form(roadmap.title) == folded]
    if len(found) == 1:
        return found[0]
    raise UnknownRoadmapError(name, sorted(roadmap.title for roadmap in graph.roadmaps.values()))


def find_target(graph: Graph, name: str) -> str:
    """The id of what can be a goal: a topic, else a roadmap, phase or section by id or title.

    Raises:
        UnknownTopicError, AmbiguousTopicError: as `find_topic`.
    """
    for table in (graph.roadmaps, graph.phases, graph.sections):
        if name in table:
            return name
    try:
        return find_topic(graph, name)
    except UnknownTopicError as unknown:
        folded = folded_form(name)
        containers: tuple[Roadmap | Phase | Section, ...] = (
            *graph.roadmaps.values(),
            *graph.phases.values(),
            *graph.sections.values(),
        )
        found = [each.id for each in containers if folded_form(each.title) == folded]
        if not found:
            raise
        if len(found) > 1:
            raise AmbiguousTopicError(name, sorted(found)) from unknown
        return found[0]


def nearest_titles(graph: Graph, name: str) -> tuple[str, ...]:
    """Titles that a typo may have meant, nearest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only after a typo

    titles = _titles(graph)
    # Whole titles are compared: a scorer of parts finds any short title inside a long word.
    scorer = fuzz.token_sort_ratio
    near = process.extract(name, titles, scorer=scorer, limit=NEAREST, score_cutoff=NEAR_ENOUGH, processor=str.casefold)
    return tuple(dict.fromkeys(title for title, _, _ in near))


def _titles(graph: Graph) -> list[str]:
    topics: Iterable[tuple[str, ...]] = ((topic.title, *topic.aliases) for topic in graph.topics.values())
    return [title for titles in topics for title in titles]
