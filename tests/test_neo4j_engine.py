"""The engine for Neo4j by itself; what all engines share is in the contract test."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j import Driver
from neo4j.spatial import CartesianPoint
from neo4j.vector import Vector
from neo4j_server import Neo4jAddress

from graph.errors import (
    BadQueryError,
    BadStoreUrlError,
    QueryTimeoutError,
    RefusedQueryError,
    StoreFailedError,
    StoreUnreachableError,
    UnknownDatabaseError,
    UsageError,
    WrongPasswordError,
)
from graph.store.base import Table, Transaction
from graph.store.console_text import check_text
from graph.store.neo4j_console import check_plan, plain
from graph.store.neo4j_engine import Neo4jEngine

QUERIES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).resolve().parent / "neo4j" / "console.yaml").read_text("utf-8")
)


@pytest.fixture
def engine(neo4j_address: Neo4jAddress) -> Iterator[Neo4jEngine]:
    made = _engine(neo4j_address)
    made.write(
        lambda transaction: transaction.run("CREATE (:EngineTest {id: 'a'})-[:R {n: 1}]->(:EngineTest {id: 'b'})")
    )
    yield made
    made.write(lambda transaction: transaction.run("MATCH (n:EngineTest) DETACH DELETE n"))
    made.close()


def _engine(address: Neo4jAddress, **changed: str) -> Neo4jEngine:
    parts = {"url": address.url, "user": address.user, "password": address.password, "database": address.database}
    return Neo4jEngine(**{**parts, **changed})


def _ask(engine: Neo4jEngine, text: str, max_rows: int = 100, timeout_s: float = 20, **parameters: Any) -> Table:
    return engine.console(text, parameters, max_rows=max_rows, timeout_s=timeout_s)


def _refusal(engine: Neo4jEngine, text: str) -> type[UsageError] | None:
    try:
        _ask(engine, text)
    except UsageError as error:
        return type(error)
    return None


def _ids(engine: Neo4jEngine) -> list[str]:
    return [row["id"] for row in engine.read("MATCH (n:EngineTest) RETURN n.id AS id ORDER BY id")]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:7474",
        "neo4j:localhost",
        "bolt://",
        "bolt://:7687",
        "bolt://localhost:port",
        "bolt://localhost/neo4j",
        "bolt://localhost#x",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(BadStoreUrlError):
        Neo4jEngine(url, "neo4j", "", "neo4j")


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://neo4j:s3cret@localhost:7687",
        "neo4j://neo4j:s3cret/s3cret@localhost",
        "bolt://neo4j:s3cret#@s3cret@localhost",
        "http://neo4j:s3cret@localhost",
        "neo4j://localhost?password=s3cret",
    ],
)
def test_an_address_with_a_password_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(BadStoreUrlError) as caught:
        Neo4jEngine(url, "neo4j", "", "neo4j")
    assert "s3cret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_a_dead_port_is_an_error_within_seconds(scheme: str) -> None:
    start = time.monotonic()
    with pytest.raises(StoreUnreachableError, match=r"127\.0\.0\.1:1 "):
        Neo4jEngine(f"{scheme}://127.0.0.1:1", "neo4j", "", "neo4j").read("RETURN 1")
    assert time.monotonic() - start < 8


def test_a_port_that_says_nothing_is_an_error_within_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        start = time.monotonic()
        with pytest.raises(StoreUnreachableError):
            Neo4jEngine(f"bolt://127.0.0.1:{silent.getsockname()[1]}", "neo4j", "", "neo4j").info()
        assert time.monotonic() - start < 8


@pytest.mark.parametrize("text", QUERIES["refused_by_text"])
def test_the_text_alone_is_enough_to_refuse(text: str) -> None:
    with pytest.raises(RefusedQueryError):
        check_text(text)


@pytest.mark.parametrize("text", QUERIES["taken"])
def test_the_text_of_a_harmless_query_passes(text: str) -> None:
    check_text(text)


def test_without_a_plan_nothing_runs() -> None:
    with pytest.raises(RefusedQueryError, match="does not tell"):
        check_plan("r", None)


def test_the_plan_alone_is_enough_to_refuse_files_and_procedures() -> None:
    for operator, details in (("LoadCSV@neo4j", "l"), ("ProcedureCall@neo4j", "apoc.help($x) :: (name :: STRING)")):
        hidden = {
            "operatorType": "ProduceResults@neo4j",
            "children": [{"operatorType": operator, "args": {"Details": details}}],
        }
        with pytest.raises(RefusedQueryError):
            check_plan("r", hidden)


def test_values_without_a_plain_form_become_text() -> None:
    assert plain(bytearray(b"\x01\xff")) == "01ff"
    assert plain(CartesianPoint((1.0, 2.0))) == "point({srid: 7203, x: 1.0, y: 2.0})"
    assert plain(Vector.from_native([1.0, 2.0], "f32")) == [1.0, 2.0]


@pytest.mark.neo4j
def test_writes_and_reads(engine: Neo4jEngine) -> None:
    def work(transaction: Transaction) -> int:
        transaction.run("UNWIND $ids AS id CREATE (:EngineTest {id: id})", ids=["c", "d"])
        return len(transaction.run("MATCH (n:EngineTest) RETURN n.id AS id"))

    assert engine.write(work) == 4
    assert _ids(engine) == ["a", "b", "c", "d"]
    assert engine.read("RETURN $query AS query", query="not the text of the query") == [
        {"query": "not the text of the query"}
    ]


@pytest.mark.neo4j
def test_an_exception_of_the_work_rolls_back_and_passes_unchanged(engine: Neo4jEngine) -> None:
    mine = LookupError("mine")

    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:EngineTest {id: 'never'})")
        raise mine

    with pytest.raises(LookupError) as caught:
        engine.write(work)
    assert caught.value is mine
    assert _ids(engine) == ["a", "b"]


@pytest.mark.neo4j
def test_a_failing_statement_rolls_back_and_keeps_the_servers_words(engine: Neo4jEngine) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:EngineTest {id: 'never'})")
        transaction.run("RETURN 1 / 0 AS x")

    with pytest.raises(StoreFailedError, match="/ by zero"):
        engine.write(work)
    assert _ids(engine) == ["a", "b"]


@pytest.mark.neo4j
def test_threads_may_share_an_engine_and_lose_no_write(engine: Neo4jEngine) -> None:
    def work(transaction: Transaction) -> None:
        # Two nodes in a changing order: deadlocks, which the driver must retry.
        transaction.run("MATCH (n:EngineTest) WITH n ORDER BY rand() SET n.count = coalesce(n.count, 0) + 1")

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(engine.write, work) for _ in range(24)]:
            done.result()
    assert engine.read("MATCH (n:EngineTest) RETURN DISTINCT n.count AS n") == [{"n": 24}]


@pytest.mark.neo4j
def test_values_are_plain(engine: Neo4jEngine) -> None:
    rows = engine.read(
        "MATCH p = (a:EngineTest)-[r:R]->(b) RETURN a, r, p, [a, {b: b}] AS nested, null AS nothing, [1, 'x'] AS list,"
        " date('2024-02-29') AS day, time('10:00+01:00') AS time, duration('P1DT2H') AS length,"
        " datetime('2024-02-29T10:00:00[Europe/Berlin]') AS moment, point({x: 1, y: 2}) AS place, $raw AS raw",
        raw=b"\x00\xff",
    )
    a, b = {"labels": ["EngineTest"], "id": "a"}, {"labels": ["EngineTest"], "id": "b"}
    assert rows == [
        {
            "a": a,
            "r": {"type": "R", "n": 1},
            "p": {"nodes": [a, b], "edges": [{"type": "R", "n": 1}]},
            "nested": [a, {"b": b}],
            "nothing": None,
            "list": [1, "x"],
            "day": "2024-02-29",
            "time": "10:00:00.000000000+01:00",
            "length": "P1DT2H",
            "moment": "2024-02-29T10:00:00.000000000+01:00",
            "place": "point({srid: 7203, x: 1.0, y: 2.0})",
            "raw": "00ff",
        }
    ]


@pytest.mark.neo4j
def test_a_column_of_scalars_with_one_node_in_it_is_plain_too(engine: Neo4jEngine) -> None:
    rows = engine.read("MATCH (n:EngineTest {id: 'a'}) UNWIND [1, n, 'x'] AS value RETURN value")
    assert [row["value"] for row in rows] == [1, {"labels": ["EngineTest"], "id": "a"}, "x"]


@pytest.mark.neo4j
def test_schema_statements_run_one_by_one_and_again(engine: Neo4jEngine) -> None:
    statements = (
        "CREATE CONSTRAINT engine_test_id IF NOT EXISTS FOR (n:EngineTest) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX engine_test_n IF NOT EXISTS FOR (n:EngineTest) ON (n.n)",
    )
    try:
        engine.schema(statements)
        engine.schema(statements)
        states = engine.read("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'engine_test' RETURN state")
        assert states == [{"state": "ONLINE"}, {"state": "ONLINE"}]
    finally:
        engine.schema(("DROP CONSTRAINT engine_test_id IF EXISTS", "DROP INDEX engine_test_n IF EXISTS"))


@pytest.mark.neo4j
def test_info_names_the_server_and_close_is_harmless_twice(engine: Neo4jEngine, neo4j_address: Neo4jAddress) -> None:
    info = engine.info()
    assert (info.name, info.where) == ("neo4j", neo4j_address.url)
    assert info.version[0].isdigit()
    engine.close()
    engine.close()
    assert _ids(engine) == ["a", "b"]


@pytest.mark.neo4j
def test_a_wrong_password_is_told_and_not_shown(neo4j_address: Neo4jAddress) -> None:
    if not neo4j_address.password:
        pytest.skip("the given server runs without authentication")
    wrong = "s3cret-wrong"
    with pytest.raises(WrongPasswordError) as caught:
        _engine(neo4j_address, password=wrong).read("RETURN 1")
    assert wrong not in f"{caught.value!r} {caught.value.__cause__!r}"
    with pytest.raises(WrongPasswordError):
        _engine(neo4j_address, password="").read("RETURN 1")


@pytest.mark.neo4j
def test_an_unknown_database_is_told(neo4j_address: Neo4jAddress) -> None:
    for url in (neo4j_address.url, neo4j_address.url.replace("bolt", "neo4j", 1)):
        with pytest.raises(UnknownDatabaseError, match="nowhere"):
            _engine(neo4j_address, url=url, database="nowhere").read("RETURN 1")


@pytest.mark.neo4j
def test_a_routing_address_works(engine: Neo4jEngine, neo4j_address: Neo4jAddress) -> None:
    routed = _engine(neo4j_address, url=neo4j_address.url.replace("bolt", "neo4j", 1))
    assert _ids(routed) == ["a", "b"]
    routed.close()


@pytest.mark.neo4j
def test_the_console_binds_parameters_and_caps_rows(engine: Neo4jEngine) -> None:
    table = _ask(engine, "UNWIND range(1, $n) AS x RETURN x, x * 2 AS y", max_rows=3, n=1_000_000_000)
    assert table.columns == ("x", "y")
    assert table.rows == ({"x": 1, "y": 2}, {"x": 2, "y": 4}, {"x": 3, "y": 6})
    assert table.truncated
    assert table.elapsed_ms > 0
    whole = _ask(engine, "UNWIND range(1, 3) AS x RETURN x", max_rows=3)
    assert (len(whole.rows), whole.truncated) == (3, False)
    assert _ask(engine, "MATCH (n:EngineTest {id: 'a'}) RETURN n").rows == (
        {"n": {"labels": ["EngineTest"], "id": "a"}},
    )
    assert _ask(engine, "MATCH (n:EngineTest) FINISH").columns == ()


@pytest.mark.neo4j
@pytest.mark.parametrize("text", QUERIES["taken"])
def test_the_console_takes_what_only_reads(engine: Neo4jEngine, text: str) -> None:
    assert _ask(engine, text).columns


@pytest.mark.neo4j
def test_the_console_refuses_and_nothing_changed(engine: Neo4jEngine) -> None:
    def state() -> list[Any]:
        shown = engine.read("SHOW INDEXES YIELD name RETURN name ORDER BY name")
        return [engine.read("MATCH (n) RETURN count(n) AS n, count(n.id) AS ids"), shown, _ids(engine)]

    before = state()
    refused = {text: _refusal(engine, text) for text in QUERIES["refused_by_text"] + QUERIES["refused_by_plan"]}
    assert {text: kind for text, kind in refused.items() if kind is not RefusedQueryError} == {}
    rejected = {text: _refusal(engine, text) for text in QUERIES["refused_by_server"]}
    assert {text: kind for text, kind in rejected.items() if kind is not BadQueryError} == {}
    assert state() == before


@pytest.mark.neo4j
def test_a_write_that_gets_past_the_checks_is_stopped_by_the_session(
    engine: Neo4jEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.neo4j_console.check_plan", lambda *_: None)
    with pytest.raises(RefusedQueryError, match="would change"):
        _ask(engine, "CREATE (:EngineTest {id: 'never'})")
    assert _ids(engine) == ["a", "b"]


@pytest.mark.neo4j
def test_a_bad_query_is_told_with_its_place_in_the_users_text(engine: Neo4jEngine) -> None:
    with pytest.raises(BadQueryError, match=r"\(line 2, column 1\)") as caught:
        _ask(engine, "MATCH (n\nRETURN n")
    assert "EXPLAIN" not in str(caught.value)
    for text, parameters in (("RETURN $missing AS x", {}), ("RETURN $x AS x", {"x": 2**70}), ("RETURN 1/0 AS x", {})):
        with pytest.raises(BadQueryError):
            _ask(engine, text, **parameters)
    with pytest.raises(BadQueryError) as long:
        _ask(engine, "x" * 5000)
    assert len(str(long.value)) < 400


@pytest.mark.neo4j
def test_a_long_query_is_stopped(engine: Neo4jEngine) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="1 seconds"):
        _ask(engine, "UNWIND range(1, 100000000000) AS x RETURN count(x) AS n", timeout_s=1)
    assert time.monotonic() - start < 10
    assert _ask(engine, "RETURN 1 AS x").rows == ({"x": 1},)


@pytest.mark.neo4j
def test_threads_that_come_first_together_make_one_driver(
    neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Driver] = []
    engine = _engine(neo4j_address)
    make = engine._made

    def counted() -> Driver:
        made.append(make())
        return made[-1]

    monkeypatch.setattr(engine, "_made", counted)
    with ThreadPoolExecutor(4) as pool:
        assert len({info.version for info in pool.map(lambda _: engine.info(), range(8))}) == 1
    engine.close()
    assert len(made) == 1
