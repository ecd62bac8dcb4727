"""`ingest --dry-run`, `--import-ticks`, `--watch` and `topics --merged` in a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main
from app.services.watching import is_wanted

ONE = """\
# Streams

- **Apache Kafka** (8 h) – a log of events
- **Test-driven development (TDD)** – tests first
- **Stream processing** – sums that never end
  - Requires: Apache Kafka
"""
TWO = """\
# My list

- [x] Kafka
- [ ] TDD
- [x] Kubernetes
- [ ] Kuberentes operators
- [ ] Kubernetes operators
"""


@pytest.fixture
def here(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "one.md").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.md").write_text(TWO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILLTRAIL_STORE", store_url)
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capfd.readouterr()
    return code, out, err


def test_a_dry_run_shows_what_would_change(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "ingest", "one.md", "--dry-run")
    assert (code, err) == (0, "")
    assert out == (
        "new  one.md  3 topics  1 requirement\n"
        "    + Apache Kafka, Stream processing, Test-driven development\n"
        "    + Stream processing needs Apache Kafka\n"
        "3 topics, 1 requirement in the graph (+3 topics, +1 requirement; dry run, nothing written)\n"
    )
    assert run(capfd, "topics")[1] == ""


def test_a_dry_run_ends_with_one_when_a_document_has_an_error(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "empty.md").write_bytes(b"")
    assert run(capfd, "ingest", ".", "--dry-run")[0] == 1


def test_ticks_are_taken_over_and_never_back(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "ingest", "one.md")
    would = run(capfd, "ingest", ".", "--import-ticks", "--dry-run")[1].splitlines()[-1]
    assert would == "Would be marked as known, because ticked: 2 topics (Apache Kafka, Kubernetes)"
    assert json.loads(run(capfd, "topics", "--learner-state", "known", "--json")[1])["topics"] == []
    _, out, _ = run(capfd, "ingest", ".", "--import-ticks")
    assert out.splitlines()[-1] == "Marked as known, because ticked: 2 topics (Apache Kafka, Kubernetes)"
    known = json.loads(run(capfd, "topics", "--learner-state", "known", "--json")[1])["topics"]
    assert [topic["id"] for topic in known] == ["apache-kafka", "kubernetes"]
    (here / "two.md").write_text(TWO.replace("[x] Kafka", "[ ] Kafka"), encoding="utf-8")
    assert run(capfd, "ingest", ".", "--import-ticks")[1].splitlines()[-1] == "No tick was new."
    assert len(json.loads(run(capfd, "topics", "--learner-state", "known", "--json")[1])["topics"]) == 2


def test_a_tick_does_not_outrank_what_the_learner_said(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "ingest", ".")
    run(capfd, "mark", "unknown", "Kafka")
    found = json.loads(run(capfd, "ingest", ".", "--import-ticks", "--json")[1])
    assert found["ticks_imported"] == ["Kubernetes"]


def test_topics_that_were_merged_and_perhaps_the_same(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "ingest", ".")
    _, out, err = run(capfd, "topics", "--merged")
    assert err == ""
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "2 topics are written in several ways",
        "",
        "Apache Kafka one.md",
        "= Kafka vendor-prefix two.md",
        "",
        "Test-driven development one.md",
        "= TDD acronym two.md",
        "",
        "Perhaps the same",
        "",
        "Kuberentes operators ~ Kubernetes operators they differ by one letter 0.85",
    ]
    found = json.loads(run(capfd, "topics", "--merged", "--json")[1])
    assert found["merged"][0] == {
        "id": "apache-kafka",
        "title": "Apache Kafka",
        "documents": ["one.md"],
        "others": [{"title": "Kafka", "rule": "vendor-prefix", "documents": ["two.md"]}],
    }
    assert found["perhaps"][0]["reason"] == "typo"
    assert run(capfd, "topics", "--merged", "--search", "x")[0] == 2


def test_the_rule_is_in_the_graph(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "ingest", ".")
    query = "MATCH (m:Mention)-[n:NAMES]->(t:Topic {id: 'apache-kafka'}) RETURN n.method AS rule ORDER BY rule"
    rows = json.loads(run(capfd, "query", query, "--json")[1])["rows"]
    assert [row["rule"] for row in rows] == ["exact", "vendor-prefix"]


def test_what_changed_is_said_by_name(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "ingest", "one.md")
    run(capfd, "mark", "known", "tdd")
    text = ONE.replace("Stream processing", "Stream processing basics").replace("8 h", "9 h")
    text = text.replace("- **Test-driven development (TDD)** – tests first\n", "- **Windows** – pieces of a stream\n")
    (here / "one.md").write_text(text, encoding="utf-8")
    code, out, _ = run(capfd, "ingest", "one.md")
    assert code == 0
    assert out.splitlines()[1:5] == [
        "    + Windows",
        "    renamed Stream processing → Stream processing basics",
        "    changed Apache Kafka",
        "    kept as retired Test-driven development",
    ]


def test_watching_goes_with_neither_json_nor_a_dry_run(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "ingest", "one.md", "--watch", "--dry-run")[0] == 2
    assert run(capfd, "ingest", "one.md", "--watch", "--json")[0] == 2
    assert run(capfd, "ingest", "--samples", "--watch")[0] == 2


def test_which_files_are_watched(tmp_path: Path) -> None:
    given = [tmp_path / "notes", tmp_path / "one.md"]
    assert is_wanted(tmp_path / "one.md", given)
    assert not is_wanted(tmp_path / "two.md", given)
    assert is_wanted(tmp_path / "notes" / "deep" / "x.md", given)
    assert not is_wanted(tmp_path / "notes" / ".git" / "x.md", given)
    assert not is_wanted(tmp_path / "notes" / "x.png", given)


def test_watching_reads_again_and_ends_with_ctrl_c(here: Path) -> None:
    root = Path(__file__).parent.parent
    program = "import sys; from app.cli import main; sys.exit(main())"
    started = subprocess.Popen(
        [sys.executable, "-u", "-c", program, "ingest", "one.md", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert started.stdout is not None
    try:
        lines = iter(started.stdout.readline, "")
        assert any("Watching" in line for line in lines)
        time.sleep(1)  # the watcher begins after it said so
        (here / "one.md").write_text(ONE + "- **Windows** – pieces of a stream\n", encoding="utf-8")
        assert next(lines) == "changed  one.md  + Windows\n"
        started.send_signal(signal.SIGINT)
        assert started.wait(timeout=30) == 130
    finally:
        started.kill()
        started.stdout.close()
