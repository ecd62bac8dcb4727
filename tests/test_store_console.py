"""The contract of the console, run on both engines: what it answers, refuses and stops."""

from __future__ import annotations

import pytest
from archives import chain, containers

from graph.errors import BadQueryError, QueryTimeoutError, RefusedQueryError
from graph.evidence import Archive
from graph.store.changes import difference
from graph.store.rows import Rows, to_rows
from graph.store.store import Store


def write(store: Store, archive: Archive) -> None:
    """Fill an empty store."""
    store.apply(difference(Rows(), to_rows(archive), 0))


def test_the_console_answers_plain_values(store: Store) -> None:
    write(store, containers())
    table = store.console(
        "MATCH (t:Topic {id: $id})-[r:REQUIRES]->(p:Topic) RETURN p.title AS title, r.confidence AS sure, "
        "[1, 'x'] AS list ORDER BY title",
        {"id": "docker"},
    )
    assert table.columns == ("title", "sure", "list")
    assert [dict(row) for row in table.rows] == [
        {"title": "Filesystem", "sure": 1.0, "list": [1, "x"]},
        {"title": "Processes", "sure": 0.9, "list": [1, "x"]},
    ]
    assert not table.truncated


def test_nodes_edges_and_paths_become_plain_values(store: Store) -> None:
    write(store, chain(["a", "b"]))
    (row,) = store.console("MATCH p = (b:Topic {id: 'b'})-[r:REQUIRES]->(a) RETURN a, r, p").rows
    assert (row["a"]["labels"], row["a"]["id"]) == (["Topic"], "a")
    assert (row["r"]["type"], row["r"]["origin"]) == ("REQUIRES", "stated")
    assert [node["id"] for node in row["p"]["nodes"]] == ["b", "a"]
    assert [edge["type"] for edge in row["p"]["edges"]] == ["REQUIRES"]


def test_the_console_reads_one_row_more_than_it_shows(store: Store) -> None:
    write(store, chain(["a", "b", "c"]))
    query = "MATCH (t:Topic) RETURN t.id AS id ORDER BY id"
    capped = store.console(query, max_rows=2)
    assert ([row["id"] for row in capped.rows], capped.truncated) == (["a", "b"], True)
    assert not store.console(query, max_rows=3).truncated


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Topic {id: 'x'})",
        "MERGE (n:Topic {id: 'x'}) RETURN n",
        "MATCH (t:Topic) SET t.title = 'x'",
        "MATCH (t:Topic) SET t:Other RETURN t",
        "MATCH (t:Topic) REMOVE t.title",
        "MATCH (t:Topic) DETACH DELETE t",
        "MATCH ()-[r:REQUIRES]->() DELETE r",
        "CALL { CREATE (n:Topic {id: 'x'}) } RETURN 1 AS one",
        "FOREACH (i IN [1] | CREATE (n:Topic {id: 'x'}))",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'https://example.org/x.csv' AS line RETURN line",
        "DROP CONSTRAINT topic_id",
        "CREATE INDEX t IF NOT EXISTS FOR (n:Topic) ON (n.title)",
        "// look\n EXPLAIN MATCH (n) RETURN n",
        "PROFILE MATCH (n) RETURN n",
    ],
)
def test_the_console_refuses_to_write(store: Store, text: str) -> None:
    write(store, chain(["a", "b"]))
    with pytest.raises(RefusedQueryError):
        store.console(text)
    assert store.rows() == to_rows(chain(["a", "b"]))


@pytest.mark.parametrize("text", ["MATCH (t:Topic", "RETURN nothing", "MATCH (a) RETURN a; MATCH (b) RETURN b", ""])
def test_a_query_that_is_not_understood_is_explained(store: Store, text: str) -> None:
    write(store, chain(["a", "b"]))
    with pytest.raises(BadQueryError) as bad:
        store.console(text)
    assert len(bad.value.message) > len("The query is not understood: ")


def test_a_query_that_takes_too_long_is_stopped(store: Store) -> None:
    write(store, chain([f"t{number:03}" for number in range(120)]))
    endless = (
        "MATCH (a:Topic), (b:Topic), (c:Topic), (d:Topic), (e:Topic) WHERE a.id + b.id = c.id + d.id + e.id RETURN a"
    )
    store.console("RETURN 1 AS warm")
    with pytest.raises(QueryTimeoutError):
        store.console(endless, timeout_s=1.0)
    assert store.console("MATCH (t:Topic) RETURN count(t) AS n").rows[0]["n"] == 120


def test_the_documented_queries_give_the_same_on_both(store: Store) -> None:
    write(store, containers())
    store.mark("me", ["processes", "filesystem"], "known")
    needed = "MATCH (g:Topic {id: $id})-[:REQUIRES*1..]->(p:Topic) RETURN DISTINCT p.id AS id ORDER BY id"
    assert [row["id"] for row in store.console(needed, {"id": "kubernetes"}).rows] == [
        "docker",
        "filesystem",
        "processes",
    ]
    choices = (
        "MATCH (t:Topic)-[:REQUIRES_ONE_OF]->(c:Choice)-[:OPTION]->(o:Topic) RETURN t.id AS t, o.id AS o ORDER BY o"
    )
    assert [row["o"] for row in store.console(choices).rows] == ["aws", "azure"]
    frontier = (
        "MATCH (l:Learner {id: 'me'})-[:KNOWS]->(k:Topic)<-[:REQUIRES]-(t:Topic) WITH l, t, count(DISTINCT k) AS have "
        "MATCH (t)-[:REQUIRES]->(p:Topic) WITH l, t, have, count(DISTINCT p) AS need "
        "WHERE have = need AND NOT (l)-[:KNOWS]->(t) RETURN t.id AS id"
    )
    assert [row["id"] for row in store.console(frontier).rows] == ["docker"]
