"""The sample roadmaps are the first thing a newcomer sees: true to the eye, and these counts hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from app.services import reading
from graph.datafiles import data_path
from graph.model import Graph, kind_of
from graph.store.open import open_store
from ingest.pipeline import read_files
from ingest.reading import Reading

RUN = 8
"""Words that two reasons may not share in a row."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    store = open_store(f"embedded://{tmp_path_factory.mktemp('samples') / 'store'}")
    report = reading.ingest_samples(store)
    assert report.problems == ()
    yield store.snapshot().graph
    store.close()


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    found, problems = read_files([data_path("roadmaps")])
    assert problems == ()
    return found


def topic_pairs(graph: Graph) -> list[tuple[str, str]]:
    return [(a, b) for a, b, *_ in graph.requires if kind_of(a) == kind_of(b) == "topic"]


def test_there_is_enough_to_look_at(graph: Graph) -> None:
    assert len(graph.topics) >= 150
    assert len(topic_pairs(graph)) >= 200
    assert len(graph.phases) >= 12
    assert len(graph.choices) >= 5
    assert len(graph.roadmaps) == 5


def test_documents_share_topics(graph: Graph) -> None:
    roadmaps: dict[str, set[str]] = {}
    for inner, outer, _ in graph.covers:
        if kind_of(outer) == "roadmap":
            roadmaps.setdefault(inner, set()).add(outer)
    assert sum(len(found) > 1 for found in roadmaps.values()) >= 20


def test_no_name_dangles(graph: Graph) -> None:
    assert [topic.title for topic in graph.topics.values() if topic.state == "external"] == []


def test_there_is_no_cycle(graph: Graph) -> None:
    pairs = [(a, b) for a, b, *_ in graph.requires]
    pairs += [(choice.topic, option) for choice in graph.choices.values() for option in choice.options]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(pairs))


def test_no_requirement_follows_from_the_others(graph: Graph) -> None:
    """Only direct requirements are stated: each tells something."""
    direct = nx.DiGraph(topic_pairs(graph))
    assert set(direct.edges) == set(nx.transitive_reduction(direct).edges)


def test_every_topic_says_what_it_is_and_how_long_it_takes(graph: Graph) -> None:
    silent = [topic.title for topic in graph.topics.values() if not topic.summary or not topic.effort_hours]
    assert silent == []


def test_every_requirement_has_a_reason(graph: Graph) -> None:
    assert [(a, b) for a, b, *_, reason in graph.requires if kind_of(a) == "topic" and len(reason.split()) < 5] == []


def test_no_two_reasons_share_a_run_of_eight_words(readings: list[Reading]) -> None:
    """One sentence may give the reason of two requirements; two sentences may not say the same."""
    seen: dict[tuple[str, ...], tuple[str, int, str]] = {}
    shared = []
    for found in readings:
        for requirement in found.requirements:
            place = (found.path, requirement.line_start, requirement.reason)
            words = requirement.reason.casefold().replace(",", " ").replace(".", " ").split()
            for start in range(len(words) - RUN + 1):
                run = tuple(words[start : start + RUN])
                other = seen.setdefault(run, place)
                if other != place:
                    shared.append((other, place))
    assert shared == []


def test_titles_fit_on_a_card(graph: Graph) -> None:
    assert [topic.title for topic in graph.topics.values() if len(topic.title) > 32] == []


def test_the_samples_are_five_documents_in_five_shapes() -> None:
    folder = data_path("roadmaps")
    assert sorted(path.name for path in folder.iterdir()) == [
        "backend-outline.md",
        "course-table.md",
        "python-vault",
        "software-engineering-in-phases.md",
        "systems-textbook-contents.md",
    ]
    assert len(list(Path(folder / "python-vault").glob("*.md"))) > 30
