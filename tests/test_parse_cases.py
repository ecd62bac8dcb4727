"""Documents in the shapes that people write, each with what a careful reader finds in it.

`UPDATE_CASES=1 pytest tests/test_parse_cases.py` writes the expectations anew; read the difference before keeping it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ingest.documents import SUFFIXES
from ingest.parsers import parse
from ingest.reading import Reading, ReadRequirement, ReadTopic, Text

CASES = Path(__file__).parent / "cases" / "parse"
DOCUMENTS = sorted(
    path for path in CASES.iterdir() if path.suffix in SUFFIXES and not path.name.endswith(".expected.json")
)


def text_of(path: Path) -> Text:
    lines = tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    return Text(path=path.name, lines=lines, vault=path.stem.startswith("vault_"))


def compact(reading: Reading) -> dict[str, Any]:
    titles = {topic.id: topic.title for topic in reading.topics}
    return {
        "family": reading.family,
        "title": reading.roadmap.title,
        "index": reading.index,
        "phases": [
            [phase.line, phase.label, phase.title, phase.weeks_min, phase.weeks_max] for phase in reading.phases
        ],
        "topics": [topic_row(topic, titles) for topic in reading.topics],
        "requirements": [requirement_row(requirement) for requirement in reading.requirements],
        "problems": [[problem.line, problem.severity, problem.code] for problem in reading.problems],
        "ticked": [titles[each] for each in reading.ticked],
    }


def topic_row(topic: ReadTopic, titles: dict[str, str]) -> dict[str, Any]:
    row = {
        "line": topic.line,
        "title": topic.title,
        "kind": topic.kind,
        "in": titles.get(topic.part_of or ""),
        "phase": topic.phase,
        "state": topic.state,
        "hours": topic.effort_hours,
        "about": topic.description,
        "aliases": list(topic.aliases),
        "resources": [f"{each.kind} {each.url}" for each in topic.resources],
    }
    usual = {"kind": "topic", "state": "active"}
    return {name: value for name, value in row.items() if value and usual.get(name) != value}


def requirement_row(requirement: ReadRequirement) -> dict[str, Any]:
    row = {
        "line": requirement.line_start,
        "topic": requirement.topic,
        "topic_kind": requirement.topic_kind,
        "requires": requirement.requires,
        "kind": requirement.requires_kind,
        "strength": requirement.strength,
        "rule": requirement.rule,
        "confidence": requirement.confidence,
        "choice": f"{requirement.choice_min} of {requirement.choice}" if requirement.choice else None,
        "reason": requirement.reason,
        "quote": requirement.quote,
    }
    usual = {"topic_kind": "topic", "kind": "topic", "strength": "hard", "confidence": 1.0}
    return {name: value for name, value in row.items() if value and usual.get(name) != value}


def as_text(expected: dict[str, Any]) -> str:
    """One row per line, so that a difference can be read."""
    parts = []
    for name, value in expected.items():
        if isinstance(value, list) and value:
            rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
            parts.append(f' "{name}": [\n{rows}\n ]')
        else:
            parts.append(f' "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_is_read_as_expected(path: Path) -> None:
    found = compact(parse(text_of(path)))
    expectation = path.with_suffix(".expected.json")
    if os.environ.get("UPDATE_CASES"):
        expectation.write_text(as_text(found), encoding="utf-8")
    assert found == json.loads(expectation.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_quote_stands_in_the_lines_it_names(path: Path) -> None:
    text = text_of(path)
    for requirement in parse(text).requirements:
        assert requirement.quote
        assert requirement.quote in "\n".join(text.lines[requirement.line_start - 1 : requirement.line_end])


def test_every_expectation_has_its_document() -> None:
    expected = {path.name.removesuffix(".expected.json") for path in CASES.glob("*.expected.json")}
    assert expected == {path.stem for path in DOCUMENTS}
