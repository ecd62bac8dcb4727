"""The map as a Streamlit element: mounts our component, sends it what changed, hands back what was clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import streamlit as st

from app.map.files import ROUTE
from app.map.layout import Direction
from app.map.network import graph_of, states
from app.views import MapView

# Only these few lines travel with every message; the modules come from our own server, once. `document.baseURI`
# keeps it right behind a proxy that adds a path.
_LOADER = """
const module = await import(new URL("{file}", document.baseURI).href);
export default module.default;
"""

_map = st.components.v2.component(
    "skilltrail_map", js=_LOADER.format(file=f"{ROUTE}/index.mjs"), html="<div class='map'>\n</div>"
)
_store = st.components.v2.component("skilltrail_map_store", js=_LOADER.format(file=f"{ROUTE}/store.mjs"))


class MapAction(NamedTuple):
    """What somebody asked for on the map."""

    kind: Literal["toggle", "goal"]
    """toggle: known or no longer known. goal: goal or no longer goal."""
    topic: str


class Focus(NamedTuple):
    """Look at a topic. The map jumps once for each new number."""

    topic: str
    seq: int


class MapAnswer(NamedTuple):
    """What the map says in this run."""

    selected: str | None
    """Topic clicked last, still there in later runs; None: nothing, or the background."""
    action: MapAction | None
    """Only in the run that follows the action."""


def skill_map(
    view: MapView,
    *,
    key: str,
    direction: Direction = "down",
    selected: str | None = None,
    focus: Focus | None = None,
    height_px: int = 650,
    on_action: Callable[[MapAction], None] | None = None,
    on_select: Callable[[str | None], None] | None = None,
) -> MapAnswer:
    """Draw the view and return what was done on it.

    Args:
        view: topics and edges with the learner's states; at most `layout.MAX_NODES` topics.
        key: name of the element, the same in every run: camera and selection hang on it.
        direction: where paths lead, down or to the right.
        selected: topic shown as selected, whoever selected it.
        focus: topic to look at, once per number.
        height_px: height of the map; phones get a lower one.
        on_action: called before the run that follows a double-click, right-click, K or G.
        on_select: called before the run that follows a click, with the topic or None.

    Ids that the browser sends are taken only when they are in the view.
    """
    ids = {node.id for node in view.nodes}
    graph = graph_of(view, direction)

    def selection_changed() -> None:
        if on_select:
            on_select(_selected(st.session_state.get(key), ids))

    def action_happened() -> None:
        action = _action(st.session_state.get(key), ids)
        if action and on_action:
            on_action(action)

    # The store has no height of its own; without the container it would still get a gap.
    with st.container(gap=None):
        _store(key=f"{key}-graph", data=graph, height="content")
        _map(
            key=key,
            height="content",
            data={
                "key": key,
                "rev": graph["rev"],
                **states(view),
                "start": view.start,
                "selected": selected if selected in ids else None,
                "focus": {"id": focus.topic, "seq": focus.seq} if focus else None,
                "height": height_px,
                "echo": _state(st.session_state.get(key)).get("seq"),
            },
            on_selected_change=selection_changed,
            on_action_change=action_happened,
        )
    answer = st.session_state.get(key)
    return MapAnswer(_selected(answer, ids), _action(answer, ids))


def _state(answer: Any) -> dict[str, Any]:
    """The last selection as the browser sent it: `id`, and `seq`, so that clicking the same topic again counts."""
    value = answer.get("selected") if answer else None
    return value if isinstance(value, dict) else {}


def _selected(answer: Any, ids: set[str]) -> str | None:
    topic = _state(answer).get("id")
    return topic if isinstance(topic, str) and topic in ids else None


def _action(answer: Any, ids: set[str]) -> MapAction | None:
    value = answer.get("action") if answer else None
    if not isinstance(value, dict) or value.get("kind") not in {"toggle", "goal"}:
        return None
    topic = value.get("id")
    return MapAction(value["kind"], topic) if isinstance(topic, str) and topic in ids else None
