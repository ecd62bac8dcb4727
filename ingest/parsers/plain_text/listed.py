"""Plain text that lists entries with a code or a page number: course catalogues and tables of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ingest.parsers.plain_text.counted import counted, labelled
from ingest.parsers.plain_text.layout import key_of
from ingest.parsers.plain_text.lines import roman_of
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import STAGE, Pick, pick_of, stage_of
from ingest.parsers.plain_text.values import CODE
from ingest.parsers.wording.phases import PhaseName, phase_of

_CATALOGUE = re.compile(rf"^({CODE.pattern})\s*[:.\u2013\u2014-]?\s+(?=\S)")
_MARKS = re.compile(r"\s+\([A-Z]{1,2}(?:,\s?[A-Z]{1,2})*\)\s*$")
"""What a catalogue marks its courses with: "Logic (FR, W)"."""
_CREDITS = re.compile(r"\.\s(?:\d{1,2}-)?\d{1,2}(?:\.\d)?\s(?:credits?|credit hours?|units?)[.\s]*$", re.IGNORECASE)
_FILLER = " .\t\u2026_\u00b7\u2024\u22ef-"
_NUMBER = re.compile(
    r"^(?:(chapter|part|unit|lesson|module|section)\s+)?(\d{1,3}(?:\.\d{1,3}){0,4}|[IVX]{1,5})[.:)]?\s+(?=\S)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"^(?:appendix\b|[A-Z](?:\.\d+)*[.\s]\s*\b)", re.IGNORECASE)
MIN_LEADER = 3
MIN_ENTRIES = 3


def codes(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines of "CS101 Introduction to Programming (4 credits) Prerequisite: none"."""
    found: dict[int, Sequence[Pick]] = {}
    seen: set[str] = set()
    for at, line in enumerate(page.lines):
        match = _CATALOGUE.match(line.text)
        if match is None or line.kind in {"noise", "code"} or match[1] in seen:
            continue
        pick = pick_of(line, _without_credits(_MARKS.sub("", line.text[match.end() :].partition("  ")[0])), split=False)
        if pick is None or not pick.title[:1].isupper():
            continue
        seen.add(match[1])
        packed = re.sub(r"[\s-]", "", match[1])
        spaced = re.sub(r"(?<=[A-Z])(?=\d)", " ", packed)
        names = dict.fromkeys((match[1], packed, spaced, spaced.replace(" ", "-"), *pick.aliases))
        found[at] = [replace(pick, aliases=tuple(names))]
    return found


def _without_credits(text: str) -> str:
    """A course's title without its credits and the full stop in front of them: "Fluency with Tools. 4 Credits."."""
    found = _CREDITS.search(text)
    return text[: found.start()] if found is not None and found.start() else text


class _Entry(NamedTuple):
    line: Line
    text: str
    page: int
    leader: int


def contents(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines that end in a page number behind dots or a gap; the numbers never fall."""
    chosen = paged(page)
    numbered = sum(_NUMBER.match(each.text) is not None for each in chosen.values())
    counted = numbered * 3 >= len(chosen) * 2 or _counts_on(page, chosen)
    indents = sorted({each.line.indent for each in chosen.values()})
    found: dict[int, Sequence[Pick]] = {}
    for at, each in chosen.items():
        pick = _pick(each, indents, counted=counted)
        if pick is not None:
            found[at] = [pick]
    return found


def paged(page: Page) -> Mapping[int, _Entry]:
    """The entries of a table of contents, those of its preface and index too."""
    entries = {at: each for at, line in enumerate(page.lines) if (each := _entry(line)) is not None}
    many = len(entries) * 5 >= len(page.lines) * 4 and len(entries) > MIN_ENTRIES + 1
    loose = many or _counts_on(page, entries)
    chosen = {at: each for at, each in entries.items() if loose or each.leader >= MIN_LEADER}
    pages = [each.page for each in chosen.values() if each.page > 0]
    falls = sum(after < before for before, after in pairwise(pages))
    return {} if len(chosen) < MIN_ENTRIES or falls * 10 > len(chosen) else chosen


def _counts_on(page: Page, entries: Mapping[int, _Entry]) -> bool:
    """Whether most lines are entries with a single space before the page, counted from 1, whose pages only rise."""
    counts = [match[2] for each in entries.values() if (match := _NUMBER.match(each.text)) is not None]
    pages = [each.page for each in entries.values() if each.page > 0]
    rising = all(before < after for before, after in pairwise(pages))
    chapters = [number for number in counts if number.isdecimal()]
    in_order = chapters == [str(each) for each in range(1, len(chapters) + 1)]
    return rising and in_order and len(counts) > MIN_ENTRIES and len(entries) * 5 >= len(page.lines) * 3


def _entry(line: Line) -> _Entry | None:
    # Not the cleaned text: its decoration may hold the dots.
    text = line.raw.strip()
    head, number = _last_word(text)
    value = int(number) if number.isdecimal() and len(number) < 5 else -roman_of(number)  # noqa: PLR2004
    if not head or not value:
        return None
    title = head.rstrip(_FILLER)
    gap = head[len(title) :]
    leader = MIN_LEADER if "\t" in gap or "\u2026" in gap else len(gap)
    return _Entry(line, title, value, leader) if title and any(map(str.isalpha, title)) else None


def _last_word(text: str) -> tuple[str, str]:
    at = len(text)
    while at and text[at - 1].isalnum():
        at -= 1
    return text[:at], text[at:]


def _pick(entry: _Entry, indents: Sequence[int], *, counted: bool) -> Pick | None:
    number = _NUMBER.match(entry.text)
    word = (number[1] or "").casefold() if number is not None else ""
    if word == "part" or (word == "module" and number is not None):
        return _part(entry, word, number)
    if _APPENDIX.match(entry.text) and number is None and not entry.text[1:2].islower():
        return None
    if number is None:
        stage = phase_of(entry.text)
        if stage is not None:
            return Pick(entry.line, stage.title, STAGE, stage=stage)
        # Among numbered chapters an entry without a number is the preface or the index.
        return None if counted else pick_of(entry.line, entry.text, indents.index(entry.line.indent), split=False)
    level = number[2].count(".")
    pick = pick_of(entry.line, entry.text[number.end() :], level, split=False)
    label = f"{word or 'chapter'} {number[2]}" if level == 0 else number[2]
    return replace(pick, number=label) if pick is not None else None


def _part(entry: _Entry, word: str, number: re.Match[str] | None) -> Pick | None:
    if number is None:
        return None
    value = int(number[2]) if number[2].isdigit() else roman_of(number[2])
    label = entry.text[: number.end()].strip(" .:)")
    title = entry.text[number.end() :].lstrip("-\u2013\u2014: ")
    return Pick(entry.line, title, STAGE, stage=PhaseName(label, title or label, word, value, value))


def repeated(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines that repeat the titles of the contents; none when others are counted as they are."""
    found: dict[int, Sequence[Pick]] = {}
    seen: set[str] = set()
    for at, line in enumerate(page.lines):
        key = key_of(line.text) if page.listed and line.kind in {"title", "other"} else ""
        pick = pick_of(line, split=False) if key in page.listed and key not in seen else None
        if pick is not None and stage_of(line) is None:
            seen.add(key)
            found[at] = [pick]
    counts = [counted(page), labelled(page)] if len(found) >= MIN_ENTRIES else []
    return {} if not counts or any(set(found) <= set(each) for each in counts) else found
