"""What holds for every graph, judged by networkx and brute force."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planner_graphs import TODAY

from graph.learner import Goal, Learner, Mark
from graph.model import Choice, Graph, Phase, Placed, Requirement, Roadmap, Topic
from graph.planner import Situation, assumed, build, plan, proposed_cuts, situation, states, suggest

NAMES = [f"t{number:02d}" for number in range(12)]
MARKS: list[Mark] = ["known", "learning", "skipped", "not known"]
T = TypeVar("T")
few = settings(max_examples=60, deadline=None)

pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
confidences = st.sampled_from([0.3, 0.6, 1.0])
requirements = st.builds(
    lambda pair, confidence, claims: Requirement(pair[0], pair[1], confidence=confidence, claims=claims),
    pairs,
    confidences,
    st.integers(1, 3),
)
topics = st.builds(
    lambda hours, states_: {
        name: Topic(id=name, title=name[:2], effort_hours=hour, state=state)
        for name, hour, state in zip(NAMES, hours, states_, strict=True)
    },
    st.lists(st.sampled_from([None, 1.0, 2.5, 8.0]), min_size=12, max_size=12),
    st.lists(st.sampled_from(["active"] * 9 + ["planned", "external", "retired"]), min_size=12, max_size=12),
)


def roadmap(name: str, held: list[list[str]], needs: list[tuple[int, int]]) -> Graph:
    """A roadmap of phases that cover topics and require each other."""
    rid = f"roadmap:{name}"
    ids = [f"{rid}#phase/{number}" for number in range(len(held))]
    return Graph(
        roadmaps={rid: Roadmap(id=rid, title=name, family="outline")},
        phases={p: Phase(id=p, roadmap_id=rid, label=p, title=p, position=n) for n, p in enumerate(ids)},
        covers=tuple(Placed(t, p, n) for p, names in zip(ids, held, strict=True) for n, t in enumerate(names)),
        requires=tuple(Requirement(ids[a], ids[b]) for a, b in needs if a != b),
    )


phase_lists = st.lists(st.lists(st.sampled_from(NAMES), unique=True, max_size=5), min_size=3, max_size=3)
phase_needs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3)
roadmaps = st.builds(roadmap, st.just("r"), phase_lists, phase_needs)
choices = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)), max_size=3
)


def merged(one: Graph, other: Graph) -> Graph:
    return Graph(
        topics={**one.topics, **other.topics},
        roadmaps={**one.roadmaps, **other.roadmaps},
        phases={**one.phases, **other.phases},
        requires=(*one.requires, *other.requires),
        recommends=(*one.recommends, *other.recommends),
        choices={**one.choices, **other.choices},
        parts=(*one.parts, *other.parts),
        covers=(*one.covers, *other.covers),
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Anything: cycles, phases, parts, choices, all states."""
    own = draw(choices)
    plain = Graph(
        topics=draw(topics),
        requires=tuple(draw(st.lists(requirements, max_size=20))),
        recommends=tuple(draw(st.lists(requirements, max_size=4))),
        parts=tuple(Placed(a, b, 0) for a, b in draw(st.lists(pairs, max_size=4))),
        choices={
            f"c{n}": Choice(id=f"c{n}", topic=topic, options=tuple(o for o in options if o != topic) or (NAMES[0],))
            for n, (topic, options) in enumerate(own)
        },
    )
    return merged(plain, draw(roadmaps))


@st.composite
def learners(draw: st.DrawFn) -> Learner:
    wanted = draw(st.lists(st.sampled_from([*NAMES, "roadmap:r", "roadmap:r#phase/1", "gone"]), max_size=3))
    return Learner(
        marks=draw(st.dictionaries(st.sampled_from([*NAMES, "gone"]), st.sampled_from(MARKS), max_size=4)),
        goals=tuple(Goal(id=f"g{n}", name=f"G{n}", targets=(t,), weight=n + 1.0) for n, t in enumerate(wanted)),
        pins=frozenset(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
        prefers=frozenset(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        last_topic=draw(st.none() | st.sampled_from(NAMES)),
    )


def see(graph: Graph, learner: Learner) -> Situation:
    return situation(graph, learner, today=TODAY)


def before(here: Situation) -> nx.DiGraph[str]:
    order: nx.DiGraph[str] = nx.DiGraph()
    order.add_nodes_from(here.needed)
    order.add_edges_from((need, topic) for topic in here.needed for need in here.before[topic])
    return order


@few
@given(graphs(), learners())
def test_a_plan_is_an_order_of_the_needed_topics_and_holds_nothing_that_is_met(graph: Graph, learner: Learner) -> None:
    here = see(graph, learner)
    answer = plan(here, today=TODAY)
    place = {entry.topic: entry.step for entry in answer.entries}
    assert place.keys() == here.needed
    assert nx.is_directed_acyclic_graph(before(here))
    assert all(place[need] < place[topic] for need, topic in before(here).edges)
    assert here.needed.isdisjoint(here.met)
    assert here.needed <= here.total
    assert all(graph.topics[topic].state in {"active", "retired"} for topic in here.needed)
    assert states(here, answer).keys() == graph.topics.keys()


@few
@given(graphs(), learners())
def test_a_plan_starts_with_the_first_suggestion_and_suggestions_are_the_frontier(
    graph: Graph, learner: Learner
) -> None:
    here = see(graph, learner)
    answer = plan(here, today=TODAY)
    first = suggest(here, today=TODAY)
    assert [entry.topic for entry in answer.entries[:1]] == [suggestion.topic for suggestion in first[:1]]
    assert {suggestion.topic for suggestion in first} == {t for t in here.needed if not here.before[t]}


@few
@given(graphs(), learners(), st.sampled_from([*NAMES, "roadmap:r"]))
def test_each_entry_is_the_first_suggestion_once_those_before_it_are_known(
    graph: Graph, learner: Learner, goal: str
) -> None:
    active = {name: topic.model_copy(update={"state": "active"}) for name, topic in graph.topics.items()}
    graph = replace(graph, topics=active, choices={})
    # A requirement cut inside one roadmap only still says what a known topic implies.
    assume(not proposed_cuts(graph))
    marks: dict[str, Mark] = {topic: mark for topic, mark in learner.marks.items() if mark == "learning"}
    learner = learner.model_copy(update={"goals": (Goal(id="g", name="G", targets=(goal,)),), "marks": marks})
    for entry in plan(see(graph, learner), today=TODAY).entries:
        assert suggest(see(graph, learner), today=TODAY, limit=1)[0].topic == entry.topic
        marks = {**marks, entry.topic: "known"}
        learner = learner.model_copy(update={"marks": marks, "last_topic": entry.topic})


@few
@given(graphs(), learners(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(graph: Graph, learner: Learner, chance: random.Random) -> None:
    def mixed(values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(values, len(values)))

    other = replace(
        graph,
        topics=dict(mixed(tuple(graph.topics.items()))),
        phases=dict(mixed(tuple(graph.phases.items()))),
        choices=dict(mixed(tuple(graph.choices.items()))),
        requires=mixed(graph.requires),
        recommends=mixed(graph.recommends),
        parts=mixed(graph.parts),
        covers=mixed(graph.covers),
    )
    turned = learner.model_copy(
        update={"goals": mixed(learner.goals), "marks": dict(mixed(tuple(learner.marks.items())))}
    )
    one, two = see(graph, learner), see(other, turned)
    assert plan(one, today=TODAY) == plan(two, today=TODAY)
    assert suggest(one, today=TODAY) == suggest(two, today=TODAY)
    assert (one.cuts, one.choices, one.notices, one.assumed) == (two.cuts, two.choices, two.notices, two.assumed)


@few
@given(graphs(), phase_lists, phase_needs, st.sampled_from(NAMES))
def test_another_roadmap_without_topic_requirements_never_lengthens_a_path(
    graph: Graph, held: list[list[str]], needs: list[tuple[int, int]], goal: str
) -> None:
    own = {f"new{n}": Topic(id=f"new{n}", title=f"New {n}") for n in range(3)}
    other = roadmap("other", [[*names, f"new{n}"] for n, names in enumerate(held)], needs)
    wider = merged(graph, replace(other, topics=own))
    learner = Learner(goals=(Goal(id="g", name="G", targets=(goal,)),))
    assert see(wider, learner).needed == see(graph, learner).needed


@few
@given(st.lists(requirements, max_size=25), learners())
def test_assumed_is_what_networkx_says_descends_from_the_known(needs: list[Requirement], learner: Learner) -> None:
    graph = Graph(topics={name: Topic(id=name, title=name) for name in NAMES}, requires=tuple(needs))
    known = {topic for topic in learner.marked("known") if topic in NAMES}
    stops = learner.marked("not known") | learner.marked("skipped")
    cut = {found.requirement[:2] for found in proposed_cuts(graph)}
    edges: nx.DiGraph[str] = nx.DiGraph(
        [need[:2] for need in needs if need[:2] not in cut and not stops.intersection(need[:2])]
    )
    edges.add_nodes_from(known)
    expected: dict[str, str] = {}
    for source in sorted(known, reverse=True):
        expected.update(dict.fromkeys(nx.descendants(edges, source), source))
    free = {topic: source for topic, source in expected.items() if topic not in learner.marks}
    assert assumed(graph, learner) == free


@few
@given(st.lists(requirements, max_size=30), phase_lists, phase_needs)
def test_the_cuts_break_all_cycles_and_none_is_superfluous(
    needs: list[Requirement], held: list[list[str]], phase_needs_: list[tuple[int, int]]
) -> None:
    plain = Graph(topics={name: Topic(id=name, title=name) for name in NAMES}, requires=tuple(needs))
    tangle: nx.DiGraph[str] = nx.DiGraph([need[:2] for need in needs])
    cuts = proposed_cuts(plain)
    tangle.remove_edges_from([cut.requirement[:2] for cut in cuts])
    assert nx.is_directed_acyclic_graph(tangle)
    for cut in cuts:
        assert nx.has_path(tangle, cut.requirement.requires, cut.requirement.topic)
        assert cut.cycle[:2] == cut.requirement[:2]
        assert all((a, b) in tangle.edges for a, b in zip(cut.cycle[1:], (*cut.cycle[2:], cut.cycle[0]), strict=True))
    index = build(merged(plain, roadmap("r", held, phase_needs_)))
    net = index.net(frozenset({"roadmap:r"}))
    gates: nx.DiGraph[int] = nx.DiGraph([(v, need) for v, needed in enumerate(net.edges) for need in needed])
    assert nx.is_directed_acyclic_graph(gates)
    assert all(nx.has_path(gates, head, tail) for tail, head in net.removed)


@few
@given(graphs(), learners())
def test_a_plan_respects_every_requirement_that_is_not_cut(graph: Graph, learner: Learner) -> None:
    here = see(graph, learner)
    place = {entry.topic: entry.step for entry in plan(here, today=TODAY).entries}
    index = build(graph)
    cut = {found.requirement[:2] for found in (*here.cuts, *proposed_cuts(graph))}
    related = {(a, b) for a in NAMES for b in NAMES if a in index.nesting.around(b) or b in index.nesting.around(a)}
    for need in graph.requires:
        if need[:2] not in cut | related and need.topic in place and need.requires in place:
            # Without a goal all roadmaps bind together, which may cut more than each alone.
            assert place[need.requires] < place[need.topic] or here.goals[0].id == "everything"


@few
@given(
    topics,
    st.lists(requirements, max_size=14),
    st.lists(st.sampled_from(NAMES[1:]), min_size=2, max_size=4, unique=True),
)
def test_a_choice_is_as_cheap_as_brute_force(
    given_topics: dict[str, Topic], needs: list[Requirement], options: list[str]
) -> None:
    downward = tuple(need for need in needs if need.topic < need.requires)
    plain = Graph(topics=given_topics, requires=downward)
    choice = Choice(id="c", topic=NAMES[0], options=tuple(options), min=min(2, len(options) - 1))
    graph = replace(plain, topics={n: t.model_copy(update={"state": "active"}) for n, t in given_topics.items()})
    goal = Learner(goals=(Goal(id="g", name="G", targets=(NAMES[0],)),))
    required = {need.requires for need in downward if need.topic == NAMES[0]}
    cheapest = min(
        plan(
            see(replace(graph, requires=(*downward, *(Requirement(NAMES[0], o) for o in some))), goal), today=TODAY
        ).total_hours
        for some in combinations(options, choice.min)
        if len(required.intersection(options)) >= choice.min or required.intersection(options) <= set(some)
    )
    answer = plan(see(replace(graph, choices={"c": choice}), goal), today=TODAY)
    assert answer.total_hours == cheapest


@few
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.integers(4, 11), min_size=2, max_size=3, unique=True)), max_size=3
    )
)
def test_several_choices_together_are_as_cheap_as_brute_force(given_choices: list[tuple[int, list[int]]]) -> None:
    efforts = [1.0, 2.0, 4.0, 8.0, 3.0, 5.0, 7.0, 11.0, 6.0, 9.0, 2.5, 1.5]
    base = Graph(
        topics={name: Topic(id=name, title=name, effort_hours=e) for name, e in zip(NAMES, efforts, strict=True)},
        requires=(Requirement("t04", "t10"), Requirement("t05", "t10"), Requirement("t06", "t11")),
    )
    found = {
        f"c{n}": Choice(id=f"c{n}", topic=NAMES[topic], options=tuple(NAMES[o] for o in options))
        for n, (topic, options) in enumerate(given_choices)
    }
    learner = Learner(goals=(Goal(id="g", name="G", targets=tuple(NAMES[:4])),))
    ways: list[tuple[Requirement, ...]] = [()]
    for choice in found.values():
        ways = [(*way, Requirement(choice.topic, option)) for way in ways for option in choice.options]
    cheapest = min(
        plan(see(replace(base, requires=(*base.requires, *way)), learner), today=TODAY).total_hours for way in ways
    )
    assert plan(see(replace(base, choices=found), learner), today=TODAY).total_hours == cheapest
