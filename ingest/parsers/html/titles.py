"""Titles of a page: what stands for a heading, and what stands around a title that does not belong to it."""

from __future__ import annotations

import re
from functools import cache

from ingest.parsers.html.names import listed
from ingest.parsers.html.words import Words
from ingest.parsers.wording.durations import is_duration
from ingest.parsers.wording.fields import field_of, heading_field
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.sentences import sentences_of
from ingest.parsers.wording.titles import clean, looks_like_title
from ingest.words import words as listed_words

MAX_TITLE = 160
MAX_CHIP_WORDS = 6
_NUMBER = re.compile(r"#?\d{1,2}[.)]?")
_CODE = re.compile(r"^[A-Z]{2,5}[ -]?\d{3,5}")
_CODE_POINT = re.compile(r"^[A-Z]{2,5}[ -]?\d{3,5}[A-Z]?(\.)\s")
_CODE_COUNT = re.compile(
    r"^[A-Z]{2,5}[ -]?\d{3,5}[A-Z]?(\s*\(\d{1,2}(?:[./\u2013-]\d{1,2}){0,3}\)(?:\s[a-z])?)\s+(?=\S)"
)
"""What a course counts for between its code and its title: "CPSC 110 (4) Programs"."""


def title_of(words: Words) -> Words:
    """A title without what a course counts for and without the point behind its code."""
    counted = _CODE_COUNT.match(words.text)
    if counted is not None:
        rest = words.part(counted.end(1), len(words.signs))
        words = words.part(0, counted.start(1))
        words.join(rest)
    end = _end_of_title(words.text)
    if end < len(words.signs):
        words = without_bold(words.part(0, end)).stripped()
    text = words.text
    point = _CODE_POINT.match(text)
    if point is None:
        return words
    made = words.part(0, point.start(1))
    made.join(words.part(point.end(1), len(words.signs)))
    return made


def without_bold(words: Words) -> Words:
    """The words without marks of bold print."""
    made = Words()
    at, text = 0, words.text
    while at < len(text):
        if text.startswith("**", at) and words.places[at] < 0:
            at += 2
            continue
        made.add(text[at], [words.places[at]])
        at += 1
    return made


def can_head(text: str) -> bool:
    """Whether the text of an element that is called a title can head what follows."""
    text = text[: _end_of_title(text)]
    if len(text) > MAX_TITLE or field_of(text) is not None or heading_field(text.strip("* ")) is not None:
        return False
    title = clean(text.replace("**", "")).title
    return phase_of(text.strip("* ")) is not None or (bool(title) and looks_like_title(title, strong=True))


def can_be_chip(text: str) -> bool:
    """Whether a short text beside others like it is a title of its own."""
    if len(text) > MAX_TITLE or len(text.split()) > MAX_CHIP_WORDS or not looks_like_title(text):
        return False
    return field_of(text) is None and heading_field(text) is None and not is_duration(text) and phase_of(text) is None


def begins_with_code(text: str) -> bool:
    """Whether a title begins with the code of a course."""
    return _CODE.match(text) is not None


def is_bare_stage(text: str) -> bool:
    """Whether a text is nothing but the name and number of a stage: "PHASE 1"."""
    text = text.strip("* ")
    stage = phase_of(text) if len(text) <= MAX_TITLE else None
    return stage is not None and stage.title == stage.label and (not is_duration(text) or text[0].isalpha())


def belongs_to_next(text: str) -> bool:
    """Whether a line of its own is a label of what follows: "PHASE 1", "01", "Prerequisites"."""
    text = text.strip("* ")
    if len(text) > MAX_TITLE:
        return False
    return bool(_NUMBER.fullmatch(text)) or is_bare_stage(text) or heading_field(text.rstrip(":")) is not None


def is_sentence(text: str) -> bool:
    """Whether words are a sentence rather than titles."""
    prose = listed_words("prose")
    return any(part.casefold().strip(",;:.()") in prose for part in text.split()) or any(
        True for _ in sentences_of(text)
    )


def _end_of_title(text: str) -> int:
    found = _credits().search(text) if any(map(str.isdigit, text)) else None
    return found.start() if found is not None and found.start() > 0 else len(text)


@cache
def _credits() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, listed("titles", "credits")), key=len, reverse=True))
    number = r"\d{1,3}(?:[.,\u2013-]\d{1,2})?"
    # "Algebra. 4 credits", "Algebra credit: 3 Hours.", "Algebra (6 ECTS)"; a word without spaces may follow: a link.
    return re.compile(
        rf"[\s.,;:|(\u2013\u2014*-]{{1,6}}(?:credits?:\s?{number}(?:\s?hours?)?|{number}\s?(?:{units}))\b"
        r"\W{0,4}\S{0,400}$",
        re.IGNORECASE,
    )
