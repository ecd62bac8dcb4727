"""The map as a Streamlit element: what is sent, and what comes back, without a browser."""

import json
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest


def page() -> None:
    # Streamlit runs the text of this function as a script, so its imports stand in it.
    import streamlit as st

    from app.views import MapEdge, MapNode, MapView
    from app.web.map_component import Focus, skill_map

    known = st.session_state.setdefault("known", {"a"})
    nodes = tuple(
        MapNode(id=i, title=i.upper(), sub="", tooltip="", state="known" if i in known else "locked", step=None)
        for i in ("a", "b")
    )
    view = MapView(nodes=nodes, edges=(MapEdge(source="a", target="b", kind="requires"),), start="b")
    answer = skill_map(
        view,
        key="map",
        selected=st.session_state.get("chosen"),
        focus=Focus("b", 3),
        height_px=500,
        on_action=lambda action: known.symmetric_difference_update({action.topic}),
        on_select=lambda topic: st.session_state.update(chosen=topic),
    )
    st.write(f"selected {answer.selected}")
    st.write(f"action {answer.action.kind if answer.action else None}")


@pytest.fixture
def at() -> AppTest:
    return AppTest.from_function(page, default_timeout=30).run()


def sent(at: AppTest, index: int) -> dict[str, Any]:
    proto = at.get("bidi_component")[index].proto
    data: dict[str, Any] = json.loads(proto.json or proto.mixed.json)
    return data


def graph(at: AppTest) -> dict[str, Any]:
    return sent(at, 0)


def click(at: AppTest) -> dict[str, Any]:
    return sent(at, 1)


def said(at: AppTest) -> list[str]:
    assert not at.exception
    return [element.value for element in at.markdown]


def browser_sends(at: AppTest, *, selected: Any = None, action: Any = None) -> None:
    """What the browser would send: AppTest has no public way to drive a component's callbacks."""
    element = at.get("bidi_component")[1].proto.id
    states = WidgetStates()
    if selected is not None:
        states.widgets.add(id=element, json_value=json.dumps({"selected": selected}))
    if action is not None:
        events = json.dumps([{"event": "action", "value": action}])
        states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{element}__events", json_trigger_value=events)
    at._run(states)


def test_the_graph_is_sent_apart_from_what_a_click_changes(at: AppTest) -> None:
    assert set(graph(at)) == {"graph", "options", "direction", "rev", "shape"}
    assert click(at) == {
        "key": "map", "rev": graph(at)["rev"],
        "state": {"known": [0], "locked": [1]}, "steps": {}, "dim": [], "path": [],
        "start": "b", "selected": None, "focus": {"id": "b", "seq": 3}, "height": 500, "echo": None,
    }  # fmt: skip


def test_a_click_selects(at: AppTest) -> None:
    browser_sends(at, selected={"id": "b", "seq": 7})
    assert said(at) == ["selected b", "action None"]
    assert (click(at)["selected"], click(at)["echo"]) == ("b", 7)


def test_a_click_on_the_background_selects_nothing(at: AppTest) -> None:
    browser_sends(at, selected={"id": "b", "seq": 7})
    browser_sends(at, selected={"id": None, "seq": 8})
    assert said(at)[0] == "selected None"
    assert click(at)["selected"] is None


def test_clicking_the_same_topic_again_counts(at: AppTest) -> None:
    browser_sends(at, selected={"id": "b", "seq": 7})
    at.session_state["chosen"] = "a"
    at.run()
    assert click(at)["selected"] == "a"
    browser_sends(at, selected={"id": "b", "seq": 8})
    assert click(at)["selected"] == "b"


def test_an_action_is_carried_out_before_the_page_is_drawn(at: AppTest) -> None:
    before = graph(at)
    browser_sends(at, action={"kind": "toggle", "id": "b"})
    assert said(at)[1] == "action toggle"
    assert click(at)["state"] == {"known": [0, 1]}
    assert graph(at) == before
    at.run()
    assert said(at)[1] == "action None"


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "delete", "id": "b"},
        {"kind": "toggle", "id": "zz"},
        {"kind": "toggle"},
        {"kind": "goal", "id": ["b"]},
        5,
    ],
)
def test_actions_nobody_knows_are_ignored(at: AppTest, action: object) -> None:
    browser_sends(at, action=action)
    assert said(at)[1] == "action None"
    assert click(at)["state"] == {"known": [0], "locked": [1]}


@pytest.mark.parametrize("selected", [{"id": "zz", "seq": 1}, {"id": {"a": 1}, "seq": 1}, {}, "b", [1]])
def test_selections_outside_the_view_are_none(at: AppTest, selected: object) -> None:
    browser_sends(at, selected=selected)
    assert said(at)[0] == "selected None"
