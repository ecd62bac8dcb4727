"""Labels inside a line of plain text: "Trees (4 credits) Prerequisite: one of CS1 or CS2", "Heaps (requires Trees)"."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ingest.parsers.plain_text.layout import spoken_label
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, choice_at_head, field_of
from ingest.parsers.wording.numbers import all_kinds

MAX_COLONS = 8
MAX_AFTER = 160
MAX_LABEL_WORDS = 6
_BRACKETED = re.compile(
    r"[(\[]\s?(requires|needs|after|prerequisites?|prereqs?\.?|depends on|builds on|corequisites?|coreqs?\.?)[\s:]\s?"
    r"([^()\[\]]{1,120})[)\]]",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?<=\s)(Prerequisites?|Prereqs?\.?|Co-?requisites?|Coreqs?\.?)\s(?=[A-Z\d])")
_WORD = re.compile(r"\S+")
_CODE = r"(?:[A-Z]{2,6}(?:-[A-Z]{2})?[\s-]?\d{2,5}[A-Z]{0,2}|\d{1,2}[.:-]\d{3}(?::\d{3})?[A-Z]?)"
CODE = re.compile(rf"\b{_CODE}\b")
_ALONE = re.compile(r"(?<![\w.:/-])(?<![A-Z]\s)\d{3,4}[A-Z]?(?![\w:/-]|\.\d)")
_BARE = re.compile(r"(?<=[,/&\sr])(\d{2,5}[A-Z]?)\b")
_GRADE = r"(?:with\s)?a?\s?(?:minimum\s)?grade of [A-F][+-]?(?:\sor (?:better|higher))?|[A-F][+-]? or (?:better|higher)"
_LEAVE = r"(?:permission|consent|approval) of (?:the )?\w+|(?:instructor|department) (?:permission|consent|approval)"
_LEAVE += r"|by placement|placement (?:test|exam)|(?<=or )permission"
_STANDING = r"(?:freshman|sophomore|junior|senior|graduate|upper-division) (?:standing|status)|(?:or )?equivalent"
_ASIDE = re.compile(
    rf"[,;]?\s*(?:\b(?:or|and|with)\s)?\(?\s?\b(?:{_GRADE}|{_LEAVE}|{_STANDING})\b\s?\)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:;|,?\s+and(?=\s*\())\s*|(?<=\))\s*,?\s*and\s+", re.IGNORECASE)


_OR = re.compile(r"\bor\b", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_OR_NUMBER = re.compile(r"\bor\s\d{1,3}(?![\w.]*\w)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\b([^\W\d_]{2,12})\s)?(?<![\w.\u2013-])(\d{1,3})(?![\w.\u2013-]*\w)")
_EITHER = re.compile(
    r"[,;]?\s+(?:and|plus|as well as)\s+(?=(?:either|one of|any of|any one of|at least one of|two of)\s)", re.IGNORECASE
)
"""What follows is a choice of its own, and what stands before is needed besides."""
_EITHER_FIRST = re.compile(r"^either\s([^,;()]{2,80}?\sor\s[^,;()]{2,80}?)(?:[,;]\s?and|\s?;)\s(\S.*)$", re.IGNORECASE)
"""The choice stands in front: "either A or B, and C"."""
_PLURAL = re.compile(r"^([A-Z][a-z]{2,11})s\s(\d{1,2}(?:,\s?\d{1,2}){0,8},?\s(?:and|&)\s\d{1,2})\.?$")
_AS_WELL = re.compile(r"\s(?:sowie|ainsi que|as\u00ed como|nonch\u00e9|bem como)\s", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:nothing|none)\b(?:\s(but|except|besides|other than)\s)?", re.IGNORECASE)
_GOOD = r"(?:(?:strongly|highly|very)\s)?(?:an advantage|a plus|a bonus|helpful|useful"
_GOOD += r"|recommended|welcome|desirable|optional|nice to have)"
_HELPS = re.compile(
    rf"^(.{{2,80}}?)\s(?:(?:is|are|would be|will be|may be)\s)?{_GOOD}"
    r"(?:\s?,?\s?(?:but|though|yet|and)\s(?:it is\s|is\s|are\s)?not\s\w+)?[.!]?$",
    re.IGNORECASE,
)
_HELPS_ASIDE = re.compile(rf"\s?[(\[]([^()\[\]]{{2,80}}?)\s(?:is\s|are\s)?{_GOOD}[)\]]", re.IGNORECASE)
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
        if read is None:
            return text, ()
        value, helpful = helpful_in(bracket[2]) if read.kind == "requires" else (bracket[2], [])
        return head, (Value(read.kind, value, read.choice), *(Value("helpful", each) for each in helpful))
    values = []
    for number, (_, end, kind, choice) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(spoken)
        value, helpful = helpful_in(spoken[end:stop]) if kind == "requires" else (spoken[end:stop], [])
        values.append(Value(kind, _value(value), choice))
        values += [Value("helpful", each) for each in helpful]
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
        read = field_of(f"{spoken_label(label).rstrip('.')}: x")
        if read is not None and (read.kind in REQUIREMENT_KINDS or read.kind in {"effort", "duration"}):
            return begin, colon + 1, read.kind, read.choice
    return None


def helpful_in(text: str) -> tuple[str, list[str]]:
    """(what is needed, what only helps): "A (B recommended)", "A. B is an advantage but not required."."""
    first, dot, rest = text.partition(". ")
    aside = _HELPS_ASIDE.search(first)
    after = _HELPS.match(rest.strip()[:MAX_AFTER]) if dot else None
    needed, semicolon, last = first.rpartition(";")
    only = _HELPS.match(last.strip(" .")[:MAX_AFTER]) if semicolon else None
    first = needed if only is not None else first
    found = [each[1].strip() for each in (aside, only, after) if each is not None]
    first = first.replace(aside[0], "", 1) if aside is not None else first
    return f"{first}{dot}{rest}", found


def _value(text: str) -> str:
    text = text.partition(". ")[0].strip(" ;|.,\u2013\u2014")
    return text if text.count("(") >= text.count(")") else text.rstrip(")] ")


def objects_in(value: str) -> list[str]:
    """The values of a requirement, each to be read by itself: bracketed alternatives apart, catalogue asides gone."""
    value = " ".join(value.split())
    nothing = _NOTHING.match(value)
    if nothing is not None and nothing[1] is None:
        return [value] if nothing.end() == len(value) else []
    value = value[nothing.end() :] if nothing is not None else value
    if nothing is not None and not (value[:1].isupper() or value[:1].isdigit()):
        # "Nothing but patience": no title.
        return []
    value = _with_kinds(_grouped(each_counted(_AS_WELL.sub(", ", value))))
    plain = _ASIDE.sub("", value).strip(" ,;.") if any(map(str.isalpha, value)) else value
    return _members(plain) if plain else [] if _ASIDE.search(value) else [value]


def each_counted(text: str) -> str:
    """Say a word that only this document counts with each time: "Courses 1 and 2" -> "Course 1, Course 2"."""
    found = _PLURAL.match(text.strip())
    if found is None or found[1].casefold() in all_kinds():
        return text
    return ", ".join(f"{found[1]} {number}" for number in re.findall(r"\d+", found[2]))


def _members(plain: str) -> list[str]:
    first = _EITHER_FIRST.match(plain)
    if first is not None:
        return [f"one of {first[1]}", *objects_in(first[2])]
    split = _EITHER.split(plain) if "(" not in plain else [plain]
    if len(split) > 1 and not any(choice_at_head(part)[0] for part in split[:1]):
        return [each for part in split for each in objects_in(_of(part))]
    if not _OR.search(plain):
        return [_with_departments(part.strip()) for part in _AND_STAGE.split(plain) if part.strip(" ,;.")]
    parts = [part.strip() for part in _JOINED.split(plain) if part.strip(" ,;.")] if "(" in plain else [plain]
    return [_with_departments(part[1:-1] if part.startswith("(") and part.endswith(")") else part) for part in parts]


def _of(text: str) -> str:
    """Of "either A or B" one is needed."""
    head, _, rest = text.partition(" ")
    return f"one of {rest}" if head.casefold() == "either" and not rest.startswith("of ") else text


def _grouped(value: str) -> str:
    """Bracket what belongs together: "A, or B and C" -> "A or (B and C)"."""
    head, comma, tail = value.partition(", or ")
    alone = comma and "," not in value.replace(comma, "") and "(" not in value and not _AND.search(head)
    return f"{head} or ({tail})" if alone and _AND.search(tail) and not _OR.search(tail) else value


def _with_kinds(value: str) -> str:
    """Say the word each time: "Lesson 4 or 5" -> "Lesson 4 or Lesson 5"."""
    if not _OR_NUMBER.search(value):
        return value
    out, last, kind = [], 0, ""
    for found in _COUNTED.finditer(value):
        word = (found[1] or "").casefold()
        if word and word in all_kinds():
            kind = (found[1] or "").removesuffix("s")
            out += [value[last : found.start()], f"{kind} {found[2]}"]
        elif word in {"", "and", "or"} and kind:
            out += [value[last : found.start()], f"{word} {kind} {found[2]}".lstrip()]
        else:
            kind = ""
            out.append(value[last : found.end()])
        last = found.end()
    return "".join([*out, value[last:]])


def _with_departments(text: str) -> str:
    """Say the department each time: "CS 101, 102" -> "CS 101, CS 102"."""
    first = CODE.search(text)
    if first is None:
        return text
    department = department_of(first[0])
    tail = text[first.end() :]
    spans = [(found.start(), found.end()) for found in CODE.finditer(tail)]
    out, last = [text[: first.end()]], 0
    for found in _BARE.finditer(tail):
        if any(begin <= found.start() < end for begin, end in spans):
            continue
        out += [tail[last : found.start()], department, found[0]]
        last = found.end()
    return "".join([*out, tail[last:]])


def department_of(code: str) -> str:
    """What stands in front of the number: "CS 101" -> "CS ", "50:198:111" -> "50:198:"."""
    if code[0].isdigit():
        return code.rstrip(string.ascii_uppercase).rstrip(string.digits)
    return re.sub(r"\d.*", "", code)


def with_own_department(value: str, code: str, codes: Collection[str]) -> str:
    """Bare numbers as the codes of the catalogue that states them: below CS 253, "128" is "CS 128"."""
    department = department_of(code)

    def full(found: re.Match[str]) -> str:
        return f"{department}{found[0]}" if f"{department}{found[0]}" in codes else found[0]

    return _ALONE.sub(full, value)


def requirements_in(values: Sequence[Value]) -> tuple[Value, ...]:
    """The labels that say what is required."""
    return tuple(each for each in values if each.kind in REQUIREMENT_KINDS and each.value)
