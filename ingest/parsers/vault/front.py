"""What stands in a note's front matter and in the properties above its text, in whatever language its keys are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from ingest.words import lookup

MAX_TEXTS = 200
"""Of one value in front matter."""
MAX_ORDER = 1e9
MAX_DEPTH = 4
"""Lists in lists there; YAML's aliases can make them endless."""
_INLINE = re.compile(r"^[\s>]*(?:[-*+]\s+)?[*_\[(]{0,3}([^\W\d][\w -]{1,30}?)[*_]{0,2}::[*_]{0,2}\s*(\S[^\n]{0,400})")
MAX_PROPERTIES = 10
"""Lines above a page's text that may be its properties."""
SOFTLY = " (optional)"
"""What is put behind a title that is not needed."""
_TITLES = ("title", "topic", "name", "note")
_REASONS = ("reason", "why", "because")
_SAID_ABOVE = frozenset({"title", "aliases", "effort", "description", "id", "state"})
"""Properties of the whole note; what a note requires is read where it stands."""
_ITS_OWN = frozenset({"title", "id"})


def inline_field(line: str) -> tuple[str, str] | None:
    """(label, value) of a line like "up:: [[X]]"."""
    found = _INLINE.match(line) if "::" in line else None
    return (found[1].strip(), found[2].strip()) if found is not None else None


def front_of(front: Mapping[str, Any], lines: Sequence[str] = ()) -> dict[str, Any]:
    """Kind of value -> value: from front matter, and from the properties that some write as "effort:: 2h".

    Args:
        front: the front matter.
        lines: those behind it.
    """
    keys = _keys()
    found: dict[str, Any] = {}
    for key, value in front.items():
        kind = keys.get(_key(key))
        if kind is not None and value is not None:
            found.setdefault(kind, value)
    for number, line in enumerate(lines):
        each = inline_field(line) if "::" in line else None
        kind = keys.get(_key(each[0])) if each is not None else None
        # Further below, a block of an outliner may have an id of its own.
        near = kind not in _ITS_OWN or (number < MAX_PROPERTIES and line[:1].isalpha())
        if each is not None and kind in _SAID_ABOVE and near:
            value = each[1].rstrip(")] ") + "]" * (2 * ("[[" in each[1]))
            found.setdefault(kind, [part.strip() for part in value.split(",")] if kind == "aliases" else value)
    return found


def texts_of(value: Any) -> tuple[str, ...]:
    """The texts of a front matter value: one, a list, or `[[Title]]`, which YAML takes for a list in a list."""
    return tuple(islice(_texts(value, MAX_DEPTH), MAX_TEXTS))


def text_of(value: Any) -> str:
    """A value as a text; nothing for a list or a map, which aliases can make larger than any memory."""
    # YAML's "\\ud800" is half a sign, which cannot be stored.
    return "" if value is None or isinstance(value, list | dict) else str(value).encode("utf-8", "replace").decode()


def key_line(lines: Sequence[str], last: int, kind: str) -> int:
    """Number of the line of front matter that gives a kind of value; 1 when none does."""
    keys = _keys()
    found = (at for at in range(2, last + 1) if keys.get(_key(lines[at - 1].partition(":")[0])) == kind)
    return next(found, 1)


def order_of(front: Mapping[str, Any]) -> float | None:
    """Where a page stands among those of its folder: `weight: 20`, `nav_order: 3`."""
    given = next((front[key] for key in lookup("notes", "orders") if key in front), None)
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= MAX_ORDER:
        return None
    return float(given)


def _texts(value: Any, depth: int) -> Iterator[str]:
    if value is None or isinstance(value, bool) or depth == 0:
        return
    if isinstance(value, list):
        for each in value[:MAX_TEXTS]:
            yield from _texts(each, depth - 1)
    elif isinstance(value, dict):
        named = next((text_of(value[key]) for key in _TITLES if key in value), "")
        yield from _named(named, value) if named else _grouped(value, depth)
    else:
        yield text_of(value)


def _named(title: str, value: Mapping[Any, Any]) -> Iterator[str]:
    """A title with what else the map says of it: `{title: X, reason: …, strength: soft}`."""
    reason = next((text_of(value[key]) for key in _REASONS if key in value), "")
    strength = next((value[key] for key in ("strength", "level", "kind", "type") if key in value), "")
    soft = value.get("optional") is True or value.get("required") is False or _strength(strength) == "soft"
    said = f"{title}{SOFTLY}" if soft else title
    yield f"{said} \u2013 {reason}" if reason else said


def _grouped(value: Mapping[Any, Any], depth: int) -> Iterator[str]:
    """The titles below "hard" and "soft", and those whose value is the reason: `{"[[X]]": why}`."""
    for key, below in islice(value.items(), MAX_TEXTS):
        if "[[" in str(key):
            reason = text_of(below)
            yield f"{key} \u2013 {reason}" if reason else str(key)
        elif str(key).replace("_", " ").casefold() in lookup("fields", "choices"):
            options = ", ".join(_texts(below, depth - 1))
            yield f"{str(key).replace('_', ' ')} {options}"
        elif _strength(key):
            soft = SOFTLY if _strength(key) == "soft" else ""
            yield from (f"{each}{soft}" for each in _texts(below, depth - 1))


def _strength(word: Any) -> str:
    return lookup("notes", "strengths").get(text_of(word).casefold().strip(), "")


@cache
def _keys() -> Mapping[str, str]:
    return {_key(word): kind for word, kind in lookup("fields", "front_matter").items()}


@lru_cache(maxsize=4096)
def _key(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip().replace("-", "_").replace(" ", "_")
