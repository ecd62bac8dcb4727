"""Commands and what they print.

Each test's docstring is a transcript: `$ command`, stdout, `! ` stderr, `[code]` unless 0.

A line `...` stands for any number of lines, `...` inside a line for any words. With SKILLTRAIL_TEST_UPDATE=1, answers
that differ are written into this file.
"""

from __future__ import annotations

import os
import re
import shlex
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main

WEB = """\
# Web backend

## Phase 1: Foundations

- **Command line** (2 h) – talk to a machine in words
- **Networking** (6 h) – how machines talk
  - Requires: Command line – it is explored with ping and curl.

## Phase 2: Servers

**Prerequisites:** Phase 1

- **HTTP** (4 h)
  - Requires: Networking
- **Databases** (8 h)
  - Requires: Command line
- **Deployment target**
  - Requires one of: Docker, Nomad – it has to run somewhere.
"""
NOTES = """\
# Containers

- **Docker** (8 h)
  - Requires: HTTP
- **Nomad** (3 h)
"""

Play = Callable[[], None]


@pytest.fixture
def here(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two roadmaps, an empty store, a plain terminal of 80 columns."""
    (tmp_path / "web.md").write_text(WEB, encoding="utf-8")
    (tmp_path / "containers.md").write_text(NOTES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILLTRAIL_STORE", store_url)
    return tmp_path


@pytest.fixture
def play(request: pytest.FixtureRequest, here: Path, capfd: pytest.CaptureFixture[str]) -> Play:
    """Run the transcript in the test's docstring and compare what it prints."""

    def run() -> None:
        written = request.function.__doc__ or ""
        expected = _commands(textwrap.dedent(written))
        happened = [(command, _answer(command, capfd)) for command, _ in expected]
        if os.environ.get("SKILLTRAIL_TEST_UPDATE"):
            _update(request.path, written, expected, happened)
        for (command, wanted), (_, answer) in zip(expected, happened, strict=True):
            assert _same(wanted, answer), f"{command} printed:\n{answer}"

    return run


def _commands(transcript: str) -> list[tuple[str, str]]:
    parts = re.split(r"(?m)^(\$ .*)$", transcript)
    return [(command, answer.strip("\n")) for command, answer in zip(parts[1::2], parts[2::2], strict=True)]


def _answer(command: str, capfd: pytest.CaptureFixture[str]) -> str:
    code = main(shlex.split(command)[2:])
    out, err = capfd.readouterr()
    lines = [*out.splitlines(), *(f"! {line}" for line in err.splitlines())]
    return "\n".join([line.rstrip() for line in lines] + ([f"[{code}]"] if code else []))


def _same(wanted: str, answer: str) -> bool:
    lines = [
        r"(?s:.*)" if line == "..." else ".*".join(re.escape(part) for part in line.split("..."))
        for line in wanted.split("\n")
    ]
    return re.fullmatch("\n".join(lines), answer) is not None


def _update(file: Path, written: str, expected: list[tuple[str, str]], happened: list[tuple[str, str]]) -> None:
    parts = [
        f"{command}\n{wanted if _same(wanted, answer) else answer}"
        for (command, wanted), (_, answer) in zip(expected, happened, strict=True)
    ]
    new = textwrap.indent("\n" + "\n".join(part.rstrip("\n") for part in parts) + "\n", "    ") + "    "
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'"""{written}"""', f'"""{new}"""'), encoding="utf-8")


def test_from_nothing_to_a_path(play: Play) -> None:
    """
    $ skilltrail next
    ! Nothing has been read into this store yet.
    ! `skilltrail ingest --samples` reads our sample roadmaps, `skilltrail ingest FOLDER` reads your own.
    $ skilltrail show HTTP
    ! skilltrail: Nothing has been read into this store yet.
    ! `skilltrail ingest --samples` reads our sample roadmaps, `skilltrail ingest FOLDER` reads your own.
    [2]
    $ skilltrail ingest web.md containers.md
    new  containers.md  2 topics  1 requirement
        + Docker, Nomad
        + Docker needs HTTP
    new  web.md         5 topics  6 requirements
        + Command line, Databases, Deployment target, HTTP and 1 more
        + Databases needs Command line, Deployment target needs Docker or another and 4 more
    7 topics, 5 requirements, 2 phases in the graph (+7 topics, +5 requirements)
    """
    play()


def test_reading_again_and_forgetting(play: Play) -> None:
    """
    $ skilltrail ingest .
    new  containers.md  2 topics  1 requirement
        + Docker, Nomad
        + Docker needs HTTP
    new  web.md         5 topics  6 requirements
        + Command line, Databases, Deployment target, HTTP and 1 more
        + Databases needs Command line, Deployment target needs Docker or another and 4 more
    7 topics, 5 requirements, 2 phases in the graph (+7 topics, +5 requirements)
    $ skilltrail ingest .
    unchanged  containers.md  2 topics  1 requirement
    unchanged  web.md         5 topics  6 requirements
    7 topics, 5 requirements, 2 phases in the graph (nothing changed)
    $ skilltrail forget containers.md
    forgotten  containers.md
        − Docker, Nomad
        − Docker needs HTTP
    7 topics, 4 requirements, 2 phases in the graph (−1 requirement)
    $ skilltrail forget nonsense
    ! skilltrail: No source or document called “nonsense” was ever read.
    ! Known: ....
    [2]
    """
    play()


def test_what_to_learn(play: Play) -> None:
    """
    $ skilltrail ingest .
    ...
    $ skilltrail goal add HTTP
    Goal set: HTTP
    $ skilltrail next
    Next for you, toward HTTP:

     1. Command line  2 h
          unlocks 1 topic: Networking · starts a chain of 12 h to your goal
    $ skilltrail path
    Your path to HTTP: 3 steps

     1. Command line  2 h
     2. Networking    6 h   needs Command line
     3. HTTP          4 h   needs Networking

    Total: 12 h, about 2 weeks at 6 h a week
    $ skilltrail path "Deployment target" --in "Web backend"
    Your path to Deployment target: 4 steps

     1. Command line        2 h
     2. Networking          6 h   needs Command line
     3. Nomad               3 h
     4. Deployment target  ~4 h   needs Command line, Networking, Nomad

    Total: 15 h, about 3 weeks at 6 h a week
    ! note: Deployment target needs one of Docker, Nomad: the path takes Nomad (3 h), Docker would cost 12 h.
    $ skilltrail mark known networking
    Marked as known: Networking
    $ skilltrail next --limit 1 --goal Docker
    Next for you, toward Docker:

     1. HTTP  4 h
          unlocks 1 topic: Docker · starts a chain of 12 h to your goal
    $ skilltrail path
    Your path to HTTP: 1 step

     1. HTTP  4 h

    Total: 4 h, about 1 week at 6 h a week
    $ skilltrail mark known http
    Marked as known: HTTP
    $ skilltrail path
    Nothing is left to learn for HTTP.
    $ skilltrail mark clear http networking
    Marks taken off: HTTP, Networking
    $ skilltrail next --limit 1
    Next for you, toward HTTP:

     1. Command line  2 h
          unlocks 1 topic: Networking · starts a chain of 12 h to your goal
    """
    play()


def test_topics(play: Play) -> None:
    """
    $ skilltrail ingest .
    ...
    $ skilltrail topics
    Topic              State   Hours  Roadmaps
    Command line       ready     2 h  Web backend
    Databases          locked    8 h  Web backend
    Deployment target  locked         Web backend
    Docker             locked    8 h  Containers
    HTTP               locked    4 h  Web backend
    Networking         locked    6 h  Web backend
    Nomad              ready     3 h  Containers
    $ skilltrail topics --roadmap containers --search dock
    Topic   State   Hours  Roadmaps
    Docker  locked    8 h  Containers
    $ skilltrail topics --search nothing-like-it
    ! None of the 7 topics fits.
    $ skilltrail topics --roadmap conteiners
    ! skilltrail: There is no roadmap called “conteiners”.
    ! Roadmaps: Containers, Web backend.
    [2]
    $ skilltrail show "deployment target"
    Deployment target
    locked · deployment-target
    Web backend · Servers

    Needs one of (→ on today's path)
      → Docker  locked  web.md:18 “Requires one of: Docker, Nomad – it has to run somewhere.”
        Nomad   ready   web.md:18 “Requires one of: Docker, Nomad – it has to run somewhere.”

    Its phases ask
      Servers asks for Foundations first

    Stands in
      web.md:17  **Deployment target**
    $ skilltrail show Networking
    Networking
    locked · 6 h · networking
    Web backend · Foundations

    how machines talk

    Needs
      Command line  ready  web.md:7 “Requires: Command line – it is explored with ping and curl.”

    Unlocks
      HTTP  locked

    Stands in
      web.md:6  **Networking** (6 h) – how machines talk
    $ skilltrail show Dokcer
    ! skilltrail: There is no topic called “Dokcer”.
    ! Did you mean “Docker”?
    [2]
    """
    play()


def test_why(play: Play) -> None:
    """
    $ skilltrail ingest .
    ...
    $ skilltrail why Networking "Command line"
    Networking requires Command line.

      it is explored with ping and curl.

      web.md:7
        “Requires: Command line – it is explored with ping and curl.”
        stated, rule field-line, confidence 1
    $ skilltrail why Docker "Command line"
    Docker requires Command line by way of others:

      Docker → HTTP → Networking → Command line
    $ skilltrail why "Deployment target" Docker
    Docker is one way to meet a requirement of Deployment target.

      it has to run somewhere.

      web.md:18
        “Requires one of: Docker, Nomad – it has to run somewhere.”
        stated, rule field-line, confidence 1
    $ skilltrail why Networking HTTP
    Networking does not require HTTP, as far as your documents say.
    ! It is the other way round: `skilltrail why HTTP Networking` says why.
    $ skilltrail why Networking Nothing
    ! skilltrail: There is no topic called “Nothing”.
    ! Did you mean “Networking”?
    [2]
    """
    play()
