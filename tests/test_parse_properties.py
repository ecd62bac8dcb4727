"""What holds for every document, however strange."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from ingest.parsers import parse
from ingest.reading import Text

CASES = Path(__file__).parent / "cases" / "parse"
WORDS = (
    "Arrays|Binary trees|Trees and graphs|C++|the|requires|Phase 2|Module 01|(2 h)|**Heaps**|`__get__`||[[a/b-c]]"
    "|[x](http://y.z)|one of|or|and|,|;|\u2013|- |: |Weeks 1\u20133|coming soon|none|\U0001f680"
    "|1\ufe0f\u20e3|\u00a0|\\|]]|[[|(|)|*|_|<b>|&amp;|\u0000|\u2028"
)
PREFIXES = (
    "^# ^## ^### ^- ^  - ^    - ^1. ^> ^- [ ] ^| a | ^|---|---|^Requires: ^- Requires one of: ^```^---^requires:: "
    "^**Prerequisites:** ^title: ^## Phase 1: ^### Prerequisites^| Topic | Requires | Why |^Chapter 3 ^01 \u00b7 "
)
TEXT = st.lists(st.sampled_from([*WORDS.split("|"), "[[Sorting|sorted]]", "|"]), max_size=6).map(" ".join)
PREFIX = st.sampled_from(PREFIXES.split("^"))
LINES = st.lists(st.tuples(PREFIX, TEXT).map("".join), max_size=25)


@settings(max_examples=400, deadline=None)
@given(LINES, st.booleans(), st.sampled_from(["x.md", "x.txt", "index.md"]))
def test_generated_documents(lines: list[str], vault: bool, path: str) -> None:  # noqa: FBT001
    text = Text(path=path, lines=tuple(line.replace("\n", " ") for line in lines) or ("",), vault=vault)
    check(parse(text), text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.booleans())
def test_any_text(body: str, vault: bool) -> None:  # noqa: FBT001
    text = Text(path="x.md", lines=tuple(body.split("\n")), vault=vault)
    check(parse(text), text)


@pytest.mark.parametrize(
    "path", sorted(path for path in CASES.iterdir() if path.suffix in {".md", ".txt"}), ids=lambda path: path.stem
)
@pytest.mark.parametrize("vault", [False, True])
def test_cases_keep_the_rules(path: Path, vault: bool) -> None:  # noqa: FBT001
    lines = tuple(path.read_text(encoding="utf-8").split("\n"))
    text = Text(path=path.name, lines=lines, vault=vault)
    check(parse(text), text)


def test_reading_twice_gives_the_same() -> None:
    for path in CASES.glob("*.md"):
        text = Text(path=path.name, lines=tuple(path.read_text(encoding="utf-8").split("\n")))
        assert parse(text) == parse(text)


def test_nested_bullets_become_parts_and_never_requirements() -> None:
    lines = tuple(f"{'  ' * depth}- Topic {'abcdefgh'[depth]}" for depth in range(8))
    reading = parse(Text(path="x.md", lines=lines))
    assert [topic.part_of for topic in reading.topics] == [None, *(topic.id for topic in reading.topics[:-1])]
    assert reading.requirements == ()


def test_bullets_nested_too_deep_are_a_problem() -> None:
    lines = tuple(f"{'  ' * depth}- Topic" for depth in range(80))
    reading = parse(Text(path="x.md", lines=lines))
    assert len(reading.topics) == 60
    assert [problem.code for problem in reading.problems] == ["too-deep"]


def test_too_many_topics_are_a_problem() -> None:
    lines = tuple(f"- Topic number {number}" for number in range(50_010))
    reading = parse(Text(path="x.md", lines=lines))
    assert len(reading.topics) == 50_000
    assert [problem.code for problem in reading.problems] == ["too-many-topics"]


@pytest.mark.parametrize(
    "line",
    [
        "- " + " " * 40_000 + "x",
        "- a" + " " * 40_000 + "- b",
        "- Requires: " + "A, " * 20_000,
        "- Requires: " + " " * 40_000 + "A",
        "Prerequisites: " + "Phase 1, SQL, " * 3_000,
        "- " + "(" * 20_000,
        "- **" + "a (" * 10_000,
        "[[" * 20_000,
        "Trees require " + "Graphs and " * 5_000,
        "This requires" + " " * 40_000 + "x",
        "# " + "1." * 20_000,
        "- x (" + "1" * 40_000 + " h)",
        "<" * 20_000,
        "| a | b |\n|---|---|\n" + "| " * 20_000,
    ],
    ids=lambda line: line[:14],
)
def test_no_line_takes_long(line: str) -> None:
    before = time.process_time()
    for path in ("x.md", "x.txt"):
        lines = ("# T", "- **Trees** (2 h)", "- **Graphs** (3 h)", "", *line.split("\n"))
        text = Text(path=path, lines=lines)
        check(parse(text), text)
    assert time.process_time() - before < 5
