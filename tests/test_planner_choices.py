"""Choices and cycles: which option a path takes, and which requirement it leaves out."""

from __future__ import annotations

import subprocess
import sys

from planner_graphs import graph_of, learner_of, notices, path, phase, seen

from graph.model import Graph, Requirement, Topic
from graph.planner import proposed_cuts

DOCKER = "docker -> linux, networks; linux -> files; kubernetes -> docker"


# --- choices


def test_a_choice_takes_the_cheapest_and_says_the_price_of_the_others() -> None:
    graph = graph_of("web -> one of react, vue; vue -> build", hours={"react": 8, "vue": 8, "build": 4})
    here = seen(graph, learner_of("web"))
    assert here.needed == {"web", "react"}
    assert here.choices[0].taken == ("react",)
    assert notices(here, "choice") == ["web needs one of react, vue: the path takes react (8 h), vue would cost 12 h."]


def test_work_that_is_needed_anyway_costs_nothing() -> None:
    graph = graph_of("web -> one of react, vue; web -> build; vue -> build", hours={"react": 8, "vue": 7, "build": 9})
    assert seen(graph, learner_of("web")).choices[0].hours == {"vue": 7, "react": 8}
    assert path(graph, learner_of("web, react")) == ["build", "react", "web"]


def test_a_choice_of_which_every_option_is_needed_anyway_is_no_news() -> None:
    graph = graph_of("web -> one of react, vue; site -> web, react, vue", hours={"react": 8, "vue": 7})
    assert notices(seen(graph, learner_of("site")), "choice") == []


def test_an_option_that_is_needed_anyway_has_no_price() -> None:
    graph = graph_of("web -> one of react, vue; site -> web, react", hours={"react": 8, "vue": 7})
    (notice,) = notices(seen(graph, learner_of("site")), "choice")
    assert notice == "web needs one of react, vue: the path takes react (on it anyway), vue would cost 7 h."


def test_a_known_option_settles_a_choice_and_then_a_preference_does() -> None:
    graph = graph_of("web -> one of react, vue", hours={"react": 8, "vue": 20})
    assert path(graph, learner_of("web", prefers="vue")) == ["vue", "web"]
    assert path(graph, learner_of("web", prefers="vue", known="react")) == ["web"]
    assert notices(seen(graph, learner_of("web", known="react")), "choice") == []


def test_a_stated_requirement_on_one_option_outranks_the_choice() -> None:
    graph = graph_of("web -> one of react, vue; web -> vue", hours={"react": 1, "vue": 20})
    here = seen(graph, learner_of("web", prefers="react"))
    assert here.needed == {"web", "vue"}
    assert notices(here, "choice") == []


def test_two_of_three() -> None:
    graph = graph_of("web -> two of a, b, c", hours={"a": 9, "b": 1, "c": 2})
    assert path(graph, learner_of("web")) == ["c", "b", "web"]


def test_choices_that_share_an_option_are_resolved_together() -> None:
    graph = graph_of("goal -> p, q; p -> one of x, y; q -> one of x, z", hours={"x": 10, "y": 6, "z": 6})
    assert seen(graph, learner_of("goal")).needed == {"goal", "p", "q", "x"}


def test_a_choice_inside_an_option_counts_at_its_cheapest() -> None:
    graph = graph_of("goal -> one of a, b; a -> one of c, d", hours={"a": 1, "b": 5, "c": 9, "d": 3})
    assert path(graph, learner_of("goal")) == ["d", "a", "goal"]


def test_options_that_require_each_other_or_their_topic_close_no_cycle() -> None:
    graph = graph_of("t -> one of a, b; a -> one of t, c; b -> t", hours={"a": 9, "b": 1, "c": 9})
    assert path(graph, learner_of("t")) == ["c", "a", "t"]


def test_a_choice_without_a_way_out_is_left_out_and_told() -> None:
    here = seen(graph_of("t -> one of a, b; a -> t; b -> t"), learner_of("t"))
    assert here.needed == {"t"}
    assert len(notices(here, "cycle-cut")) == 1


def test_planned_and_retired_options_are_not_taken_and_external_ones_last() -> None:
    states_of = {"a": {"state": "planned"}, "b": {"state": "external"}}
    graph = graph_of("t -> one of a, b, c; u -> one of a, b", topics=states_of)
    assert path(graph, learner_of("t")) == ["c", "t"]
    here = seen(graph, learner_of("u"))
    assert here.needed == {"u"}
    assert len(notices(here, "outside-documents")) == 1


def test_parts_that_are_the_options_of_their_whole_are_not_all_needed() -> None:
    graph = graph_of("web = react, vue, html; web -> one of react, vue", hours={"react": 8, "vue": 9, "html": 1})
    assert set(path(graph, learner_of("web"))) == {"react", "html"}


# --- cycles


def test_a_cycle_is_cut_at_the_lowest_confidence_and_said() -> None:
    graph = graph_of("a -> b @0.9; b -> c @0.4; c -> a @0.8")
    here = seen(graph, learner_of("a"))
    assert [cut.requirement[:2] for cut in here.cuts] == [("b", "c")]
    assert here.cuts[0].cycle == ("b", "c", "a")
    assert path(graph, learner_of("b")) == ["b"]
    assert notices(here, "cycle-cut") == [
        "The documents go round in a circle (b → c → a → b), so this path leaves out that b requires c."
    ]


def test_then_fewest_claims_then_phases_before_topics() -> None:
    few = Graph(
        topics={name: Topic(id=name, title=name) for name in "ab"},
        requires=(Requirement("a", "b", claims=1), Requirement("b", "a", claims=3)),
    )
    assert [cut.requirement[:2] for cut in proposed_cuts(few)] == [("a", "b")]
    mixed = graph_of("a -> z", phases=["a", "z"], chain=True)
    assert [cut.requirement[:2] for cut in proposed_cuts(mixed)] == [(phase(1), phase(0))]


def test_a_cut_off_the_path_is_not_told() -> None:
    here = seen(graph_of("x -> y; y -> x @0.5; a -> b"), learner_of("a"))
    assert here.cuts == ()


def test_one_edge_in_two_cycles_is_cut_once() -> None:
    graph = graph_of("a -> b @0.5; b -> c; c -> a; b -> d; d -> a")
    assert [cut.requirement[:2] for cut in proposed_cuts(graph)] == [("a", "b")]


def test_a_graph_without_cycles_never_loads_networkx() -> None:
    program = (
        "import sys; from planner_graphs import *; path(graph_of('a -> b'), learner_of('a'));"
        "sys.exit('networkx' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd="tests", env={"PYTHONPATH": "..:."})
