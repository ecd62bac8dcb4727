"""What stands beside the map and the table: the goals, and the selected topic."""

from __future__ import annotations

from app.web import empty, state, visit
from app.web.goal_card import show_goal_card
from app.web.state import Versions
from app.web.topic_card import show_topic_card


def show_panel(now: Versions, place: str, hint: str) -> None:
    """The goals' card and the card of the selected topic.

    Args:
        now: the versions that the page shows.
        place: name of the page, for the keys of its buttons.
        hint: how a topic is selected here.
    """
    world = state.world_at(now)
    topic = visit.selected()
    if world.learner.goals:
        show_goal_card(world, place)
    elif topic is None:
        empty.start_here(world, place)
        return
    if topic is None:
        empty.nothing_selected(hint)
    else:
        show_topic_card(state.details(now, topic), place)
