"""Explore: the map, and beside it the goals and the selected topic."""

from __future__ import annotations

import streamlit as st

from app.services.mapping import map_view
from app.services.planning import notice_views
from app.services.world import World
from app.web import actions, empty, state, visit
from app.web.feedback import sentences, show_notices, show_toasts
from app.web.map_component import skill_map
from app.web.panel import show_panel

FIND = "explore-find"
HINT = "Click a topic to see what it needs and what it unlocks."
WIDTHS = [2.75, 1]


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
            visit.write_address()
        show_toasts()


def show(now: state.Versions, world: World) -> None:
    """Tools, map and panel."""
    with_path = bool(world.learner.goals)
    if visit.take_jump():
        _leave_path(world)
    left, right = st.columns(WIDTHS, gap="medium", vertical_alignment="center")
    with left, st.container(horizontal=True, vertical_alignment="center"):
        _find(world)
        view = _view(with_path=with_path)
    with right:
        direction = visit.DIRECTIONS[_direction()]
    shown = map_view(world, visit.MODES[view], visit.selected())
    left, right = st.columns(WIDTHS, gap="medium")
    with left:
        skill_map(
            shown,
            key="explore-map",
            direction=direction,
            selected=visit.selected(),
            focus=visit.focus(),
            on_action=actions.on_map,
            on_select=visit.select,
        )
        if shown.hidden:
            st.caption(
                f":material/visibility_off: {shown.hidden} topics are not shown; find one to see what is around it."
            )
        show_notices(notice_views(world), without=frozenset({"no-goal", "goal-reached"}))
    with right:
        show_panel(now, "explore", HINT)


def _leave_path(world: World) -> None:
    """Somebody asked for a topic that is not on the path: show it where it is."""
    topic = visit.selected()
    on_path = st.session_state.get(visit.VIEW, "My path") == "My path" and bool(world.learner.goals)
    if on_path and topic and all(node.id != topic for node in map_view(world, "path").nodes):
        visit.show_view("Around topic")


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


def _view(*, with_path: bool) -> visit.View:
    views = visit.views(with_path=with_path)
    if st.session_state.get(visit.VIEW) not in views:
        st.session_state.pop(visit.VIEW, None)
    return st.segmented_control(
        "View",
        views,
        default=views[0],
        required=True,
        key=visit.VIEW,
        bind="query-params",
        label_visibility="collapsed",
    )


def _direction() -> str:
    return st.segmented_control(
        "Direction of the map",
        list(visit.DIRECTIONS),
        default="↓",
        required=True,
        key=visit.DIRECTION,
        bind="query-params",
        label_visibility="collapsed",
    )


body()
