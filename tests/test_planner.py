"""What the planner answers, by examples. `a -> b` reads: a requires b."""

from __future__ import annotations

from datetime import date

import pytest
from planner_graphs import TODAY, R, graph_of, learner_of, notices, path, phase, planned, seen

from graph.learner import Goal, Learner
from graph.model import Graph
from graph.planner import assumed, frontier, plan, proposed_cuts, situation, states

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
    assert notices(here, "no-goal") == ["No goal is set, so the path covers every roadmap."]


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
