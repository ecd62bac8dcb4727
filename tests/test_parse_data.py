"""Tables and data files: what holds for every document of these families, however strange."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from ingest.parsers import parse
from ingest.reading import Reading, Text

CASES = Path(__file__).parent / "cases" / "parse"
SUFFIXES = (".csv", ".tsv", ".yaml", ".json", ".toml")
WORDS = (
    "Linux|Docker|t1|t2|title|id|requires|prerequisites|topics|phases|nodes|edges|source|target|from|to|any_of|min|2"
    "|options|one of|or|and|none|-|optional|1 week|3 h|\U0001f680|\ufeff|\u2028|\x85|coming soon|null|true"
)
WORD = st.sampled_from(WORDS.split("|"))
PHRASE = st.lists(WORD, max_size=4).map(" ".join)
SIGN = st.sampled_from([*",;|\t:\"'[]{}=#&*-\\", "- ", ": ", "  ", "[[", "]]", "&a ", "*a", "<<: *a", "|\n", '""'])
LINE = st.lists(st.one_of(WORD, SIGN), max_size=12).map("".join)
VALUE = st.recursive(
    st.one_of(PHRASE, st.just("\ud83d half an emoji"), st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(PHRASE, inner, max_size=4)),
    max_leaves=25,
)


def read(lines: tuple[str, ...], suffix: str) -> Reading:
    text = Text(path=f"x{suffix}", lines=lines)
    reading = parse(text)
    check(reading, text)
    return reading


@settings(max_examples=600, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=12), st.sampled_from(SUFFIXES))
def test_any_lines(found: list[str], suffix: str) -> None:
    lines = tuple("\n".join(found).split("\n"))
    read(lines, suffix)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=300), st.sampled_from(SUFFIXES))
def test_any_text(body: str, suffix: str) -> None:
    lines = tuple(body.split("\n"))
    read(lines, suffix)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(WORD, VALUE, max_size=5), st.sampled_from([None, 1]), st.sampled_from([".json", ".yaml"]))
def test_any_value(value: object, indent: int | None, suffix: str) -> None:
    lines = tuple(json.dumps(value, indent=indent).split("\n"))
    read(lines, suffix)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "id": WORD,
                "title": WORD,
                "requires": VALUE,
                "phase": PHRASE,
                "parent": WORD,
                "topics": VALUE,
                "hours": VALUE,
                "source": WORD,
                "target": WORD,
                "label": PHRASE,
                "data": VALUE,
                "unlocks": VALUE,
            },
        ),
        max_size=5,
    ),
    st.sampled_from(["topics", "edges", "phases", "x"]),
)
def test_any_things(things: list[object], key: str) -> None:
    lines = tuple(json.dumps({key: things, "nodes": things}, indent=1).split("\n"))
    read(lines, ".json")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PHRASE, min_size=1, max_size=5), max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_any_table(rows: list[list[str]], sign: str) -> None:
    table = [["id", "topic", "requires", "phase", "weeks"], *rows]
    lines = tuple("\n".join(sign.join(f'"{cell}"' for cell in row) for row in table).split("\n"))
    read(lines, ".csv")


@pytest.mark.parametrize("path", sorted(CASES.glob("csv_*")) + sorted(CASES.glob("data_*")), ids=lambda path: path.name)
def test_cases_keep_the_rules(path: Path) -> None:
    lines = tuple(path.read_text(encoding="utf-8").split("\n"))
    check(parse(Text(path=path.name, lines=lines)), Text(path=path.name, lines=lines))


@pytest.mark.parametrize(
    ("suffix", "body", "code"),
    [
        (".json", '{"topics": [', "bad-json"),
        (".json", "[" * 100_000, "too-deep"),
        (".json", "[" * 100 + "]" * 100, "too-deep"),
        (".yaml", "[" * 100 + "]" * 100, "too-deep"),
        (".yaml", "a: [b", "bad-yaml"),
        (".yaml", "a: *b", "bad-yaml"),
        (".yaml", "a: !!python/object/apply:os.system [x]", "no-topics"),
        (".toml", "a = [1,", "bad-toml"),
        (".toml", "a = " + "[" * 100 + "]" * 100, "too-deep"),
        (".csv", "topic,requires\n" + '"' + "a" * 200_000 + '",b', "bad-table"),
        (".json", '{"openapi": "3.0.0", "paths": {}, "topics": [{"title": "A", "requires": ["B"]}]}', "no-topics"),
        (".toml", '[project]\nname = "x"\ndependencies = ["a", "b"]\n[build-system]\nrequires = ["c"]', "no-topics"),
        (".yaml", "services:\n  web: {image: a, depends_on: [db]}\n  db: {image: b}", "no-topics"),
        (".json", '[{"name": "Ann", "age": 3}, {"name": "Bob", "age": 4}]', "no-topics"),
    ],
)
def test_what_cannot_be_read_is_said(suffix: str, body: str, code: str) -> None:
    reading = read(tuple(body.split("\n")), suffix)
    assert reading.topics == () or suffix == ".csv"
    assert code in [problem.code for problem in reading.problems]


def test_aliases_cannot_repeat_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert [problem.code for problem in read(tuple(lines), ".yaml").problems] == ["too-many-aliases"]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".yaml", ".toml"])
def test_large_files_are_read_in_time(suffix: str) -> None:
    count = 5_000
    forms = {
        ".csv": ["id,topic,requires", *(f"t{n},Topic {n},t{n - 1}" for n in range(count))],
        ".json": [
            "[",
            ",\n".join(
                json.dumps({"id": f"t{n}", "title": f"Topic {n}", "requires": [f"t{n - 1}"]}) for n in range(count)
            ),
            "]",
        ],
        ".yaml": [f"- {{id: t{n}, title: Topic {n}, requires: [t{n - 1}]}}" for n in range(count)],
        ".toml": [f"[[topics]]\nid = 't{n}'\ntitle = 'Topic {n}'\nrequires = ['t{n - 1}']" for n in range(count)],
    }
    lines = tuple("\n".join(forms[suffix]).split("\n"))
    before = time.process_time()
    reading = read(lines, suffix)
    assert len(reading.topics) == count
    assert len(reading.requirements) >= count - 1
    assert time.process_time() - before < 10
    assert all(each.quote in lines[each.line_start - 1] for each in reading.requirements)
