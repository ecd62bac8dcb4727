"""What is sent to the map: data only, and a click sends little of it."""

import json
import re
from typing import Any, get_args

import pytest

from app.map import files
from app.map.layout import layout
from app.map.network import build, graph_of, states
from app.views import MapEdge, MapNode, MapView
from graph.planner.results import State

HOSTILE = [
    "<img src=x onerror=window.__xss=1>",
    "<a href='javascript:window.__xss=1'>href</a>",
    "</script><script>window.__xss=1</script>",
    '"quoted" and \\ and \u2028',
]


def node(name: str, state: State = "locked", **more: Any) -> MapNode:
    texts = {"id": name, "title": name.upper(), "sub": "3 h", "tooltip": f"{name}\nneeds"}
    return MapNode.model_validate({**texts, "state": state, "step": None, **more})


def edge(source: str, target: str, kind: str = "requires", *, on_path: bool = False) -> MapEdge:
    return MapEdge(source=source, target=target, kind=kind, on_path=on_path)


VIEW = MapView(
    nodes=(node("a", "known"), node("b", "ready", step=1), node("c", "step", step=2), node("d", dim=True)),
    edges=(edge("a", "b"), edge("b", "c", on_path=True), edge("a", "d", "recommends")),
    start="b",
)


def changed(view: MapView, index: int, **update: Any) -> MapView:
    nodes = list(view.nodes)
    nodes[index] = nodes[index].model_copy(update=update)
    return view.model_copy(update={"nodes": tuple(nodes)})


def test_nodes_carry_text_and_place_and_nothing_else() -> None:
    graph = graph_of(VIEW, "down")
    placed = layout("abcd", [("a", "b"), ("b", "c"), ("a", "d")], "down")
    first = graph["graph"]["nodes"][0]
    assert first == {
        "id": "a", "label": "A", "sub": "3 h", "tooltip": "a\nneeds",
        "x": placed.positions["a"][0], "y": placed.positions["a"][1],
    }  # fmt: skip
    assert [item["kind"] for item in graph["graph"]["edges"]] == ["requires", "requires", "recommends"]


def test_physics_is_off_and_cards_cannot_be_dragged() -> None:
    options = graph_of(VIEW, "down")["options"]
    assert options["physics"] == {"enabled": False}
    assert options["interaction"]["dragNodes"] is False


def test_states_are_names_by_index() -> None:
    assert states(VIEW) == {
        "state": {"known": [0], "ready": [1], "step": [2], "locked": [3]},
        "steps": {"1": 1, "2": 2},
        "dim": [3],
        "path": [1],
    }


def test_a_click_changes_states_only() -> None:
    after = changed(VIEW, 1, state="known", step=None, dim=True)
    assert graph_of(after, "down") is graph_of(VIEW, "down")
    assert states(after) != states(VIEW)


def test_rev_follows_texts_and_shape_follows_positions() -> None:
    before = graph_of(VIEW, "down")
    renamed = graph_of(changed(VIEW, 0, sub="another hour"), "down")
    assert renamed["rev"] != before["rev"]
    assert renamed["shape"] == before["shape"]
    turned = graph_of(VIEW, "right")
    assert turned["shape"] != before["shape"]


def test_no_colour_comes_from_python() -> None:
    text = json.dumps([graph_of(VIEW, "down"), states(VIEW)])
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|color|font", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_and_ids_stay_data(text: str) -> None:
    view = MapView(
        nodes=(node("a").model_copy(update={"id": text, "title": text, "sub": text, "tooltip": text}), node("b")),
        edges=(edge(text, "b"),),
        start=text,
    )
    first = graph_of(view, "down")["graph"]["nodes"][0]
    assert (first["id"], first["label"], first["sub"], first["tooltip"]) == (text, text, text, text)


def test_an_empty_title_shows_the_id() -> None:
    view = MapView(nodes=(node("a").model_copy(update={"title": ""}),), edges=(), start=None)
    assert graph_of(view, "down")["graph"]["nodes"][0]["label"] == "a"


def test_edges_that_leave_the_view_are_left_out_everywhere() -> None:
    view = VIEW.model_copy(update={"edges": (edge("a", "gone"), edge("b", "c", on_path=True))})
    assert len(graph_of(view, "down")["graph"]["edges"]) == 1
    assert states(view)["path"] == [0]


def test_an_empty_view_is_fine() -> None:
    empty = MapView(nodes=(), edges=(), start=None)
    assert graph_of(empty, "down")["graph"] == {"nodes": [], "edges": []}
    assert states(empty) == {"state": {}, "steps": {}, "dim": [], "path": []}


def test_build_takes_any_layout() -> None:
    placed = layout("abcd", [("a", "b"), ("b", "c"), ("a", "d")], "right")
    assert build(VIEW, placed, "right") == graph_of(VIEW, "right")


def test_a_click_on_300_topics_is_small() -> None:
    kinds = get_args(State)
    nodes = tuple(node(f"a-topic-with-a-long-id-{i}", kinds[i % len(kinds)]) for i in range(300))
    view = MapView(nodes=nodes, edges=(), start=None)
    assert len(json.dumps(states(view))) < 3000


def test_the_address_of_the_files_follows_their_content() -> None:
    assert re.fullmatch(r"map/[0-9a-f]{12}", files.ROUTE)
    assert files._version() == files.VERSION
