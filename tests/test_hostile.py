"""Inputs made to be slow, endless or deep: every parser of the table takes them in linear time, within its limits."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from fuzz.hostile import FRAMES, documents, slow
from fuzz.invariants import check
from fuzz.trial import Trial, suffixes_of
from ingest.documents import MAX_BYTES, decode
from ingest.parsers import PARSERS, Parser, parse
from ingest.reading import Text
from ingest.repair import repair

HOSTILE = Path(__file__).parent / "cases" / "hostile"
REPOSITORY = Path(__file__).parents[1]
SIZE = 8_000
KINDS = [(parser, suffix) for parser in PARSERS for suffix in suffixes_of(parser) if suffix in FRAMES]


@pytest.mark.slow
@pytest.mark.parametrize(("parser", "suffix"), KINDS, ids=[f"{parser.family}{suffix}" for parser, suffix in KINDS])
def test_ten_times_the_input_takes_ten_times_as_long(parser: Parser, suffix: str) -> None:
    found = [f"{ratio:.0f} × for 10 ×, {took:.2f} s: {name}" for name, ratio, took in slow(parser, suffix, SIZE)]
    assert not found, "\n".join(found)


def test_there_is_a_hostile_document_for_every_suffix() -> None:
    assert all(len(list(documents(suffix))) > 100 for _, suffix in KINDS)
    assert {parser.family for parser, _ in KINDS} == {parser.family for parser in PARSERS}


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.family)
@pytest.mark.parametrize("file", sorted(HOSTILE.iterdir()), ids=lambda file: file.name)
def test_what_once_broke_a_parser(file: Path, parser: Parser, tmp_path: Path) -> None:
    trial = Trial(parser, tmp_path)
    raw = file.read_bytes()
    for variant in (0, 1, 64, 65):
        trial.file(raw, variant)
    assert not trial.found, trial.found
    for path in (file.name, f"index{file.suffix}"):
        text = Text(path=path, lines=tuple(decode(raw)[0].split("\n")), vault=file.suffix == ".md")
        if parser.detect(text):
            check(parser.parse(text), text)


DEEP = {
    "brackets": "[" * 5_000 + "]" * 5_000,
    "maps": '{"children": [' * 3_000 + "]}" * 3_000,
    "yaml maps": "\n".join(f"{' ' * depth}topics:" for depth in range(1_500)),
    "yaml lists": "- " * 3_000 + "A",
    "quotes": "> " * 3_000 + "A",
    "divs": "<div>" * 5_000 + "A" + "</div>" * 5_000,
    "lists": "<ul><li>A" * 2_000,
    "subgraphs": "digraph {" + "subgraph x {" * 2_000 + "a -> b" + "}" * 2_001,
    "mermaid subgraphs": "graph TD\n" + "subgraph a\n" * 2_000 + "A --> B",
    "bullets": "\n".join(f"{'  ' * depth}- T{depth}" for depth in range(500)),
    "toml tables": "[" + ".".join(["a"] * 3_000) + "]\nx = 1",
    "inline tables": "x = " + "{a = " * 2_000 + "1" + "}" * 2_000,
}


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.family)
@pytest.mark.parametrize("name", DEEP)
def test_nesting_without_end_is_read_or_reported(name: str, parser: Parser) -> None:
    for suffix in suffixes_of(parser):
        text = Text(path=f"x{suffix}", lines=tuple(DEEP[name].split("\n")))
        check(parser.parse(text), text)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.family)
@pytest.mark.parametrize("use", ["topics: *j", "requires: *j", "title: *j", "aliases: *j", "<<: {x: *j}", "k: &k [*k]"])
def test_aliases_never_multiply(use: str, parser: Parser, tmp_path: Path) -> None:
    """Ten lines that would be 3.5 billion texts, and one that holds itself."""
    trial = Trial(parser, tmp_path)
    for body in (f"{BOMB}\n{use}\n", f"---\n{BOMB}\n{use}\n---\n# A\n"):
        trial.file(body.encode(), 0)
        trial.file(body.encode(), 64)
    assert not trial.found, trial.found


@pytest.mark.parametrize("piece", ["Ã©", "Ã Â", "â€™", "Â ", "ðŸš€ ", "Ã", "é» a ", "\ufeff", "Ã©\n", "\ufeffa\n"])
def test_repair_is_linear(piece: str) -> None:
    from fuzz.hostile import MOST, TIMES, seconds

    small, large = piece * 4_000, piece * 4_000 * TIMES
    low, high = seconds(lambda: repair(small), 5), seconds(lambda: repair(large), 3)
    assert high < max(low, 0.003) * MOST


def test_all_previous_stages_are_bounded() -> None:
    """Else a thousand stages make half a million requirements."""
    lines = [
        line
        for number in range(1, 301)
        for line in (f"## Phase {number}: T{number}", "", "Requires: all previous phases", "")
    ]
    reading = parse(Text(path="x.md", lines=("# R", *lines)))
    assert len(reading.phases) == 300
    assert 300 < len(reading.requirements) <= 50 * 300
    assert {each.requires for each in reading.requirements if each.topic == "T300"} == {
        f"T{number}" for number in range(250, 300)
    }


def test_documents_are_bounded() -> None:
    assert MAX_BYTES == 10 * 1024 * 1024


def only_repeats(tree: Any) -> bool:
    """Whether a part of a pattern is nothing but something repeated without end."""
    items = list(tree)
    if len(items) != 1:
        return False
    kind, value = str(items[0][0]), items[0][1]
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        return int(value[1]) > ENDLESS
    if kind == "SUBPATTERN":
        return only_repeats(value[-1])
    return kind == "BRANCH" and any(map(only_repeats, value[1]))


def nested(tree: Any) -> bool:
    """Whether something that only repeats is itself repeated, as in `(a+)+`: that takes exponential time."""
    for kind, value in tree:
        name = str(kind)
        if name in {"MAX_REPEAT", "MIN_REPEAT"} and (
            (value[1] > ENDLESS and only_repeats(value[2])) or nested(value[2])
        ):
            return True
        if name == "SUBPATTERN" and nested(value[-1]):
            return True
        if name in {"ASSERT", "ASSERT_NOT"} and nested(value[1]):
            return True
        if name == "BRANCH" and any(map(nested, value[1])):
            return True
    return False


ENDLESS = 1_000


def test_no_pattern_repeats_what_repeats() -> None:
    grammar: Any = import_module("re._parser")
    assert nested(grammar.parse(r"x(?:a+|b)*y"))
    patterns = {
        f"{module}.{name}": value.pattern
        for folder in ("graph", "ingest")
        for file in sorted((REPOSITORY / folder).rglob("*.py"))
        if "embedded" not in (module := ".".join(file.relative_to(REPOSITORY).with_suffix("").parts))
        and module != "graph.store.train"
        for name, value in vars(import_module(module)).items()
        if isinstance(value, re.Pattern)
    }
    assert len(patterns) > 60
    assert [name for name, pattern in patterns.items() if nested(grammar.parse(pattern))] == []
