"""The card of one topic: how it stands, what can be done with it, what it needs and what it opens."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.views import ChoiceView, LinkView, TopicView
from app.web import actions, visit
from app.web.badges import BADGES
from app.web.evidence import show_mentions, show_receipts, show_resources
from app.web.plain import plain
from graph.learner import Mark

LINKS_SHOWN = 8
"""How many names stand open under one heading."""


def show_topic_card(topic: TopicView, place: str) -> None:
    """Everything about a topic; a name in it selects that topic and moves the map there."""
    with st.container(border=True, key=f"{place}-topic"):
        _badges(topic, place)
        st.markdown(f"### {plain(topic.title)}", anchors=False)
        _text(topic)
        _buttons(topic, place)
        _needs(topic.needs, place)
        for choice in topic.choices:
            _choice(choice, place)
        _helpers(topic.helped_by, place)
        _links("Unlocks", topic.unlocks, place)
        _links("Parts", topic.parts, place)
        _links("Part of", topic.part_of, place)
        for advice in topic.advice:
            st.caption(f":material/signpost: {plain(advice)}")
        show_resources(topic.resources)
        show_mentions(topic.mentions)


def _badges(topic: TopicView, place: str) -> None:
    badge = BADGES[topic.shown_as]
    step = f" · step {topic.step}" if topic.step is not None else ""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        with st.container(horizontal=True, gap="small", width="stretch"):
            st.badge(badge.text + step, icon=badge.icon, color=badge.colour)
            for where in (topic.phases or topic.roadmaps)[:2]:
                st.badge(plain(where), color="gray")
        _marks(topic, place)


def _marks(topic: TopicView, place: str) -> None:
    """The marks besides known, in a small menu."""
    offered: dict[str, Mark | None] = {"Learning it now": "learning", "Skip it": "skipped"}
    if topic.learner_state == "assumed":
        offered["I do not know it"] = "not known"
    if topic.learner_state not in (None, "assumed"):
        offered["Take the mark off"] = None
    key = f"{place}-mark-{topic.id}"

    def mark() -> None:
        actions.mark(topic.id, offered[st.session_state[key]])

    st.menu_button("More", list(offered), key=key, type="tertiary", on_click=mark)


def _text(topic: TopicView) -> None:
    if topic.summary:
        st.markdown(plain(topic.summary[0].upper() + topic.summary[1:]))
    hours = "no document says how long"
    if topic.effort_hours is not None:
        hours = "about 1 hour" if topic.effort_hours == 1 else f"about {topic.effort_hours:g} hours"
    st.caption(f":material/schedule: {hours}")
    if topic.assumed_from:
        st.caption(f":material/done_all: assumed, because you know {plain(topic.assumed_from)}")
    if topic.aliases:
        st.caption(f"Also called {plain(', '.join(topic.aliases))}")


def _buttons(topic: TopicView, place: str) -> None:
    known = topic.learner_state == "known"
    with st.container(horizontal=True):
        st.button(
            "Known" if known else "Mark as known",
            icon=":material/check:",
            type="primary" if topic.shown_as in ("ready", "learning") else "secondary",
            help="Click to take it back" if known else None,
            key=f"{place}-known",
            on_click=actions.toggle_known,
            args=(topic.id,),
        )
        st.button(
            "Remove goal" if topic.is_goal else "Set as goal",
            icon=":material/star:",
            key=f"{place}-goal",
            on_click=actions.toggle_goal,
            args=(topic.id,),
        )


def _needs(needs: Sequence[LinkView], place: str) -> None:
    st.markdown("**Needs**" if needs else "**Needs** nothing")
    for link in needs:
        with st.container(gap="xsmall"):
            _link(link, f"{place}-needs")
            if link.reason:
                st.caption(plain(link.reason))
            show_receipts(link.receipts)


def _choice(choice: ChoiceView, place: str) -> None:
    count = "One of" if choice.min == 1 else f"{choice.min} of"
    st.markdown(f"**{count}**")
    if choice.reason:
        st.caption(plain(choice.reason))
    for link in choice.options:
        with st.container(gap="xsmall"):
            taken = " · on my path" if link.id in choice.taken else ""
            _link(link, f"{place}-choice", taken)
            show_receipts(link.receipts)


def _helpers(helpers: Sequence[LinkView], place: str) -> None:
    if not helpers:
        return
    st.markdown("**Helped by**")
    for link in helpers:
        with st.container(gap="xsmall"):
            _link(link, f"{place}-helped")
            words = [link.reason, "only proposed, not stated" if link.strength == "proposed" else ""]
            if any(words):
                st.caption(plain(" · ".join(word for word in words if word)))
            show_receipts(link.receipts)


def _links(heading: str, links: Sequence[LinkView], place: str) -> None:
    """Names side by side; the first few of many."""
    if not links:
        return
    st.markdown(f"**{heading}**")
    # A drawer for a single name would take the room of the name.
    shown = len(links) if len(links) == LINKS_SHOWN + 1 else LINKS_SHOWN
    with st.container(horizontal=True, gap="small"):
        for link in links[:shown]:
            _link(link, f"{place}-{heading}")
    if len(links) > shown:
        with st.expander(f"{len(links) - shown} more", type="compact"), st.container(horizontal=True):
            for link in links[shown:]:
                _link(link, f"{place}-{heading}")


def _link(link: LinkView, place: str, remark: str = "") -> None:
    badge = BADGES[link.shown_as]
    st.button(
        plain(link.title) + remark,
        icon=badge.icon,
        help=badge.text,
        key=f"{place}-{link.id}",
        on_click=visit.go,
        args=(link.id,),
    )
