"""Some fuzzing with a fixed seed, and the fuzzer itself: it finds what it is there for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.generate import generate
from fuzz.invariants import BrokenRuleError, check
from fuzz.seeds import seeds, write_dictionary
from fuzz.trial import Trial
from ingest.parsers import PARSERS, Parser, parse
from ingest.reading import Text

REPOSITORY = Path(__file__).parents[1]
LINES = ("# R", "", "- **A** (2 h)", "- **B** (3 h)", "  - Requires: A")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux only")
def test_half_a_minute_of_fuzzing_breaks_nothing() -> None:
    command = [sys.executable, "-m", "fuzz", "--together", "--seconds", "30", "--seed", "20"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=150)
    last = done.stdout.splitlines()[-1]
    tried = re.fullmatch(r"(\d+) inputs tried, 0 crashes", last)
    assert tried is not None, done.stdout + done.stderr
    assert int(tried[1]) > 1000
    families = re.findall(r"^(\w+): (\d+) mutated, (\d+) generated, 0 crashes$", done.stdout, re.MULTILINE)
    assert {family: int(mutated) > 0 and int(made) > 0 for family, mutated, made in families} == {
        parser.family: True for parser in PARSERS
    }


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.family)
def test_generated_documents_break_nothing(parser: Parser, tmp_path: Path) -> None:
    trial = Trial(parser, tmp_path)
    generate(trial, parser, 3, runs=150)
    assert trial.tried == 150
    assert not trial.found, trial.found


def test_what_breaks_is_counted_once_and_kept(tmp_path: Path) -> None:
    def breaking(text: Text) -> object:
        raise KeyError(text.lines[0])

    parser = Parser("text", lambda _: True, breaking)  # type: ignore[arg-type]
    trial = Trial(parser, tmp_path)
    for raw in (b"\x00abc", b"\x00def", b"", b"\x00"):
        trial.take(raw)
    assert (trial.tried, len(trial.found)) == (3, 1)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"abc"]


def test_broken_readings_are_seen() -> None:
    text = Text(path="x.md", lines=LINES)
    reading = parse(text)
    check(reading, text)
    (topic, other), (requirement,) = reading.topics, reading.requirements
    for broken in (
        {"topics": (topic, topic)},
        {"topics": (topic, other.model_copy(update={"line_end": 6}))},
        {"topics": (topic, other.model_copy(update={"part_of": "nothing"}))},
        {"topics": (topic, other.model_copy(update={"effort_hours": float("inf")}))},
        {"requirements": (requirement.model_copy(update={"quote": "Requires: C"}),)},
        {"requirements": (requirement.model_copy(update={"line_start": 1, "line_end": 1}),)},
        {"requirements": (requirement.model_copy(update={"requires_id": None}),)},
        {"ticked": ("nothing",)},
    ):
        with pytest.raises(BrokenRuleError):
            check(reading.model_copy(update=broken), text)


def test_there_are_seeds_and_words(tmp_path: Path) -> None:
    assert all(len(list(seeds(parser))) > 2 for parser in PARSERS)
    write_dictionary(tmp_path / "words")
    assert len((tmp_path / "words").read_text(encoding="ascii").splitlines()) > 60
