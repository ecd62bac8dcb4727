"""Words without markup, or with bold ones in front, are read without markdown-it: it must have said the same."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ingest.parsers.markdown import tokens as markdown_tokens
from ingest.parsers.wording import inline
from ingest.parsers.wording.inline import Inline, inline_of, is_simple

SIGNS = st.sampled_from([*"aB7 *_`[]()<>&~!\\:.,-#|\"'", "**", "é", "\u00a0", "\u2003", "\u2014", "\n", "\t", "学"])
PARAGRAPHS = st.lists(SIGNS, max_size=14).map("".join)
BOLD = st.tuples(PARAGRAPHS, PARAGRAPHS).map(lambda parts: f"**{parts[0]}**{parts[1]}")


def _read(text: str) -> list[Inline]:
    tokens = markdown_tokens._tokens(text + "\n", {})
    return [inline_of(token) for token in tokens if token.type == "inline"]


def _read_by_library(text: str) -> list[Inline]:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [inline_of(token) for token in markdown.parse(text + "\n") if token.type == "inline"]


@given(PARAGRAPHS | BOLD)
@example("**Bold** and words")
@example("**Bold:** words")
@example("**Bold:**words")
@example("**Bold **words")
@example("**Bold**")
@example("a **b** c")
def test_it_is_what_the_library_reads(text: str) -> None:
    assert _read(text) == _read_by_library(text)


def test_what_is_simple() -> None:
    texts = [
        "Plain words: 1 > 2!",
        "**Bold** words",
        "**Bold:** words",
        "**Bold:**words",
        "*a*",
        "a **b**",
        "[x]",
        "a\nb",
    ]
    assert [text for text in texts if is_simple(text)] == texts[:3]
    assert inline.inline_of(markdown_tokens._tokens("**Bold** words\n", {})[1]) == Inline(
        b"**Bold** words", "Bold words", lead_end=4
    )
