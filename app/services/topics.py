"""`topics`, `show` and `why`: what is known about topics, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.services.lookup import find_target, find_topic
from app.services.paths import shown
from app.services.world import World
from app.views import (
    ChoiceView,
    LinkView,
    MentionView,
    ReceiptView,
    ResourceView,
    TopicRow,
    TopicView,
    WhyView,
)
from graph import planner
from graph.evidence import Receipt
from graph.model import Requirement, kind_of
from graph.store.store import Store

Receipts = Mapping[str, tuple[ReceiptView, ...]]


def topic_rows(world: World) -> tuple[TopicRow, ...]:
    """All topics, by title."""
    rows = [_row(world, topic_id) for topic_id in world.graph.topics]
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def topic_view(world: World, store: Store, name: str) -> TopicView:
    """Everything about one topic.

    Raises:
        UnknownTopicError, AmbiguousTopicError: nothing, or too much, has this name.
    """
    graph = world.graph
    topic = graph.topics[find_topic(graph, name)]
    choices = [choice for choice in graph.choices.values() if choice.topic == topic.id]
    helped_by = [each for each in graph.recommends if each.topic == topic.id and kind_of(each.requires) == "topic"]
    proposed = [each for each in graph.proposed if each.topic == topic.id]
    needs = [each for each in world.needs.get(topic.id, ()) if kind_of(each.requires) == "topic"]
    ends = [each.requires for each in (*needs, *helped_by, *proposed)]
    ends += [option for choice in choices for option in choice.options]
    receipts = _receipts(store, topic.id, ends)
    taken = {choice.choice_id: choice.taken for choice in world.situation.choices}
    assumed_from = world.situation.assumed.get(topic.id)
    return TopicView(
        id=topic.id,
        title=topic.title,
        aliases=topic.aliases,
        summary=topic.summary,
        effort_hours=topic.effort_hours,
        state=topic.state,
        learner_state=_learner_state(world, topic.id),
        shown_as=world.shown_as[topic.id],
        step=world.shown_steps.get(topic.id),
        is_goal=any(topic.id in goal.targets for goal in world.learner.goals),
        roadmaps=world.roadmaps_of(topic.id),
        phases=world.phases_of(topic.id),
        needs=_links(world, needs, receipts, "hard"),
        helped_by=_links(world, helped_by, receipts, "soft") + _links(world, proposed, receipts, "proposed"),
        choices=tuple(
            ChoiceView(
                min=choice.min,
                options=tuple(_link(world, option, receipts, "choice", choice.reason) for option in choice.options),
                taken=taken.get(choice.id, ()),
                reason=choice.reason,
            )
            for choice in choices
        ),
        unlocks=_others(world, (each.topic for each in world.needed_by.get(topic.id, ()))),
        parts=_others(world, (part.inner for part in (*graph.parts, *graph.loose_parts) if part.outer == topic.id)),
        part_of=_others(world, (part.outer for part in (*graph.parts, *graph.loose_parts) if part.inner == topic.id)),
        advice=_advice(world, topic.id),
        assumed_from=world.title(assumed_from) if assumed_from else None,
        mentions=tuple(
            MentionView(path=shown(p.path), line_start=p.line_start, line_end=p.line_end, text=p.text)
            for p in store.mentions(topic.id)
        ),
        resources=tuple(ResourceView(url=u, title=t, kind=k) for u, t, k in store.resources(topic.id)),
    )


def why_view(world: World, store: Store, topic_name: str, requires_name: str) -> WhyView:
    """Why one topic requires another: the receipts, or the chain that leads there.

    Raises:
        UnknownTopicError, AmbiguousTopicError: one of the names.
    """
    graph = world.graph
    topic, requires = find_target(graph, topic_name), find_target(graph, requires_name)
    claims = _receipts(store, topic, [requires]).get(requires, ())
    verdicts: tuple[tuple[str, str, Iterable[Requirement]], ...] = (
        ("accepted", "hard", world.needs.get(topic, ())),
        ("soft", "soft", graph.recommends),
        ("proposed", "proposed", graph.proposed),
    )
    for status, strength, requirements in verdicts:
        for each in requirements:
            if (each.topic, each.requires) == (topic, requires):
                return WhyView(
                    topic=topic, requires=requires, status=status, strength=strength, confidence=each.confidence,
                    claims=claims, chain=(topic, requires) if strength == "hard" else (), reason=each.reason,
                )  # fmt: skip
    choice = next((c for c in graph.choices.values() if c.topic == topic and requires in c.options), None)
    if choice is not None:
        return WhyView(
            topic=topic, requires=requires, status="choice", strength="hard", confidence=choice.confidence,
            claims=claims, chain=(), reason=choice.reason,
        )  # fmt: skip
    chain = planner.chain(graph, topic, requires)
    status = "indirect" if chain else "none"
    return WhyView(
        topic=topic, requires=requires, status=status, strength=None, confidence=None, claims=claims, chain=chain
    )


def _row(world: World, topic_id: str) -> TopicRow:
    topic = world.graph.topics[topic_id]
    needs = (each.requires for each in world.needs.get(topic_id, ()) if kind_of(each.requires) == "topic")
    return TopicRow(
        id=topic.id,
        title=topic.title,
        aliases=topic.aliases,
        state=topic.state,
        learner_state=_learner_state(world, topic_id),
        roadmaps=world.roadmaps_of(topic_id),
        phases=world.phases_of(topic_id),
        effort_hours=topic.effort_hours,
        shown_as=world.shown_as[topic_id],
        step=world.shown_steps.get(topic_id),
        needs=tuple(world.title(each) for each in needs),
    )


def _learner_state(world: World, topic_id: str) -> str | None:
    given = world.learner.marks.get(topic_id)
    if given is None and topic_id in world.situation.assumed:
        return "assumed"
    return given


def _receipts(store: Store, topic: str, requires: Sequence[str]) -> Receipts:
    found = store.receipts(topic, list(dict.fromkeys(requires)))
    return {key: tuple(_receipt(each) for each in receipts) for key, receipts in found.items()}


def _receipt(receipt: Receipt) -> ReceiptView:
    return ReceiptView(**{**receipt._asdict(), "path": shown(receipt.path)})


def _links(
    world: World, requirements: Iterable[Requirement], receipts: Receipts, strength: str
) -> tuple[LinkView, ...]:
    return tuple(_link(world, each.requires, receipts, strength, each.reason) for each in requirements)


def _link(world: World, topic: str, receipts: Receipts, strength: str, reason: str) -> LinkView:
    return LinkView(
        id=topic,
        title=world.title(topic),
        shown_as=world.shown_as.get(topic, "locked"),
        reason=reason,
        strength=strength,
        receipts=receipts.get(topic, ()),
    )


def _others(world: World, topics: Iterable[str]) -> tuple[LinkView, ...]:
    return tuple(_link(world, topic, {}, "hard", "") for topic in topics if topic in world.graph.topics)


def _advice(world: World, topic: str) -> tuple[str, ...]:
    """What the phases and sections of a topic require: shown, never binding for the bare topic."""
    return tuple(
        f"{world.title(outer)} asks for {world.title(each.requires)} first"
        for outer in world.containers.get(topic, ())
        for each in world.needs.get(outer, ())
    )
