"""What the pages show when there is nothing to show yet: what to do next, with a button that does it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.services import reading
from app.services.world import World
from app.web import actions, state
from app.web.feedback import toast
from app.web.plain import plain
from app.web.suggested_goals import suggested_roadmaps, suggested_topics

ROADMAPS_OFFERED = 3


def nothing_read() -> None:
    """No documents yet: our samples, or one's own by the command line."""
    with st.container(border=True, width=640):
        st.markdown("### Nothing was read yet", anchors=False)
        st.markdown(
            "skilltrail draws its map from documents: a Markdown outline, a table of courses, the contents of a book. "
            "Begin with the sample roadmaps, or read your own."
        )
        if st.button("Read the sample roadmaps", icon=":material/auto_stories:", type="primary", key="read-samples"):
            with st.spinner("Reading the sample roadmaps…"):
                found = reading.ingest_samples(state.store())
            toast(f"{found.topics} topics and {found.requirements} requirements were read")
            st.rerun()
        st.caption("Your own documents, in a terminal:")
        st.code("skilltrail ingest FOLDER", language=None)


def start_here(world: World, place: str) -> None:
    """No goal yet: a few to choose from."""
    with st.container(border=True):
        st.markdown("### Start here", anchors=False)
        st.markdown("Pick a goal and the map will show the shortest way there from what you already know.")
        offer_goals(world, place)
        st.caption("Or click any topic on the map. Double-click marks it as known.")


def offer_goals(world: World, place: str) -> None:
    """A button for each goal that we would suggest."""
    _goal_buttons(world, suggested_topics(world), ":material/star:", place)
    roadmaps = suggested_roadmaps(world)[:ROADMAPS_OFFERED]
    if roadmaps:
        st.caption("A whole roadmap:")
        _goal_buttons(world, roadmaps, ":material/map:", place)


def _goal_buttons(world: World, targets: Sequence[str], icon: str, place: str) -> None:
    for target in targets:
        st.button(
            plain(world.title(target)),
            icon=icon,
            key=f"{place}-start-{target}",
            width="stretch",
            on_click=actions.add_goal,
            args=(target,),
        )


def nothing_selected(hint: str) -> None:
    """Beside the map, when no topic is selected."""
    with st.container(border=True):
        st.markdown("##### Nothing selected", anchors=False)
        st.caption(hint)
