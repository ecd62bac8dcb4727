"""What the buttons do: each calls one service and says so. All are callbacks, run before the page is drawn again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.services import learning
from app.web import state, visit
from app.web.feedback import reported, toast
from app.web.map_component import MapAction
from app.web.plain import plain
from graph.learner import Mark

SAID: Mapping[Mark | None, str] = {
    "known": "marked as known",
    "learning": "marked as learning",
    "skipped": "skipped",
    "not known": "marked as not known",
    None: "no longer marked",
}


@reported
def mark(topic: str, given: Mark | None) -> None:
    """Set a mark on a topic, or take it off."""
    world = state.world()
    learning.mark(state.store(), world.graph, state.learner_id(), [topic], given)
    toast(f"{plain(world.title(topic))} is {SAID[given]}")


@reported
def toggle_known(topic: str) -> None:
    """Known, or no longer known."""
    world = state.world()
    known = world.learner.marks.get(topic) == "known"
    learning.mark(state.store(), world.graph, state.learner_id(), [topic], None if known else "known")
    toast(f"{plain(world.title(topic))} is {'no longer known' if known else SAID['known']}")


@reported
def add_goal(target: str) -> None:
    """Want a topic or a roadmap, and look at the way there."""
    world = state.world()
    goal = learning.add_goal(state.store(), world.graph, state.learner_id(), target)
    visit.show_view("path")
    toast(f"{plain(goal.name)} is now a goal")


@reported
def remove_goal(name: str) -> None:
    """No longer want it."""
    goal = learning.remove_goal(state.store(), state.learner_id(), name)
    toast(f"{plain(goal.name)} is no longer a goal")


@reported
def toggle_goal(topic: str) -> None:
    """Goal, or no longer goal."""
    goals = state.world().learner.goals
    given = next((goal.id for goal in goals if topic in goal.targets), None)
    if given is None:
        add_goal(topic)
    else:
        remove_goal(given)


@reported
def set_hours_per_week(key: str) -> None:
    """Take the hours from a number input."""
    learner = learning.set_hours_per_week(state.store(), state.learner_id(), st.session_state[key])
    toast(f"Planned with {learner.hours_per_week:g} h a week")


def on_map(action: MapAction) -> None:
    """A double-click, right-click or key on the map."""
    visit.select(action.topic)
    if action.kind == "toggle":
        toggle_known(action.topic)
    else:
        toggle_goal(action.topic)
