"""What a Markdown document states, line by line."""

from __future__ import annotations

import pytest

from ingest.parsers import parse
from ingest.reading import Reading, Text

HEAD = (
    "# T",
    "",
    "- **Rivers** \u2013 water",
    "- **Lakes** \u2013 more water",
    "- **Maps** \u2013 paper",
    "- **Rowing** \u2013 oars",
)


def read(*lines: str, path: str = "x.md", vault: bool = False) -> Reading:
    return parse(Text(path=path, lines=lines, vault=vault))


def required(value: str) -> list[tuple[str, str, bool]]:
    """(title, strength, whether it is one of several) of what Rowing requires."""
    reading = read(*HEAD, f"  - Requires: {value}")
    return [(each.requires, each.strength, each.choice is not None) for each in reading.requirements]


@pytest.mark.parametrize(
    ("value", "hard", "either"),
    [
        ("Rivers and (Lakes or Maps)", ["Rivers"], ["Lakes", "Maps"]),
        ("Rivers and Lakes or Maps", ["Rivers"], ["Lakes", "Maps"]),
        ("Rivers, Lakes or Maps", [], ["Rivers", "Lakes", "Maps"]),
        ("Rivers or (Lakes and Maps)", [], ["Rivers", "Lakes", "Rivers", "Maps"]),
        ("Rivers, Lakes and Maps", ["Rivers", "Lakes", "Maps"], []),
        ("Phase 1 or Maps", [], ["Phase 1", "Maps"]),
        ("none, but Maps help", [], []),
        ("no experience needed", [], []),
    ],
)
def test_alternatives(value: str, hard: list[str], either: list[str]) -> None:
    found = required(value)
    assert [title for title, _, choice in found if not choice] == hard
    assert [title for title, _, choice in found if choice] == either


def test_a_word_behind_a_title_makes_it_soft() -> None:
    assert required("Rivers; Maps recommended") == [("Rivers", "hard", False), ("Maps", "soft", False)]


def test_note_that_redirects_has_the_other_title_as_alias() -> None:
    reading = read("# Liquor", "", "See [[Water]].", path="v/liquor.md", vault=True)
    assert [(topic.title, topic.aliases, topic.description) for topic in reading.topics] == [("Liquor", ("Water",), "")]


def test_note_is_found_by_its_file() -> None:
    reading = read("# Object orientation", "", "Things.", path="v/oop.md", vault=True)
    assert reading.topics[0].aliases == ("oop",)


@pytest.mark.parametrize("path", ["v/2024-05-01.md", "v/Templates/topic.md"])
def test_days_and_templates_are_no_topics(path: str) -> None:
    reading = read("# Anything", "", "[[Water]]", path=path, vault=True)
    assert reading.topics == ()
    assert [problem.code for problem in reading.problems] == ["no-topics"]


def test_embeds_are_not_required() -> None:
    reading = read(
        "# Boats", "", "## Prerequisites", "", "- ![[wood.png]]", "- [[Wood]]", path="v/boats.md", vault=True
    )
    assert [each.requires for each in reading.requirements] == ["Wood"]


def test_link_to_a_file_names_its_note() -> None:
    lines = ("# T", "", "- [Docker](docker.md)", "- [Swarm](swarm.md)", "  - Requires: [the first page](docker.md)")
    assert [each.requires for each in read(*lines).requirements] == ["Docker"]
