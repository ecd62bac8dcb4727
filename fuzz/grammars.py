"""Documents as each family's grammar makes them, with the mistakes that people and programs make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import yaml
from hypothesis import strategies as st

Documents = st.SearchStrategy[str]

WORDS: Mapping[str, list[str]] = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
"""What the documents are made of; its `frames` are of another form and not for here."""


def _one_of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(WORDS[name])


title = st.lists(_one_of("titles"), min_size=1, max_size=4).map(" ".join)
_word = st.one_of(_one_of("titles"), st.text(max_size=8))
_name = st.sampled_from(["A", "B", "C", "d", "e1", '"F g"', "cluster_0", "start", "end", "node", "\u00e9"])


def _lines(line: st.SearchStrategy[str], most: int = 25) -> Documents:
    return st.lists(line, max_size=most).map("\n".join)


markdown = _lines(st.tuples(_one_of("prefixes"), title).map("".join))
plain = _lines(
    st.one_of(title, title.map(lambda each: f"{each} requires {each}."), st.just(""), title.map("01 \u00b7 {}".format))
)

_cell = st.one_of(title, title.map('"{}"'.format), st.just(""), st.just('"'), st.just("4-6"))
_row = st.tuples(st.lists(_cell, max_size=6), st.sampled_from(",;\t|")).map(lambda each: each[1].join(each[0]))
_head = st.tuples(st.lists(_one_of("columns"), min_size=1, max_size=6), st.sampled_from(",;\t")).map(
    lambda each: each[1].join(each[0])
)
table = st.tuples(_head, _lines(_row)).map("\n".join)

_scalar = st.one_of(_word, st.none(), st.booleans(), st.integers(), st.floats(), st.dates().map(str))
values = st.recursive(
    _scalar,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(_one_of("keys"), inner, max_size=6)),
    max_leaves=20,
)
as_json = values.map(json.dumps)
as_yaml = st.one_of(values.map(lambda each: str(yaml.dump(each, allow_unicode=True))), as_json)
as_toml = _lines(
    st.one_of(
        _one_of("keys").map("[{}]".format),
        _one_of("keys").map("[[{}]]".format),
        st.tuples(_one_of("keys"), values).map(lambda each: f"{each[0]} = {json.dumps(each[1])}"),
    )
)

_arrow = _one_of("arrows")
_attributes = st.one_of(
    st.just(""), title.map(lambda each: f' [label="{each}", style=dashed]'), title.map("[{}]".format)
)
_edge = st.tuples(_name, _attributes, _arrow, _name, _attributes).map("".join)
_statement = st.one_of(
    _edge, _edge.map("{};".format), _name, st.sampled_from(["}", "end", "rankdir=LR", "// x", "%% x"])
)
dot = st.tuples(
    st.sampled_from(["digraph {", "graph G {", 'strict digraph "x" {', ""]),
    _lines(_statement),
    st.sampled_from(["}", ""]),
).map("\n".join)
mermaid = st.tuples(st.sampled_from(["graph TD", "flowchart LR", "mindmap", "graph", "gantt"]), _lines(_statement)).map(
    "\n".join
)

_tag = _one_of("tags")
html = st.recursive(
    title,
    lambda inner: st.one_of(
        st.tuples(_tag, st.lists(inner, max_size=4)).map(lambda each: f"<{each[0]}>{' '.join(each[1])}</{each[0]}>"),
        st.tuples(_tag, inner).map(lambda each: f"<{each[0]} href='{each[1][:9]}'>{each[1]}"),
        inner.map("<!-- {} -->".format),
    ),
    max_leaves=25,
)

GRAMMARS: Mapping[str, Documents] = {
    ".md": markdown,
    ".txt": plain,
    ".csv": table,
    ".tsv": table,
    ".yaml": as_yaml,
    ".yml": as_yaml,
    ".json": as_json,
    ".toml": as_toml,
    ".dot": dot,
    ".gv": dot,
    ".mmd": mermaid,
    ".mermaid": mermaid,
    ".html": html,
    ".htm": html,
}
"""Suffix -> documents."""
