"""Documents that were written without a look at the parsers, with what a careful reader finds in them.

`NAME.careful.json` is the careful reader's; UPDATE_CASES=1 writes `NAME.read.json`, what the parsers make of it, anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from graph.titles import normal_form
from ingest.pipeline import read_files
from ingest.reading import Reading

FOLDER = Path(__file__).parent / "cases" / "unseen"
NAMES = sorted(path.name.removesuffix(".careful.json") for path in FOLDER.glob("*.careful.json"))


def document(name: str) -> Path:
    found = [path for path in FOLDER.iterdir() if name in (path.name, path.stem)]
    return next(path for path in found if not path.name.endswith(".json") or path.name == f"{name}.json")


def read(name: str) -> list[Reading]:
    return read_files([document(name)])[0]


def told(readings: list[Reading]) -> dict[str, Any]:
    """What was read, one line a thing."""
    topics = [(topic, phase_or_none(topic.phase)) for reading in readings for topic in reading.topics]
    needs = [each for reading in readings for each in reading.requirements]
    return {
        "phases": [phase.title for reading in readings for phase in reading.phases],
        "topics": [f"{t.title}{p}{' (planned)' * (t.state == 'planned')}" for t, p in topics if t.kind == "topic"],
        "sections": [t.title for t, _ in topics if t.kind == "section"],
        "requirements": [
            f"{n.topic} {n.strength} {n.requires}{f' {n.choice_min} of {n.choice}' if n.choice else ''}" for n in needs
        ],
        "problems": [f"{p.severity} {p.code}" for reading in readings for p in reading.problems],
    }


def phase_or_none(phase: str | None) -> str:
    return f" in {phase}" if phase else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_it_was_last_looked_at(name: str) -> None:
    found = told(read(name))
    kept = FOLDER / f"{name}.read.json"
    if os.environ.get("UPDATE_CASES"):
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(kept.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_no_alternative_becomes_a_requirement(name: str) -> None:
    """The error that would make a whole graph false."""
    careful = json.loads((FOLDER / f"{name}.careful.json").read_text(encoding="utf-8"))
    alternatives = {(normal_form(a), normal_form(b)) for a, b, *_ in careful.get("prerequisites_any_of", [])}
    stated = {(normal_form(a), normal_form(b)) for a, b, *_ in careful.get("prerequisites", [])}
    hard = {
        (normal_form(each.topic), normal_form(each.requires))
        for reading in read(name)
        for each in reading.requirements
        if each.strength == "hard" and each.choice is None
    }
    assert hard & (alternatives - stated) == set()
