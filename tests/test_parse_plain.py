"""Plain text that lost its markup: which form reads it, and what holds for every text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from ingest.parsers.plain_text.forms import FORMS, best
from ingest.parsers.plain_text.glued import labelled_rows
from ingest.parsers.plain_text.layout import listed_before
from ingest.parsers.plain_text.page import page_of
from ingest.parsers.plain_text.parser import parse
from ingest.parsers.plain_text.sentences import depends_in, first_in, gate_in
from ingest.parsers.plain_text.values import objects_in, values_in, with_own_department
from ingest.reading import Reading, Text

CASES = Path(__file__).parent / "cases" / "parse"
FORM_OF = {
    "boxes": "boxes",
    "bullets": "bullets",
    "capitals": "capitals",
    "cells": "cells",
    "chapters": "labelled",
    "codes": "codes",
    "columns": "columns",
    "contents": "contents",
    "course_page": "lessons",
    "days": "stages",
    "glued": "labelled",
    "groups": "titles",
    "items": "items",
    "keycaps": "counted",
    "ladder": "stages",
    "letters": "counted",
    "numbered": "numbered",
    "outline": "counted",
    "pages": "counted",
    "pairs": "pairs",
    "phases": "stages",
    "questions": "questions",
    "requires": "bullets",
    "skeleton": "skeleton",
    "slides": "labelled",
    "steps": "stages",
    "syllabus": "stages",
    "tabs": "indented",
    "tree": "tree",
    "weeks": "stages",
    "wiki": "marked",
    "labels": "stages",
    "textbook": "labelled",
    "lettered_heads": "bullets",
    "announced": "pairs",
    "semesters": "codes",
    "broken_emoji": "pairs",
    "captions": "stages",
    "lessons": "labelled",
    "headed": "headed",
    "book": "labelled",
    "cards": "pairs",
    "units": "units",
    "spaced_pages": "contents",
    "post": "fielded",
    "catalogue": "codes",
    "course_tables": "columns",
    "dashes": "bullets",
    "entries": "fielded",
    "glued_rows": "counted",
    "grouped_pairs": "pairs",
    "links": "pairs",
    "months": "stages",
    "parcours": "stages",
    "planned": "items",
    "readme": "counted",
    "series": "labelled",
}
PIECES = (
    "Arrays|Binary Trees|loops, lists, files|Week 2: Graphs|Phase 1|Chapter 3 Heaps|CS101 Sets (4 credits)|12 min"
    "|08:30|Prerequisites: Arrays|Prerequisite: one of CS101 or CS102|Requires|None|1.|1.1 Sorting|II. Limits|A. Rings"
    "|\u2022 Queues|\u2014 Stacks|o Decks|\u251c\u2500\u2500 Tries|\u2502   \u2514\u2500\u2500 Ropes|+-----+|| Box |"
    "|Hashing ........ 57|[edit]|Copy|Topic|Hours|Page 3|Why this matters|What is a heap?|\t|   |\f|\u00a0"
    "|A sentence stands here, and it ends.|x = f(1);|Complete Chapters 1\u20133 before you start this part."
    "|This phase assumes you can: swim (Ch 2).|1\ufe0f\u20e3 Chords|Trees  3 h  None"
    "|DurationWeeks 1\u20134|PrerequisitesPhase 1|Needs [[Arrays]].|Start here after [[Binary Trees]].|Home"
    "|You need Arrays and Graphs first.|Chapter 3 depends on Chapters 1 and 2; Chapter 4 is optional.|Course 1|14 hours"
    "|Make sure you can swim before moving on to Part II.|Topic\tHours\tPrerequisites|Sets\t3\tArrays|Resources:"
    "|Trees and forests. Prerequisite: 101 or 102. Coming soon.|Topic 1.1: k-d trees|Queues -- in and out"
)
LINE = st.lists(st.sampled_from(PIECES.split("|")), max_size=3).map(" ".join)


def read(*lines: str) -> Reading:
    text = Text(path="x.txt", lines=lines)
    reading = parse(text)
    check(reading, text)
    return reading


@pytest.mark.parametrize("name", FORM_OF)
def test_each_case_is_read_by_its_form(name: str) -> None:
    lines = (CASES / f"plain_{name}.txt").read_text(encoding="utf-8").split("\n")
    form = best(page_of(lines))
    assert form is not None
    assert form.name == FORM_OF[name]


def test_rows_of_a_glued_table_need_company() -> None:
    lines = [(1, "DurationWeeks 1\u20134"), (2, "PrerequisitesNone"), (3, "FocusLinux"), (5, "TimescaleDB")]
    assert labelled_rows(lines) == {1: "Duration: Weeks 1\u20134", 2: "Prerequisites: None"}
    assert labelled_rows([(1, "TimescaleDB"), (2, "ReadMe")]) == {}


def test_contents_are_lines_that_come_again_in_order() -> None:
    contents = ["1. Ink", "2. Pens", "3. Paper"]
    text = [*contents, "1. Ink", "Black.", "2. Pens", "Broad.", "3. Paper", "Laid."]
    assert listed_before(list(enumerate(text, start=1))) == {1, 2, 3}
    assert listed_before(list(enumerate([*contents, *contents], start=1))) == set()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Before moving to Phase 8, you must demonstrate the following.", 8),
        ("Make sure you can swim before you start Part IV.", 4),
        ("Before the next stage, rest.", None),
        ("Before you continue to the next stage, make sure that it holds.", 0),
    ],
)
def test_gates(line: str, number: int | None) -> None:
    gate = gate_in(line)
    assert (gate.number if gate is not None else None) == number


@pytest.mark.parametrize(
    ("line", "objects"),
    [
        ("Start here after [[Loops]].", ["[[Loops]]"]),
        ("Sorting. You need Arrays and Loops first.", ["Arrays and Loops"]),
        ("Learn Loops before this.", ["Loops"]),
        ("First things first.", []),
        ("After the war he left.", []),
    ],
)
def test_sentences_that_say_what_comes_first(line: str, objects: list[str]) -> None:
    assert [each for each, _ in first_in(line)] == objects


def test_chapters_that_depend_on_chapters() -> None:
    line = "Chapters 5 and 6 depend only on Chapter 4; Chapter 2 is required for Chapter 7."
    found = [([each.number for each in who], [each.number for each in what]) for who, what, _ in depends_in(line)]
    assert found == [([5, 6], [4]), ([7], [2])]


def test_bare_numbers_are_codes_of_the_same_catalogue() -> None:
    codes = frozenset({"CS 126", "CS 127"})
    assert with_own_department("127 or 126 or 640", "CS 253", codes) == "CS 127 or CS 126 or 640"
    assert with_own_department("MATH 126", "CS 253", codes) == "MATH 126"


@pytest.mark.parametrize("name", ["faq", "essay", "recipe"])
def test_what_is_no_roadmap_has_no_topics(name: str) -> None:
    reading = read(*(CASES / f"plain_{name}.txt").read_text(encoding="utf-8").split("\n"))
    assert reading.topics == ()
    assert [(each.severity, each.code) for each in reading.problems] == [("info", "no-topics")]


@settings(max_examples=400, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_generated_texts(lines: list[str]) -> None:
    given_ = tuple(line.replace("\n", " ") for line in lines) or ("",)
    read(*given_)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(body: str) -> None:
    lines = tuple(body.split("\n"))
    read(*lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, min_size=4, max_size=25))
def test_every_form_bears_every_text(lines: list[str]) -> None:
    page = page_of(lines)
    assert all(0 <= each.score(page) <= 1 for each in FORMS)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "1.",
        "1 ",
        "(",
        ". ",
        "Chapter 1 ",
        ", ",
        ": ",
        "\u2502 ",
        "| ",
        "Requires: ",
        "x  ",
        "\t",
        "or ",
        "CS101 ",
        "12 min ",
        "Ch 1, ",
        "(requires ",
        "-",
        "you have finished ",
        "before ",
        "complete chapters ",
        "A or better ",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    before = time.process_time()
    lines = (
        "Week 1: Trees",
        "\u2022 Heaps",
        "\u2022 Tries",
        piece * (40_000 // len(piece)),
        "Week 2: Graphs",
        "1. Sets",
    )
    read(*lines)
    many = tuple(f"{piece}{number}" for number in range(3_000))
    read(*many)
    assert time.process_time() - before < 6


@pytest.mark.parametrize(
    ("value", "pieces"),
    [
        ("CS101 and (CS102 or MATH 110), or permission of instructor", ["CS101", "CS102 or MATH 110"]),
        ("CS 101, 102", ["CS 101, CS 102"]),
        ("CS 101 with a grade of C or better", ["CS 101"]),
        ("consent of instructor", []),
        ("None", ["None"]),
    ],
)
def test_requirements_of_a_catalogue(value: str, pieces: list[str]) -> None:
    assert objects_in(value) == pieces


def test_labels_behind_a_title() -> None:
    head, values = values_in("Sets (4 credits). Prerequisites: A and B. Corequisite: C")
    assert head == "Sets (4 credits)"
    assert [(each.kind, each.value) for each in values] == [("requires", "A and B"), ("together", "C")]
    assert values_in("Heaps (requires Trees)")[1][0].value == "Trees"
    assert values_in("No label here")[1] == ()


def test_bullets_nested_too_deep_are_said_and_the_others_read() -> None:
    names = [f"Layer {outer}{inner}" for outer in "abcdefgh" for inner in "ijklmnop"]
    lines = ["Deep", *(f"{'  ' * depth}- {name}" for depth, name in enumerate(names))]
    reading = parse(Text(path="deep.txt", lines=tuple(lines)))
    assert len(reading.topics) == 60
    assert [(each.code, each.line) for each in reading.problems] == [("too-deep", 62)]
