"""A large document is read some lines at a time, and what has been read is let go: nobody may see a difference."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsers import parse
from ingest.parsers.markdown import tokens as markdown_tokens
from ingest.parsers.markdown.builder import read_blocks
from ingest.parsers.markdown.front_matter import MAX_ALIASES, MAX_SIGNS, front_matter
from ingest.parsers.outline import read as outline
from ingest.reading import Reading, Text

FILES = sorted((Path(__file__).parent / "cases" / "parse").glob("*.md"))
LINES = (
    *("# One", "## Two", "text", "  more", "", "", "===", "---", "***", "**Bold**", "    code", "\tx"),
    *("- a", "  - b", "   - c", " - d", "* e", "+ f", "-", "1. g", "2) h", "10. i", "1."),
    *("> quote", "> - in it", "| a | b |", "|---|---|", "| 1 | 2 |", "```", "~~~", "<div>", "</div>", "<!-- c", "-->"),
    *("<details>", "<summary>S</summary>", "</details>", "[ref]: http://x", '"title"', "[ref2]: <y>", "[t][ref]"),
)
MERGED = (f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 9)}]}}" for before, name in pairwise("abcdefghi"))
BOMB = "\n".join(["---", "a: &a {x: 1}", *MERGED, "---", "", "# Topic"])


def _read(file: Path, window: int, patch: pytest.MonkeyPatch) -> Reading:
    patch.setattr(markdown_tokens, "WINDOW", window)
    patch.setattr(markdown_tokens, "LARGE", window)
    patch.setattr(outline, "LARGE", window)
    return parse(Text(path=file.name, lines=tuple(file.read_text(encoding="utf-8").removesuffix("\n").split("\n"))))


@given(st.lists(st.sampled_from(LINES), max_size=25), st.integers(1, 7))
def test_cut_anywhere_it_is_the_same_tree(lines: list[str], window: int) -> None:
    whole = read_blocks(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown_tokens, "WINDOW", window)
        patch.setattr(markdown_tokens, "LARGE", 0)
        assert read_blocks(lines) == whole


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cut_and_let_go_it_is_the_same_reading(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _read(file, 10_000, monkeypatch)
    assert [_read(file, window, monkeypatch) == whole for window in (1, 2, 7)] == [True] * 3


def test_a_long_table_is_taken_whole_but_not_with_all_that_follows() -> None:
    size = markdown_tokens.WINDOW
    rows = ["| Topic | Hours |", "|---|---|", *(f"| Topic {number} | 2 |" for number in range(2 * size))]
    after = [line for number in range(2 * size) for line in (f"## Heading {number}", "")]
    starts = [batch.before for batch in markdown_tokens.batches(["# Long", "", *rows, "", *after], 0)]
    assert starts[:2] == [0, 2]
    assert starts[2] <= 2 + 4 * size
    assert max(later - before for before, later in pairwise(starts[2:])) <= size


def test_front_matter_that_would_fill_the_memory_is_a_problem() -> None:
    started = time.process_time()
    bomb = front_matter(BOMB.split("\n"))
    long = front_matter(["---", "a: " + "x" * MAX_SIGNS, "---"])
    assert (bomb.end, [each.message for each in bomb.problems]) == (
        len(BOMB.split("\n")) - 2,
        [f"front matter with more than {MAX_ALIASES} aliases is not read"],
    )
    assert [each.message for each in long.problems] == [f"front matter of more than {MAX_SIGNS} signs is not read"]
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("lines", "values", "end"),
    [
        (("---", "a: 1", "---", "# T"), {"a": 1}, 3),
        (("---", "a: 1", "...", "# T"), {"a": 1}, 3),
        (("----", "a: 1", "---", "b: 2", "-----  "), {}, 5),
        (("---", "a: 1"), {}, 0),
        (("# T", "---", "a: 1", "---"), {}, 0),
        ((), {}, 0),
    ],
)
def test_where_front_matter_ends(lines: tuple[str, ...], values: dict[str, object], end: int) -> None:
    found = front_matter(lines)
    assert (found.values, found.end) == (values, end)
