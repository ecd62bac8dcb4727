"""The command as a process: what it imports, how it ends, and that nothing stops it from reading on."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_cli_transcripts import NOTES, WEB

from app.cli import main
from app.cli.root import cli
from app.cli.signals import ending_on_signals
from app.present import Look, table

HEAVY = {"pydantic", "networkx", "streamlit", "rich", "arcadedb_embedded", "jpype", "pandas", "numpy", "neo4j", "yaml"}
REPORT = "import sys, json; from app.cli import main; main({arguments!r}); print(json.dumps(sorted(sys.modules)))"


@pytest.fixture
def here(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web.md").write_text(WEB, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILLTRAIL_STORE", store_url)
    return tmp_path


def imported(*arguments: str) -> set[str]:
    """The modules in a process that ran one command."""
    command = [sys.executable, "-c", REPORT.format(arguments=list(arguments))]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(json.loads(out.splitlines()[-1]))


def started(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[str]:
    script = "import sys; from app.cli import main; print('ready', file=sys.stderr, flush=True); sys.exit(main())"
    command = [sys.executable, "-c", script, *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "ready\n"
    return process


@pytest.mark.parametrize("arguments", [["--help"], ["next", "--help"], ["goal", "add", "--help"], ["ingest", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert not imported(*arguments) & (HEAVY | {"app.settings", "graph.model"})


def test_next_imports_only_what_it_needs(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "."])
    capfd.readouterr()
    found = imported("next")
    assert "arcadedb_embedded" in found
    assert not found & {"streamlit", "networkx", "pandas", "rich", "neo4j", "rapidfuzz", "markdown_it"}


def test_every_command_explains_itself(capfd: pytest.CaptureFixture[str]) -> None:
    from app.cli.root import COMMANDS

    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        out, err = capfd.readouterr()
        assert "--json" in out
        assert err == ""


def test_a_read_creates_neither_store_nor_learner(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command in (["topics"], ["next"], ["path"], ["status"], ["learner", "show"], ["goal", "list"]):
        assert main(command) == 0
    assert not (here / "store").exists()
    main(["ingest", "."])
    for command in (["next"], ["path"], ["topics"], ["show", "HTTP"], ["learner", "show"]):
        assert main(command) == 0
    capfd.readouterr()
    main(["learner", "list", "--json"])
    assert json.loads(capfd.readouterr().out) == {"learners": []}


def test_bad_files_stop_nothing(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "binary.md").write_bytes(bytes(range(256)))
    (here / "empty.md").touch()
    (here / "old.md").write_bytes("# Café\n\n- Crème\n".encode("cp1252"))
    with (here / "huge.md").open("wb") as sparse:
        sparse.truncate(50 * 1024 * 1024)
    assert main(["ingest", "."]) == 1
    out, err = capfd.readouterr()
    assert "new  web.md" in out
    assert "binary.md:1: error[not-text]: " in err
    assert "old.md:1: warning[not-utf8]: " in err
    assert "huge.md:1: error[too-large]: " in err
    assert err.splitlines()[-1] == "3 errors; everything else was read."
    assert "empty.md:1: error[empty]: " in err
    assert err.index("huge.md") < err.index("old.md"), "errors come first"
    assert main(["show", "HTTP"]) == 0


def test_many_warnings_are_counted(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(25):
        (here / f"old{number}.md").write_bytes("# Café\n\n- Crème\n".encode("cp1252"))
    assert main(["parse", "."]) == 0
    err = capfd.readouterr().err.splitlines()
    assert len(err) == 21
    assert err[-1] == "… and 5 more (use --json)"


def test_a_closed_pipe_is_no_failure(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "many.md").write_text(
        "# Many\n\n" + "".join(f"- Topic number {n}\n" for n in range(3000)), encoding="utf-8"
    )
    main(["ingest", "."])
    capfd.readouterr()
    reading, writing = os.pipe()
    os.close(reading)
    with started("topics", stdout=writing) as process:
        os.close(writing)
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_without_a_traceback(here: Path, number: signal.Signals, code: int) -> None:
    with started("query", "-") as process:  # waits for stdin
        time.sleep(0.5)
        process.send_signal(number)
        assert process.wait(20) == code
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_in_the_middle_of_an_import_comes_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python swallows it where it lets go of the lock of a module, and the command would go on to its end."""
    (tmp_path / "interrupted_import.py").write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nDONE = True\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    def load_and_wait() -> None:
        importlib.import_module("interrupted_import")
        time.sleep(10)

    with ending_on_signals() as ending, pytest.raises(KeyboardInterrupt):
        load_and_wait()
    assert ending.asked
    assert sys.modules.pop("interrupted_import").DONE
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_that_leads_round_in_a_circle_is_said(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "round.md").symlink_to("round.md")
    assert main(["parse", str(here / "round.md")]) == 1
    assert "symbolic link" in capfd.readouterr().err


def test_a_mistake_of_ours_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(cli, "invoke", fail)
    assert main(["next"]) == 70
    assert capfd.readouterr().err == (
        "skilltrail: Something failed that should not: ZeroDivisionError: by zero\n"
        "Run the command again with --debug to see where; please report it.\n"
    )
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "next"])


def test_debug_raises(here: Path) -> None:
    from graph.errors import PathNotFoundError

    with pytest.raises(PathNotFoundError):
        main(["ingest", "nowhere.md", "--debug"])


def test_titles_cannot_command_a_terminal(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "evil.md").write_text("# Evil\n\n- Red \x1b]0;title\x07 \x1b[2J topic\n- Plain\n", encoding="utf-8")
    main(["ingest", "evil.md"])
    main(["topics"])
    out, err = capfd.readouterr()
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


def test_plain_text_has_no_colour_and_a_terminal_has() -> None:
    assert Look().bold("x") == "x"
    assert Look(colour=True).bold("x") == "\x1b[1mx\x1b[0m"
    assert NOTES.startswith("# Containers")


def test_wide_letters_stay_aligned_and_narrow_terminals_are_respected() -> None:
    rows = [("数据库", "8 h"), ("Go", "12 h")]
    assert table(rows, right=frozenset({1})) == "数据库   8 h\nGo      12 h"
    narrow = table([("a" * 60, "b" * 10)], look=Look(width=40))
    assert narrow == "a" * 27 + "…  " + "b" * 10
