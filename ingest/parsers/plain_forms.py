"""The forms that plain text takes: chapters, numbered topics, items with descriptions, pairs of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from ingest.parsers.draft import Draft, Found, Place
from ingest.parsers.durations import weeks_of
from ingest.parsers.phases import PhaseName, phase_of, references
from ingest.parsers.plain_lines import bare, is_code, is_heading, is_prose_line, title_of
from ingest.parsers.titles import clean, is_furniture, looks_like_title
from ingest.words import lookup

_CHAPTER = re.compile(r"^(?:chapter|lesson|unit)\s+\d{1,3}\b[\s.:\u2013\u2014-]+\S", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|(?<=[^\s\d]))(\d{1,2})\s\u00b7\s(\S.*)$")
_OVERVIEW = re.compile(r"^(\w+)\s+overview$", re.IGNORECASE)
_ITEM = re.compile(r"^(\S.{0,90}?)\s[-\u2013\u2014]\s(\S.*)$")
_SOON = re.compile(r"^(?:coming soon|planned|upcoming)\s*[:\u2013\u2014-]\s*(\S.*)$", re.IGNORECASE)
_LIST = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
MIN_SHARE = 0.5
MAX_CHAPTER_WORDS = 12


class Form(NamedTuple):
    """A form of plain text."""

    name: str
    fits: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[str], Draft], None]


def _chapter_lines(lines: Sequence[str]) -> list[int]:
    return [
        at
        for at, line in enumerate(lines)
        if len(line.split()) <= MAX_CHAPTER_WORDS and _CHAPTER.match(line) and not is_prose_line(line)
    ]


def _fits_chapters(lines: Sequence[str]) -> bool:
    return len(_chapter_lines(lines)) > 1


def _read_chapters(lines: Sequence[str], draft: Draft) -> None:
    place = Place()
    chapters = set(_chapter_lines(lines))
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if at in chapters:
            name = clean(line)
            draft.topic(_found(name.title, at, line, _prose_after(lines, at, chapters), name.number), place)
            continue
        stage = phase_of(line) if is_heading(line) else None
        # Without a separator it is a sentence about the stage, not its heading.
        if (
            stage is not None
            and stage.label not in seen
            and line.strip()[len(stage.label) :].lstrip()[:1] in tuple(":\u2013\u2014-\u00b7")
        ):
            seen.add(stage.label)
            place = draft.phase(stage, at + 1, None)


def numbered_lines(lines: Sequence[str]) -> dict[int, str]:
    """Line -> title of "01 . Title", also where it is glued to the end of code, as long as the numbers go on."""
    found: dict[int, str] = {}
    last = 0
    for at, line in enumerate(lines):
        match = _NUMBERED.search(line[-160:])
        if match is None:
            continue
        number, title = int(match[1]), title_of(match[2])
        glued = match.start() > 0
        if looks_like_title(title, strong=True) and (number == last + 1 or (number == 1 and not glued)):
            found[at] = title
            last = number
    return found


def _fits_numbered(lines: Sequence[str]) -> bool:
    return len(numbered_lines(lines)) > 2  # noqa: PLR2004


def _read_numbered(lines: Sequence[str], draft: Draft) -> None:
    place = Place()
    topics = numbered_lines(lines)
    count: dict[str, int] = {}
    names = _stage_names(lines)
    for at, line in enumerate(lines):
        if at in topics:
            number = re.search(r"\d+", line[line.rfind("\u00b7") - 4 :])
            draft.topic(
                _found(topics[at], at, line, _prose_after(lines, at, topics), number[0] if number else ""), place
            )
            continue
        overview = _OVERVIEW.match(bare(line)) if len(line) < 60 else None  # noqa: PLR2004
        kind = lookup("phases", "kinds").get(overview[1].casefold()) if overview is not None else None
        if overview is not None and kind is not None:
            count[kind] = number_here = count.get(kind, 0) + 1
            label = f"{overview[1]} {number_here}"
            stage = PhaseName(label, names.get((kind, number_here), label), kind, number_here, number_here)
            place = draft.phase(stage, at + 1, _weeks_after(lines, at))
        elif (stage_here := phase_of(line) if is_heading(line) else None) is not None:
            place = draft.phase(stage_here, at + 1, None)


def _stage_names(lines: Sequence[str]) -> dict[tuple[str, int], str]:
    """Titles that references give to stages: "Module 01 - Foundations"."""
    names: dict[tuple[str, int], str] = {}
    for line in lines:
        cells = line.strip("| ").split("|") if line.startswith("|") else []
        read = references(cells[-1].strip()) if len(cells) == 2 else None  # noqa: PLR2004
        if read is not None and len(read[0]) == 1 and read[1].strip()[:1] in {"\u2013", "\u2014", "-", ":"}:
            title = title_of(read[1].strip().lstrip("\u2013\u2014-: "))
            if looks_like_title(title):
                names.setdefault((read[0][0].kind, read[0][0].number), title)
    return names


def _weeks_after(lines: Sequence[str], at: int) -> tuple[float, float] | None:
    for line in lines[at + 1 : at + 8]:
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if len(cells) == 2 and (weeks := weeks_of(cells[1])) is not None:  # noqa: PLR2004
            return weeks
    return None


def item_of(line: str) -> tuple[str, str] | None:
    """(title, description) of "Title - description", or None."""
    found = _ITEM.match(line.strip().removeprefix("- ").removeprefix("\u2022 "))
    if found is None or is_code(line):
        return None
    title = title_of(found[1])
    return (title, found[2]) if looks_like_title(title) and title[:1].isupper() and len(title.split()) <= 8 else None  # noqa: PLR2004


def _fits_items(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    items = sum(item_of(line) is not None for line in filled)
    return items > 2 and items >= MIN_SHARE * 0.6 * len(filled)  # noqa: PLR2004


def _read_items(lines: Sequence[str], draft: Draft) -> None:
    place, ignored = Place(), False
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, line in enumerate(lines):
        soon, item = _SOON.match(bare(line)), item_of(line)
        if soon is not None and not ignored:
            for title in planned_titles(soon[1]):
                draft.topic(_found(title, at, line, planned=True), place)
        elif item is not None and not ignored:
            draft.topic(_found(item[0], at, line, item[1]), place)
        elif item is None and soon is None and at > first and (is_heading(line) or is_furniture(title_of(line))):
            ignored = is_furniture(title_of(line))
            place = (
                Place()
                if ignored
                else draft.topic(_found(title_of(line), at, line, _prose_after(lines, at)), Place(), section=True)
            )
        elif is_prose_line(line) and at and not is_heading(lines[at - 1]):
            # A sentence that no heading stands above begins a part whose heading was lost.
            place = Place()


def planned_titles(text: str) -> list[str]:
    """The titles of "Serverless, Container, and DevOps patterns": the last word belongs to all of them."""
    parts = [part.strip(" .") for part in _LIST.split(text) if part.strip(" .")]
    head, _, last = parts[-1].rpartition(" ") if parts else ("", "", "")
    if not head or len(parts) == 1:
        return parts
    return [part if part.endswith(last) else f"{part} {last}" for part in parts]


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    at = 0
    filled = [(number, line) for number, line in enumerate(lines) if line.strip()]
    while at + 1 < len(filled):
        (number, line), (_, following) = filled[at], filled[at + 1]
        if is_heading(line) and is_prose_line(following) and not is_furniture(title_of(line)):
            yield number, title_of(line), following.strip()
            at += 2
        else:
            at += 1


def _fits_pairs(lines: Sequence[str]) -> bool:
    filled = sum(1 for line in lines if line.strip())
    pairs = sum(1 for _ in _pairs(lines))
    return pairs > 2 and pairs * 2 >= MIN_SHARE * filled  # noqa: PLR2004


def _read_pairs(lines: Sequence[str], draft: Draft) -> None:
    for at, title, description in _pairs(lines):
        draft.topic(_found(title, at, lines[at], description), Place())


FORMS: Sequence[Form] = (
    Form("chapters", _fits_chapters, _read_chapters),
    Form("numbered", _fits_numbered, _read_numbered),
    Form("items", _fits_items, _read_items),
    Form("pairs", _fits_pairs, _read_pairs),
)
"""Tried in order; the first that fits reads the document."""


def _found(title: str, at: int, line: str, description: str = "", number: str = "", *, planned: bool = False) -> Found:
    return Found(
        title=title,
        line=at + 1,
        line_end=at + 1,
        text=line.strip(),
        number=number,
        planned=planned,
        description=description,
    )


def _prose_after(lines: Sequence[str], at: int, topics: Collection[int] = ()) -> str:
    for number, line in enumerate(lines[at + 1 : at + 4], start=at + 1):
        if number in topics:
            return ""
        if is_prose_line(line) and not is_code(line):
            return line.strip()
    return ""
