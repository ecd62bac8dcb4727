"""What the keys of a data file mean, in the spellings of `data/words/data.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.parsers.data_files.tree import Node
from ingest.parsers.wording.titles import clean
from ingest.words import lookup, table

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=4096)
def key_words(key: str) -> str:
    """A key as words in lower case: dependsOn, depends_on and depends-on are "depends on"."""
    return " ".join(_HUMP.sub(" ", key[:80]).replace("_", " ").replace("-", " ").casefold().strip(" :?").split())


def means(section: str, key: str) -> str | None:
    """What a key or value means by a section of the word list, or None."""
    words = key_words(key)
    return lookup("data", section).get(words) or (_composed(words) if section == "keys" and " " in words else None)


@lru_cache(maxsize=4096)
def _composed(words: str) -> str | None:
    """The kind of a key that also says what its values are: "prereq skill ids"."""
    parts = words.split()
    nouns = _nouns()
    while len(parts) > 1 and parts[-1] in nouns:
        parts.pop()
    kind = lookup("data", "keys").get(" ".join(parts)) if len(parts) < len(words.split()) else None
    return kind if kind in _ASKING else None


_ASKING = frozenset({"requires", "helpful", "together", "unlocks"})


@cache
def _nouns() -> frozenset[str]:
    return frozenset(table("data")["nouns"]["things"])


def fields_of(node: Node) -> dict[str, tuple[Node, Node]]:
    """Kind of field -> its key and value; of several spellings, the likeliest; fields of an inner map included."""
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in all_pairs(node):
        kind = means("keys", key.text)
        if kind is None or kind == "inner" or (kind == "title" and value.kind != "text"):
            continue
        if kind == "title" and not value.text.strip():
            continue
        if kind == "helpful" and is_count(value):
            continue
        if kind not in found or _rank(kind, key.text) < _rank(kind, found[kind][0].text):
            found[kind] = (key, value)
    if "id" not in found and "title" in found:
        own = key_words(found["title"][0].text).partition(" ")
        named = f"{own[0]} id" if own[2] in {"name", "title", "label"} else ""
        # "skillId" beside "skillName".
        pair = next((pair for pair in node.pairs if named and key_words(pair[0].text) == named), None)
        if pair is not None and pair[1].kind == "text" and pair[1].text.strip():
            found["id"] = pair
    return found


def all_pairs(node: Node) -> list[tuple[Node, Node]]:
    """The pairs of a map, those of merged maps and of the map that holds its fields behind them."""
    pairs = list(node.pairs)
    for key, value in list(pairs):
        if value.kind == "map" and (key.text == "<<" or means("keys", key.text) == "inner"):
            pairs.extend(value.pairs)
        elif key.text == "<<" and value.kind == "list":
            pairs.extend(pair for each in value.items for pair in each.pairs)
    return pairs


def is_count(value: Node) -> bool:
    """Whether a value is a number of something, as in "likes: 42", rather than what it is called."""
    return value.kind == "text" and value.text.strip().isdecimal()


def collection_word(key: str, value: Node) -> str:
    """A key as words; one in the singular over a list of maps is the plural: TOML writes `[[part]]` for each."""
    word = key_words(key)
    if value.kind == "list" and not is_container(word) and any(each.kind == "map" for each in value.items):
        plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
        return plural if is_container(plural) else word
    return word


def get(node: Node, section: str, kind: str) -> tuple[Node, Node] | None:
    """The first pair of a map whose key means something, or None."""
    return next((pair for pair in all_pairs(node) if means(section, pair[0].text) == kind), None)


def is_container(word: str) -> bool:
    """Whether a key, as words, is what collections of things to learn are called."""
    return lookup("data", "containers").get(word) in {"topics", "stages", "sections"}


def title_of(node: Node) -> str:
    """The cleaned title of a map, empty when it has none."""
    field = fields_of(node).get("title")
    return clean(field[1].text).title if field is not None else ""


def is_foreign(node: Node, part: str = "thing") -> bool:
    """Whether a map has keys that only configuration has."""
    return any(key_words(key.text) in _foreign(part) for key, _ in node.pairs)


@cache
def _foreign(part: str) -> frozenset[str]:
    return frozenset(table("data")["foreign"][part])


@cache
def _rank(kind: str, key: str) -> int:
    forms = table("data")["keys"][kind]
    return forms.index(key_words(key)) if key_words(key) in forms else len(forms)
