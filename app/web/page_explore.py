"""Explore: the map, and beside it the goals and the selected topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from app.services.planning import notice_views
from app.services.world import World
from app.web import actions, empty, state, visit
from app.web.feedback import sentences, show_notices, show_toasts
from app.web.map_component import skill_map
from app.web.panel import show_panel

FIND = "explore-find"
HINT = "Click a topic to see what it needs and what it unlocks."
WIDTHS = [2.75, 1]
SAID_ELSEWHERE = frozenset({"no-goal", "goal-reached"})
OF_A_PATH = SAID_ELSEWHERE | {"choice", "outside-documents", "skipped-needed"}

T = TypeVar("T")


@st.fragment
def body() -> None:
    """The page. A fragment: a click on the map runs this and nothing else."""
    with sentences("explore"):
        now = state.versions()
        world = state.world_at(now)
        if not world.graph.topics:
            empty.nothing_read()
        else:
            visit.follow_address(world.graph.topics)
            show(now, world)
        show_toasts()


def show(now: state.Versions, world: World) -> None:
    """Tools, map and panel."""
    with_path = bool(world.learner.goals)
    if visit.take_jump():
        _leave_path(now, with_path=with_path)
    left, right = st.columns(WIDTHS, gap="medium", vertical_alignment="center")
    with left, st.container(horizontal=True, vertical_alignment="center"):
        _find(world)
        _switch("View", visit.views(with_path=with_path), visit.VIEWS, visit.view(with_path=with_path), visit.show_view)
    with right:
        _switch("Direction of the map", list(visit.ARROWS), visit.ARROWS, visit.direction(), visit.show_direction)
    shown = state.map_at(now, visit.view(with_path=with_path), visit.selected())
    left, right = st.columns(WIDTHS, gap="medium")
    with left:
        skill_map(
            shown,
            key="explore-map",
            direction=visit.direction(),
            selected=visit.selected(),
            focus=visit.focus(),
            on_action=actions.on_map,
            on_select=visit.select,
        )
        if shown.hidden:
            st.caption(
                f":material/visibility_off: {shown.hidden} topics are not shown. Find one to see what is around it."
            )
        show_notices(notice_views(world), without=SAID_ELSEWHERE if with_path else OF_A_PATH)
    with right:
        show_panel(now, "explore", HINT)
    visit.write_address(usual=visit.views(with_path=with_path)[0])


def _leave_path(now: state.Versions, *, with_path: bool) -> None:
    """Somebody asked for a topic that is not on the path: show it where it is."""
    topic = visit.selected()
    on_path = visit.view(with_path=with_path) == "path"
    if on_path and topic and all(node.id != topic for node in state.map_at(now, "path", None).nodes):
        visit.show_view("around")


def _find(world: World) -> None:
    """Search by title; other names of a topic find it too."""
    topics = world.graph.topics

    def jump() -> None:
        found: str | None = st.session_state.get(FIND)
        if found is not None and found in topics:
            visit.go(found)
            st.session_state[FIND] = None

    st.selectbox(
        "Find a topic",
        sorted(topics, key=lambda topic: (topics[topic].title.casefold(), topic)),
        index=None,
        format_func=lambda topic: " · ".join((topics[topic].title, *topics[topic].aliases)),
        placeholder="Find a topic…",
        key=FIND,
        on_change=jump,
        label_visibility="collapsed",
    )


def _switch(label: str, options: Sequence[T], names: Mapping[T, str], now: T, choose: Callable[[T], None]) -> None:
    """A row of options that shows what holds now, whoever changed it."""
    key = f"explore-{label}"
    st.session_state[key] = now
    st.segmented_control(
        label,
        options,
        format_func=names.__getitem__,
        required=True,
        key=key,
        on_change=lambda: choose(st.session_state[key]),
        label_visibility="collapsed",
    )


body()
