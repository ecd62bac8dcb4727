"""A page on its way to Markdown: its lines, and the words that wait for what they belong to."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.parsers.html.inline import Inliner
from ingest.parsers.html.titles import is_bare_stage, is_sentence
from ingest.parsers.html.words import Words
from ingest.parsers.wording.fields import heading_field

_POINT = re.compile(r"\*\*[^*]{1,120}?(?:(\.)\*\*|\*\*(?:\s?\([^()]{0,60}\))?(\.))(?=\s+\S)")
"""Where a bullet's bold title ends with a point."""


class Line(NamedTuple):
    """A line of Markdown and the places of its letters in the page."""

    text: str
    places: array[int]


@dataclass(frozen=True, slots=True)
class Here:
    """Where in the page an element stands."""

    prefix: str = ""
    depth: int = 0
    in_list: bool = False
    marker: str = "- "
    """Of the list's bullets."""

    def deeper(self) -> Here:
        """The same one element further in."""
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class Page:
    """What is written of a page so far."""

    inliner: Inliner
    lines: list[Line] = field(default_factory=list)
    marker: str = ""
    """Of the bullet whose first line comes next."""
    level: int = 0
    """Of the last heading that is one by its element."""
    inner: list[str] = field(default_factory=list)
    """Classes of the headings below it that are none by their elements, the outermost first."""
    heading: str = ""
    """Words of the last heading."""
    in_furniture: bool = False
    """The last heading by its element names nothing to learn."""
    waiting: Words | None = None
    """A stage's number or a label, which belongs to what comes next."""
    headed: bool = False
    """The last line is a heading."""

    @property
    def is_captioned(self) -> bool:
        """Whether the last words say what is required."""
        last = self.waiting.text if self.waiting is not None else ""
        last = last or next((line.text for line in reversed(self.lines[-2:]) if line.text.strip("> ")), "")
        return heading_field(last.strip(" #*:>")) is not None


def put(page: Page, words: Words, here: Here) -> None:
    """Write one line; a bullet that waits for its first line gets it."""
    waiting, page.waiting = page.waiting, None
    if waiting is not None:
        words = _with_label(page, waiting, words, here)
    line = Words()
    if page.marker:
        line.add(here.prefix[: len(here.prefix) - len(page.marker)] if here.in_list else here.prefix)
        line.add(page.marker)
        page.marker = ""
        words = with_dash(words)
    else:
        line.add(here.prefix)
    line.join(words)
    page.headed = False
    add(page, line)


def add(page: Page, words: Words) -> None:
    """Write a line as it is."""
    page.lines.append(Line(words.text, array("i", words.places)))


def blank(page: Page, here: Here) -> None:
    """Write an empty line, but never between a bullet's marker and its words."""
    if not page.marker and page.lines:
        line = Words()
        line.add(here.prefix.rstrip())
        add(page, line)


def let_wait(page: Page, words: Words, here: Here) -> None:
    """Keep words for what comes next."""
    flush_label(page, here)
    page.waiting = words


def flush_label(page: Page, here: Here) -> None:
    """Write the words that wait by themselves: nothing came that they belong to."""
    waiting, page.waiting = page.waiting, None
    if waiting is None or not any(map(str.isalpha, waiting.text)):
        return
    if heading_field(waiting.text.strip("* ")) is not None:
        waiting.add(":")
    marker, page.marker = page.marker, ""
    blank(page, here)
    put(page, waiting, replace(here, prefix=here.prefix[: len(here.prefix) - len(marker)]) if here.in_list else here)
    blank(page, here)
    page.marker = marker


def stage_for(page: Page, words: Words) -> Words:
    """The heading with the stage's number that waits for it: "PHASE 1" above "Statics"."""
    waiting, page.waiting = page.waiting, None
    if waiting is None:
        return words
    made = Words()
    made.join(waiting)
    made.add(": " if is_bare_stage(waiting.text) else ". ")
    made.join(words)
    return made


def _with_label(page: Page, label: Words, words: Words, here: Here) -> Words:
    """The words behind the label that waits for them; sentences stand alone."""
    named = heading_field(label.text.strip("* "))
    if named is None or page.marker or is_sentence(words.text):
        page.waiting = label
        flush_label(page, here)
        return words
    made = Words()
    made.join(label)
    made.add(": ")
    made.join(words)
    return made


def with_dash(words: Words) -> Words:
    """The words of a bullet, a dash behind its bold title where a point stands: "**Stocks** (10 h). Bones"."""
    found = _POINT.match(words.text)
    if found is None:
        return words
    at = found.start(1) if found[1] else found.start(2)
    made = words.part(0, at)
    made.join(words.part(at + 1, found.end()))
    made.add(" \u2013 ")
    made.join(words.part(found.end(), len(words.signs)).stripped())
    return made


def one_line(words: Words) -> Words:
    """The words without line breaks."""
    return Words([" " if sign == "\n" else sign for sign in words.signs], list(words.places)).stripped()
