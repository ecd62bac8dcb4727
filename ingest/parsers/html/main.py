"""The main content of an HTML page: what is left without navigation, banners and everything around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingest.parsers.html.cards import card_titles, is_label
from ingest.parsers.html.names import (
    listed,
    names_head,
    names_hidden,
    names_mark,
    names_noise,
    names_note,
    names_of,
    names_title,
)
from ingest.parsers.wording.durations import is_duration
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import clean

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | listed("elements", "blocks")
_FOLD_HEADS = frozenset({*HEADINGS, "div", "header", "dt"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LAYOUT = frozenset({"table", "h1", "h2", "h3"})
_NO_WORD = re.compile(r"[\W_]+")
_TOGGLES = frozenset(
    {"aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target"}
)
"""What a button has that opens and closes what stands below it."""
MAX_CANDIDATES = 20
MIN_LENGTH = 60
"""Letters below which an element is not the content of a page."""
MIN_TITLES = 2
MIN_SHARE = 4
"""How many times longer a page is than its head."""
MAX_LABEL_TEXT = 120
MAX_MARK = 40
"""Letters of a mark beside a title."""
MAX_HEADER_TITLES = 3
"""Headings from which on a header holds content."""


class Survey:
    """What stands in each element of a page, found in one walk.

    Args:
        root: the page.
    """

    def __init__(self, root: Tag) -> None:
        self._holds: dict[str, set[int]] = {kind: set() for kind in ("block", "heading", "layout", "top")}
        self._letters: dict[int, int] = {}
        self.large = 0
        """Headings of the first size."""
        self.entries = 0
        """Smaller headings that are called the title of a text."""
        self.titles: Counter[str] = Counter()
        """How many elements have a class that names a heading."""
        tags: list[Tag] = []
        labels: list[NavigableString] = []
        for node in root.descendants:
            if isinstance(node, Tag):
                tags.append(node)
                self._note(node)
            elif type(node) is NavigableString and node.parent is not None:
                at = id(node.parent)
                self._letters[at] = self._letters.get(at, 0) + len(node.strip())
                if len(node) <= MAX_LABEL_TEXT and is_label(node):
                    labels.append(node)
        for tag in reversed(tags):
            if tag.parent is not None and (letters := self._letters.get(id(tag))):
                at = id(tag.parent)
                self._letters[at] = self._letters.get(at, 0) + letters
        self.cards = card_titles(labels, tags, self._holds["heading"])
        """Element that is the title of a card -> the kind of the card."""
        self.whole = 0
        """Letters of the main content."""

    @classmethod
    def nothing(cls) -> Survey:
        """That of an empty page."""
        return cls(Tag(name="html"))

    def _note(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS or is_toggle(tag):
            self._mark("block", tag)
        if name in HEADINGS:
            self._mark("heading", tag)
            self.entries += name != "h1" and not listed("names", "entry").isdisjoint(names_of(tag))
        elif name in {"p", "div"}:
            title = names_title(names_of(tag))
            if title:
                self.titles[title] += 1
        if name in _LAYOUT:
            self._mark("layout", tag)
        if name in {"h1", "main"}:
            self._mark("top", tag)
            self.large += name == "h1"

    def _mark(self, kind: str, tag: Tag) -> None:
        """Note what holds the tag; what is noted already ends the way up, so all ways together are linear."""
        holds = self._holds[kind]
        above = tag.parent
        while above is not None and id(above) not in holds:
            holds.add(id(above))
            above = above.parent

    def letters(self, tag: Tag) -> int:
        """Letters of the text that stands in an element."""
        return self._letters.get(id(tag), 0)

    def holds_block(self, tag: Tag) -> bool:
        """Whether a block stands in an element."""
        return id(tag) in self._holds["block"]

    def holds_heading(self, tag: Tag) -> bool:
        """Whether a heading stands in an element."""
        return id(tag) in self._holds["heading"]

    def holds_layout(self, tag: Tag) -> bool:
        """Whether tables or large headings stand in an element: a table with them only places them."""
        return id(tag) in self._holds["layout"]

    def main_content(self, soup: BeautifulSoup) -> Tag:
        """The element that holds what the page is about."""
        body = soup.body or soup
        mains = [*soup.find_all("main", limit=MAX_CANDIDATES), *soup.find_all(role="main", limit=MAX_CANDIDATES)]
        sized = [
            (self.letters(each), -at, each) for at, each in enumerate(mains[:MAX_CANDIDATES]) if not is_hidden(each)
        ]
        found = max(sized, key=lambda each: each[:2], default=None)
        main = found[2] if found is not None and found[0] >= MIN_LENGTH else body
        articles = [
            each for each in main.find_all("article", limit=MAX_CANDIDATES) if each.find_parent("article") is None
        ]
        if len(articles) == 1 and self.letters(articles[0]) * 2 >= self.letters(main):
            main = articles[0]
        self.whole = self.letters(main)
        return main

    def is_noise(self, tag: Tag) -> bool:
        """Whether an element is no content: by its name, its role, its class, or because it is not seen."""
        name = tag.name
        if name in listed("elements", "noise"):
            return is_hidden(tag) or not self._is_content(tag)
        if name in _PLAIN and not tag.attrs:
            return False
        if is_hidden(tag) or str(tag.get("role", "")) in listed("elements", "roles"):
            return True
        if name == "header":
            return not self.holds_heading(tag) or tag.find_parent(["main", "article"]) is None
        if name in {"ul", "ol"} and _is_beside_title(tag):
            return True
        return name not in listed("elements", "lifted") and self._named_noise(tag)

    def _is_content(self, tag: Tag) -> bool:
        """Whether an element holds content although its kind rarely does."""
        if tag.name == "form":
            # Some servers wrap the whole page in one.
            return self.letters(tag) * 2 > self.whole
        if tag.name == "figure":
            return self.holds_layout(tag) or names_note(names_of(tag))
        return tag.name == "button" and (is_toggle(tag) or any(each.name in HEADINGS for each in _near(tag)))

    def _named_noise(self, tag: Tag) -> bool:
        names = names_of(tag)
        if not names:
            return False
        if names_noise(names):
            # A wrapper of the whole page may be called "has-sidebar"; what it holds tells.
            small = id(tag) not in self._holds["top"] and self.letters(tag) * 2 <= self.whole
            return small and not (_is_named_by_title(tag) and not names_noise(names[:-1]))
        if names_head(names) and self._heads_site(tag):
            return True
        return names_mark(names) and not self._says_when(tag)

    def _heads_site(self, tag: Tag) -> bool:
        """Whether the title in an element is the site's, because the page has another one below it."""
        if self.letters(tag) * MIN_SHARE > self.whole:
            return False
        held = len(tag.find_all("h1", limit=MIN_TITLES))
        return held == 1 and self.large + (self.entries == 1) > held

    def _says_when(self, tag: Tag) -> bool:
        """Whether a mark says which stage, how long or how binding, or is no small mark at all."""
        if self.letters(tag) > MAX_MARK or self.holds_block(tag):
            return True
        text = " ".join(tag.get_text(" ").split())
        said = clean(f"Title ({text})")
        return is_duration(text) or phase_of(text) is not None or said.planned or said.optional


_PLAIN = frozenset({"p", "li", "b", "strong", "i", "em", "td", "th", "tr", "dt", "dd", "br", "code", "div", "span"})
"""Elements of which nothing but their attributes can tell that they are no content."""


def is_toggle(tag: Tag) -> bool:
    """Whether a button opens and closes a part of the page."""
    return tag.name == "button" and not _TOGGLES.isdisjoint(tag.attrs)


def is_hidden(tag: Tag) -> bool:
    """Whether an element is not shown."""
    attributes = tag.attrs
    if not attributes:
        return False
    hidden = "hidden" in attributes or str(attributes.get("aria-hidden", "")).casefold() == "true"
    if hidden or ("style" in attributes and _UNSEEN.search(str(attributes["style"]))):
        return not _folds(tag)
    return names_hidden(names_of(tag))


def _folds(tag: Tag) -> bool:
    """Whether an element is not shown because the reader has not opened it: a part of an accordion, a tab."""
    if str(tag.get("role", "")) in {"tabpanel", "region"} and tag.has_attr("aria-labelledby"):
        return True
    before = tag.find_previous_sibling(True)
    if not isinstance(before, Tag):
        return False
    return is_toggle(before) or (before.name in _FOLD_HEADS and before.find(is_toggle) is not None)


def only_links_inside(block: Tag, survey: Survey) -> bool:
    """Whether a list is a table of contents: nothing but links into the same page."""
    links = block.find_all("a", href=True)
    inside = [link for link in links if str(link["href"]).startswith("#")]
    return len(inside) > 1 and len(inside) == len(links) and survey.letters(block) == sum(map(survey.letters, inside))


def _is_named_by_title(tag: Tag) -> bool:
    """Whether the id of a section is what a site builder makes of its title: it says nothing else then."""
    named = str(tag.get("id", "")).casefold()
    title = tag.find(list(HEADINGS)) if named and tag.name in {"section", "div"} else None
    return title is not None and _NO_WORD.sub("-", title.get_text().casefold()).strip("-") == named


def _near(tag: Tag) -> Iterator[Tag]:
    """The two elements around one."""
    above = tag.parent
    for _ in range(2):
        if above is None:
            return
        yield above
        above = above.parent


def _is_beside_title(tag: Tag) -> bool:
    """Whether a list stands in the header of a text: languages, tags, buttons."""
    header = tag.find_parent("header")
    return header is not None and len(header.find_all(list(HEADINGS), limit=MAX_HEADER_TITLES)) < MAX_HEADER_TITLES
