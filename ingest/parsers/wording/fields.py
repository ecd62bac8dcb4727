"""Field lines: "Requires: A, B - reason", "**Effort:** 6 h", "requires one of:: [[A]], [[B]]"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from graph.model import Strength
from ingest.parsers.wording.inline import Inline
from ingest.parsers.wording.titles import trim
from ingest.words import lookup

WIDE_COLON = "\uff1a"
"""As Chinese and Japanese write it."""
MAX_LABEL = 48
"""A longer text in front of a colon is no label."""
REQUIREMENT_KINDS = frozenset({"requires", "helpful", "together"})
STRENGTH_OF: Mapping[str, Strength] = {"requires": "hard", "helpful": "soft", "together": "together"}
_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")

_OTHER = re.compile(r"^[\s*_>(\[-]*[^\W\d][\w -]{0,40}::(?:\s|$)")
_NEXT = re.compile(r"[.;\u00b7\u2022|]\s+[*_]*([^\W\d][\w -]{2,40}?)[*_]*:[*_]*\s")
"""Where another label may begin on the same line: "Requires: A. Corequisite: B"."""
_STOPS = frozenset({".", "!", "?"})
_GOES_ON = re.compile(r"(?:[,;:&/(\u2013\u2014-]|\b(?:and|or|und|oder|et|ou|y|o|e))\s*$", re.IGNORECASE)
"""The end of a line whose list goes on in the next one."""
_NOTHING = re.compile(
    r"^none\b\s*[,(.;]|^(?:no|none|not)\b[^,;]{0,60}\b(?:needed|required|necessary|assumed|expected|experience|knowledge|background)\b"
)


class Field(NamedTuple):
    """A label and its value."""

    kind: str
    """From the word list: requires, helpful, together, effort, duration, aliases, resources, description."""
    value: str
    """Plain text with wikilinks as written; empty when a list follows."""
    choice: int = 0
    """How many of the values are needed, when the label says so; 0 when it does not."""
    first: int = 0
    """Lines from the beginning of the text to the field's."""
    last: int = 0
    inline_field: bool = False
    """Written with two colons."""


def fields_of(inline: Inline) -> tuple[Field, ...]:
    """The fields that a bullet or paragraph consists of, one per line; a line without label continues the one above."""
    head = inline.text[: MAX_LABEL + 8]
    return _fields_in(inline.text) if ":" in head or WIDE_COLON in head else ()


@lru_cache(maxsize=256)
def _fields_in(text: str) -> tuple[Field, ...]:
    # The same paragraph is asked for its fields while its heading, its list and itself are read.
    found: list[Field] = []
    prose = False
    lines = text.split("\n")
    for at, line in enumerate(lines):
        each = field_of(line)
        if each is not None:
            found.extend(one._replace(first=at, last=at) for one in parted(each))
            prose = False
        elif not found:
            return ()
        elif prose or _begins_prose(lines, at, found[-1].value):
            prose = True
        elif "::" in line and _OTHER.match(line):
            # A field of another kind, which says nothing here: it ends the one above.
            continue
        else:
            found[-1] = found[-1]._replace(value=f"{found[-1].value} {line.strip()}".strip(), last=at)
    return tuple(found)


def _begins_prose(lines: Sequence[str], at: int, value: str) -> bool:
    """Whether a sentence begins on a line of its own behind a field: its first word had room on the line above."""
    line, above = lines[at], lines[at - 1]
    if not line[:1].isupper() or line.rstrip()[-1:] not in _STOPS or not value or _GOES_ON.search(value[-8:]):
        return False
    return len(above) + 1 + len(line.partition(" ")[0]) <= len(line)


def parted(field: Field, most: int = 4) -> Iterator[Field]:
    """A field, and those that follow it on its line."""
    if most and ":" in field.value and field.kind in REQUIREMENT_KINDS:
        for found in _NEXT.finditer(field.value):
            following = field_of(field.value[found.start(1) :])
            if following is not None:
                yield field._replace(value=field.value[: found.start()].rstrip(" *\u00b7|"))
                yield from parted(following, most - 1)
                return
    yield field


def late_fields_of(inline: Inline) -> Iterator[Field]:
    """The requirement fields that stand on later lines of a paragraph that begins with prose."""
    if "\n" not in inline.text:
        return
    lines = inline.text.split("\n")
    for at, line in enumerate(lines[1:], start=1):
        each = field_of(line) if ":" in line[: MAX_LABEL + 8] else None
        if each is not None and each.kind in REQUIREMENT_KINDS:
            yield from (one._replace(first=at, last=at) for one in parted(each))


def field_of(line: str) -> Field | None:
    """The field that a line is, or None."""
    wide = line.find(WIDE_COLON, 0, MAX_LABEL + 8)
    head, colon, value = line.partition(":" if wide < 0 or ":" in line[:wide] else WIDE_COLON)
    label = head.strip(" \t*_>").casefold()
    if not colon or len(label) > MAX_LABEL:
        return None
    doubled = value.startswith(":")
    named = _label(label)
    if named is None:
        return None
    return Field(named[0], value.lstrip(":").strip(" \t*"), named[1], inline_field=doubled)


def heading_field(title: str) -> Field | None:
    """The field that a heading names: "Prerequisites", "Requires one of"."""
    named = _label(title.casefold().strip(" :"))
    return Field(named[0], "", named[1]) if named is not None and named[0] in REQUIREMENT_KINDS else None


def is_resource_label(title: str) -> bool:
    """Whether a heading or caption announces links."""
    return lookup("fields", "labels").get(title.casefold().strip(" :")) == "resources"


def is_nothing(value: str) -> bool:
    """Whether a value says that nothing is required: "none", "-"."""
    text = value.casefold().strip(" .!*_()")
    if text in lookup("fields", "values") and lookup("fields", "values")[text] == "nothing":
        return True
    if text.startswith(("no ", "none", "not ")) and _NOTHING.match(text):
        return True
    head = _DASH.split(text, maxsplit=1)[0]
    return head != text and is_nothing(head)


def choice_at_head(text: str) -> tuple[int, str]:
    """(2, "A, B, C") for "two of A, B, C"; (0, text) when it is no choice."""
    found = _choice().match(text)
    return (
        (int(lookup("fields", "choices")[_one_space(found[1])]), text[found.end() :])
        if found is not None
        else (0, text)
    )


def bare_choice(value: str) -> int:
    """How many a value asks for that says nothing else: "two of the following:"; 0 for other values."""
    return int(lookup("fields", "choices").get(_one_space(value.strip(" :*")), 0))


def _label(label: str) -> tuple[str, int] | None:
    known = _labels()
    if "(" in label:
        # The count may stand in brackets: requires (two of).
        label = label.replace("(", "").replace(")", "")
    return known.get(label) or known.get(_one_space(trim(label).replace("\u2019", "'")))


@cache
def _labels() -> dict[str, tuple[str, int]]:
    """Label -> (kind, how many are needed): "requires one of" is a label of its own."""
    plain = {label: (kind, 0) for label, kind in lookup("fields", "labels").items()}
    choices = {
        f"{label} {phrase}": (kind, int(count))
        for label, kind in lookup("fields", "labels").items()
        if kind in REQUIREMENT_KINDS
        for phrase, count in lookup("fields", "choices").items()
    }
    return {**choices, **plain}


def _one_space(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _choice() -> re.Pattern[str]:
    phrases = sorted(map(re.escape, lookup("fields", "choices")), key=len, reverse=True)
    return re.compile(rf"^\s*({'|'.join(phrases)})(?:\s*:\s*|\s+)", re.IGNORECASE)
