"""What the planner answers, by examples. `a -> b` reads: a requires b."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from planner_graphs import TODAY, R, graph_of, learner_of, next_topics, notices, path, phase, planned, seen

from graph.learner import Goal, Learner
from graph.model import Graph, Placed, Requirement, Roadmap, Section, Topic
from graph.planner import assumed, build, chain, frontier, index_of, plan, proposed_cuts, situation, states, suggest

DOCKER = "docker -> linux, networks; linux -> files; kubernetes -> docker"


# --- the way to a goal


def test_a_path_holds_what_the_goal_requires_and_nothing_else() -> None:
    graph = graph_of(DOCKER + "; cooking")
    assert path(graph, learner_of("docker")) == ["files", "linux", "networks", "docker"]


def test_a_path_stops_at_what_is_known_and_at_what_that_implies() -> None:
    graph = graph_of(DOCKER)
    assert path(graph, learner_of("kubernetes", known="linux")) == ["networks", "docker", "kubernetes"]


def test_a_skipped_topic_counts_as_met_and_its_own_requirements_are_dropped() -> None:
    here = seen(graph_of(DOCKER), learner_of("docker", skipped="linux"))
    assert here.needed == {"docker", "networks"}
    assert here.assumed == {}
    assert notices(here, "skipped-needed") == ["Needed, but skipped by you: linux."]


def test_what_a_skipped_topic_requires_stays_when_another_needs_it() -> None:
    graph = graph_of(DOCKER + "; docker -> files")
    assert path(graph, learner_of("docker", skipped="linux")) == ["files", "networks", "docker"]


def test_progress_counts_against_all_the_goal_requires() -> None:
    here = seen(graph_of(DOCKER), learner_of("docker", known="linux"))
    assert here.total == {"docker", "linux", "networks", "files"}
    assert here.needed == {"docker", "networks"}


def test_entries_say_what_comes_directly_before_and_for_which_goals() -> None:
    goals = (Goal(id="b", name="B", targets=("kubernetes",)), Goal(id="a", name="A", targets=("docker",)))
    entries = {e.topic: e for e in planned(graph_of(DOCKER), Learner(goals=goals, marks={"networks": "known"})).entries}
    assert entries["docker"].requires == ("linux",)
    assert entries["docker"].goals == ("a", "b")
    assert entries["kubernetes"].goals == ("b",)


def test_without_a_goal_every_active_topic_is_on_the_path() -> None:
    graph = graph_of("a -> b; c", topics={"c": {"state": "retired"}})
    here = seen(graph)
    assert here.needed == {"a", "b"}
    assert [goal.id for goal in here.goals] == ["everything"]
    assert notices(here, "no-goal") == ["No goal is set, so the path covers all of every roadmap."]


def test_a_reached_goal_is_told() -> None:
    here = seen(graph_of(DOCKER), learner_of("linux", known="docker"))
    assert here.needed == frozenset()
    assert notices(here, "goal-reached") == ["Goal is reached: nothing is left to learn for it."]


def test_a_missed_deadline_is_told() -> None:
    goal = Goal(id="g", name="Docker", targets=("docker",), deadline=date(2026, 3, 1))
    here = situation(graph_of(DOCKER), Learner(), goals=(goal,), today=TODAY)
    assert notices(here, "deadline-passed") == ["The deadline of Docker, 2026-03-01, has passed."]


def test_what_left_the_graph_is_passed_over() -> None:
    learner = learner_of("docker, gone", known="vanished, linux", pins="lost", prefers="lost", last="vanished")
    assert path(graph_of(DOCKER + "; docker -> nowhere#phase/x"), learner) == ["networks", "docker"]
    lost = seen(graph_of(DOCKER), learner_of("gone"))
    assert (lost.needed, notices(lost, "goal-reached")) == (frozenset(), [])


def test_an_empty_graph_has_an_empty_plan() -> None:
    assert path(Graph()) == []
    assert states(seen(Graph()), planned(Graph())) == {}


# --- states of topics


def test_external_topics_do_not_block_and_can_be_ticked() -> None:
    graph = graph_of("app -> algebra", topics={"algebra": {"state": "external"}})
    here = seen(graph, learner_of("app"))
    assert here.needed == {"app"}
    assert notices(here, "outside-documents") == ["Needed, but outside your documents: algebra. Tick what you know."]
    assert notices(seen(graph, learner_of("app", known="algebra")), "outside-documents") == []


def test_planned_topics_are_never_in_a_plan() -> None:
    graph = graph_of("app -> later; later -> more", topics={"later": {"state": "planned"}})
    assert path(graph, learner_of("app")) == ["app"]
    assert path(graph, learner_of("later")) == []


def test_retired_topics_are_needed_only_by_name() -> None:
    graph = graph_of("app -> old", topics={"old": {"state": "retired"}})
    assert path(graph, learner_of("app")) == ["app"]
    assert path(graph, learner_of("old")) == ["old"]


def test_every_topic_has_a_state() -> None:
    graph = graph_of(
        "goal -> step, done; step -> first; done -> basis; off -> far; far; idea; maths; now",
        topics={"idea": {"state": "planned"}, "maths": {"state": "external"}},
    )
    here = seen(graph, learner_of("goal", known="done", learning="now", skipped="x"))
    assert states(here, plan(here, today=TODAY)) == {
        "goal": "goal",
        "step": "step",
        "first": "ready",
        "done": "known",
        "basis": "assumed",
        "off": "locked",
        "far": "ready",
        "idea": "planned",
        "maths": "external",
        "now": "learning",
    }


def test_a_topic_off_the_path_is_ready_when_its_requirements_are_met() -> None:
    graph = graph_of("goal; off -> a; off -> one of b, c")
    here = seen(graph, learner_of("goal", known="a, c"))
    assert states(here, plan(here, today=TODAY))["off"] == "ready"


# --- known implies assumed


def test_assumed_says_which_known_topic_implies_it_the_smallest_id_first() -> None:
    graph = graph_of("b -> x; a -> x; x -> y")
    assert assumed(graph, learner_of(known="b, a")) == {"x": "a", "y": "a"}


def test_an_explicit_not_known_ends_the_chain() -> None:
    assert assumed(graph_of("a -> b; b -> c"), learner_of(known="a", not_known="b")) == {}


def test_what_is_being_learned_is_not_assumed_but_what_it_requires_is() -> None:
    assert assumed(graph_of("a -> b; b -> c"), learner_of(known="a", learning="b")) == {"c": "a"}


def test_nothing_is_assumed_through_choices_phases_or_cuts() -> None:
    graph = graph_of(f"a -> one of b, c; a -> {phase(0)}; x -> y; y -> x @0.5", phases=["d"])
    assert assumed(graph, learner_of(known="a, y")) == {}


# --- topics with parts


def test_needing_a_topic_with_parts_means_all_its_active_parts_under_a_heading() -> None:
    graph = graph_of("site -> web; web = html, css, flash", topics={"flash": {"state": "planned"}})
    answer = planned(graph, learner_of("site"))
    assert [entry.topic for entry in answer.entries] == ["html", "css", "site"]
    assert answer.headings == {"web": ("html", "css")}
    assert answer.entries[-1].requires == ("css", "html")


@pytest.mark.parametrize("own", [{"effort_hours": 2.0}, {"summary": "All of it together."}])
def test_a_topic_with_parts_is_an_entry_after_them_when_it_has_something_of_its_own(own: dict[str, object]) -> None:
    graph = graph_of("web = html, css", topics={"web": own})
    assert path(graph, learner_of("web")) == ["html", "css", "web"]


def test_ticking_a_topic_with_parts_ticks_the_parts() -> None:
    graph = graph_of("site -> html, git; web = html, css")
    here = seen(graph, learner_of("site", known="web"))
    assert here.known == {"web", "html", "css"}
    assert here.needed == {"site", "git"}


def test_a_part_with_a_mark_of_its_own_keeps_it() -> None:
    here = seen(graph_of("web = html, css"), learner_of("css", known="web", not_known="css"))
    assert here.needed == {"css"}


def test_parts_need_what_their_whole_requires() -> None:
    graph = graph_of("web -> computer; web = html, css; html = tags")
    assert path(graph, learner_of("tags")) == ["computer", "tags"]


def test_a_requirement_between_a_topic_and_its_own_part_only_orders() -> None:
    first = graph_of("web -> zen; web = a, b, zen")
    assert set(path(first, learner_of("web"))) == {"a", "b", "zen"}
    assert proposed_cuts(first) == ()
    project = graph_of("exam -> web; web = exam, a, b")
    assert proposed_cuts(project) == ()
    assert set(path(project, learner_of("web"))) == {"exam", "a", "b"}


def test_a_heading_stands_as_its_parts_do() -> None:
    here = seen(graph_of("web = html, css; site -> web"), learner_of("site", known="html, css"))
    assert states(here, plan(here, today=TODAY))["web"] == "known"


def test_parts_that_go_round_in_a_circle_do_no_harm() -> None:
    assert path(graph_of("a = b; b = a; c -> a"), learner_of("c")) == ["b", "c"]


# --- phases and sections


PHASES = ["html, css", "react, redux"]


def test_phase_requirements_do_not_bind_a_bare_topic() -> None:
    graph = graph_of("redux -> react", phases=PHASES, chain=True)
    assert path(graph, learner_of("redux")) == ["react", "redux"]


def test_phase_requirements_bind_when_the_topic_is_asked_for_inside_the_roadmap() -> None:
    graph = graph_of("redux -> react", phases=PHASES, chain=True)
    assert path(graph, learner_of("redux"), roadmap=R) == ["html", "css", "react", "redux"]


@pytest.mark.parametrize("target", [R, phase(1)])
def test_phase_requirements_bind_for_the_roadmap_and_its_phases(target: str) -> None:
    graph = graph_of("redux -> react", phases=PHASES, chain=True)
    assert path(graph, learner_of(target)) == ["html", "css", "react", "redux"]


def test_without_a_goal_all_phases_bind() -> None:
    assert path(graph_of("", phases=["z", "m", "a"], chain=True)) == ["z", "m", "a"]


def test_inside_a_roadmap_without_a_goal_the_roadmap_is_the_goal() -> None:
    graph = graph_of("other", phases=["z", "a"], chain=True)
    assert path(graph, Learner(), roadmap=R) == ["z", "a"]


def test_phases_bind_only_the_goals_that_are_inside() -> None:
    graph = graph_of("app -> react", phases=PHASES, chain=True)
    goals = (Goal(id="bare", name="App", targets=("app",)), Goal(id="phase", name="Phase", targets=(phase(0),)))
    here = situation(graph, Learner(goals=goals), today=TODAY)
    assert here.needed == {"app", "react", "html", "css"}
    assert here.before["react"] == ()


def test_a_phase_is_satisfied_when_its_active_topics_are_known() -> None:
    graph = graph_of("", phases=PHASES, chain=True)
    assert frontier(seen(graph, learner_of(phase(1), known="html"))) == ("css",)
    assert frontier(seen(graph, learner_of(phase(1), known="html, css"))) == ("react", "redux")


def test_an_empty_phase_passes_on_what_it_requires() -> None:
    graph = graph_of("", phases=["html", "", "react"], chain=True)
    assert path(graph, learner_of(phase(2))) == ["html", "react"]


def test_a_topic_may_require_a_phase_of_a_roadmap() -> None:
    graph = graph_of(f"exam -> {phase(0)}", phases=["a, b", "exam"])
    assert path(graph, learner_of("exam")) == ["exam"]
    assert path(graph, learner_of("exam"), roadmap=R) == ["a", "b", "exam"]


def test_a_topic_in_two_phases_belongs_to_the_earlier_one_and_closes_no_cycle() -> None:
    graph = graph_of("", phases=["git, html", "css", "git, react"], chain=True)
    assert proposed_cuts(graph) == ()
    assert path(graph, learner_of(R)) == ["git", "html", "css", "react"]


def test_two_modules_of_fifty_topics_cost_about_a_hundred_edges() -> None:
    graph = graph_of("", phases=[", ".join(f"{m}{n:02d}" for n in range(50)) for m in "ab"], chain=True)
    here = seen(graph, learner_of(phase(1)))
    assert len(here.needed) == 100
    assert sum(map(len, here.steps.before)) == 101
    assert len(here.before["b00"]) == 50


def test_adding_a_roadmap_does_not_lengthen_the_path_to_a_topic() -> None:
    alone = graph_of("react -> js")
    covered = graph_of("react -> js", phases=["physics", "maths, js", "react"], chain=True)
    assert path(alone, learner_of("react")) == path(covered, learner_of("react"))


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
