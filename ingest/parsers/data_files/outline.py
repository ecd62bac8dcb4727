"""Outlines in a data file: maps that lead from a group to a list of titles, without any word of ours."""

from __future__ import annotations

import re
from functools import cache

from ingest.parsers.data_files.names import is_id
from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.words import is_container, key_words, means
from ingest.parsers.wording.titles import clean, looks_like_title
from ingest.words import table

MIN_GROUPS = 2
_PATH = re.compile(r"://|[*{=\\]|^\.{0,2}/|^[a-z0-9_.-]+(?:/[a-z0-9_.-]+)+$")


def outline_in(root: Node) -> Node | None:
    """The groups of an outline without what the file says about itself, or None."""
    pairs = [(key, value) for key, value in root.pairs if not _is_remark(key, value)]
    made = Node("map", root.start, root.end, items=[each for pair in pairs for each in pair])
    return made if len(pairs) >= MIN_GROUPS and is_outline(made) else None


def is_outline(node: Node, *, named: bool = False) -> bool:
    """Whether a map leads from titles to lists of titles, or to maps that do.

    Args:
        node: the map.
        named: its own key says that it holds things to learn.
    """
    if node.kind != "map" or not node.items or not all(_is_group(key.text) for key, _ in node.pairs):
        return False
    values = [value for _, value in node.pairs]
    if not all(is_outline(each, named=named) if each.kind == "map" else _lists_titles(each) for each in values):
        return False
    texts = [item.text for each in values if each.kind == "list" for item in each.items if item.kind == "text"]
    good = [each for each in texts if _is_title(each)]
    written = [each for each in good if not is_id(each) and (named or not each.islower() or " " in each)]
    return len(good) * 10 >= len(texts) * 9 and (not texts or len(written) * 2 > len(texts))


def _is_group(key: str) -> bool:
    """Whether a key is a title, and no word of ours or for lists of something else."""
    known = means("keys", key) or means("choices", key) or is_container(key_words(key))
    return not known and key_words(key) not in _listing() and looks_like_title(clean(key).title, strong=True)


def _lists_titles(value: Node) -> bool:
    """Whether a value is a list of texts, and of maps that lead from a text to what stands below it."""
    if value.kind != "list" or not value.items:
        return False
    return all(each.kind == "text" or (each.kind == "map" and len(each.items) == 2) for each in value.items)  # noqa: PLR2004


def _is_title(text: str) -> bool:
    return looks_like_title(clean(text).title, strong=True) and not _PATH.search(text[:200])


@cache
def _listing() -> frozenset[str]:
    return frozenset(table("data")["foreign"]["listing"])


def _is_remark(key: Node, value: Node) -> bool:
    """Whether a pair says something about the whole: `title: …`, `version: 2`."""
    return value.kind == "text" and (
        means("keys", key.text) is not None
        or len(key.text) < len(value.text)
        or not value.text
        or value.text[:1].isdigit()
    )
