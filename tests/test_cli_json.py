"""`--json`: the shapes that DESIGN section 11 promises, and errors as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli_transcripts import NOTES, WEB

from app.cli import main
from app.services.learning import MARK_WORDS


class Terminal:
    """Runs commands in a folder with two roadmaps."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = main(arguments)
        out, err = self._capfd.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> Any:
        """What a command that succeeds prints, with nothing on stderr."""
        code, out, err = self.run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def terminal(
    tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Terminal:
    (tmp_path / "web.md").write_text(WEB, encoding="utf-8")
    (tmp_path / "containers.md").write_text(NOTES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILLTRAIL_STORE", store_url)
    made = Terminal(capfd)
    made.run("ingest", ".")
    return made


def test_next(terminal: Terminal) -> None:
    terminal.run("goal", "add", "HTTP")
    found = terminal.json("next", "--limit", "1")
    assert found.keys() == {"learner", "goals", "suggestions", "notices"}
    assert found["learner"] == "me"
    assert found["goals"] == [{"id": "me:http", "title": "HTTP"}]
    [first] = found["suggestions"]
    assert first.keys() == {"id", "title", "rank", "effort_hours", "reasons"}
    assert (first["id"], first["rank"], first["effort_hours"]) == ("command-line", 1, 2.0)
    assert all(reason.keys() == {"part", "value", "text"} for reason in first["reasons"])


def test_path(terminal: Terminal) -> None:
    found = terminal.json("path", "HTTP")
    assert found.keys() == {"learner", "goals", "entries", "total_hours", "cuts", "notices"}
    assert [(entry["step"], entry["id"], entry["for"], entry["requires"]) for entry in found["entries"]] == [
        (1, "command-line", ["me:http"], []),
        (2, "networking", ["me:http"], ["command-line"]),
        (3, "http", ["me:http"], ["networking"]),
    ]
    assert found["total_hours"] == 12.0
    assert all("for_" not in entry for entry in found["entries"])


def test_the_first_step_is_the_first_suggestion(terminal: Terminal) -> None:
    assert terminal.json("path")["entries"][0]["id"] == terminal.json("next")["suggestions"][0]["id"]


def test_why(terminal: Terminal) -> None:
    found = terminal.json("why", "Networking", "command line")
    assert (found["topic"], found["requires"]) == ("networking", "command-line")
    assert (found["status"], found["strength"], found["confidence"]) == ("accepted", "hard", 1.0)
    [claim] = found["claims"]
    promised = {"path", "line_start", "line_end", "quote", "rule", "origin", "confidence"}
    assert promised <= claim.keys()
    assert (claim["path"], claim["line_start"]) == ("web.md", 7)
    assert claim["quote"] in WEB.splitlines()[6]
    assert terminal.json("why", "Docker", "command line")["chain"] == ["docker", "http", "networking", "command-line"]


def test_topics(terminal: Terminal) -> None:
    rows = terminal.json("topics")["topics"]
    promised = {"id", "title", "aliases", "state", "learner_state", "roadmaps", "phases", "effort_hours"}
    assert all(promised <= row.keys() for row in rows)
    [docker] = terminal.json("topics", "--search", "docker")["topics"]
    assert (docker["roadmaps"], docker["learner_state"]) == (["Containers"], None)
    terminal.run("mark", "known", "HTTP")
    assert [row["id"] for row in terminal.json("topics", "--learner-state", "known")["topics"]] == ["http"]
    assumed = terminal.json("topics", "--learner-state", "assumed")["topics"]
    assert [row["id"] for row in assumed] == ["command-line", "networking"]


def test_parse(terminal: Terminal) -> None:
    [document] = terminal.json("parse", "web.md")["documents"]
    keys = {"path", "family", "roadmap", "phases", "topics", "requirements", "problems"}
    assert keys <= document.keys()
    assert document["roadmap"] == {"title": "Web backend"}
    phase = {"label", "title", "position", "weeks_min", "weeks_max", "line"}
    assert all(phase <= each.keys() for each in document["phases"])
    topic = {"id", "title", "kind", "state", "line", "line_end", "position", "part_of", "phase", "description"}
    topic |= {"effort_hours", "aliases", "resources"}
    assert all(topic <= each.keys() for each in document["topics"])
    requirement = {"topic", "topic_kind", "requires", "requires_kind", "origin", "strength", "confidence", "rule"}
    requirement |= {"line_start", "line_end", "quote", "choice", "choice_min"}
    assert all(requirement <= each.keys() for each in document["requirements"])


def test_parse_of_a_bad_file(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"\x00\x01\x02 binary")
    code, out, err = terminal.run("parse", "--json", ".")
    assert (code, err) == (1, "")
    bad = next(each for each in json.loads(out)["documents"] if each["path"] == "bad.md")
    assert [(each["severity"], each["code"]) for each in bad["problems"]] == [("error", "not-text")]


def test_query(terminal: Terminal) -> None:
    found = terminal.json("query", "MATCH (t:Topic) WHERE t.id = $id RETURN t.title AS title", "--param", "id=http")
    assert found.keys() == {"columns", "rows", "truncated", "elapsed_ms"}
    assert (found["columns"], found["rows"], found["truncated"]) == (["title"], [{"title": "HTTP"}], False)


def test_what_people_say(terminal: Terminal) -> None:
    assert terminal.json("goal", "add", "HTTP", "--deadline", "2031-05-01") == {
        "id": "me:http", "title": "HTTP", "targets": ["http"], "weight": 1.0, "deadline": "2031-05-01",
    }  # fmt: skip
    assert [goal["title"] for goal in terminal.json("goal", "list")["goals"]] == ["HTTP"]
    assert terminal.json("goal", "remove", "http")["id"] == "me:http"
    assert terminal.json("mark", "unknown", "http")["mark"] == "not known"
    assert terminal.json("learner", "show")["marks"]["not known"] == ["http"]
    assert terminal.json("learner", "list") == {"learners": ["me"]}


def test_the_words_for_marks_are_those_of_the_services() -> None:
    from app.cli.learning import WORDS

    assert tuple(MARK_WORDS) == WORDS


def test_the_rest_is_json_too(terminal: Terminal) -> None:
    assert terminal.json("ingest", ".")["written"] is False
    assert terminal.json("show", "HTTP")["needs"][0]["receipts"][0]["path"] == "web.md"
    assert terminal.json("status")["topics"] == 7
    assert [each["status"] for each in terminal.json("forget", "web.md")["documents"]] == ["vanished"]


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["show", "Dokcer", "--json"], 2, "unknown-topic"),
        (["--json", "show", "Dokcer"], 2, "unknown-topic"),
        (["next", "--nope", "--json"], 2, "usage"),
        (["--json", "nxt"], 2, "usage"),
        (["ingest", "nowhere.md", "--json"], 2, "path-not-found"),
        (["query", "MATCH (n) DELETE n", "--json"], 2, "refused-query"),
        (["query", "MATSCH", "--json"], 2, "bad-query"),
        (["topics", "--json", "--store", "x:y"], 2, "bad-store-url"),
        (["topics", "--json", "--store", "neo4j://127.0.0.1:1"], 3, "store-unreachable"),
    ],
)
def test_errors(terminal: Terminal, arguments: list[str], code: int, name: str) -> None:
    got, out, err = terminal.run(*arguments)
    assert (got, out) == (code, "")
    error = json.loads(err)["error"]
    assert error.keys() == {"code", "message", "hint"}
    assert error["code"] == name
    assert error["message"]
