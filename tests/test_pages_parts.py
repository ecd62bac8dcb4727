"""The parts of the pages that need no page: escaping, rows of the catalogue, suggested goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from archives import chain, containers

from app.services.topics import topic_rows
from app.services.world import World
from app.web.badges import BADGES
from app.web.catalogue_rows import SORTS, Wanted, cells, matching, names
from app.web.plain import plain
from app.web.suggested_goals import suggested_roadmaps, suggested_topics
from graph.evidence import Archive
from graph.learner import Goal, Learner, Mark
from graph.model import Requirement, Topic
from graph.store.reader import GraphState, Snapshot

GOAL = Goal(id="me:kubernetes", name="Kubernetes", targets=("kubernetes",))


def world(archive: Archive, *goals: Goal, **marks: Mark) -> World:
    learner = Learner(goals=goals, marks=marks)
    return World(Snapshot(archive.graph, GraphState(1, incomplete=False, schema=1)), learner, date(2026, 1, 1))


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Docker & Podman", "Docker & Podman"),
            ("a\nb  c", "a b c"),
            ("*args", r"\*args"),
            ("[x](javascript:alert)", r"\[x\](javascript:alert)"),
            ("<b>", r"\<b\>"),
            ("- not a list", r"\- not a list"),
            ("Python: typing", "Python: typing"),
        ],
    )
    def test_markup_is_text(self, text: str, expected: str) -> None:
        assert plain(text) == expected

    @pytest.mark.parametrize("text", [":material/home:", ":smile:", ":red[x]", "1. not a list"])
    def test_streamlits_own_words_are_text_too(self, text: str) -> None:
        assert "\u2060" in plain(text)


class TestCatalogueRows:
    def test_search_looks_at_titles_other_names_and_phases(self) -> None:
        rows = topic_rows(world(containers()))
        assert [row.id for row in matching(rows, Wanted(text="ENGINE docker"))] == ["docker"]
        assert {row.id for row in matching(rows, Wanted(text="one"))} == {r.id for r in rows if "One" in r.phases}

    def test_filters_narrow_together(self) -> None:
        rows = topic_rows(world(containers(), GOAL, processes="known"))
        assert [row.id for row in matching(rows, Wanted(states=["known"]))] == ["processes"]
        assert not matching(rows, Wanted(states=["known"], phase="Two"))
        assert not matching(rows, Wanted(roadmap="No such roadmap"))

    @pytest.mark.parametrize("sort", SORTS)
    def test_every_order_keeps_all_rows(self, sort: str) -> None:
        rows = topic_rows(world(containers(), GOAL))
        assert {row.id for row in matching(rows, Wanted(sort=sort))} == {row.id for row in rows}

    def test_the_path_comes_first_by_step(self) -> None:
        rows = matching(topic_rows(world(containers(), GOAL)), Wanted(sort="Step on my path"))
        steps = [row.step for row in rows]
        assert steps[:6] == [1, 2, 3, 4, 5, 6]
        assert set(steps[6:]) == {None}

    def test_a_state_is_a_sign_and_a_word(self) -> None:
        table = cells(topic_rows(world(containers())))
        signs = {badge.sign for badge in BADGES.values()}
        assert len(signs) == len(BADGES)
        assert all(state.split(" ", 1)[0] in signs for state in table["State"])

    def test_names_are_sorted_and_single(self) -> None:
        assert names([("b", "A"), ("a", "A")]) == ["A", "a", "b"]


class TestSuggestedGoals:
    def test_far_ends_are_offered(self) -> None:
        assert suggested_topics(world(containers())) == ("kubernetes",)

    def test_goals_and_known_topics_are_not(self) -> None:
        assert suggested_topics(world(containers(), GOAL)) == ()
        assert suggested_topics(world(containers(), kubernetes="known")) == ()

    def test_roadmaps_that_are_no_goal_yet(self) -> None:
        given = containers()
        (roadmap,) = given.graph.roadmaps
        assert suggested_roadmaps(world(given)) == (roadmap,)
        assert suggested_roadmaps(world(given, Goal(id="me:r", name="R", targets=(roadmap,)))) == ()

    def test_circles_end(self) -> None:
        given = chain(["A", "B", "C"])
        circle = (*given.graph.requires, *(Requirement(each.requires, each.topic) for each in given.graph.requires))
        assert suggested_topics(world(replace(given, graph=replace(given.graph, requires=circle)))) == ()

    def test_the_second_is_no_near_copy_of_the_first(self) -> None:
        topics = {name: Topic(id=name, title=name, effort_hours=hours) for name, hours in HOURS.items()}
        graph = replace(containers().graph, topics=topics, requires=REQUIRES, choices={}, parts=(), covers=())
        assert suggested_topics(world(Archive(graph=graph)), limit=2) == ("far", "other")


HOURS = {"base": 30.0, "far": 10.0, "near-copy": 9.0, "root": 20.0, "other": 15.0}
REQUIRES = (Requirement("far", "base"), Requirement("near-copy", "base"), Requirement("other", "root"))
