"""What the map shows in each of its views."""

from __future__ import annotations

import pytest
from planner_graphs import TODAY, graph_of, learner_of

from app.services import mapping
from app.services.mapping import map_view
from app.services.world import World
from app.views import MapView
from graph.learner import Learner
from graph.model import Graph
from graph.store.reader import GraphState, Snapshot

WEB = graph_of(
    "site -> html, app; app -> one of react, vue; html -> text; app ~> git; music -> notes", hours={"vue": 9}
)


def world(graph: Graph, learner: Learner | None = None) -> World:
    return World(Snapshot(graph, GraphState(1, incomplete=False, schema=1)), learner or Learner(), TODAY)


def cards(view: MapView) -> set[str]:
    return {node.id for node in view.nodes}


def lines(view: MapView) -> set[str]:
    return {f"{edge.source} {edge.kind} {edge.target}" for edge in view.edges}


def test_the_path_shows_the_way_to_the_goal_and_what_it_rests_on() -> None:
    view = map_view(world(WEB, learner_of("site", known="text")), "path")
    assert cards(view) == {"site", "html", "app", "react", "text"}
    assert lines(view) == {
        "html requires site", "app requires site", "text requires html", "react choice app",
    }  # fmt: skip
    states = {node.id: node.state for node in view.nodes}
    assert (states["text"], states["html"], states["app"], states["site"]) == ("known", "ready", "step", "goal")


def test_only_lines_between_steps_are_walked() -> None:
    view = map_view(world(WEB, learner_of("site", known="text")), "path")
    assert {edge.source for edge in view.edges if edge.on_path} == {"html", "app", "react"}


def test_everything_dims_what_is_off_the_path() -> None:
    view = map_view(world(WEB, learner_of("site")), "everything")
    assert {node.id for node in view.nodes if node.dim} == {"music", "notes", "git", "vue"}
    assert "git recommends app" in lines(view)


def test_without_a_goal_nothing_is_dim_and_nothing_is_on_a_path() -> None:
    view = map_view(world(WEB), "everything")
    assert not any(node.dim or node.step for node in view.nodes)
    assert not any(edge.on_path for edge in view.edges)


def test_around_shows_two_steps_in_both_directions() -> None:
    chain = graph_of("e -> d; d -> c; c -> b; b -> a")
    assert cards(map_view(world(chain), "around", "c")) == {"a", "b", "c", "d", "e"}
    assert cards(map_view(world(chain), "around", "a")) == {"a", "b", "c"}


def test_around_sees_choices_and_parts() -> None:
    graph = graph_of("app -> one of react, vue; web = app, html")
    assert cards(map_view(world(graph), "around", "app")) == {"app", "react", "vue", "web", "html"}


def test_parts_hang_on_their_whole() -> None:
    """An outline states no requirement; its topics are no heap of loose cards all the same."""
    graph = graph_of("python = language, tools; tools = pip, venv")
    assert lines(map_view(world(graph), "everything")) == {
        "python part language", "python part tools", "tools part pip", "tools part venv",
    }  # fmt: skip


def test_a_path_to_a_topic_with_parts_shows_its_headings() -> None:
    graph = graph_of("python = language, tools; tools = pip, venv")
    view = map_view(world(graph, learner_of("python")), "path")
    assert cards(view) == {"python", "language", "tools", "pip", "venv"}
    assert {node.id for node in view.nodes if node.step} == {"language", "pip", "venv"}


def test_two_topics_are_joined_by_one_line_even_in_a_circle() -> None:
    view = map_view(world(graph_of("a -> b; b -> a; a ~> b")), "everything")
    assert len(view.edges) == 1


def test_a_large_view_is_capped_and_says_how_many_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "MAX_TOPICS", 3)
    view = map_view(world(graph_of("a -> hub; b -> hub; c -> hub; d -> hub")), "everything")
    assert len(view.nodes) == 3
    assert view.hidden == 2
    assert "hub" in cards(view)


def test_a_topic_that_left_the_documents_is_shown_only_to_who_has_a_state_on_it() -> None:
    graph = graph_of("a -> b", topics={"b": {"state": "retired"}})
    assert cards(map_view(world(graph), "everything")) == {"a"}
    assert cards(map_view(world(graph, learner_of("a", known="b")), "everything")) == {"a", "b"}
