"""The pages as Streamlit runs them, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from archives import containers, topic
from streamlit.testing.v1 import AppTest

from app.services import reading
from app.settings import Settings
from app.web import empty
from graph.evidence import Archive
from graph.learner import Goal
from graph.store.changes import difference
from graph.store.rows import to_rows
from graph.store.store import Store

WEB = Path(__file__).parent.parent / "app" / "web"
TIMEOUT_S = 60


@pytest.fixture(autouse=True)
def _own_store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SKILLTRAIL_STORE", store_url)
    yield
    st.cache_resource.clear()


@pytest.fixture
def shared(embedded: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """One store for test and pages: an embedded folder is opened once in a process."""
    monkeypatch.setattr(Settings, "open", lambda _: embedded)
    return embedded


@pytest.fixture
def filled(shared: Store) -> Store:
    """Kubernetes needs Docker and one of two clouds; Docker needs the filesystem and processes."""
    write(shared, containers())
    return shared


@pytest.fixture
def with_goal(filled: Store) -> Store:
    filled.add_goal("me", Goal(id="me:kubernetes", name="Kubernetes", targets=("kubernetes",)))
    return filled


def write(store: Store, archive: Archive) -> None:
    store.apply(difference(store.rows(), to_rows(archive), store.state().version))


def opened(page: str = "explore", **address: str) -> AppTest:
    app = AppTest.from_file(str(WEB / "main.py"), default_timeout=TIMEOUT_S)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "explore":
        app.switch_page(f"page_{page}.py").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def words(app: AppTest) -> str:
    found = [*app.title, *app.markdown, *app.caption, *app.error, *app.info]
    return "\n".join(str(each.value) for each in found)


def view_switch(app: AppTest) -> Any:
    return app.get("segmented_control")[0]


def sent_to_map(app: AppTest) -> str:
    return " ".join(each.proto.json for each in app.get("bidi_component"))


class TestNothingRead:
    @pytest.mark.parametrize("page", ["explore", "path", "catalogue"])
    def test_every_page_says_what_to_do(self, page: str) -> None:
        app = opened(page)
        assert "Nothing was read yet" in words(app)
        assert "Read the sample roadmaps" in labels(app)
        assert app.code[0].value == "skilltrail ingest FOLDER"

    @pytest.mark.usefixtures("shared")
    def test_the_samples_are_one_click_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Found:
            topics, requirements = 8, 3

        def read(store: Store) -> Found:
            write(store, containers())
            return Found()

        monkeypatch.setattr(reading, "ingest_samples", read)
        app = press(opened(), "read-samples")
        assert "Nothing was read yet" not in words(app)
        assert app.toast[0].value == "8 topics and 3 requirements were read"


class TestNoGoal:
    @pytest.mark.usefixtures("filled")
    def test_explore_offers_goals_that_need_most(self) -> None:
        app = opened()
        assert "Start here" in words(app)
        assert labels(app)[0] == "Kubernetes"
        assert "Containers" in labels(app)

    @pytest.mark.usefixtures("filled")
    def test_there_is_no_path_to_show(self) -> None:
        assert view_switch(opened()).options == ["Everything", "Around topic"]

    @pytest.mark.usefixtures("filled")
    def test_nothing_is_on_a_path(self) -> None:
        assert "On my path" not in words(opened(topic="docker"))

    @pytest.mark.usefixtures("filled")
    def test_my_path_has_a_picker(self) -> None:
        app = opened("path")
        assert "No goal yet" in words(app)
        app.selectbox(key="path-pick").select("docker").run()
        assert app.title[0].value == "Path to Docker"
        assert app.toast[0].value == "Docker is now a goal"

    def test_choosing_a_goal_shows_the_path(self, filled: Store) -> None:
        app = press(opened(), "explore-start-kubernetes")
        assert app.session_state["explore-View"] == "path"
        assert "Goal: Kubernetes" in words(app)
        assert [goal.name for goal in filled.learner("me").goals] == ["Kubernetes"]


class TestExplore:
    @pytest.mark.usefixtures("with_goal")
    def test_the_goal_card_counts_and_names_the_next_topic(self) -> None:
        app = opened()
        assert app.progress[0].text.startswith("0 of 6 topics")
        assert any(label.startswith("Next: ") for label in labels(app))
        assert "Nothing selected" in words(app)

    @pytest.mark.usefixtures("with_goal")
    def test_marking_known_changes_next(self) -> None:
        app = opened()
        before = next(label for label in labels(app) if label.startswith("Next: "))
        press(app, "explore-next")
        press(app, "explore-known")
        after = next(label for label in labels(app) if label.startswith("Next: "))
        assert after != before
        assert app.toast[0].value == f"{before.removeprefix('Next: ')} is marked as known"

    def test_known_is_taken_back_by_the_same_button(self, with_goal: Store) -> None:
        app = press(opened(topic="processes"), "explore-known")
        assert app.button(key="explore-known").label == "Known"
        press(app, "explore-known")
        assert "processes" not in with_goal.learner("me").marks

    @pytest.mark.usefixtures("with_goal")
    def test_a_topic_shows_its_needs_with_receipts(self) -> None:
        app = opened(topic="docker")
        said = words(app)
        assert "An image is a filesystem." in said
        assert "> Requires: filesystem" in said
        assert "containers.md:3" in said
        assert "Kubernetes" in labels(app)

    @pytest.mark.usefixtures("with_goal")
    def test_choices_mark_the_option_taken(self) -> None:
        app = opened(topic="kubernetes")
        assert "**One of**" in words(app)
        assert "It runs somewhere." in words(app)
        assert "Aws · on my path" in labels(app)

    @pytest.mark.usefixtures("with_goal")
    def test_a_name_in_needs_selects_that_topic(self) -> None:
        app = press(opened(topic="docker"), "explore-needs-filesystem")
        assert "### Filesystem" in words(app)
        assert app.query_params["topic"] == "filesystem"
        assert '"focus": {"id": "filesystem"' in sent_to_map(app) or '"focus":{"id":"filesystem"' in sent_to_map(app)

    @pytest.mark.usefixtures("with_goal")
    def test_search_finds_by_other_names_too_and_moves_there(self) -> None:
        app = opened()
        find = app.selectbox(key="explore-find")
        assert "Docker · Docker Engine" in find.options
        find.select("docker").run()
        assert "### Docker" in words(app)

    @pytest.mark.usefixtures("with_goal")
    def test_a_topic_off_the_path_is_shown_where_it_is(self) -> None:
        app = opened()
        app.selectbox(key="explore-find").select("azure").run()
        assert app.query_params["view"] == "around"

    @pytest.mark.parametrize("given", ["no-such-topic", "<script>alert(1)</script>", ""])
    @pytest.mark.usefixtures("with_goal")
    def test_an_unknown_topic_in_the_address_is_ignored(self, given: str) -> None:
        app = opened(topic=given)
        assert "Nothing selected" in words(app)
        assert "topic" not in app.query_params

    @pytest.mark.usefixtures("with_goal")
    def test_an_unknown_view_in_the_address_is_ignored(self) -> None:
        assert view_switch(opened(view="hairball")).value == "path"

    def test_what_a_terminal_marks_shows_at_the_next_interaction(self, with_goal: Store) -> None:
        app = opened(topic="processes")
        with_goal.mark("me", ["processes"], "known")
        app.run()
        assert app.button(key="explore-known").label == "Known"

    def test_a_reached_goal_is_congratulated(self, with_goal: Store) -> None:
        with_goal.mark("me", ["kubernetes", "docker", "aws", "filesystem", "processes"], "known")
        assert "Goal reached." in words(opened())

    def test_removing_the_last_goal_starts_again(self, with_goal: Store) -> None:
        app = press(opened(topic="kubernetes"), "explore-goal")
        assert app.toast[0].value == "Kubernetes is no longer a goal"
        assert not with_goal.learner("me").goals

    def test_titles_are_never_read_as_markup(self, shared: Store) -> None:
        nasty = "**[x](javascript:1)** :red[y]\n# z"
        archive = containers()
        archive.graph.topics["docker"] = topic("docker", title=nasty)  # type: ignore[index]
        write(shared, archive)
        heading = next(m.value for m in opened(topic="docker").markdown if str(m.value).startswith("### "))
        assert "\n" not in heading
        assert r"\*\*\[x\]" in heading


class TestPath:
    @pytest.mark.usefixtures("with_goal")
    def test_steps_in_order_with_done_where_it_is_ready(self) -> None:
        app = opened("path")
        assert app.title[0].value == "Path to Kubernetes"
        assert [metric.value for metric in app.metric][:1] == ["6"]
        assert not app.button(key="path-done-processes").disabled
        assert app.button(key="path-done-kubernetes").disabled
        assert "Why next: " in words(app)

    @pytest.mark.usefixtures("with_goal")
    def test_done_takes_the_step_off(self) -> None:
        app = press(opened("path"), "path-done-processes")
        assert app.metric[0].value == "5"
        assert app.metric[2].value == "1 of 6"

    def test_hours_per_week_are_written(self, with_goal: Store) -> None:
        app = opened("path")
        app.number_input(key="path-hours").set_value(10.0).run()
        assert with_goal.learner("me").hours_per_week == 10.0
        assert app.metric[3].label == "At 10 h a week"

    @pytest.mark.usefixtures("with_goal")
    def test_steps_lead_to_the_map(self) -> None:
        assert "**Docker**" in [link.value for link in opened("path").page_link]

    def test_nothing_left(self, with_goal: Store) -> None:
        with_goal.mark("me", ["kubernetes", "docker", "aws", "filesystem", "processes"], "known")
        assert "Goal reached" in words(opened("path"))


class TestCatalogue:
    @pytest.mark.usefixtures("with_goal")
    def test_all_topics_with_empty_steps_off_the_path(self) -> None:
        table = opened("catalogue").dataframe[0].value
        assert list(table.columns) == ["Step", "Topic", "State", "Where", "Hours", "Needs"]
        assert len(table) == 8
        docker = table[table["Topic"] == "Docker"].iloc[0]
        assert docker["State"] == "# On my path"
        assert set(docker["Needs"].split(", ")) == {"Filesystem", "Processes"}

    @pytest.mark.usefixtures("with_goal")
    def test_search_and_filters(self) -> None:
        app = opened("catalogue")
        app.text_input(key="catalogue-search").set_value("engine").run()
        assert list(app.dataframe[0].value["Topic"]) == ["Docker"]
        app.text_input(key="catalogue-search").set_value("nothing like it").run()
        assert not app.dataframe
        assert "No topic matches" in app.info[0].value

    def test_the_panel_does_what_the_map_can(self, with_goal: Store) -> None:
        app = opened("catalogue")
        app.selectbox(key="catalogue-open").select("processes").run()
        press(app, "catalogue-known")
        assert with_goal.learner("me").marks == {"processes": "known"}
        press(app, "catalogue-goal")
        assert {goal.name for goal in with_goal.learner("me").goals} == {"Kubernetes", "Processes"}

    @pytest.mark.usefixtures("with_goal")
    def test_every_widget_has_a_label(self) -> None:
        app = opened("catalogue")
        widgets = [*app.text_input, *app.selectbox, *app.multiselect, *app.button]
        assert all(widget.label for widget in widgets)


class TestFailures:
    @pytest.mark.parametrize("page", ["explore", "path", "catalogue"])
    def test_a_store_that_is_down_is_a_sentence(self, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKILLTRAIL_STORE", "bolt://127.0.0.1:1")
        app = opened(page)
        assert "is not reachable" in app.error[0].value
        assert "Try again" in labels(app)

    def test_a_wrong_address_is_a_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKILLTRAIL_STORE", "ftp://x")
        assert "cannot be used" in opened().error[0].value

    @pytest.mark.usefixtures("filled")
    def test_a_bug_is_a_sentence_and_a_log_entry(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(empty, "offer_goals", broken)
        app = opened()
        assert "Something went wrong" in app.error[0].value
        assert "ZeroDivisionError" in caplog.text

    def test_a_failing_button_says_why(self, with_goal: Store) -> None:
        app = opened(topic="docker")
        write(with_goal, Archive(sources=containers().sources))
        press(app, "explore-known")
        assert "There is no topic called" in words(app)
