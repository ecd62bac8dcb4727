"""What the names, classes and ids of elements say about them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bs4 import Tag

from ingest.words import table

_PARTS = re.compile(r"[^\w]+|_+")
_PARTS_OF_PAGE = frozenset({"div", "section", "ul", "ol", "table"})
"""Elsewhere an id is what links lead to: `<dt id="term-navigation">`."""
MAX_NAMES = 20
"""Classes of one element that are looked at."""


def names_of(tag: Tag) -> tuple[str, ...]:
    """The classes of an element, in lower case, and its id where that names a part of the page."""
    attributes = tag.attrs
    if "class" not in attributes and "id" not in attributes:
        return ()
    return _names(str(attributes.get("class", "")), str(attributes.get("id", "")) if tag.name in _PARTS_OF_PAGE else "")


@lru_cache(maxsize=4096)
def _names(classes: str, named: str) -> tuple[str, ...]:
    return tuple(f"{classes} {named}".casefold().split()[:MAX_NAMES])


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """The words of `data/words/page.toml` under a key."""
    return frozenset(table("page")[section][key])


@lru_cache(maxsize=4096)
def names_noise(names: tuple[str, ...]) -> bool:
    """Whether classes name what stands around the content."""
    return any(name in listed("names", "whole") or _at_an_end(name, "noise") for name in names)


@lru_cache(maxsize=4096)
def names_head(names: tuple[str, ...]) -> bool:
    """Whether classes name the head of a page."""
    return any(_at_an_end(name, "heads") for name in names)


@lru_cache(maxsize=4096)
def names_hidden(names: tuple[str, ...]) -> bool:
    """Whether classes hide an element."""
    return not listed("names", "hidden").isdisjoint(names)


@lru_cache(maxsize=4096)
def names_mark(names: tuple[str, ...]) -> bool:
    """Whether classes name a small mark beside a title."""
    return any(_at_an_end(name, "marks") for name in names)


@lru_cache(maxsize=4096)
def names_note(names: tuple[str, ...]) -> bool:
    """Whether classes name a note that stands out of the text."""
    return not listed("names", "notes").isdisjoint(names)


@lru_cache(maxsize=4096)
def names_title(names: tuple[str, ...]) -> str:
    """The class that names a heading which is none by its element; empty without one."""
    ends = tuple(listed("names", "titles"))
    named = next((name for name in names if name.endswith(ends) or name in listed("names", "titled")), "")
    if named or listed("names", "weights").isdisjoint(names):
        return named
    return next((name for name in names if name in listed("names", "sizes")), "")


@lru_cache(maxsize=4096)
def names_stage(names: tuple[str, ...]) -> str:
    """The word for a stage that classes name: "phase" of "phase-number"; empty without one."""
    kinds = table("phases")["kinds"]
    stages = {*kinds["phase"], *kinds["stage"]}
    return next((part for name in names for part in _PARTS.split(name) if part in stages), "")


def _at_an_end(name: str, key: str) -> bool:
    parts = [part for part in _PARTS.split(name) if part]
    known = listed("names", key)
    return bool(parts) and (parts[0] in known or parts[-1] in known)
