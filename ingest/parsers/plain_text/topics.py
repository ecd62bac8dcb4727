"""Topics numbered as "01 \u00b7 Title", also where such a heading is glued to code; stages by their overviews."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.parsers.outline.draft import Draft, Found, Place
from ingest.parsers.plain_text.lines import bare, is_code, is_heading, is_prose_line, title_of
from ingest.parsers.wording.durations import weeks_of
from ingest.parsers.wording.numbers import references
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import looks_like_title
from ingest.words import lookup

_NUMBERED = re.compile(r"(?:^|(?<=[^\s\d]))(\d{1,2})\s\u00b7\s(\S.*)$")
_OVERVIEW = re.compile(r"^(\w+)\s+overview$", re.IGNORECASE)


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


def read_numbered(lines: Sequence[str], draft: Draft) -> None:
    """Add the numbered topics and the stages whose overviews stand between them."""
    place = Place()
    topics = numbered_lines(lines)
    count: dict[str, int] = {}
    names = _stage_names(lines)
    for at, line in enumerate(lines):
        if at in topics:
            number = re.search(r"\d+", line[line.rfind("\u00b7") - 4 :])
            draft.topic(
                found_at(topics[at], at, line, prose_after(lines, at, topics), number[0] if number else ""), place
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


def found_at(
    title: str, at: int, line: str, description: str = "", number: str = "", *, planned: bool = False
) -> Found:
    """A topic in a line; `at` counts from 0."""
    return Found(
        title=title,
        line=at + 1,
        line_end=at + 1,
        text=line.strip(),
        number=number,
        planned=planned,
        description=description,
    )


def prose_after(lines: Sequence[str], at: int, topics: Collection[int] = ()) -> str:
    """The sentence that stands below a line, before the next topic."""
    for number, line in enumerate(lines[at + 1 : at + 4], start=at + 1):
        if number in topics:
            return ""
        if is_prose_line(line) and not is_code(line):
            return line.strip()
    return ""
