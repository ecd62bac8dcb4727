"""What this visitor looks at: topic, view and direction of the map. All stand in the address, so they can be shared."""

from __future__ import annotations

from collections.abc import Container
from typing import get_args

import streamlit as st

from app.map.layout import Direction
from app.services.neighbours import Mode
from app.web.map_component import Focus

VIEWS: dict[Mode, str] = {"path": "My path", "around": "Around topic", "everything": "Everything"}
"""As the switch calls them."""
ARROWS: dict[Direction, str] = {"down": "↓", "right": "→"}

_TOPIC, _VIEW, _DIRECTION = "topic", "view", "direction"
"""Names in the address, and behind `visit-` in the session."""
_WRITTEN = "visit-written"
"""What we wrote into the address: anything else in it was put there by the visitor."""
_JUMPS = "visit-jumps"
_JUMPED = "visit-jumped"


def follow_address(topics: Container[str]) -> None:
    """Take from the address what the visitor changed in it; what is unknown is ignored and taken out.

    What the address does not say stays as it is: the links of the top bar say nothing, and the selection outlives them.
    """
    known: dict[str, Container[str]] = {_TOPIC: topics, _VIEW: VIEWS, _DIRECTION: ARROWS}
    written = st.session_state.get(_WRITTEN, {})
    for name, values in known.items():
        given = st.query_params.get(name)
        if given is None or given == written.get(name):
            continue
        if given not in values:
            del st.query_params[name]
        elif name == _TOPIC:
            go(given)
        else:
            _keep(name, given)
    chosen = selected()
    if chosen is not None and chosen not in topics:
        select(None)


def write_address(*, usual: Mode | None = None) -> None:
    """Say in the address what is looked at.

    Args:
        usual: the view that needs not be said; None on a page without a map, where only the topic is.
    """
    said = {_TOPIC: selected()}
    if usual is not None:
        shown, leads = _kept(_VIEW), _kept(_DIRECTION)
        said[_VIEW] = None if shown == usual else shown
        said[_DIRECTION] = None if leads == "down" else leads
    for name, value in said.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
    st.session_state[_WRITTEN] = said


def selected() -> str | None:
    """Id of the selected topic."""
    return _kept(_TOPIC)


def select(topic: str | None) -> None:
    """Select a topic where it is, or nothing."""
    _keep(_TOPIC, topic)


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


def views(*, with_path: bool) -> tuple[Mode, ...]:
    """The views there are, the usual one first; without a goal there is no path to show."""
    every: tuple[Mode, ...] = get_args(Mode)
    return every if with_path else ("everything", "around")


def view(*, with_path: bool) -> Mode:
    """The view of the map."""
    offered = views(with_path=with_path)
    return next((each for each in offered if each == _kept(_VIEW)), offered[0])


def show_view(wanted: Mode) -> None:
    """Switch the view of the map."""
    _keep(_VIEW, wanted)


def direction() -> Direction:
    """Where paths lead on the map."""
    return "right" if _kept(_DIRECTION) == "right" else "down"


def show_direction(wanted: Direction) -> None:
    """Turn the map."""
    _keep(_DIRECTION, wanted)


def _kept(name: str) -> str | None:
    found = st.session_state.get(f"visit-{name}")
    return found if isinstance(found, str) else None


def _keep(name: str, value: str | None) -> None:
    st.session_state[f"visit-{name}"] = value
