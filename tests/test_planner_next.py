"""What comes next, why, and in which order."""

from __future__ import annotations

from datetime import date

from planner_graphs import TODAY, R, graph_of, learner_of, next_topics, path, phase, seen

from graph.learner import Goal, Learner
from graph.model import Graph, Placed, Roadmap, Section, Topic
from graph.planner import build, chain, index_of, situation, suggest

DOCKER = "docker -> linux, networks; linux -> files; kubernetes -> docker"


# --- what next, and why


def test_pinned_then_learning_come_first_and_postponed_last() -> None:
    graph = graph_of("goal -> a, b, c, d")
    learner = learner_of("goal", pins="d", learning="c", postpones="a")
    assert next_topics(graph, learner) == ["d", "c", "b", "a"]


def test_the_tighter_deadline_comes_first() -> None:
    graph = graph_of("x -> a; y -> b")
    goals = (
        Goal(id="x", name="X", targets=("x",), deadline=date(2026, 9, 1)),
        Goal(id="y", name="Y", targets=("y",), deadline=date(2026, 4, 1)),
        Goal(id="z", name="Z", targets=("z",), weight=1000),
    )
    assert next_topics(graph, Learner(goals=goals)) == ["b", "a"]
    reasons = suggest(seen(graph, Learner(goals=goals)), today=TODAY)[0].reasons
    assert reasons[2].text == "needed for Y by 2026-04-01, 21 days to spare"


def test_the_goal_that_is_worth_more_per_hour_comes_first() -> None:
    graph = graph_of("x -> a; y -> b", hours={"x": 100, "y": 10})
    goals = (Goal(id="x", name="X", targets=("x",)), Goal(id="y", name="Y", targets=("y",)))
    assert next_topics(graph, Learner(goals=goals)) == ["b", "a"]


def test_what_unlocks_more_comes_first_then_the_longer_chain() -> None:
    graph = graph_of("goal -> p, q, long, z; p -> b; q -> b; long -> c; z -> d", hours={"long": 9})
    assert next_topics(graph, learner_of("goal")) == ["b", "c", "d"]


def test_unlocking_looks_through_the_end_of_a_phase() -> None:
    graph = graph_of("", phases=["a", "b, c, d"], chain=True)
    reasons = suggest(seen(graph, learner_of(phase(1))), today=TODAY)[0].reasons
    assert reasons[4].text == "unlocks 3 topics at once: b, c, d"


def test_soft_requirements_met_then_the_last_phase_then_effort() -> None:
    soft = graph_of("goal -> a, b; b ~> help; help")
    assert next_topics(soft, learner_of("goal", known="help")) == ["b", "a"]
    phases = graph_of("goal -> a, b", phases=["a", "b, last"])
    assert next_topics(phases, learner_of("goal", known="last", last="last")) == ["b", "a"]
    short = graph_of("x -> a; y -> b", hours={"a": 4, "x": 1, "b": 2, "y": 3})
    assert next_topics(short, learner_of("x, y")) == ["b", "a"]


def test_ties_follow_the_authors_order_then_title_then_id() -> None:
    assert next_topics(graph_of("goal -> a, b, c", phases=["c, b"]), learner_of("goal")) == ["c", "b", "a"]
    titled = graph_of("goal -> a, b", topics={"a": {"title": "Z"}, "b": {"title": "Y"}})
    assert next_topics(titled, learner_of("goal")) == ["b", "a"]


def test_every_part_of_the_rank_is_a_reason_and_a_guess_is_called_one() -> None:
    first = suggest(seen(graph_of("goal -> a; goal -> b"), learner_of("goal")), today=TODAY)[0]
    assert [reason.part for reason in first.reasons] == [
        "pinned", "learning", "deadline", "weight", "unlocks", "chain", "goals", "soft", "phase", "effort", "order",
    ]  # fmt: skip
    texts = {reason.part: reason.text for reason in first.reasons if reason.text}
    assert texts == {
        "chain": "starts a chain of 8 h to your goal",
        "effort": "takes 4 h (a guess, no document says)",
    }


def test_a_limit_keeps_the_best() -> None:
    here = seen(graph_of("goal -> a, b, c"), learner_of("goal"))
    assert suggest(here, today=TODAY, limit=2) == suggest(here, today=TODAY)[:2]


def test_the_plan_stays_in_a_phase_until_something_stronger_decides() -> None:
    hours = {"a": 3, "z": 2, "b": 2, "y": 3, "c": 4, "x": 1}
    graph = graph_of("z -> a; y -> b; x -> c", phases=["a, c", "b"], hours=hours)
    assert path(graph, learner_of("x, y, z", pins="a")) == ["a", "c", "b", "y", "z", "x"]
    assert path(graph, learner_of("x, y")) == ["b", "c", "y", "x"]


# --- explanations and indexes


def test_a_shortest_chain_says_how_a_topic_comes_to_need_another() -> None:
    graph = graph_of("a -> b, c; b -> d; c -> d; d -> e")
    assert chain(graph, "a", "e") == ("a", "b", "d", "e")
    assert chain(graph, "e", "a") == ()


def test_an_index_is_kept_for_the_graph_asked_last_and_may_be_given() -> None:
    graph, other = graph_of("a -> b"), graph_of("a -> b")
    assert index_of(graph) is index_of(graph)
    assert index_of(other).graph is other
    here = situation(graph, learner_of("a"), today=TODAY, index=build(graph))
    assert here == situation(graph, learner_of("a"), today=TODAY)


def test_sections_inside_phases_bind_like_them() -> None:
    phases = graph_of("", phases=["a", ""], chain=True)
    section = f"{R}#section/tools"
    inside = Graph(
        topics={**phases.topics, "hammer": Topic(id="hammer", title="hammer")},
        roadmaps={R: Roadmap(id=R, title="R", family="outline")},
        phases=phases.phases,
        sections={section: Section(id=section, roadmap_id=R, title="Tools", position=0)},
        requires=phases.requires,
        covers=(*phases.covers, Placed("hammer", section, 0)),
        inside=(Placed(section, phase(1), 0),),
    )
    assert path(inside, learner_of("hammer"), roadmap=R) == ["a", "hammer"]
    assert path(inside, learner_of(phase(1))) == ["a", "hammer"]
