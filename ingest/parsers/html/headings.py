"""Headings of an HTML page as Markdown lines: real ones, what is called a title, and buttons that open a part."""

from __future__ import annotations

from bs4 import Tag

from ingest.parsers.html.main import HEADINGS, only_links_inside
from ingest.parsers.html.names import listed, names_of, names_title
from ingest.parsers.html.titles import begins_with_code, belongs_to_next, can_head, title_of
from ingest.parsers.html.words import Words, guarded
from ingest.parsers.html.writing import Here, Page, blank, flush_label, one_line, put, stage_for
from ingest.parsers.wording.fields import heading_field
from ingest.parsers.wording.titles import is_furniture

MIN_TITLES = 2
"""Elements that are called a title, from which on they are headings."""
LOWEST = 6
_BELOW = [*sorted(HEADINGS), "ul", "ol"]


def write_heading(page: Page, tag: Tag, here: Here) -> None:
    """Write a heading; in a bullet it is bold words."""
    words = title_of(one_line(page.inliner.children(list(tag.children), here.depth)))
    if not words.text.strip("\\ *"):
        return
    if here.in_list:
        flush_label(page, here)
        blank(page, here)
        line = Words()
        line.add("**")
        line.join(words)
        line.add("**")
        put(page, line, here)
        blank(page, here)
        return
    if words.text.casefold().strip(" *:") in listed("titles", "contents") and _heads_all(page, tag):
        return
    level = int(tag.name[1]) if tag.name in HEADINGS else _given_level(tag)
    names = names_of(tag)
    if not listed("names", "dates").isdisjoint(names):
        return
    if page.inliner.survey.entries == 1 and not listed("names", "entry").isdisjoint(names):
        level = 1
    if page.inliner.survey.holds_block(tag) and page.level:
        # What folds stands below what does not: each part of "Course content" is a heading of the same size as it.
        level = max(level, page.level + 1)
    else:
        page.level = level
    page.inner.clear()
    page.in_furniture = is_furniture(words.text)
    _write_heading(page, words, level, here)


def _heads_all(page: Page, tag: Tag) -> bool:
    """Whether the contents below a heading are what the page is about: with headings, or links to other pages."""
    following = tag.find_next(_BELOW)
    if following is None or tag.name not in HEADINGS:
        return False
    if following.name in HEADINGS:
        return following.name > tag.name
    survey = page.inliner.survey
    return survey.letters(following) * 2 > survey.whole and not only_links_inside(following, survey)


def _given_level(tag: Tag) -> int:
    level = str(tag.get("aria-level", "2"))
    return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2


def _write_heading(page: Page, words: Words, level: int, here: Here) -> None:
    words = stage_for(page, words) if page.waiting is not None and _can_take(page.waiting, words) else words
    flush_label(page, here)
    blank(page, here)
    line = Words()
    line.add(f"{'#' * min(level, LOWEST)} ")
    line.join(words)
    # Signs at the end would be taken for the end of the heading.
    line.add(" #" if words.text.endswith("#") else "")
    put(page, line, here)
    blank(page, here)
    page.headed, page.heading = True, words.text


def _can_take(label: Words, title: Words) -> bool:
    """Whether a heading goes with what stands above it; "Module 1" does not with "Week 1"."""
    return heading_field(label.text.strip("* :")) is None and not belongs_to_next(title.text.partition(":")[0])


def write_titled(page: Page, tag: Tag, here: Here) -> None:
    """Write an element that is called a title as a heading below the last real one."""
    words = title_of(one_line(page.inliner.children(list(tag.children), here.depth)))
    if words.text.strip("\\ *"):
        inner_heading(page, words, page.inliner.survey.cards.get(id(tag)) or names_title(names_of(tag)), here)


def write_toggle(page: Page, tag: Tag, here: Here) -> None:
    """Write a button that opens a part of the page as its heading; in a heading it is the heading's words."""
    words = one_line(page.inliner.children(list(tag.children), here.depth))
    if here.in_list or here.prefix or not can_head(words.text):
        if words.signs:
            blank(page, here)
            put(page, guarded(words), here)
        return
    inner_heading(page, words, "button", here)


def inner_heading(page: Page, words: Words, name: str, here: Here) -> None:
    """Write a heading below the last real one; those of one name stand beside each other."""
    if name in page.inner:
        del page.inner[page.inner.index(name) + 1 :]
    else:
        page.inner.append(name)
    # "Courses" above a catalogue is no heading of links.
    depth = len(page.inner) - (page.in_furniture and begins_with_code(words.text))
    _write_heading(page, words, max(page.level, 1) + depth, here)


def is_titled(page: Page, tag: Tag) -> bool:
    """Whether an element that is called a title heads what follows, as others of its kind do."""
    survey = page.inliner.survey
    if survey.holds_block(tag) or survey.titles[names_title(names_of(tag))] < MIN_TITLES:
        return False
    return can_head(" ".join(tag.get_text().split()))
