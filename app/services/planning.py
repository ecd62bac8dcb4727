"""`next` and `path`: what comes now, and the whole way."""

from __future__ import annotations

import math

from app.services.lookup import find_target
from app.services.world import World
from app.views import (
    CutView,
    EntryView,
    GoalView,
    NextView,
    NoticeView,
    PathView,
    ProgressView,
    ReasonView,
    SuggestionView,
)
from graph.learner import Goal
from graph.model import Graph
from graph.planner.results import Suggestion

DEFAULT_LIMIT = 5


def goal_for(graph: Graph, learner_id: str, name: str, *, weight: float = 1.0) -> Goal:
    """A goal over one topic, phase, section or roadmap.

    Raises:
        UnknownTopicError, AmbiguousTopicError: nothing, or too much, has this name.
    """
    target = find_target(graph, name)
    for table in (graph.topics, graph.phases, graph.sections, graph.roadmaps):
        if target in table:
            return Goal(id=f"{learner_id}:{target}", name=table[target].title, targets=(target,), weight=weight)
    raise AssertionError(target)


def next_view(world: World, limit: int | None = DEFAULT_LIMIT) -> NextView:
    """What can be learned now, with reasons."""
    shown = world.suggestions if limit is None else world.suggestions[:limit]
    return NextView(
        learner=world.learner.id,
        goals=goal_views(world),
        suggestions=tuple(suggestion_view(world, each) for each in shown),
        notices=notice_views(world),
    )


def path_view(world: World) -> PathView:
    """The ordered way to the goals."""
    heads = {part: whole for whole, parts in world.plan.headings.items() for part in parts}
    return PathView(
        learner=world.learner.id,
        goals=goal_views(world),
        entries=tuple(
            EntryView(
                step=entry.step,
                id=entry.topic,
                title=world.title(entry.topic),
                effort_hours=entry.effort_hours,
                for_=entry.goals,
                requires=entry.requires,
                state=world.states[entry.topic],
                part_of=world.title(heads[entry.topic]) if entry.topic in heads else None,
            )
            for entry in world.plan.entries
        ),
        total_hours=world.plan.total_hours,
        cuts=cut_views(world),
        notices=notice_views(world),
    )


def progress_view(world: World) -> ProgressView:
    """How far the goals are."""
    situation = world.situation
    best = world.suggestions[0] if world.suggestions else None
    hours = world.plan.total_hours
    return ProgressView(
        goals=goal_views(world),
        done=len(situation.total - situation.needed),
        total=len(situation.total),
        hours_left=hours,
        hours_per_week=world.learner.hours_per_week,
        weeks_left=math.ceil(hours / world.learner.hours_per_week),
        next=suggestion_view(world, best) if best else None,
    )


def goal_views(world: World) -> tuple[GoalView, ...]:
    """The goals that count."""
    return tuple(GoalView(id=goal.id, title=goal.name) for goal in world.situation.goals)


def notice_views(world: World) -> tuple[NoticeView, ...]:
    """What a reader of the answer must know."""
    notices = [NoticeView(code=notice.code, text=notice.text) for notice in world.situation.notices]
    if world.snapshot.state.incomplete:
        text = "The graph is incomplete: a large write was interrupted. Read the documents again to complete it."
        notices.insert(0, NoticeView(code="incomplete", text=text))
    return tuple(notices)


def cut_views(world: World) -> tuple[CutView, ...]:
    """The requirements that were left out to break cycles."""
    return tuple(
        CutView(
            topic=cut.requirement.topic,
            requires=cut.requirement.requires,
            text=" needs ".join(world.title(node) for node in (*cut.cycle, cut.cycle[0])),
        )
        for cut in world.situation.cuts
    )


def suggestion_view(world: World, suggestion: Suggestion) -> SuggestionView:
    """One suggestion with its title."""
    reasons = [ReasonView(part=each.part, value=each.value, text=each.text) for each in suggestion.reasons]
    return SuggestionView(
        id=suggestion.topic,
        title=world.title(suggestion.topic),
        rank=suggestion.rank,
        effort_hours=suggestion.effort_hours,
        reasons=tuple(reasons),
    )
