"""Labels inside a line of plain text: "Trees (4 credits) Prerequisite: one of CS1 or CS2", "Heaps (requires Trees)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.fields import REQUIREMENT_KINDS, field_of

MAX_COLONS = 8
MAX_LABEL_WORDS = 4
_BRACKETED = re.compile(
    r"[(\[]\s?(requires|needs|after|prerequisites?|prereqs?\.?|depends on|builds on|corequisites?|coreqs?\.?)[\s:]\s?"
    r"([^()\[\]]{2,120})[)\]]",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?<=\s)(Prerequisites?|Prereqs?\.?|Co-?requisites?|Coreqs?\.?)\s(?=[A-Z\d])")
_WORD = re.compile(r"\S+")
_CODE = r"[A-Z]{2,6}[\s-]?\d{2,5}[A-Z]?"
CODE = re.compile(rf"\b{_CODE}\b")
_BARE = re.compile(r"(?<=[,/&\sr])(\d{2,5}[A-Z]?)\b")
_GRADE = r"(?:with\s)?a?\s?(?:minimum\s)?grade of [A-F][+-]?(?:\sor (?:better|higher))?|[A-F][+-]? or (?:better|higher)"
_LEAVE = r"(?:permission|consent|approval) of (?:the )?\w+|(?:instructor|department) (?:permission|consent|approval)"
_STANDING = r"(?:freshman|sophomore|junior|senior|graduate|upper-division) (?:standing|status)|(?:or )?equivalent"
_ASIDE = re.compile(
    rf"[,;]?\s*(?:\b(?:or|and|with)\s)?\(?\s?\b(?:{_GRADE}|{_LEAVE}|{_STANDING})\b\s?\)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:;|,?\s+and(?=\s*\())\s*|(?<=\))\s*,?\s*and\s+", re.IGNORECASE)


_OR = re.compile(r"\bor\b", re.IGNORECASE)
_AND_STAGE = re.compile(r",?\s(?:and|&)\s(?=[^\W\d]+\s\d)|,\s(?=[^\W\d_]{4,12}\s\d{1,2}\b)")
"""In "Stage 1 and Stage 2" each is a reference of its own."""


class Value(NamedTuple):
    """A label and what stands behind it."""

    kind: str
    value: str
    choice: int = 0


def values_in(text: str) -> tuple[str, tuple[Value, ...]]:
    """(what stands in front of the first label, the labels with their values)."""
    spoken = _SPOKEN.sub(r"\1: ", text) if _SPOKEN.search(text) else text
    marks: list[tuple[int, int, str, int]] = []
    at = -1
    for _ in range(MAX_COLONS):
        at = spoken.find(":", at + 1)
        if at < 0:
            break
        label = _label(spoken, at, marks[-1][1] if marks else 0)
        if label is not None:
            marks.append(label)
    if not marks:
        bracket = _BRACKETED.search(text)
        if bracket is None:
            return text, ()
        word = "requires" if bracket[1].casefold() == "after" else bracket[1].rstrip(".")
        read = field_of(f"{word}: {bracket[2]}")
        head = f"{text[: bracket.start()]}{text[bracket.end() :]}"
        return (head, (Value(read.kind, bracket[2], read.choice),)) if read is not None else (text, ())
    values = []
    for number, (_, end, kind, choice) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(spoken)
        values.append(Value(kind, _value(spoken[end:stop]), choice))
    return spoken[: marks[0][0]].rstrip(" ([|;.,\u2013\u2014-\u00b7"), tuple(values)


def _label(text: str, colon: int, start: int) -> tuple[int, int, str, int] | None:
    """(begin, end, kind, choice) of the label that ends at a colon."""
    words = list(_WORD.finditer(text, max(start, colon - 60), colon))
    for count in range(min(MAX_LABEL_WORDS, len(words)), 0, -1):
        first = words[-count]
        begin = first.start() + len(first[0]) - len(first[0].lstrip("(["))
        label = text[begin:colon]
        if not (label[:1].isupper() or begin > first.start()):
            continue
        read = field_of(f"{label.rstrip('.')}: x")
        if read is not None and (read.kind in REQUIREMENT_KINDS or read.kind in {"effort", "duration"}):
            return begin, colon + 1, read.kind, read.choice
    return None


def _value(text: str) -> str:
    text = text.partition(". ")[0].strip(" ;|.,\u2013\u2014")
    return text if text.count("(") >= text.count(")") else text.rstrip(")] ")


def objects_in(value: str) -> list[str]:
    """The values of a requirement, each to be read by itself: bracketed alternatives apart, catalogue asides gone."""
    plain = _ASIDE.sub("", value).strip(" ,;.") if any(map(str.isalpha, value)) else value
    if not plain:
        return [value] if not _ASIDE.search(value) else []
    if not _OR.search(plain):
        return [_with_departments(part.strip()) for part in _AND_STAGE.split(plain) if part.strip(" ,;.")]
    parts = [part.strip() for part in _JOINED.split(plain) if part.strip(" ,;.")] if "(" in plain else [plain]
    return [_with_departments(part[1:-1] if part.startswith("(") and part.endswith(")") else part) for part in parts]


def _with_departments(text: str) -> str:
    """Say the department each time: "CS 101, 102" -> "CS 101, CS 102"."""
    first = CODE.search(text)
    if first is None:
        return text
    department = re.sub(r"\d.*", "", first[0])
    tail = text[first.end() :]
    spans = [(found.start(), found.end()) for found in CODE.finditer(tail)]
    out, last = [text[: first.end()]], 0
    for found in _BARE.finditer(tail):
        if any(begin <= found.start() < end for begin, end in spans):
            continue
        out += [tail[last : found.start()], department, found[0]]
        last = found.end()
    return "".join([*out, tail[last:]])


def requirements_in(values: Sequence[Value]) -> tuple[Value, ...]:
    """The labels that say what is required."""
    return tuple(each for each in values if each.kind in REQUIREMENT_KINDS and each.value)
