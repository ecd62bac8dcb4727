"""My path: the ordered list to the goals, with a Done button for what can be learned now."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from app.services.planning import path_view, progress_view
from app.services.world import World
from app.views import EntryView, PathView, ProgressView
from app.web import actions, empty, state
from app.web.badges import BADGES, hours_text
from app.web.feedback import sentences, show_notices, show_toasts
from app.web.goal_card import goals_title
from app.web.plain import plain
from graph.model import kind_of

HOURS = "path-hours"
PICK = "path-pick"
SHOW_ALL = "path-all"
SHOWN = 60  # steps on the page before one asks for all
REASONS = 3
CARD_PX = 190  # four cards beside each other on a desk; a phone has room for two of the least width


@st.fragment
def body() -> None:
    """The page. A fragment: Done runs this and nothing else."""
    with sentences("path"):
        world = state.world()
        if not world.graph.topics:
            empty.nothing_read()
        elif world.learner.goals:
            show(world)
        else:
            no_goal(world)
        show_toasts()


def show(world: World) -> None:
    """Title, numbers and steps."""
    path, progress = path_view(world), progress_view(world)
    st.title(f"Path to {goals_title(path.goals)}", anchor=False)
    _numbers(path, progress)
    show_notices(path.notices, without=frozenset({"goal-reached"}))
    if not path.entries:
        _reached(world)
    st.space("small")
    shown = path.entries if st.session_state.get(SHOW_ALL) else path.entries[:SHOWN]
    for heading, entries in groupby(shown, key=lambda entry: entry.part_of):
        if heading:
            st.markdown(f"#### {plain(heading)}", anchors=False)
        for entry in entries:
            _step(world, entry, progress)
        if heading:
            st.space("small")
    if len(shown) < len(path.entries):
        st.button(f"Show all {len(path.entries)} steps", icon=":material/expand_more:", on_click=_show_all)


def no_goal(world: World) -> None:
    """A goal picker instead of a path."""
    st.title("My path", anchor=False)
    with st.container(border=True, width=640):
        st.markdown("### No goal yet", anchors=False)
        st.markdown("Choose what you want to reach, and the steps from what you already know appear here.")
        empty.offer_goals(world, "path")
        _pick(world)


def _numbers(path: PathView, progress: ProgressView) -> None:
    weeks = f"{progress.weeks_left} week" if progress.weeks_left == 1 else f"{progress.weeks_left} weeks"
    cards = {
        "Topics left": str(len(path.entries)),
        "Hours left": hours_text(progress.hours_left).removesuffix(" h"),
        "Already known": f"{progress.done} of {progress.total}",
        f"At {progress.hours_per_week:g} h a week": weeks,
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.grid(len(cards), min_column_width=150, width=len(cards) * CARD_PX + 48):
            for label, value in cards.items():
                st.metric(label, value, border=True)
        if st.session_state.get(HOURS) != progress.hours_per_week:
            st.session_state[HOURS] = progress.hours_per_week
        st.number_input(
            "Hours a week",
            min_value=0.5,
            max_value=100.0,
            step=0.5,
            format="%g",
            key=HOURS,
            on_change=actions.set_hours_per_week,
            args=(HOURS,),
            width=CARD_PX,
        )


def _step(world: World, entry: EntryView, progress: ProgressView) -> None:
    badge = BADGES[entry.state]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"path-step-{entry.step}"):
        st.markdown(f"**{entry.step}**", width=34)
        with st.container(gap=None, width="stretch"):
            st.page_link("page_explore.py", label=f"**{plain(entry.title)}**", query_params={"topic": entry.id})
            st.caption(plain(_facts(world, entry)))
            if progress.next and progress.next.id == entry.id:
                reasons = [reason.text for reason in progress.next.reasons if reason.text]
                st.caption(plain(f"Why next: {' · '.join(reasons[:REASONS])}"))
        # Together, so that a phone puts both under the title instead of squeezing it.
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.badge(badge.text, icon=badge.icon, color=badge.colour)
            st.button(
                "Done",
                icon=":material/check:",
                key=f"path-done-{entry.id}",
                disabled=bool(entry.requires),
                on_click=actions.toggle_known,
                args=(entry.id,),
            )


def _facts(world: World, entry: EntryView) -> str:
    where = next(iter(world.phases_of(entry.id) or world.roadmaps_of(entry.id)), "")
    needs = [world.title(each.requires) for each in world.needs.get(entry.id, ()) if kind_of(each.requires) == "topic"]
    parts = (hours_text(entry.effort_hours), where, f"needs {', '.join(needs) or 'nothing'}")
    return " · ".join(part for part in parts if part)


def _reached(world: World) -> None:
    with st.container(border=True, width=640):
        st.markdown("### :material/celebration: Goal reached", anchors=False)
        st.markdown("Nothing is left to learn for it. What is next?")
        empty.offer_goals(world, "path-next")
        _pick(world)


def _pick(world: World) -> None:
    graph = world.graph
    titles = {key: f"{world.title(key)} (roadmap)" for key in sorted(graph.roadmaps, key=world.title)}
    titles |= {key: world.title(key) for key in sorted(graph.topics, key=lambda topic: world.title(topic).casefold())}

    def choose() -> None:
        found = st.session_state.get(PICK)
        if found in titles:
            actions.add_goal(found)

    st.selectbox(
        "Any other goal",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose a topic or a roadmap…",
        key=PICK,
        on_change=choose,
    )


def _show_all() -> None:
    st.session_state[SHOW_ALL] = True


body()
