"""Saved pages: what holds for every one of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from ingest.parsers import parse
from ingest.reading import Reading, Text

PIECES = (
    "<h1>Title</h1>",
    "<h2>Phase 1: Basics</h2>",
    "<h3>Trees</h3>",
    "<p>",
    "</p>",
    "<ul>",
    "<ol start='4'>",
    "<li>",
    "</li>",
    "</ul>",
    "<b>Heaps</b>",
    "<br>",
    "Requires: Trees",
    "Trees require Graphs and Heaps.",
    "&amp; &lt;x&gt;",
    "&nbsp;",
    "&#150;",
    "&foo;",
    "&NotEqualTilde;",
    "<a href='#x'>x</a>",
    '<a href="y">Graphs</a>',
    "<table><tr><th>Topic<th>Requires</tr>",
    "<tr><td rowspan=2>A</td><td>B<br>C</td></tr>",
    "</table>",
    "<dl><dt>Prerequisites<dd>Trees</dl>",
    "<details><summary>S*um</summary>",
    "</details>",
    "<!-- c",
    "-->",
    '<script>if (a<b) "</script>',
    "<div hidden>",
    "</div>",
    "<main>",
    "</main>",
    "<article>",
    "<pre class=mermaid>graph TD\n A-->B</pre>",
    "<![CDATA[x]]>",
    "<!DOCTYPE",
    "<![if",
    "<",
    ">",
    '"',
    "'",
    "|",
    "\\",
    "*",
    "_",
    "\x00",
    "\r",
    "\u2028",
    "- x",
    "1. y",
    "```",
    "<title>T - S</title>",
    "<button aria-expanded=false>Week 1</button>",
    "<div class=card-title>Heaps. 3 credits</div>",
    "<div class=admonition><p class=admonition-title>Prerequisites</p>",
    "<div class=n><span>Knots</span><span>Ropes</span><span>Sails</span></div>",
    "<div><span>Requires</span><span>Heaps</span></div>",
    "<span class=badge>4 h</span>",
    "<span>PHASE 2</span>",
    "<p style='mso-list:l0 level2 lfo1'>o Bowlines</p>",
    "<ul class=lst-kix_a-1><li>Nested</ul>",
    "<table><tr><th>Code</th><td>AB1</td></tr><tr><th>Requires</th><td>Heaps</td></tr></table>",
)
SOURCE = st.lists(st.sampled_from(PIECES), max_size=25).flatmap(
    lambda found: st.sampled_from(["".join(found), " ".join(found), "\n".join(found)])
)


def read(source: str) -> Reading:
    text = Text(path="x.html", lines=tuple(source.split("\n")))
    reading = parse(text)
    check(reading, text)
    assert all(topic.text for topic in reading.topics)
    return reading


@settings(max_examples=400, deadline=None)
@given(SOURCE)
def test_generated_pages(source: str) -> None:
    read(source)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text(source: str) -> None:
    read(source)


def test_lines_are_those_of_the_words_after_what_is_left_out() -> None:
    reading = read(
        "<body><nav>Trees\n</nav><script>\nvar s = '<h2>Trees</h2>';\n</script>\n<h2>Graphs</h2><p>Many words.</p>\n"
        "<h2>Trees</h2>\n<p>Requires:\n<a href='g'>Graphs</a></p></body>"
    )
    assert [(topic.title, topic.line) for topic in reading.topics] == [("Graphs", 5), ("Trees", 6)]
    assert [(each.line_start, each.line_end, each.quote) for each in reading.requirements] == [
        (7, 8, "Requires:\n<a href='g'>Graphs")
    ]


def test_deep_nesting_is_a_problem() -> None:
    reading = read("<h2>A</h2><p>b</p>" + "<div>" * 3_000 + "deep" + "</div>" * 3_000)
    assert "too-deep" in [problem.code for problem in reading.problems]


def test_bullets_nested_too_deep_are_a_problem() -> None:
    reading = read("<h2>A</h2>" + "<ul><li>b " * 58 + "</ul>" * 58)
    assert len(reading.topics) > 20


@pytest.mark.parametrize(
    "source",
    [
        "<" * 20_000,
        '<a "' * 2_000,
        "<p>" + "&amp" * 20_000,
        "<p>" + " " * 40_000 + "x",
        "<p>" + "<b>x" * 5_000,
        "<table><tr>" + "<td colspan=200>x</td>" * 2_000,
        "<!--" * 5_000,
        "<ul>" + "<li>Item" * 3_000,
        "<p>" + "x<br>" * 10_000,
        "<p>" + "[" * 10_000,
        "<table><tr><td>" * 5_000,
        "<header>" + "<ul><li>a</ul>" * 5_000,
        "<div class=c><div>T</div><div><b>Requires</b><i>X</i></div></div>" * 2_000,
        "<p>" + "Aa. Needs: b " * 5_000,
        "<div class=toc-x>" * 5_000 + "x",
    ],
    ids=lambda source: source[:14],
)
def test_nothing_takes_long(source: str) -> None:
    before = time.process_time()
    read(source)
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Algebra I. 4 Credits.", "Algebra I"),
        ("Algebra (6 ECTS)", "Algebra"),
        ("Algebra credit: 3 Hours.", "Algebra"),
        ("The 7 units of SI", "The 7 units of SI"),
        ("Docker (8 h)", "Docker"),
    ],
)
def test_what_a_course_counts_for_is_no_part_of_its_title(title: str, expected: str) -> None:
    reading = read(f"<h2>{title}</h2><p>Words about it.</p><h2>Other</h2><p>More words.</p>")
    assert reading.topics[0].title == expected


def test_a_section_that_is_called_as_its_id_is_content() -> None:
    names = ("Sails", "Navigation", "Knots")
    text = "Words that say much about it, and then some more of them."
    sections = [f"<section id='{name.casefold()}'><h2>{name}</h2><p>{text}</p></section>" for name in names]
    others = "<section id='comments'><h2>What others say</h2><p>Knots requires Sails.</p></section>"
    reading = read(f"<main>{''.join(sections)}{others}</main>")
    assert [topic.title for topic in reading.topics] == list(names)
    assert not reading.requirements
