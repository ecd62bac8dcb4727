"""Titles: what is left of a heading or bullet without numbering, emoji, effort, tags and bracketed acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from graph.titles import is_letter
from ingest.parsers.wording.acronyms import take_acronym
from ingest.parsers.wording.durations import hours_of, is_duration
from ingest.parsers.wording.remembering import remembering
from ingest.words import table, words

PLANNED = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, words('planned'))))}"
    r"|coming (?:in|next|this) (?:\d{4}|year|month|week|term|semester|spring|summer|autumn|fall|winter))\b|\U0001f6a7",
    re.IGNORECASE,
)
_OPTIONAL = "|".join(sorted(map(re.escape, words("optional")), reverse=True))
_TAG = re.compile(
    rf"[(\[](?:self-paced|self paced|{_OPTIONAL}|recommended|required|must know|must-know|essential|"
    r"planned(?: for [\w ]{1,20})?|soon|coming soon|wip|tbd|todo|new|draft|important)[)\]]",
    re.IGNORECASE,
)
_PLANNED_TAG = re.compile(
    r"[(\[](?:planned(?: for [\w ]{1,20})?|soon|coming soon|wip|tbd|todo|draft)[)\]]", re.IGNORECASE
)
_SOFT_TAG = re.compile(rf"[(\[](?:{_OPTIONAL})[)\]]", re.IGNORECASE)
_OPTIONAL_PREFIX = re.compile(r"(?:optional|bonus|opcional)\s?:\s+(?=\S)", re.IGNORECASE)
_CROSS = re.compile(r"\s*\((?:see|cf\.?|siehe|voir|ver|v\u00e9ase)\s[^()]{2,60}\)\s*$", re.IGNORECASE)
"""Where else to look."""
_CHECKBOX = re.compile(r"^\s*\[([ xX])\]\s+")
_KEYCAP = re.compile(r"^(?:[0-9#*]\ufe0f?\u20e3)+\s*")
_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)](?:\s+|(?![A-Z]\d{2}))(?=\D)"  # 1. 2) 1.2., but not 6.S062
    r"|\d{1,3}(?:\.\d{1,3}){1,4}\s+(?:[-\u2013\u2014:|]\s+)?"  # 1.2 or 1.2 -
    r"|0\d\s+(?![-\u2013\u2014\u00b7:|]\s)"  # 01
    r"|#?\d{1,3}\s*[\u00b7:|]\s+"  # 01 . or 1:
    r"|\d{1,3}\s+[-\u2013\u2014]\s+"  # 1 -
    r"|\(\d{1,3}\)\s+"
    r"|[IVX]{1,5}\s*(?:[:\u2013\u2014]|\s-)\s+(?=\S)"  # II - or IV:
    r"|(?:[IVX]{1,5}|[A-Z])[.)]\s+(?=\S))"
)
_TASKS = ("TODO ", "DOING ", "DONE ", "LATER ", "NOW ", "WAITING ")
"""What outliners write in front of a task."""
_FOOTNOTE = re.compile(r"\s?\[\^[^\[\]\s]{1,30}\]")
_CREDITS = re.compile(
    r"\s*[(\[]\d{1,3}(?:[.,]\d)?\s*(?:ects|credits?|credit points|cp|lp|cfu|points?|units?)[)\]]", re.IGNORECASE
)
_LOOSE_CREDITS = re.compile(
    r"\s?[.,;:\u2013\u2014|-]?\s\d{1,2}(?:[.,]\d)?(?:-\d{1,2})?"
    r"\s(?:ects|credits?|credit hours|credit points|units?)[.\s]*$"
    r"|\.\s\d{1,2}(?:-\d{1,2})?\s(?:hours?|hrs)[.\s]*$",
    re.IGNORECASE,
)
"""Credits behind a course's title without brackets: "Algebra. 4 Credits."."""
_ALSO = re.compile(
    r"\s*[,;(\u2013\u2014-]?\s*\b(?:aka|a\.k\.a\.?|also known as|also called)[:\s]+([^()]+)\)?\s*$", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_LOOSE_EFFORT = re.compile(r"\s+[~\u2248]\s?\d[\d.,]*\s?(?:h|hrs?|hours?|min|minutes)\b\.?\s*$", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:what (?:is|are) \w+[^.?!]{0,40}|how (?:does|do) (?!i |you |we )[^.?!]{3,40} work)\??$", re.IGNORECASE
)
_AND_HOW = re.compile(r",?\s(?:and|&)\s(?:how|why|when|where)\s[^.?!]{3,30}$")
"""What a title promises to explain: "Browsers and how they work"."""
_BOTH = re.compile(r"\s(?:and|&)\s")
_SPACE = re.compile(r"\s+")
_ARTICLES = frozenset({"Der", "Die", "Das"})
"""In front of a noun; pronouns elsewhere."""
_DOTS = re.compile(r"\s?[\u2022\u00b7]\s?")
_COUNTED = re.compile(
    r"^\d{1,3}\+?\s(?:lessons?|lectures?|modules?|chapters?|topics?|courses?|units?|sections?|videos?|exercises?|projects?|articles?"
    r"|lektionen|kapitel|module|leçons|chapitres|lecciones|módulos|capítulos|temas|aulas)$",
    re.IGNORECASE,
)
"""What a bracket says about how much stands below a title: "(12 lessons)"."""
MAX_LENGTH = 160
MAX_CLEANED = 600
"""Signs that are looked at for a title: what looks behind every bracket and space takes the square of their number."""
MAX_REMEMBERED = 120
"""Signs of a text whose title is kept for the next time."""
MAX_WORDS = 10
"""A title longer than this is a sentence; one in bold may be longer by half."""


class Name(NamedTuple):
    """A title and what stood around it."""

    title: str
    """Empty when nothing but decoration was there."""
    aliases: tuple[str, ...] = ()
    hours: float | None = None
    number: str = ""
    """Word and number: "chapter 28", "3"; empty when it is not numbered."""
    planned: bool = False
    optional: bool = False
    ticked: bool = False


@remembering(MAX_REMEMBERED, 4096)
def clean(text: str) -> Name:
    """The title in a line of plain text (markup already removed)."""
    return _clean(_SPACE.sub(" ", text)[:MAX_CLEANED] if len(text) > MAX_CLEANED else text)


def _clean(text: str) -> Name:
    ticked = False
    if text.startswith("[") and (box := _CHECKBOX.match(text)):
        ticked, text = box[1] != " ", text[box.end() :]
    elif text.startswith(_TASKS):
        marker, _, text = text.partition(" ")
        ticked = marker == "DONE"
    planned = optional = False
    if _may_be_planned(text) and (PLANNED.search(text) or _PLANNED_TAG.search(text)):
        planned, text = True, _without_planned(text)
    text, number = strip_number(trim(text))
    if text[:1] in "OoBb" and (prefix := _OPTIONAL_PREFIX.match(text)):
        optional, text = True, text[prefix.end() :]
    hours: float | None = None
    aliases: tuple[str, ...] = ()
    if "(" in text or "[" in text:
        optional = optional or bool(_SOFT_TAG.search(text))
        # A bracket that opens at the end lost what stood in it.
        text = _CREDITS.sub("", _FOOTNOTE.sub("", _TAG.sub("", text.rstrip("([ "))))
        text, hours = _take_effort(_CROSS.sub("", text))
        text, aliases = take_acronym(text)
    if ("aka" in text or "a.k.a" in text or "also " in text) and (also := _ALSO.search(text)) and also.start():
        aliases = (*aliases, *(part.strip() for part in also[1].split(",") if part.strip()))
        text = text[: also.start()]
    if text[-1:] in "sStT. " and (points := _LOOSE_CREDITS.search(text)) is not None and points.start():
        text = text[: points.start()]
    if (loose := _LOOSE_EFFORT.search(text)) is not None:
        hours, text = hours_of(loose[0]), text[: loose.start()]
    return Name(_finish(text), aliases, hours, number, planned, optional, ticked)


def trim(text: str) -> str:
    """Without decoration at both ends: emoji, arrows, badges, and letters that are broken emoji."""
    if text.isascii():
        return text.strip(" \t\n*|>")
    text = text.replace("\U0001f51f", "10. ", 1) if text.lstrip().startswith("\U0001f51f") else text
    keycap = _KEYCAP.match(text)
    if keycap is not None:
        return f"{keycap[0][0]}. {trim(text[keycap.end() :])}"
    start, end = 0, len(text)
    while start < end and _is_decoration(text[start]):
        start += 1
    while end > start and _is_decoration(text[end - 1]):
        end -= 1
    return text[start:end]


def strip_number(text: str) -> tuple[str, str]:
    """(title, number): "01 . Data" -> ("Data", "01"); "Chapter 28 Trees" -> ("Trees", "chapter 28")."""
    head = text.partition(" ")[0].casefold() if text[:1].isalpha() else ""
    labelled = _numbered_word().match(text) if head in _number_words() else None
    if labelled is None and head in _stage_words():
        labelled = _numbered_stage().match(text)
        # "Week 2" heads a stage; "Module 2.1" is the first topic in one.
        labelled = labelled if labelled is not None and "." in labelled[2] else None
    if labelled is not None:
        rest = text[labelled.end() :]
        word = _labels()[labelled[1].casefold()]
        number = f"{word} {labelled[2].lstrip('0') or '0'}"
        return (trim(rest), number) if rest.strip() else (text, number)
    found = (
        _NUMBER.match(text)
        if text[:1].isdigit() or text[:1] in "#(" or text[1:2] in ".)" or text[:1] in "IVX"
        else None
    )
    if found is None or found.end() == len(text):
        return text, ""
    return trim(text[found.end() :]), found[0].strip(" .):\u00b7-\u2013\u2014(|#")


def numbered_label(text: str) -> tuple[int, str]:
    """(end, number) of the label in "Lesson 3: Loops" or "Day 1 - Setup"; (0, "") where none is in front of a title."""
    head = text.partition(" ")[0].casefold()
    if head not in _labels():
        return 0, ""
    found = (_numbered_word() if head in _number_words() else _numbered_stage()).match(text)
    # "Weeks 2-3" is a span.
    if found is None or not _separated(found[0]) or text[found.end() : found.end() + 1].isdigit() or found[0] == text:
        return 0, ""
    return found.end(), f"{_labels()[head]} {found[2].lstrip('0') or '0'}"


def looks_like_title(text: str, *, strong: bool = False) -> bool:
    """Whether a text can name something to learn, and is not a sentence.

    Args:
        text: as `clean` gives it.
        strong: the document marks it (bold, effort), so it may be longer.
    """
    if not (text[:1].isalpha() or any(map(str.isalpha, text))) or len(text) > MAX_LENGTH or has_arrow(text):
        return False
    parts = text.split()
    if len(parts) > (MAX_WORDS * 3 // 2 if strong else MAX_WORDS):
        return False
    if text[0].isdigit() and is_duration(text):
        return False
    return strong or _is_phrase(text, parts)


def _is_phrase(text: str, parts: list[str]) -> bool:
    """Whether words are no sentence."""
    if text[-1] in ".!;" and len(parts) > 2 and not text.endswith("etc."):  # noqa: PLR2004
        return False
    if _QUESTION.match(text):
        return True
    # CAN and IT are no verbs and pronouns where the other words are not in capitals.
    shouted = len(parts) > 1 and text.isupper()
    if " how " in text or " why " in text or " when " in text:
        parts = _AND_HOW.sub("", text).split()
    if "I" in parts[1:]:  # "Calculus I", "Calculus I (online)"
        parts = [part for part, after in zip(parts, [*parts[1:], "("], strict=True) if part != "I" or after[0] != "("]
    if parts[0] in _ARTICLES and len(parts) > 1 and parts[1][:1].isupper():
        parts = parts[1:]
    return not any(
        part.casefold().strip(",;:") in _prose() for part in parts if shouted or not (part.isupper() and len(part) > 1)
    )


def has_arrow(text: str) -> bool:
    """Whether a text has arrows: a chain of titles is an order, not a title."""
    if "->" in text or "=>" in text:
        return True
    return not text.isascii() and ("\u2192" in text or "\u27a1" in text or "\u21d2" in text)


def is_furniture(title: str) -> bool:
    """Whether a cleaned title is part of every document: Overview, Resources and links, How to use this."""
    if _listed(title, "furniture"):
        return True
    parts = _BOTH.split(title) if " and " in title or " & " in title else ()
    return len(parts) > 1 and all(_listed(part, "furniture") for part in parts)


def may_be_topic(title: str) -> bool:
    """Whether a cleaned title that is furniture is a topic where it stands among topics: Evaluation, Planning."""
    return title.casefold().strip(" :.") in words("ambiguous")


def is_pause(title: str) -> bool:
    """Whether a cleaned title stands between the topics of a course: an exam, a week without a class."""
    return _listed(title, "pauses")


def is_grouping(title: str) -> bool:
    """Whether a cleaned title only groups: Core, Tools, Optional."""
    return title.casefold().strip(" :.") in words("grouping")


def is_task(title: str) -> bool:
    """Whether a title says what to do, not what to learn: "Complete the challenge"."""
    return title.partition(" ")[0].casefold() in words("tasks")


def _listed(title: str, name: str) -> bool:
    key = title.casefold().replace("\u2019", "'").strip(" :.?!")
    exact, heads, tails = _patterns(name)
    return key in exact or key.startswith(heads) or key.endswith(tails)


@cache
def _patterns(name: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    entries = words(name)
    heads = tuple(entry[:-1] for entry in entries if entry.endswith("*"))
    tails = tuple(entry[1:] for entry in entries if entry.startswith("*"))
    return entries, heads, tails


@cache
def _prose() -> frozenset[str]:
    return words("prose")


@cache
def _number_words() -> dict[str, str]:
    return {form.casefold(): word for word, forms in table("phases")["numbered"].items() for form in forms}


@cache
def _stage_words() -> dict[str, str]:
    return {form.casefold(): word for word, forms in table("phases")["kinds"].items() for form in forms}


@cache
def _labels() -> dict[str, str]:
    return {**_stage_words(), **_number_words()}


@cache
def _numbered_word() -> re.Pattern[str]:
    return _numbered(_number_words())


@cache
def _numbered_stage() -> re.Pattern[str]:
    return _numbered(_stage_words())


def _separated(label: str) -> bool:
    """Whether a label ends with more than a space: "Day 1: Setup", not "Level 2 caches"."""
    return not label.rstrip()[-1:].isalnum()


def _numbered(labels: Iterable[str]) -> re.Pattern[str]:
    forms = sorted(map(re.escape, labels), key=len, reverse=True)
    return re.compile(
        rf"({'|'.join(forms)})\s+#?(\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})(?:\s*[.:)|\u00b7\u2013\u2014-]+\s*|\s+|$)",
        re.IGNORECASE,
    )


def _is_decoration(char: str) -> bool:
    return not (
        is_letter(char)
        or char in "([#\"'`_.$@/<{+&)]}?!%:;,=~\u00a1\u00bf\u201c\u201d\u2019\u2018\u00ab\u00bb\u2026\u00b0\u00b2\u00b3"
    )


def _may_be_planned(text: str) -> bool:
    """Whether it is worth looking for words that announce something, told cheaply."""
    if not text.isascii() or "(" in text or "[" in text:
        return True
    return not _announcing().isdisjoint(text.casefold().rstrip(" .!:").split())


@cache
def _announcing() -> frozenset[str]:
    return frozenset({entry.split()[-1] for entry in words("planned")} | {"coming"})


def _without_planned(text: str) -> str:
    text = PLANNED.sub("", _PLANNED_TAG.sub("", text))
    text = re.sub(r"[(\[]\s*[)\]]", "", text)
    return text.strip(" \t:-\u2013\u2014,.")


def _take_effort(text: str) -> tuple[str, float | None]:
    hours: float | None = None
    pieces: list[str] = []
    at = 0
    for found in _BRACKET.finditer(text):
        inside = found[1].strip()
        parts = _DOTS.split(inside) if "\u2022" in inside or "\u00b7" in inside else [inside]
        inside = next((part for part in parts if is_duration(part)), inside)
        if not is_duration(inside) or not all(_COUNTED.match(part) or is_duration(part) for part in parts):
            if all(_COUNTED.match(part) for part in parts) or _is_label(inside):
                pieces.append(text[at : found.start()])
                at = found.end()
            continue
        hours = hours_of(inside) if hours is None else hours
        pieces.append(text[at : found.start()])
        at = found.end()
    return "".join([*pieces, text[at:]]), hours


def _is_label(text: str) -> bool:
    """Whether a bracket only says where a title belongs: "(Module 12)", not "(Part 2)"."""
    head = text.partition(" ")[0].casefold()
    if _labels().get(head, "part") in {"part", "level"}:
        return False
    found = (_numbered_word() if head in _number_words() else _numbered_stage()).match(text)
    return found is not None and found.end() == len(text)


def _finish(text: str) -> str:
    text = _SPACE.sub(" ", trim(text)).strip(" :|")
    if text.endswith(("\u2013", "\u2014", " -")):
        text = text[:-1].rstrip(" :")
    return text.rstrip(". ") if text.endswith(".") and not text.endswith((" etc.", "...")) else text
