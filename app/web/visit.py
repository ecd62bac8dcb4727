"""What this visitor looks at: topic, view and direction of the map. All stand in the address, so they can be shared."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal, get_args

import streamlit as st

from app.map.layout import Direction
from app.services.mapping import Mode
from app.web.map_component import Focus

TOPIC = "topic"
"""In the address: the id of the selected topic."""
VIEW = "view"
DIRECTION = "direction"

View = Literal["My path", "Around topic", "Everything"]
"""As the switch shows them; these words are what the address says too."""
MODES: dict[View, Mode] = {"My path": "path", "Around topic": "around", "Everything": "everything"}
DIRECTIONS: dict[str, Direction] = {"↓": "down", "→": "right"}

_SELECTED = "visit-selected"
_ADDRESS = "visit-address"
_JUMPS = "visit-jumps"
_JUMPED = "visit-jumped"


def follow_address(topics: Container[str]) -> None:
    """Take the topic from the address when the visitor changed it; an unknown one is ignored and taken out.

    An address without a topic says nothing: the links of the top bar have none, and the selection outlives them.
    """
    given = st.query_params.get(TOPIC)
    if given is not None and given != st.session_state.get(_ADDRESS):
        if given in topics:
            go(given)
        else:
            del st.query_params[TOPIC]
    chosen = st.session_state.get(_SELECTED)
    if chosen is not None and chosen not in topics:
        select(None)


def selected() -> str | None:
    """The selected topic."""
    found = st.session_state.get(_SELECTED)
    return found if isinstance(found, str) else None


def select(topic: str | None) -> None:
    """Select a topic where it is, or nothing."""
    st.session_state[_SELECTED] = topic


def write_address() -> None:
    """Say in the address what is selected."""
    topic = selected()
    st.session_state[_ADDRESS] = topic
    if topic is None:
        st.query_params.pop(TOPIC, None)
    elif st.query_params.get(TOPIC) != topic:
        st.query_params[TOPIC] = topic


def go(topic: str) -> None:
    """Select a topic and move the map there."""
    select(topic)
    st.session_state[_JUMPS] = st.session_state.get(_JUMPS, 0) + 1
    st.session_state[_JUMPED] = True


def focus() -> Focus | None:
    """Where the map jumps to; it does so once for each number."""
    topic, jumps = selected(), st.session_state.get(_JUMPS, 0)
    return Focus(topic, jumps) if topic and jumps else None


def take_jump() -> bool:
    """Whether the visitor asked to be taken to the selected topic since the last run."""
    return bool(st.session_state.pop(_JUMPED, False))


def show_view(view: View) -> None:
    """Switch the map's view. Before its switch is drawn, or in a callback."""
    st.session_state[VIEW] = view


def views(*, with_path: bool) -> tuple[View, ...]:
    """The views there are; without a goal there is no path to show."""
    every: tuple[View, ...] = get_args(View)
    return every if with_path else ("Everything", "Around topic")
