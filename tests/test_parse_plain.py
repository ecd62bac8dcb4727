"""Plain text that lost its markup: which form reads it, and what holds for every text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parsers.plain_forms import FORMS, best
from ingest.parsers.plain_page import page_of
from ingest.parsers.plain_text import parse
from ingest.parsers.plain_values import objects_in, values_in
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
}
PIECES = (
    "Arrays|Binary Trees|loops, lists, files|Week 2: Graphs|Phase 1|Chapter 3 Heaps|CS101 Sets (4 credits)|12 min"
    "|08:30|Prerequisites: Arrays|Prerequisite: one of CS101 or CS102|Requires|None|1.|1.1 Sorting|II. Limits|A. Rings"
    "|\u2022 Queues|\u2014 Stacks|o Decks|\u251c\u2500\u2500 Tries|\u2502   \u2514\u2500\u2500 Ropes|+-----+|| Box |"
    "|Hashing ........ 57|[edit]|Copy|Topic|Hours|Page 3|Why this matters|What is a heap?|\t|   |\f|\u00a0"
    "|A sentence stands here, and it ends.|x = f(1);|Complete Chapters 1\u20133 before you start this part."
    "|This phase assumes you can: swim (Ch 2).|1\ufe0f\u20e3 Chords|Trees  3 h  None"
)
LINE = st.lists(st.sampled_from(PIECES.split("|")), max_size=3).map(" ".join)


def read(*lines: str) -> Reading:
    return parse(Text(path="x.txt", lines=lines))


def check(reading: Reading, lines: tuple[str, ...]) -> None:
    ids = {topic.id for topic in reading.topics}
    for topic in reading.topics:
        assert topic.title.strip()
        assert 1 <= topic.line <= topic.line_end <= len(lines)
        assert topic.part_of is None or topic.part_of in ids
    for each in reading.requirements:
        assert 1 <= each.line_start <= each.line_end <= len(lines)
        assert each.quote
        assert each.quote in "\n".join(lines[each.line_start - 1 : each.line_end])
    assert all(1 <= phase.line <= len(lines) for phase in reading.phases)


@pytest.mark.parametrize("name", FORM_OF)
def test_each_case_is_read_by_its_form(name: str) -> None:
    lines = (CASES / f"plain_{name}.txt").read_text(encoding="utf-8").split("\n")
    form = best(page_of(lines))
    assert form is not None
    assert form.name == FORM_OF[name]


@pytest.mark.parametrize("name", ["faq", "essay", "recipe"])
def test_what_is_no_roadmap_has_no_topics(name: str) -> None:
    reading = read(*(CASES / f"plain_{name}.txt").read_text(encoding="utf-8").split("\n"))
    assert reading.topics == ()
    assert [(each.severity, each.code) for each in reading.problems] == [("info", "no-topics")]


@settings(max_examples=400, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_generated_texts(lines: list[str]) -> None:
    given_ = tuple(line.replace("\n", " ") for line in lines) or ("",)
    check(read(*given_), given_)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(body: str) -> None:
    lines = tuple(body.split("\n"))
    check(read(*lines), lines)


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
    check(read(*lines), lines)
    many = tuple(f"{piece}{number}" for number in range(3_000))
    check(read(*many), many)
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
