"""Words of an HTML page as Markdown, each letter with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.main import HEADINGS, Survey
from ingest.parsers.html.names import names_mark, names_of
from ingest.parsers.html.source import Source
from ingest.parsers.html.words import Words
from ingest.parsers.wording.durations import is_duration
from ingest.parsers.wording.phases import phase_of

MAX_DEPTH = 120
"""Elements in elements; deeper ones are not read."""
MAX_MARKED = 5000
MAX_MARK = 80
"""Signs of a cell that is a title."""
_CELLS = ["td", "th", "dt", "li"]
_SPECIAL = frozenset("\\`*<[")
_WIDE = {"\uff1a": ": ", "\uff08": " (", "\uff09": ") ", "\uff1b": "; "}
"""Signs of Chinese and Japanese that say what others say."""
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_TIMES = re.compile(r"\d{1,3}\+?\s[^\W\d_]{3,12}(?:\s?[\u2022\u00b7]\s?[\w\s:]{2,20}){0,3}")
"""What a course page shows beside the title of a part: "6 lessons • 2h 10m"."""
_INNER_HEADINGS = HEADINGS - {"h1"}
_ENTITY = re.compile(r"&#?\w{1,31};")
_UNLIKE = re.compile(r"[^ -~]|  |[\\`*<\[_&]")
"""What does not stand in Markdown as it stands in the page."""
_ANCHOR_SIGNS = frozenset({"\u00b6", "#", "\u00a7", "\U0001f517", "", "\u2693"})


class Inliner:
    """Turns text and inline elements into words.

    Args:
        source: is gone through in step with the elements.
        survey: of the page.
    """

    def __init__(self, source: Source, survey: Survey) -> None:
        self.source = source
        self.survey = survey
        self._marked: dict[str, Tag] | None = None
        """Cells that links can lead to."""
        self.too_deep: int | None = None
        """Line of the first element that was too deep to be read."""

    def enter(self, tag: Tag, depth: int) -> bool:
        """Step behind a tag; False when it is nested too deep."""
        if tag.sourceline is not None and tag.sourcepos is not None:
            self.source.enter(tag.sourceline, tag.sourcepos)
        if depth > MAX_DEPTH and self.too_deep is None:
            self.too_deep = tag.sourceline or 1
        return depth <= MAX_DEPTH

    def forget(self) -> None:
        """Forget the page: only where its words stand is still asked."""
        self._marked = None
        self.survey = Survey.nothing()

    def skip(self, tag: Tag) -> None:
        """Step behind an element that is not read."""
        for node in tag.descendants:
            if isinstance(node, Tag):
                self.enter(node, 0)
            elif type(node) is NavigableString:
                self.source.find(str(node))

    def text(self, node: NavigableString) -> Words:
        """The words of a text, white space made single."""
        raw = str(node)
        places = self.source.find(raw)
        words = Words()
        if raw.isascii() and not _UNLIKE.search(raw):
            words.add(raw, places)
            return words
        for at, sign in enumerate(raw):
            if sign in _ZERO_WIDTH:
                continue
            shown = " " if sign.isspace() else sign
            if shown == " " and words.signs and words.signs[-1] == " ":
                continue
            if shown in _SPECIAL or (shown == "_" and _at_word_edge(raw, at)) or _is_entity(raw, at):
                words.add("\\")
            shown = _WIDE.get(shown, shown)
            words.add("\ufffd" if shown == "\0" else shown, [places[at]] * len(shown))
        return words

    def element(self, tag: Tag, depth: int) -> Words:
        """The words of an inline element with its markup."""
        if not self.enter(tag, depth) or (tag.name != "label" and self.survey.is_noise(tag)):
            self.skip(tag)
            return Words()
        if tag.name == "br":
            words = Words()
            words.add("\n")
            return words
        if tag.name == "input":
            words = Words()
            if str(tag.get("type", "")).casefold() == "checkbox":
                words.add("[x] " if tag.has_attr("checked") else "[ ] ")
            return words
        inside = self.children(list(tag.children), depth + 1)
        if tag.name == "a" and str(tag.get("href", "")).startswith("#"):
            inside = self._meant(tag, inside)
        if (tag.attrs and names_mark(names_of(tag))) or (tag.name == "small" and _is_in_heading(tag)):
            return _bracketed(inside)
        return _MARKUP.get(tag.name, _plain)(tag, inside)

    def _meant(self, link: Tag, inside: Words) -> Words:
        """The words of the cell that a link in a cell leads to: `<a href="#mix">mixing</a>` means "Colour Mixing"."""
        if link.find_parent("td") is None or not inside.places:
            return inside
        if self._marked is None:
            root = next(iter([*link.parents][-1:]), link)
            self._marked = {str(each["id"]): each for each in root.find_all(_CELLS, id=True, limit=MAX_MARKED)}
        cell = self._marked.get(str(link["href"])[1:])
        if cell is None or cell is link.find_parent("td"):
            return inside
        own = (str(each) for each in cell.children if type(each) is NavigableString)
        text = " ".join(" ".join(own).split())
        if not 1 < len(text) <= MAX_MARK or text.casefold() == inside.text.strip().casefold():
            return inside
        words = Words()
        for sign in text:
            words.add(f"\\{sign}" if sign in _SPECIAL else sign, [inside.places[0]] * (1 + (sign in _SPECIAL)))
        return words

    def children(self, nodes: Sequence[object], depth: int) -> Words:
        """The words of text and inline elements in turn."""
        words = Words()
        before: object = None
        for node in nodes:
            if isinstance(node, Tag):
                found = self.element(node, depth)
                if isinstance(before, Tag) and before.name == node.name == "span" and _touch(words, found):
                    found = _apart(found)
                words.join(found)
            elif type(node) is NavigableString:
                words.join(self.text(node))
            before = node
        return words


def _touch(words: Words, following: Words) -> bool:
    """Whether the words of two elements would run together that a page shows apart: a title, and how long it takes."""
    text = following.text.strip()
    return (
        bool(words.signs)
        and words.signs[-1].isalnum()
        and text[:1].isalnum()
        and (is_duration(text) or _TIMES.fullmatch(text) is not None)
    )


def _apart(words: Words) -> Words:
    apart = Words()
    apart.add(" (")
    apart.join(words)
    apart.add(")")
    return apart


def _plain(_tag: Tag, inside: Words) -> Words:
    return inside


def _bold(_tag: Tag, inside: Words) -> Words:
    return _around(inside, "**")


def _around(inside: Words, mark: str, closing: str = "") -> Words:
    """Markup around words; the white space at the ends stays outside."""
    text = inside.text
    bare = text.strip()
    if not bare or "\n" in bare or "**" in bare:
        return inside
    start = len(text) - len(text.lstrip())
    words = inside.part(0, start)
    words.add(mark)
    words.join(inside.part(start, start + len(bare)))
    words.add(closing or mark)
    words.join(inside.part(start + len(bare), len(text)))
    return words


def _link(tag: Tag, inside: Words) -> Words:
    href = str(tag.get("href", "")).strip()
    if href.startswith("#") and inside.text.strip("\\ \n") in _ANCHOR_SIGNS:
        return Words()
    if href.startswith("#") and _is_in_heading(tag):
        # It only says where it stands itself.
        return inside
    if href in {"", "#"} or "\n" in inside.text.strip() or "](" in inside.text:
        return inside
    return _around(_closed(inside), "[", f"]({quote(href, safe='/:?#@!$&+,;=%~.-_')})")


def _closed(inside: Words) -> Words:
    """The words of a link without a bracket that would end it."""
    if "]" not in inside.signs:
        return inside
    words = Words()
    for sign, place in zip(inside.signs, inside.places, strict=True):
        words.add("\\" if sign == "]" and place >= 0 else "")
        words.add(sign, [place])
    return words


def _is_in_heading(tag: Tag) -> bool:
    """Whether an element is a part of a heading below the page's title."""
    above = tag.parent
    return above is not None and not _INNER_HEADINGS.isdisjoint({above.name, above.parent.name if above.parent else ""})


def _bracketed(inside: Words) -> Words:
    """A small mark beside a title, as a remark in brackets; the number of a stage stands alone."""
    text = inside.text.strip()
    if not text or "\n" in text or text.startswith("(") or phase_of(text) is not None:
        return inside
    words = Words()
    words.add(" (")
    words.join(inside.stripped())
    words.add(") ")
    return words


def _footnote(tag: Tag, inside: Words) -> Words:
    link = tag.find("a", href=True)
    return Words() if link is not None and str(link["href"]).startswith("#") else inside


_MARKUP = {"b": _bold, "strong": _bold, "a": _link, "sup": _footnote}


def _at_word_edge(raw: str, at: int) -> bool:
    return not (raw[at - 1 : at].isalnum() and raw[at + 1 : at + 2].isalnum())


def _is_entity(raw: str, at: int) -> bool:
    return raw[at] == "&" and _ENTITY.match(raw, at) is not None
