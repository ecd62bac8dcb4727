"""A page with a map of the tests: a chain of twelve topics, one with a hostile title, and one off the chain."""

from itertools import pairwise

import streamlit as st

from app.views import MapEdge, MapNode, MapView
from app.web.map_component import MapAction, skill_map
from graph.planner.results import State

HOSTILE = "<img src=x onerror='window.__xss=1'><a href='javascript:window.__xss=1'>href</a></script>"
CHAIN = [f"t{i}" for i in range(12)]


def view(known: set[str], goals: set[str]) -> MapView:
    """States by the simplest rule there is."""
    nodes = []
    for index, topic in enumerate(CHAIN):
        ready = index == 0 or CHAIN[index - 1] in known
        state: State = "known" if topic in known else "goal" if topic in goals else "ready" if ready else "step"
        title = HOSTILE if index == 2 else f"Topic {index}"
        nodes.append(MapNode(id=topic, title=title, sub="2 h", tooltip=title, state=state, step=index + 1))
    nodes.append(MapNode(id="off", title="Off the path", sub="", tooltip="", state="locked", step=None, dim=True))
    edges = [MapEdge(source=a, target=b, kind="requires", on_path=True) for a, b in pairwise(CHAIN)]
    edges.append(MapEdge(source="t0", target="off", kind="recommends"))
    return MapView(nodes=tuple(nodes), edges=tuple(edges), start="t1")


def explore() -> None:
    """The map, and what Python knows of it."""
    known = st.session_state.setdefault("known", {"t0"})
    goals = st.session_state.setdefault("goals", {"t11"})
    log = st.session_state.setdefault("log", [])

    def act(action: MapAction) -> None:
        log.append(f"{action.kind}:{action.topic}")
        (known if action.kind == "toggle" else goals).symmetric_difference_update({action.topic})

    if "fail" in st.query_params:
        raise RuntimeError("a secret detail")
    skill_map(
        view(known, goals),
        key="map",
        direction="right" if "right" in st.query_params else "down",
        selected=st.session_state.get("chosen"),
        height_px=560,
        on_action=act,
        on_select=lambda topic: st.session_state.update(chosen=topic),
    )
    st.text(f"selected={st.session_state.get('chosen')} log={','.join(log)}")
    st.button("Choose t3", on_click=lambda: st.session_state.update(chosen="t3"))


def elsewhere() -> None:
    """A page without a map."""
    st.text("no map here")


st.set_page_config(layout="wide")
st.navigation(
    [st.Page(explore, title="Explore", default=True), st.Page(elsewhere, title="Elsewhere")], position="top"
).run()
