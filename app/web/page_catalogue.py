"""Catalogue: every topic as a table, and everything the map can do, without the map."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from app.services.topics import topic_rows
from app.views import TopicRow
from app.web import empty, state, visit
from app.web.badges import BADGES
from app.web.catalogue_rows import SORTS, Wanted, cells, matching, names
from app.web.feedback import sentences, show_toasts
from app.web.panel import show_panel

HINT = "Select a row, or choose a topic above, to see what it needs and to mark it."
OPEN = "catalogue-open"
WIDTHS = [2.75, 1]


@st.fragment
def body() -> None:
    """The page. A fragment: a filter or a click runs this and nothing else."""
    with sentences("catalogue"):
        now = state.versions()
        world = state.world_at(now)
        st.title("Catalogue", anchor=False)
        if not world.graph.topics:
            empty.nothing_read()
        else:
            st.caption("Every topic as a table: the same information as the map, for keyboard and screen-reader use.")
            visit.follow_address(world.graph.topics)
            show(now, topic_rows(world))
            visit.write_address()
        show_toasts()


def show(now: state.Versions, rows: Sequence[TopicRow]) -> None:
    """Filters, table and panel."""
    found = matching(rows, _wanted(rows))
    left, right = st.columns(WIDTHS, gap="medium")
    with left:
        st.caption(f"{len(found)} of {len(rows)} topics")
        if found:
            _table(found)
        else:
            st.info("No topic matches. Try fewer words, or clear a filter.", icon=":material/search_off:")
    with right:
        _open(found)
        show_panel(now, "catalogue", HINT)


def _wanted(rows: Sequence[TopicRow]) -> Wanted:
    roadmaps, phases = names(row.roadmaps for row in rows), names(row.phases for row in rows)
    with st.grid(5, min_column_width=150):
        text = st.text_input("Search", placeholder="Part of a title…", type="search", key="catalogue-search")
        states = st.multiselect(
            "State",
            [each for each in BADGES if any(row.shown_as == each for row in rows)],
            format_func=lambda each: BADGES[each].text,
            placeholder="Any state",
            key="catalogue-state",
        )
        roadmap = st.selectbox("Roadmap", roadmaps, index=None, placeholder="Any roadmap", key="catalogue-roadmap")
        phase = st.selectbox("Phase", phases, index=None, placeholder="Any phase", key="catalogue-phase")
        sort = st.selectbox("Sort by", list(SORTS), key="catalogue-sort")
    return Wanted(text or "", states, roadmap, phase, sort)


def _table(rows: Sequence[TopicRow]) -> None:
    ids = [row.id for row in rows]
    # Selections are row numbers: another order of rows is another table.
    key = f"catalogue-{hashlib.blake2s(chr(0).join(ids).encode(), digest_size=8).hexdigest()}"
    selected = visit.selected()

    def choose() -> None:
        numbers = st.session_state[key].selection.rows
        visit.select(ids[numbers[0]] if numbers and numbers[0] < len(ids) else None)

    st.dataframe(
        cells(rows),
        key=key,
        hide_index=True,
        height=560,
        placeholder="",
        on_select=choose,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(selected)]}} if selected in ids else None,
        column_config={
            "Step": st.column_config.NumberColumn(width=60),
            "Topic": st.column_config.TextColumn(width="medium"),
            "State": st.column_config.TextColumn(width=150),
            "Hours": st.column_config.NumberColumn(width=60, format="%g"),
            "Needs": st.column_config.TextColumn(width="large"),
        },
        alt="All topics that pass the filters",
    )


def _open(rows: Sequence[TopicRow]) -> None:
    """The same as a click on a row, for those who cannot click on one."""
    titles = {row.id: row.title for row in rows}
    selected = visit.selected()
    if st.session_state.get(OPEN) != selected:
        st.session_state[OPEN] = selected if selected in titles else None

    def choose() -> None:
        visit.select(st.session_state[OPEN])

    st.selectbox(
        "Topic",
        list(titles),
        index=None,
        format_func=lambda topic: titles.get(topic, topic),
        placeholder="Choose a topic…",
        key=OPEN,
        on_change=choose,
    )


body()
