"""How the states of topics are called and marked on the pages: the words of the map's legend, with an icon each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from graph.planner.results import State

Colour = Literal["green", "blue", "orange", "violet", "gray", "yellow"]


class Badge(NamedTuple):
    """One state. Icon and words say what the colour says, so that nobody needs the colour."""

    text: str
    icon: str
    """Name of an icon that Streamlit brings along."""
    colour: Colour
    sign: str
    """The icon as one character, for tables."""


BADGES: Mapping[State, Badge] = {
    "known": Badge("Known", ":material/check:", "green", "✓"),
    "assumed": Badge("Assumed known", ":material/done_all:", "green", "≈"),
    "skipped": Badge("Skipped", ":material/skip_next:", "gray", "»"),
    "learning": Badge("Learning", ":material/menu_book:", "violet", "◐"),
    "ready": Badge("Ready to learn", ":material/play_arrow:", "blue", "▸"),
    "step": Badge("On my path", ":material/route:", "orange", "#"),
    "goal": Badge("Goal", ":material/star:", "violet", "★"),
    "locked": Badge("Locked", ":material/lock:", "gray", "–"),
    "planned": Badge("Planned", ":material/event:", "gray", "○"),
    "external": Badge("Outside your documents", ":material/open_in_new:", "gray", "↗"),
}
"""In the order of the map's legend."""


def hours_text(hours: float) -> str:
    """Hours as people write them.

    >>> hours_text(8.0), hours_text(2.25)
    ('8 h', '2.2 h')
    """
    return f"{hours:.1f}".removesuffix(".0") + " h"
