"""The examples of docs/reading.md are what the parsers read. UPDATE_CASES=1 writes the answers anew: look at them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ingest.parsers import parse
from ingest.reading import Reading, ReadRequirement, Text

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reading.md"
EXAMPLE = re.compile(
    r"(?P<head>^`(?P<name>[^`\n]+)`\n\n(?P<fence>`{3,})(?P<language>\w*)\n(?P<document>.*?)^(?P=fence)\n\n```reads\n)"
    r"(?P<answer>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
WORDS = {"hard": "requires", "soft": "is helped by", "together": "goes together with"}
EXAMPLES = list(EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")))


def test_there_are_examples_of_every_family() -> None:
    endings = {example["name"].rpartition(".")[2] for example in EXAMPLES}
    assert endings >= {"md", "txt", "csv", "yaml", "json", "toml", "dot", "mmd", "html"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda found: found["name"])
def test_an_example_is_read_as_shown(example: re.Match[str]) -> None:
    answer = told(reading_of(example))
    if os.environ.get("UPDATE_CASES"):
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(page.replace(example[0], f"{example['head']}{answer}```"), encoding="utf-8")
        return
    assert answer == example["answer"]


def reading_of(example: re.Match[str]) -> Reading:
    lines = tuple(example["document"].removesuffix("\n").split("\n"))
    return parse(Text(path=example["name"], lines=lines, vault=example["name"].startswith("vault/")))


def told(reading: Reading) -> str:
    """A reading in words, one thing a line."""
    lines = [f"roadmap {reading.roadmap.title}"]
    for phase in reading.phases:
        weeks = f", {phase.weeks_min:g} weeks" if phase.weeks_min else ""
        lines.append(f"phase {phase.title}{weeks}")
    titles = {topic.id: topic.title for topic in reading.topics}
    for topic in reading.topics:
        facts = [
            f"in {topic.phase}" if topic.phase else "",
            f"part of {titles[topic.part_of]}" if topic.part_of else "",
            f"{topic.effort_hours:g} h" if topic.effort_hours else "",
            "planned" if topic.state == "planned" else "",
            f"also {', '.join(topic.aliases)}" if topic.aliases else "",
        ]
        lines.append(", ".join([f"{topic.kind} {topic.title}", *filter(None, facts)]))
    choices = {each.choice for each in reading.requirements if each.choice}
    lines += [sentence(each) for each in reading.requirements if not each.choice]
    lines += [one_of([each for each in reading.requirements if each.choice == choice]) for choice in sorted(choices)]
    lines += [f"{problem.severity}: {problem.message}" for problem in reading.problems]
    return "\n".join(lines) + "\n"


def sentence(each: ReadRequirement) -> str:
    outside = " (outside this document)" if each.requires_kind == "external" else ""
    return f"{each.topic} {WORDS[each.strength]} {each.requires}{outside}, line {each.line_start}, by {each.rule}"


def one_of(options: list[ReadRequirement]) -> str:
    first = options[0]
    names = ", ".join(each.requires for each in options)
    return f"{first.topic} requires {first.choice_min} of {names}, line {first.line_start}, by {first.rule}"
