"""Drawings as documents: what their words mean, and what holds for every one of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from ingest.parsers import parse
from ingest.parsers.dot.remarks import remarks_of
from ingest.parsers.dot.words import edge_words
from ingest.parsers.drawings import fenced
from ingest.reading import Reading, Text

DOT = (
    "digraph {",
    "graph {",
    "}",
    "a -> b",
    "a -> b -> c",
    "a -- b",
    "a -> {b c}",
    "{a b} -> c:p",
    '[label="requires"]',
    '[label="or"]',
    "[style=dashed]",
    "subgraph cluster_x {",
    'label="Phase 1: Basics"',
    'label="Legend"',
    'node [shape=record label="{<p> A|<q> B}"]',
    "b [label=<A<BR/>b>]",
    '"x\ny"',
    '"open',
    "//",
    "/* c",
    "*/",
    "#",
    "<",
    ">",
    ";",
    "[",
    "]",
    "=",
    "edge [dir=both]",
    "c [shape=point]",
    'd [shape=diamond label="one of"]',
    ":",
    "\x00",
    "\r",
    "\u2028",
)
MERMAID = (
    "graph TD",
    "flowchart LR;",
    "mindmap",
    "classDiagram",
    "%% arrows lead to what needs it",
    'class A["B"] {',
    "A <|.. B : requires",
    "A : x",
    "subgraph one [Week 1: Dough]",
    "subgraph legend",
    "end",
    "A --> B",
    "A & B --> C",
    "A -- text --> B",
    "A -->|or| B",
    "A -.-> B",
    "A --- B",
    "A{Which?} --> B",
    'A["x',
    'B["two"]',
    'click A "https://x.y" "z"',
    "class A planned",
    "classDef p fill:#eee",
    "A:::p",
    "%% arrows point to prerequisites",
    "---",
    "title: T",
    "  deeper",
    "    id((deep))",
    'A@{ label: "q" }',
    "A ~~~ B",
    "-->",
    "|",
    "@@",
    "\x00",
    "\r",
    "\u2028",
)
CHARTS = (
    "gantt",
    "timeline",
    "journey",
    "kanban",
    "stateDiagram-v2",
    "section Phase 1: Dough",
    "title T",
    "dateFormat YYYY",
    "A task :a1, 2024-01-01, 3d",
    "B task :crit, b1, after a1 c1, 3d",
    "C task :milestone, c1, after b1",
    ":",
    "a : b : c",
    ": d",
    "[*] --> A",
    "A --> B : requires",
    "A --> A",
    "state Whole {",
    "}",
    'state "two words" as tw',
    "state f <<fork>>",
    "note right of A",
    "end note",
    "A : described",
    "  id[card]@{ x: 1 }",
    "Done",
    "--",
    "%% remark",
    "\x00",
)


def pieces(table: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(table), max_size=25).flatmap(
        lambda found: st.sampled_from([" ".join(found), "\n".join(found)])
    )


def read(path: str, source: str) -> Reading:
    text = Text(path=path, lines=tuple(source.split("\n")))
    reading = parse(text)
    check(reading, text)
    return reading


@settings(max_examples=300, deadline=None)
@given(pieces(DOT))
def test_generated_dot(source: str) -> None:
    read("x.dot", source)


@settings(max_examples=300, deadline=None)
@given(pieces(MERMAID))
def test_generated_mermaid(source: str) -> None:
    read("x.mmd", source)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CHARTS[:5]), pieces(CHARTS))
def test_generated_charts(kind: str, source: str) -> None:
    read("x.mmd", f"{kind}\n{source}")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["x.gv", "x.mermaid"]))
def test_any_text(source: str, path: str) -> None:
    read(path, source)


@settings(max_examples=150, deadline=None)
@given(pieces(MERMAID), pieces(DOT))
def test_generated_fences(one: str, two: str) -> None:
    read("x.md", f"# T\n\n## A\n\nWords.\n\n## B\n\n```mermaid\n{one}\n```\n~~~dot\n{two}\n~~~\n")


@pytest.mark.parametrize(
    ("label", "direction", "strength", "choice"),
    [
        ("requires", "to-prerequisite", None, 0),
        ("Depends on:", "to-prerequisite", None, 0),
        ("required by", "to-dependent", None, 0),
        ("is a prerequisite for", "to-dependent", None, 0),
        ("(optional)", None, "soft", 0),
        ("not required", None, "soft", 0),
        ("co-requisite", None, "together", 0),
        ("or", None, None, 1),
        ("requires one of", "to-prerequisite", None, 1),
        ("any two of", None, None, 2),
        ("weekly", None, None, 0),
        ("setzt voraus", "to-prerequisite", None, 0),
        ("en paralelo", None, "together", 0),
    ],
)
def test_words_on_edges(label: str, direction: str | None, strength: str | None, choice: int) -> None:
    found = edge_words(label)
    assert (found.direction, found.strength, found.choice) == (direction, strength, choice)


@pytest.mark.parametrize(
    ("remark", "direction"),
    [
        ("Arrows point from each topic to its prerequisites", "to-prerequisite"),
        ("arrows point to the prerequisite", "to-prerequisite"),
        ("A -> B means: A requires B", "to-prerequisite"),
        ("x --> y: x depends on y", "to-prerequisite"),
        ("An arrow means 'requires'", "to-prerequisite"),
        ("a -> b: learn a, then b: b needs a", "to-dependent"),
        ("a --> b means b requires a", "to-dependent"),
        ("arrows run from prerequisites to the topics that need them", "to-dependent"),
        ("-> means unlocks", "to-dependent"),
        ("Arrows point from a skill to the skills it requires", "to-prerequisite"),
        ("each arrow leads to the courses that need it", "to-dependent"),
        ("Pfeile zeigen auf die Voraussetzungen", "to-prerequisite"),
        ("arrows lead from left to right. Requirements are in bold.", None),
        ("colours mean nothing", None),
    ],
)
def test_remarks_on_arrows(remark: str, direction: str | None) -> None:
    assert remarks_of([remark]).direction == direction


def test_fenced_has_the_lines_of_the_document() -> None:
    found = fenced("mermaid", ["graph TD", "  A[One] --> B[Two]"], 41)
    assert found is not None
    assert [(topic.title, topic.line) for topic in found.topics] == [("One", 42), ("Two", 42)]
    assert [(each.line_start, each.quote) for each in found.requirements] == [(42, "A[One] --> B[Two]")]
    assert fenced("python", ["a"], 1) is None


def test_other_kinds_of_mermaid_are_said() -> None:
    reading = read("x.mmd", "sequenceDiagram\n  A->>B: hello")
    assert [problem.code for problem in reading.problems] == ["other-diagram", "no-topics"]


def test_deep_nesting_is_a_problem() -> None:
    dot = "digraph {" + "subgraph { " * 80 + "a -> b" + "}" * 81
    mermaid = "graph TD\n" + "subgraph s\n" * 80 + "a --> b\n" + "end\n" * 80
    for path, source in (("x.dot", dot), ("x.mmd", mermaid)):
        assert "too-deep" in [problem.code for problem in read(path, source).problems]


def test_too_many_topics_are_a_problem() -> None:
    reading = read("x.dot", "digraph {" + "\n".join(f"topic_{at};" for at in range(50_010)) + "}")
    assert len(reading.topics) == 50_000
    assert [problem.code for problem in reading.problems] == ["too-many-topics"]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("x.mmd", "graph TD\n" + " --> ".join(f"A{at}" for at in range(3_000))),
        ("x.dot", "digraph { a -> {" + " ".join(f"b{at}" for at in range(3_000)) + "} }"),
    ],
)
def test_thousands_of_arrows_on_a_line_do_not_quote_all_of_it_each(path: str, source: str) -> None:
    found = read(path, source).requirements
    assert len(found) >= 2_999
    assert max(len(each.quote) for each in found) <= 400
    assert all(each.quote in source for each in found)


LAYERS = "".join(
    f"c{layer}{at} [shape=point]; " + "".join(f"c{layer}{at} -> c{layer + 1}{to}; " for to in range(9))
    for layer in range(9)
    for at in range(9)
)
"""Nine crossings, each before each of nine others, and so on: 800 arrows, 400 million ways."""


@pytest.mark.parametrize(
    "source",
    [
        "digraph {" + "a [label=<" * 10_000,
        "digraph {" + '\\"' * 20_000,
        'digraph { a [label="' + "\\" * 20_001,
        "digraph {" + "a -> " * 20_000,
        "/*" * 20_000,
        "digraph { // " + "arrows to " * 10_000,
        "digraph {" + "{" * 20_000,
        "graph TD\nA" + "-" * 40_000,
        "graph TD\nA" + " -- x" * 10_000,
        "graph TD\nA" + '["x' * 10_000,
        "graph TD\n" + "A & " * 20_000,
        "graph TD\nA --> " + "B.-" * 10_000,
        "gantt\n" + "x :a, after a, 3d\n" * 10_000,
        "stateDiagram\n" + "state a {\n" * 10_000,
        "stateDiagram\n" + "a " * 20_000,
        "timeline\n" + "a : " * 20_000,
        "mindmap\n" + "\n".join(" " * at + "x" for at in range(2_000)),
        "digraph {" + LAYERS,
    ],
    ids=lambda source: source[:16],
)
def test_nothing_takes_long(source: str) -> None:
    before = time.process_time()
    read("x.mmd" if not source.startswith(("digraph", "/*")) else "x.dot", source)
    assert time.process_time() - before < 5
