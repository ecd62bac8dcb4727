"""What stands alone beside a title: the number of its stage, how long it takes, that it is still to come."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.main import HEADINGS, Survey
from ingest.parsers.html.names import names_of, names_stage, names_title
from ingest.parsers.html.titles import is_bare_stage
from ingest.parsers.html.words import Words
from ingest.parsers.html.writing import Line, Page
from ingest.parsers.wording.durations import is_duration
from ingest.parsers.wording.titles import PLANNED, clean

MAX_NUMBER = 6
"""Letters of the number of a stage."""
MAX_ANNOUNCEMENT = 40
MAX_ABOVE = 3
"""Elements around a line that may be the box of a title."""
MAX_BOX = 3000
"""Letters of the box around a title and what stands beside it."""
MAX_BACK = 60
"""Lines between a title and what stands beside it."""
_REMARKS = re.compile("[\u2022\u00b7|]")
_AROUND = "*()\\\u2022\u00b7| "
_ABOUT = "~\u2248<>\u2264\u2265"
"""What may stand in front of a span of time."""


def with_stage(line: Words, run: Sequence[object]) -> Words:
    """A number alone with the word for the stage that it counts, which a class says: `class="phase-number"`."""
    if len(line.signs) > MAX_NUMBER or not line.text.strip("#*. ").isdecimal():
        return line
    node = _element(run)
    around = () if node is None else (node, node.parent)
    word = next((word for each in around if each is not None and (word := names_stage(names_of(each)))), "")
    if word:
        made = Words()
        made.add(f"{word.capitalize()} ")
        made.join(line.part(next(at for at, sign in enumerate(line.signs) if sign.isdecimal()), len(line.signs)))
        return made
    return line


def tells_time(page: Page, line: Words, run: Sequence[object]) -> bool:
    """Whether a line below a heading says how long it takes, which is then written there."""
    part = _duration_in(line.text) if len(page.lines) > 1 else None
    if part is None or (is_bare_stage(line.text) and _stands_above(run, page.inliner.survey)):
        return False
    _add_to_heading(page, len(page.lines) - 2, line.part(*part))
    return True


def _stands_above(run: Sequence[object], survey: Survey) -> bool:
    """Whether the heading of the box in which words stand comes behind them: "Months 1-2" in a timeline."""
    node = _element(run)
    for box in islice(node.parents, MAX_ABOVE) if node is not None else ():
        if survey.holds_heading(box):
            heading = box.find(list(HEADINGS)) if survey.letters(box) <= MAX_BOX else None
            return isinstance(heading, Tag) and _place(heading) > _place(node)
    return False


def _place(tag: Tag | None) -> tuple[int, int]:
    return (tag.sourceline or 0, tag.sourcepos or 0) if tag is not None else (0, 0)


def announces(page: Page, run: Sequence[object], line: Words) -> bool:
    """Whether a line says nothing but that the title of its box is still to come, which is then written there."""
    text = line.text.strip("*().! ")
    if len(text) > MAX_ANNOUNCEMENT or not clean(f"Title ({text})").planned:
        return False
    node = _element(run)
    if node is None or any(map(str.isalpha, PLANNED.sub("", text))):
        return False
    small = (each for each in islice(node.parents, MAX_ABOVE) if page.inliner.survey.letters(each) <= MAX_BOX)
    box = next((each for each in small if _titles_in(each)), None)
    last = len(page.lines) - 1
    back = range(last, max(-1, last - MAX_BACK), -1)
    at = next((at for at in back if page.lines[at].text.startswith("#")), None)
    if box is None or at is None or _titles_in(box) > 1:
        return False
    start = line.text.index(text)
    _add_to_heading(page, at, line.part(start, start + len(text)))
    return True


def _duration_in(text: str) -> tuple[int, int] | None:
    """Where a line of short remarks says how long something takes: "Beginner • 3 weeks"."""
    start = 0
    for end in [*(found.start() for found in _REMARKS.finditer(text)), len(text)]:
        first = next((at for at in range(start, end) if text[at] in _ABOUT or text[at].isalnum()), end)
        piece = text[first:end].rstrip(_AROUND)
        if is_duration(piece):
            return first, first + len(piece)
        start = end + 1
    return None


def _add_to_heading(page: Page, at: int, words: Words) -> None:
    """Write words in brackets behind the heading in a line."""
    heading = page.lines[at]
    made = Words(list(heading.text), list(heading.places))
    made.add(" (")
    made.join(words)
    made.add(")")
    page.lines[at] = Line(made.text, array("i", made.places))


def _element(run: Sequence[object]) -> Tag | None:
    """The first element of a run of words, or the one that holds them."""
    for node in run:
        if isinstance(node, Tag):
            return node
    return next((node.parent for node in run if isinstance(node, NavigableString)), None)


def _titles_in(box: Tag) -> int:
    """How many titles stand in an element; more than one are not counted."""
    return len(box.find_all(lambda tag: tag.name in HEADINGS or bool(names_title(names_of(tag))), limit=2))
