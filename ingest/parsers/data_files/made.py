"""Trees that are made of other trees: maps and lists with the places of what they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.words import key_words

_SUFFIX = re.compile(r"\.[a-z]{2,8}")
_ORDER = re.compile(r"^\d{1,3}(?:[._-]\d{1,3})?[-_. ]+(?=\D)")


def values_of(node: Node) -> dict[str, Node]:
    """Key as words -> value, the first of each."""
    found: dict[str, Node] = {}
    for key, value in node.pairs:
        found.setdefault(key_words(key.text), value)
    return found


def made_map(near: Node, **values: Node | str | None) -> Node:
    """A map at the place of another node; texts are written where it begins."""
    items: list[Node] = []
    for key, value in values.items():
        if value is not None and value != "":
            each = value if isinstance(value, Node) else Node("text", near.start, near.end, value)
            items.extend((Node("text", near.start, near.start, key), each))
    return Node("map", near.start, near.end, items=items)


def made_list(near: Node, items: Sequence[Node]) -> Node:
    """A list at the place of another node."""
    return Node("list", near.start, near.end, items=list(items))


def words_of_path(path: str) -> str:
    """What a page's file is called, as words: "nb/03-digital_filters.ipynb" is "Digital filters"."""
    name = PurePosixPath(path.strip().rstrip("/"))
    stem = name.stem if _SUFFIX.fullmatch(name.suffix) else name.name
    words = _ORDER.sub("", stem).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


_LANGUAGES = frozenset(
    {
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "ru",
        "zh",
        "ja",
        "ko",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "tr",
        "uk",
        "ar",
        "el",
        "hu",
        "ro",
        "en-us",
        "en-gb",
        "de-de",
        "fr-fr",
        "es-es",
        "pt-br",
        "zh-cn",
    }
)
_VALUE, _LANGUAGE = "@value", "@language"


def unwrap(root: Node) -> None:
    """Take away what only wraps: languages of one text, and `{edges: [{node: …}]}` around a list."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for each in node.items:
            if each.kind == "map":
                _choose(each)
                _list_nodes(each)
            if each.kind != "text":
                waiting.append(each)


def _choose(node: Node) -> None:
    pairs = list(node.pairs)
    if not pairs or any(value.kind != "text" for _, value in pairs):
        return
    names = [key.text.casefold().replace("_", "-") for key, _ in pairs]
    if _VALUE in names and {*names} <= {_VALUE, _LANGUAGE}:
        chosen = pairs[names.index(_VALUE)][1]
    elif {*names} <= _LANGUAGES:
        english = next((at for at, name in enumerate(names) if name.partition("-")[0] == "en"), 0)
        chosen = pairs[english][1]
    else:
        return
    node.kind, node.text, node.start, node.end, node.items = "text", chosen.text, chosen.start, chosen.end, []


def _list_nodes(node: Node) -> None:
    edges = next((value for key, value in node.pairs if key.text == "edges" and value.kind == "list"), None)
    if edges is None or not edges.items or any(value.kind != "text" for _, value in node.pairs if value is not edges):
        return
    inner = [values_of(each).get("node") for each in edges.items]
    found = [each for each in inner if each is not None]
    if len(found) == len(edges.items):
        node.kind, node.items = "list", found
