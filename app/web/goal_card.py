"""The card of the goals: how far they are, and what comes next."""

from __future__ import annotations

import streamlit as st

from app.services.planning import progress_view
from app.services.world import World
from app.views import GoalView, ProgressView
from app.web import actions, empty, visit
from app.web.badges import hours_text
from app.web.plain import plain


def show_goal_card(world: World, place: str) -> None:
    """Progress, hours left and a button to the next topic; goals to go on with once all are reached."""
    progress = progress_view(world)
    with st.container(border=True):
        _heading(progress, place)
        share = progress.done / progress.total if progress.total else 1.0
        left = f" · {hours_text(progress.hours_left)} left" if progress.hours_left else ""
        st.progress(share, text=f"{progress.done} of {progress.total} topics{left}")
        if progress.done >= progress.total:
            st.markdown(":material/celebration: **Goal reached.** Nothing is left to learn for it. What is next?")
            empty.offer_goals(world, f"{place}-next")
        elif progress.next is None:
            st.caption("Nothing can be started now: what is left is planned or skipped.")
        elif progress.next.id != visit.selected():
            st.button(
                f"Next: {plain(progress.next.title)}",
                icon=":material/arrow_forward:",
                type="primary",
                width="stretch",
                key=f"{place}-next",
                on_click=visit.go,
                args=(progress.next.id,),
            )


def goals_title(goals: tuple[GoalView, ...]) -> str:
    """The goals in a heading."""
    if len(goals) > 2:  # noqa: PLR2004 - two names still fit
        return f"{plain(goals[0].title)} and {len(goals) - 1} more goals"
    return " and ".join(plain(goal.title) for goal in goals)


def _heading(progress: ProgressView, place: str) -> None:
    key = f"{place}-goals"

    def remove() -> None:
        actions.remove_goal(st.session_state[key])

    titles = {goal.id: goal.title for goal in progress.goals}
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        word = "Goal" if len(titles) == 1 else "Goals"
        st.markdown(f":material/star: **{word}: {goals_title(progress.goals)}**", width="stretch")
        st.menu_button(
            "Goals",
            list(titles),
            format_func=lambda goal: f"Remove {plain(titles[goal])}",
            key=key,
            type="tertiary",
            on_click=remove,
        )
