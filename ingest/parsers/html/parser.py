"""The HTML family: a saved page becomes Markdown, is read as such, and what was read is found again in its source."""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Sequence
from pathlib import PurePosixPath

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from graph.titles import normal_form
from ingest.parsers.html.blocks import write_children
from ingest.parsers.html.inline import Inliner
from ingest.parsers.html.main import Survey
from ingest.parsers.html.names import listed, names_of
from ingest.parsers.html.source import Source
from ingest.parsers.html.words import Words, guarded
from ingest.parsers.html.writing import Here, Line, Page, add, flush_label
from ingest.parsers.markdown import parser as markdown
from ingest.reading import Reading, ReadProblem, ReadRequirement, ReadRoadmap, ReadTopic, Text

FAMILY = "html"
SUFFIXES = frozenset({".html", ".htm"})
_BETWEEN = (" | ", " \u00b7 ", " \u2014 ", " \u2013 ", " :: ", " - ")
"""Between the title of a page and the name of its site."""


def detect(text: Text) -> bool:
    """Whether a document is a page: by its suffix, or a plain text that begins as one."""
    suffix = PurePosixPath(text.path).suffix.lower()
    if suffix != ".txt":
        return suffix in SUFFIXES
    first = next((line for line in text.lines if line.strip()), "").lstrip().casefold()
    return first.startswith(("<!doctype html", "<html"))


def parse(text: Text) -> Reading:
    """Read a page."""
    try:
        soup = _soup("\n".join(text.lines))
    except (ParserRejectedMarkup, AssertionError) as error:
        # html.parser gives up on declarations that no browser knows either.
        problem = ReadProblem(severity="error", code="html-syntax", message=f"the page cannot be read: {error}")
        title = PurePosixPath(text.path).stem
        return Reading(path=text.path, family=FAMILY, roadmap=ReadRoadmap(title=title), problems=(problem,))
    survey = Survey(soup)
    page = Page(Inliner(Source(text.lines), survey))
    main = survey.main_content(soup)
    page.inliner.enter(main, 0)
    write_children(page, main)
    flush_label(page, Here())
    titles = Page(Inliner(Source(text.lines), survey))
    for line in _title_lines(soup, page.lines, titles.inliner):
        add(titles, line)
    lines = [*titles.lines, *page.lines] or [Line("", array("i"))]
    # Of a large page, what has been read makes room for what it becomes.
    del soup, survey, main, titles
    page.inliner.forget()
    written = tuple(line.text for line in lines)
    reading = markdown.parse(Text(path=text.path, lines=written))
    return _Back(lines, page.inliner.source).reading(reading, page.inliner.too_deep)


def _soup(source: str) -> BeautifulSoup:
    # Behind the last ">" no tag is closed; html.parser looks for its end from each "<" there, and takes the square.
    closed = source.rfind(">") + 1
    source = source[:closed] + source[closed:].replace("<", " ")
    with warnings.catch_warnings():
        # Advice for programmers about text that looks like a path or like XML.
        warnings.simplefilter("ignore")
        # Classes stay one string: as lists they take more room than all words of a page.
        return BeautifulSoup(source, "html.parser", multi_valued_attributes=None)


def _title_lines(soup: BeautifulSoup, lines: Sequence[Line], inliner: Inliner) -> list[Words]:
    """The page's title as a heading, when its content has none of its own."""
    headings = [line.text for line in lines if line.text.startswith("#")]
    tag = soup.find(_is_title) or soup.title
    if not isinstance(tag, Tag) or (tag.name != "p" and any(text.startswith("# ") for text in headings)):
        return []
    inliner.enter(tag, 0)
    words = next(iter(inliner.children(list(tag.children), 0).lines()), Words())
    if tag.name == "title":
        ends = [at for sign in _BETWEEN if (at := words.text.find(sign)) > 0]
        words = words.part(0, min(ends, default=len(words.signs))).stripped()
    shown = normal_form(words.text)
    # The first heading may say the same in its own size.
    first = normal_form(headings[0].lstrip("# ")) if headings else ""
    level = len(headings[0]) - len(headings[0].lstrip("#")) if headings else 0
    alone = sum(text.startswith(f"{'#' * level} ") for text in headings) == 1
    if not words.text.strip("\\ ") or (first and alone and (first in shown or shown in first)):
        return []
    line = Words()
    line.add("# ")
    line.join(guarded(words))
    return [line, Words()]


def _is_title(tag: Tag) -> bool:
    """Whether an element is the title of a page; a word processor writes it as a paragraph above all headings."""
    return tag.name == "h1" or (tag.name == "p" and not listed("names", "documents").isdisjoint(names_of(tag)))


class _Back:
    """Finds places of the Markdown again in the page.

    Args:
        lines: the Markdown with the places of its signs.
        source: the page.
    """

    def __init__(self, lines: Sequence[Line], source: Source) -> None:
        self._lines = lines
        self._source = source
        self._nearest: list[int] = []
        place = 0
        for line in lines:
            place = next((each for each in line.places if each >= 0), place)
            self._nearest.append(place)

    def reading(self, reading: Reading, too_deep: int | None) -> Reading:
        """A reading of the Markdown as one of the page."""
        problems = [each.model_copy(update={"line": self._line(each.line)}) for each in reading.problems]
        if too_deep is not None:
            message = "elements nested too deep are not read"
            problems.append(ReadProblem(severity="warning", code="too-deep", message=message, line=too_deep))
        return reading.model_copy(
            update={
                "family": FAMILY,
                "phases": tuple(each.model_copy(update={"line": self._line(each.line)}) for each in reading.phases),
                "topics": tuple(map(self._topic, reading.topics)),
                "requirements": tuple(made for each in reading.requirements if (made := self._requirement(each))),
                "problems": tuple(problems),
            }
        )

    def _topic(self, topic: ReadTopic) -> ReadTopic:
        start, end = self._span(topic.line, topic.line_end, topic.text)
        text = self._source.text[start:end].strip() or topic.text
        return topic.model_copy(
            update={"line": self._source.line(start), "line_end": self._source.line(max(start, end - 1)), "text": text}
        )

    def _requirement(self, requirement: ReadRequirement) -> ReadRequirement | None:
        start, end = self._span(requirement.line_start, requirement.line_end, requirement.quote)
        quote = self._source.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        if not quote:
            return None
        last = self._source.line(start + len(quote) - 1)
        return requirement.model_copy(update={"line_start": self._source.line(start), "line_end": last, "quote": quote})

    def _line(self, number: int) -> int:
        return self._source.line(self._nearest[min(number, len(self._nearest)) - 1])

    def _span(self, first: int, last: int, needle: str) -> tuple[int, int]:
        """Where in the page a piece of some lines begins and ends; the whole lines when it is not found in them."""
        places: list[int] = []
        texts: list[str] = []
        for line in self._lines[first - 1 : last]:
            places += [*line.places, -1]
            texts.append(line.text)
        joined = "\n".join(texts)
        at = joined.find(needle) if needle else -1
        found = places[at : at + len(needle)] if at >= 0 else places
        real = [place for place in found if place >= 0] or [place for place in places if place >= 0]
        if not real:
            place = self._nearest[min(first, len(self._nearest)) - 1]
            return place, place
        return min(real), self._source.end(max(real))
