"""The contract of the store, run on both engines, the second a real Neo4j; the console's is in its own file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from archives import DOCUMENT, ROADMAP, chain, containers, topic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import StoreConflictError
from graph.evidence import Archive
from graph.learner import Goal, Learner
from graph.model import Graph, Requirement
from graph.store import reader, writer
from graph.store.base import Transaction
from graph.store.changes import difference
from graph.store.rows import Rows, to_rows
from graph.store.store import Store


def write(store: Store, archive: Archive) -> None:
    """Make the store hold this archive."""
    store.apply(difference(store.rows(), to_rows(archive), store.state().version))


# an empty store


def test_an_empty_store_reads_as_empty(store: Store) -> None:
    assert store.state().version == 0
    assert not store.state().incomplete
    assert store.snapshot().graph == Graph()
    assert store.rows() == Rows()
    assert store.documents() == ()
    assert store.learner("me") == Learner(id="me")
    assert store.learner_ids() == ()


def test_reading_a_learner_creates_nobody(store: Store) -> None:
    write(store, containers())
    store.learner("ada")
    assert store.learner_ids() == ()


# the graph


def test_what_was_written_is_read_again(store: Store) -> None:
    archive = containers()
    write(store, archive)
    found = store.snapshot().graph
    assert found.topics == archive.graph.topics
    assert found.phases == archive.graph.phases
    assert found.sections == archive.graph.sections
    assert found.roadmaps == archive.graph.roadmaps
    assert found.choices == archive.graph.choices
    for kind in ("requires", "recommends", "proposed", "parts", "loose_parts", "covers", "inside"):
        assert sorted(getattr(found, kind)) == sorted(getattr(archive.graph, kind)), kind
    assert store.rows() == to_rows(archive)


def test_an_unchanged_graph_is_no_change(store: Store) -> None:
    write(store, containers())
    assert not difference(store.rows(), to_rows(containers()), 1)


def test_a_change_writes_only_what_differs(store: Store) -> None:
    """Docker loses its effort and one requirement, YAML goes, Podman comes."""
    write(store, containers())
    before = containers()
    topics = {key: each for key, each in before.graph.topics.items() if key != "yaml"}
    topics["docker"] = topics["docker"].model_copy(update={"effort_hours": None, "summary": "Changed."})
    topics["podman"] = topic("podman")
    graph = replace(before.graph, topics=topics, requires=before.graph.requires[1:], recommends=(), loose_parts=())
    after = replace(before, graph=graph)
    changes = difference(store.rows(), to_rows(after), store.state().version)
    assert changes.count == 6
    assert store.apply(changes) == 2
    assert store.rows() == to_rows(after)
    assert store.snapshot().graph.topics["docker"].effort_hours is None


def test_a_difference_from_an_older_graph_is_a_conflict_and_changes_nothing(store: Store) -> None:
    write(store, containers())
    late = difference(Rows(), to_rows(chain(["a", "b"])), 0)
    with pytest.raises(StoreConflictError):
        store.apply(late)
    assert store.rows() == to_rows(containers())
    assert store.state().version == 1


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    write(store, chain(["a", "b"]))

    def fail(transaction: Transaction) -> None:
        transaction.run("CREATE (t:Topic {id: 'half'})")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.engine.write(fail)
    assert set(store.snapshot().graph.topics) == {"a", "b"}


def test_an_id_exists_once(store: Store) -> None:
    write(store, chain(["a", "b"]))
    with pytest.raises(Exception, match=r"(?i)already exists|duplicated"):
        store.engine.write(lambda transaction: transaction.run("CREATE (t:Topic {id: 'a'})"))


def test_a_large_write_that_is_interrupted_says_so_and_is_completed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a number of rows the graph is written in batches; the third one fails here."""
    write(store, chain(["a", "b"]))
    store.mark("me", ["a"], "known")
    monkeypatch.setattr(writer, "ONE_TRANSACTION", 3)
    monkeypatch.setattr(writer, "BATCH", 2)
    target = chain([f"t{number}" for number in range(9)])
    changes = difference(store.rows(), to_rows(target), store.state().version)
    with monkeypatch.context() as patch:
        patch.setattr(store.engine, "write", failing_after(3, store.engine.write))
        with pytest.raises(InterruptedError):
            store.apply(changes)
    assert store.state().incomplete
    store.mark("me", ["a"], "learning")
    monkeypatch.setattr(reader, "LIVE_S", 0.0)  # the interrupted writer is known to be dead
    write(store, target)
    assert not store.state().incomplete
    kept = {key for key, each in store.snapshot().graph.topics.items() if each.state != "retired"}
    assert kept == set(target.graph.topics)


def failing_after(calls: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, interrupted at a later call."""
    made = 0

    def call(*arguments: Any) -> Any:
        nonlocal made
        made += 1
        if made > calls:
            raise InterruptedError
        return work(*arguments)

    return call


def test_a_topic_somebody_has_a_state_on_is_retired_not_removed(store: Store) -> None:
    write(store, chain(["a", "b", "c"]))
    store.mark("me", ["c"], "known")
    write(store, chain(["a", "b"]))
    topics = store.snapshot().graph.topics
    assert topics["c"].state == "retired"
    assert store.learner("me").marks == {"c": "known"}


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_graph_turns_into_any_other(store: Store, data: st.DataObject) -> None:
    """Whatever two graphs there are, the difference turns one into the other."""
    for archive in (data.draw(archives()), data.draw(archives())):
        write(store, archive)
        assert store.rows() == to_rows(archive)


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    titles = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    ids = draw(st.lists(st.sampled_from("abcdefg"), unique=True, max_size=6))
    topics = {key: topic(key, title=draw(titles), effort_hours=draw(st.none() | st.just(2.5))) for key in sorted(ids)}
    pairs = (
        draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), unique=True, max_size=8)) if ids else []
    )
    return Archive(graph=Graph(topics=topics, requires=tuple(Requirement(a, b) for a, b in sorted(pairs) if a != b)))


@pytest.mark.parametrize("title", ["'); MATCH (n) DETACH DELETE n //", '"`}) {$rows', "İstanbul 日本語 🚀", "a\nb"])
def test_titles_are_data(store: Store, title: str) -> None:
    archive = Archive(graph=Graph(topics={"x": topic("x", title=title, summary=title, aliases=(title,))}))
    write(store, archive)
    assert store.snapshot().graph.topics["x"].title == title


# the evidence


def test_receipts_name_the_file_the_lines_and_the_words(store: Store) -> None:
    write(store, containers())
    (receipt,) = store.receipts("docker", ["filesystem", "kubernetes"])["filesystem"]
    assert (receipt.path, receipt.line_start, receipt.quote) == (
        "/home/ada/notes/containers.md",
        3,
        "Requires: filesystem",
    )
    assert receipt.reason == "An image is a filesystem."
    one, two = f"{ROADMAP}#phase/one", f"{ROADMAP}#phase/two"
    assert store.receipts(two, [one])[one]


def test_mentions_documents_and_links_come_back(store: Store) -> None:
    write(store, containers())
    assert [(place.text, place.line_start) for place in store.mentions("docker")] == [("**Docker**", 2)]
    assert store.documents() == (DOCUMENT,)
    assert [source.id for source in store.sources()] == ["notes"]
    assert store.resources("docker") == (("https://example.org/docker", "A course", "course"),)


# learners


def test_a_mark_replaces_the_one_before(store: Store) -> None:
    write(store, containers())
    store.mark("me", ["docker", "processes"], "known")
    store.mark("me", ["docker"], "skipped")
    me = store.learner("me")
    assert me.marks == {"docker": "skipped", "processes": "known"}
    assert (me.version, store.learner_version("me"), me.last_topic) == (2, 2, "docker")
    store.mark("me", ["docker"], None)
    assert store.learner("me").marks == {"processes": "known"}


def test_every_mark_is_noted_in_the_history(store: Store) -> None:
    write(store, containers())
    store.mark("me", ["docker"], "learning")
    store.mark("me", ["docker"], "known")
    table = store.console(
        "MATCH (:Learner {id: 'me'})-[:DID]->(e:Event) RETURN e.topic_id AS topic, e.before AS before, "
        "e.after AS after ORDER BY after DESC"
    )
    assert [tuple(row.values()) for row in table.rows] == [("docker", "", "learning"), ("docker", "learning", "known")]


def test_goals_point_at_topics_phases_and_roadmaps(store: Store) -> None:
    write(store, containers())
    first = Goal(id="me:kubernetes", name="Kubernetes", targets=("kubernetes",), weight=2.0, deadline=date(2027, 3, 1))
    second = Goal(id="me:all", name="All", targets=tuple(sorted((ROADMAP, f"{ROADMAP}#phase/one"))))
    store.add_goal("me", first)
    store.add_goal("me", second)
    assert set(store.learner("me").goals) == {first, second}
    store.remove_goal("me", first.id)
    assert store.learner("me").goals == (second,)


def test_learners_are_apart(store: Store) -> None:
    write(store, containers())
    store.mark("ada", ["docker"], "known")
    store.wish("bob", "pins", ["docker"], on=True)
    store.wish("bob", "prefers", ["azure"], on=True)
    store.wish("bob", "prefers", ["azure"], on=False)
    store.set_profile("bob", hours_per_week=10.0, name="Bob")
    bob = store.learner("bob")
    assert not bob.marks
    assert not bob.prefers
    assert bob.pins == frozenset({"docker"})
    assert bob.hours_per_week == 10.0
    assert store.learner_ids() == ("ada", "bob")
    assert store.held_topics() == {"docker"}


def test_reading_documents_again_leaves_learners_alone(store: Store) -> None:
    write(store, containers())
    store.mark("me", ["docker"], "known")
    graph_version = store.state().version
    write(store, chain(["docker", "podman"]))
    assert store.learner("me").marks == {"docker": "known"}
    assert store.state().version == graph_version + 1


MARK_FROM_OUTSIDE = """
import sys
from graph.store.open import open_store
url, user, password, database = sys.argv[1:]
store = open_store(url, user=user, password=password, database=database)
store.mark("me", ["docker"], "known")
store.close()
"""


def test_another_process_may_write_while_this_one_has_the_store_open(
    store: Store, request: pytest.FixtureRequest, store_url: str
) -> None:
    write(store, containers())
    assert store.learner("me").marks == {}
    address = [store_url, "", "", "neo4j"]
    if store.info().name == "neo4j":
        server = request.getfixturevalue("neo4j_address")
        address = [server.url, server.user, server.password, server.database]
    subprocess.run([sys.executable, "-c", MARK_FROM_OUTSIDE, *address], check=True, timeout=60)
    assert store.learner("me").marks == {"docker": "known"}


# two writers


def test_a_second_large_write_does_not_mix_with_the_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process reads the graph between two batches and writes: the first writer stops, nothing is doubled."""
    monkeypatch.setattr(writer, "ONE_TRANSACTION", 3)
    monkeypatch.setattr(writer, "BATCH", 2)
    monkeypatch.setattr(reader, "LIVE_S", 0.0)
    target = chain([f"t{number}" for number in range(9)])
    whole = engine_write = store.engine.write
    calls = 0

    def interleaved(work: Callable[..., Any]) -> Any:
        nonlocal calls
        calls += 1
        if calls == 8:
            monkeypatch.setattr(store.engine, "write", engine_write)
            write(store, target)
        return whole(work)

    monkeypatch.setattr(store.engine, "write", interleaved)
    with pytest.raises(StoreConflictError):
        write(store, target)
    assert calls == 8
    assert not store.state().incomplete
    doubled = "MATCH (a)-[r:REQUIRES]->(b) WITH a.id AS a, b.id AS b, count(r) AS n WHERE n > 1 RETURN a, b, n"
    assert store.console(doubled).rows == ()
    assert store.rows() == to_rows(target)


def test_a_writer_of_batches_is_not_disturbed_while_it_lives(store: Store) -> None:
    write(store, chain(["a", "b"]))
    store.engine.write(lambda transaction: transaction.run("MATCH (m:Meta) SET m.incomplete = true"))
    with pytest.raises(StoreConflictError):
        write(store, chain(["a", "b", "c"]))


def test_a_retired_topic_that_is_let_go_leaves_for_good(store: Store) -> None:
    write(store, chain(["a", "b", "c"]))
    store.mark("me", ["c"], "known")
    write(store, chain(["a", "b"]))
    store.mark("me", ["c"], None)
    write(store, chain(["a", "b"]))
    assert set(store.snapshot().graph.topics) == {"a", "b"}
    assert not difference(store.rows(), to_rows(chain(["a", "b"])), store.state().version)


def test_a_topic_that_is_a_goal_is_retired_not_removed(store: Store) -> None:
    write(store, chain(["a", "b", "c"]))
    store.add_goal("me", Goal(id="me:c", name="C", targets=("c",)))
    write(store, chain(["a", "b"]))
    assert store.snapshot().graph.topics["c"].state == "retired"


def test_a_store_that_is_made_again_is_another_one(store: Store) -> None:
    write(store, chain(["a", "b"]))
    before = store.state()
    store.engine.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
    write(store, chain(["a", "b"]))
    assert store.state().version == before.version
    assert store.state().store_id != before.store_id
