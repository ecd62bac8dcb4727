"""Plain text whose topics are counted: "Lesson 3: Loops", "1.2 Loops", "II. Loops", keycap emoji."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.parsers.plain_text.lines import roman_of
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import STAGE, Pick, pick_of, stage_of, with_groups
from ingest.parsers.plain_text.values import values_in
from ingest.parsers.wording.durations import hours_of, weeks_of
from ingest.parsers.wording.phases import PhaseName
from ingest.parsers.wording.titles import clean
from ingest.words import lookup

MAX_WORDS = 12
LAST = 200
"""Letters of a line in which a heading glued to its end is looked for."""
_LABELLED = re.compile(
    r"(?:^([^\W\d_]{2,12})|(?<=[^\sA-Z])([A-Z][a-z]{2,11}))\s#?(\d{1,3}(?:\.\d{1,2})?)(?!\d)(?:((?:[\s.:|\u00b7\u2013\u2014-]|(?<=\d)(?=\())+)(\S.*)?)?$"
)
_DECIMAL = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3}){0,5})\.?(\)|:|(?<=\.)|\s?[-\u2013\u2014\u00b7](?=\s))?\s+(?=\S)")
_LETTER = re.compile(r"^\(?([IVXLC]{1,6}|[A-Za-z]|[ivx]{1,5})[.)]\s+(?=\S)")
_NEVER = frozenset(
    {"figure", "table", "listing", "example", "exercise", "project", "lab", "assignment", "quiz", "problem", "page"}
    | {"version", "note", "question", "appendix", "equation", "image", "homework", "reading", "task", "attempt"}
)
"""What is counted beside the topics."""
_OUTER = frozenset({"unit", "section", "chapter", "topic", "book", "volume", "track", "theme", "strand", "course"})
"""What holds lessons."""


class _Mark(NamedTuple):
    style: str
    value: tuple[int, ...]
    rest: str


class _Counted(NamedTuple):
    value: tuple[int, ...]
    number: str
    title: str
    """Behind the number; empty when the label stands alone."""


def labelled(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines of "Lesson 1: Title", where one word is counted up through the document."""
    found: dict[str, dict[int, _Counted]] = {}
    for at, line in enumerate(page.lines):
        match = (
            _LABELLED.search((line.text if len(line.text) <= LAST else line.raw.rstrip())[-LAST:])
            if line.kind != "prose"
            else None
        )
        if match is None or (match.start() == 0 and len(line.text.split()) > MAX_WORDS):
            continue
        word = (match[1] or match[2]).casefold()
        if word in _NEVER or word in lookup("phases", "kinds") or _is_code(match):
            continue
        numbers = found.setdefault(word, {})
        value = tuple(map(int, match[3].split(".")))
        last = next(reversed(numbers.values())).value if numbers else (0,)
        glued = match[1] is None or len(line.text) > LAST
        fresh = value == (last[0] + 1,) if glued else value[-1] == 1 or value > last
        title = match[5] or ""
        # "Chapter 3 of the book" is no heading, "Chapter 3: k-means" is one.
        if fresh and (not title[:1].islower() or match[4].strip()):
            numbers[at] = _Counted(value, match[3], title)
    best = max(found.values(), key=len, default={})
    word = next((each for each, numbers in found.items() if numbers is best), "")
    if len(best) < (2 if word in lookup("phases", "numbered") else 3):
        return {}
    above = _titles_above(page, best)
    picks = {at: each for at, row in best.items() if (each := _labelled_pick(page, at, word, row, above=above))}
    return picks if len(picks) * 2 >= len(best) else {}


def _titles_above(page: Page, labels: Mapping[int, _Counted]) -> bool:
    """Whether labels stand alone below their titles: "Limits", "Unit 1", "3 hours"."""
    alone = [at for at, row in labels.items() if not row.title and 0 < at < len(page.lines) - 1]
    above = sum(page.lines[at - 1].name and not page.lines[at + 1].name for at in alone)
    return len(alone) == len(labels) and above * 5 >= len(alone) * 4


def _is_code(match: re.Match[str]) -> bool:
    """Whether a word and number are a course code: "CS 126"."""
    word = match[1] or match[2]
    return word.isupper() and len(match[3]) > 2 and word.casefold() not in lookup("phases", "numbered")  # noqa: PLR2004


def _labelled_pick(page: Page, at: int, word: str, row: _Counted, *, above: bool) -> list[Pick]:
    line, text = page.lines[at], row.title
    if not text:
        # The label stands alone; the title is the line beside it.
        beside = at - 1 if above else at + 1
        line = page.lines[beside] if beside < len(page.lines) else line
        text = line.text if line.kind == "title" and line.number != page.lines[at].number else ""
    pick = pick_of(line, text, split=False) if text else None
    if pick is None:
        return []
    counted = lookup("phases", "numbered").get(word, word)
    pick = _numbered(pick, row.number if "." in row.number else f"{counted} {row.number}")
    return [replace(pick, hours=_hours_below(page, at)) if above and pick.hours is None else pick]


def _hours_below(page: Page, at: int) -> float | None:
    """What the lines behind a label say about its effort."""
    near = next((line for line in page.lines[at + 1 : at + 4] if line.kind == "duration"), None)
    return hours_of(near.text) if near is not None else None


def _numbered(pick: Pick, number: str) -> Pick:
    return replace(pick, number=number)


def read_labelled(page: Page, picks: Mapping[int, Sequence[Pick]]) -> list[Pick]:
    """The counted topics with their parts: bullets and bare lines below them, where the text is no prose."""
    units = _units(page, picks)
    titles = {each.line.number for picked in picks.values() for each in picked}
    body = [
        at for at, line in enumerate(page.lines) if at not in picks and at not in units and line.number not in titles
    ]
    wordy = page.kinds("prose", "code") * 5 > len(page.lines)
    inside = set(body)
    decimals = {at: each for at, each in counted(page).items() if at in inside and "." in each[0].number}
    below: dict[int, Sequence[Pick]] = {}
    if decimals:
        below = {at: [_deeper(each) for each in group] for at, group in decimals.items()}
    elif not wordy:
        first = min(picks)
        said = [at for at in body if at > first and page.lines[at].kind in {"title", "other", "prose", "code"}]
        bulleted = [at for at in said if page.lines[at].glyph]
        named = [at for at in said if page.lines[at].name and stage_of(page.lines[at]) is None]
        lines = bulleted if len(bulleted) * 2 >= len(said) else named if len(named) * 5 >= len(said) * 4 else []
        below = {at: [each] for at in lines if at > first and (each := pick_of(page.lines[at], level=1))}
        if len(below) * 5 < len(lines) * 3:
            below = {}
    return with_groups(page, {**below, **units, **picks}, heads=False)


def _units(page: Page, picks: Mapping[int, Sequence[Pick]]) -> Mapping[int, Sequence[Pick]]:
    """The stages of "Unit 1: Title" above lessons: counted themselves, with counted topics below each."""
    found: dict[str, dict[int, Pick]] = {}
    for at, line in enumerate(page.lines):
        match = _LABELLED.match(line.text) if at not in picks and line.kind in {"title", "other", "field"} else None
        word = match[1].casefold() if match is not None and match[1] else ""
        kind = lookup("phases", "numbered").get(word, word)
        if match is None or "." in match[3] or kind not in _OUTER or len(line.text.split()) > MAX_WORDS:
            continue
        row = found.setdefault(kind, {})
        number = int(match[3])
        if number == len(row) + 1:
            label = line.text[: match.end(3)]
            said, values = values_in(match[5] or "")
            below = page.lines[at + 1] if at + 1 < len(page.lines) else line
            # "Course 1" alone: its title is the next line.
            title = clean(said).title or (below.text if not said and below.name and at + 1 not in picks else "")
            weeks = next((weeks_of(each.value) for each in values if each.kind in {"duration", "effort"}), None)
            stage = PhaseName(label, title or label, kind, number, number, weeks)
            row[at] = Pick(line, stage.title, STAGE, stage=stage)
    first = min(picks, default=0)
    for row in found.values():
        if len(row) < 2:  # noqa: PLR2004
            continue
        ends = [*list(row)[1:], len(page.lines)]
        filled = sum(any(at < below < end for below in picks) for at, end in zip(row, ends, strict=True))
        if filled == len(row) and min(row) < first:
            return {at: [pick] for at, pick in row.items()}
    return {}


def _deeper(pick: Pick) -> Pick:
    return replace(pick, level=max(1, pick.level))


def counted(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines of a numbered outline, as long as the numbers go on where they stopped."""
    last: dict[tuple[str, tuple[int, ...]], int] = {}
    styles: list[str] = []
    found: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines):
        mark = _mark(line, last) if line.kind in {"title", "other"} and not line.glyph else None
        if mark is None:
            continue
        above, own = (mark.style, mark.value[:-1]), mark.value[-1]
        if own != last.get(above, 0) + 1 and not (own == 1 or (not mark.value[:-1] and above not in last)):
            continue
        if mark.value[:-1] and (mark.style, mark.value[:-2]) not in last and len(mark.value) > 2:  # noqa: PLR2004
            continue
        if mark.style not in styles:
            styles.append(mark.style)
        # What was counted on deeper levels begins again; a style met again closes those below it.
        for key in [key for key in last if _is_below(key, above, own, styles)]:
            del last[key]
        last[above] = own
        pick = pick_of(line, mark.rest, styles.index(mark.style) + len(mark.value) - 1)
        if pick is not None:
            found[at] = [_numbered(pick, ".".join(map(str, mark.value)))]
    return found


def _is_below(
    key: tuple[str, tuple[int, ...]], above: tuple[str, tuple[int, ...]], own: int, styles: list[str]
) -> bool:
    if key[0] != above[0]:
        return styles.index(key[0]) > styles.index(above[0])
    return len(key[1]) > len(above[1]) and key[1][: len(above[1]) + 1] == (*above[1], own)


def _mark(line: Line, last: Mapping[tuple[str, tuple[int, ...]], int]) -> _Mark | None:
    text = line.text
    found = _DECIMAL.match(text)
    if found is not None:
        value = tuple(map(int, found[1].split(".")))
        return _Mark("decimal", value, text[found.end() :])
    letter = _LETTER.match(text)
    if letter is None:
        return None
    sign, rest = letter[1], text[letter.end() :]
    case = "upper" if sign.isupper() else "lower"
    alphabet = ord(sign.casefold()) - ord("a") + 1 if len(sign) == 1 else 0
    # "I." after "H." is a letter; else it is a Roman number.
    if alphabet and last.get((f"{case}-letter", ()), 0) + 1 == alphabet:
        return _Mark(f"{case}-letter", (alphabet,), rest)
    roman = roman_of(sign)
    return _Mark(f"{case}-roman", (roman,), rest) if roman else None
