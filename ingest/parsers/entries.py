"""Bullets: what one says (title, description, effort) and whether it names something to learn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.blocks import Block
from ingest.parsers.fields import Field, field_of, fields_of, is_resource_label
from ingest.parsers.inline import Inline, Link, Wiki, is_slug, target_words, whole_wikilink, wiki_shown, wikilinks
from ingest.parsers.resources import is_external
from ingest.parsers.titles import Name, clean, is_furniture, looks_like_title, numbered_label

_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_AFTER_LEAD = re.compile(r"^(?:\s?\([^()]{0,60}\)|\s?\[[^\[\]]{0,60}\])*")
_DATE = re.compile(r"^\d{4}[- ](?:\d{2}|w\d{2})(?:[- ]\d{2})?$", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"^(?:.{0,60}/)?(?:templates?|daily|dailies|journals?)/|\.(?:png|jpe?g|gif|svg|pdf|webp|mp4|canvas)$", re.IGNORECASE
)
"""Targets of links that are no notes on a topic."""
_PASSING = re.compile(r"equires|epends on|uilds on|needs|rerequisite|rereq|after |first\)")
_STATED = re.compile(r"^(?:requires|depends on|builds on)\s+(?!(?:a|an|no|some|the)\s)", re.IGNORECASE)
_BRACKETED = re.compile(
    r"\s*\((?:(?:requires|depends on|builds on|needs|prerequisites?|prereqs?):?\s+([^()]{1,160})"
    r"|(?:only )?after:?\s+([A-Z][^()]{1,160})|([A-Z][^()]{1,100}) first)\)",
    re.IGNORECASE,
)
_PROPERTY = re.compile(r"^[\w-]{1,40}::(?:\s|$)")
"""A line that an outliner keeps for itself: "collapsed:: true"."""
_LINKS = re.compile(
    r"(?:\[[ xX]\]\s+)?\[\[[^\[\]\n]{1,200}\]\]"
    r"(?:(?:\s*[,;&+/]\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+)\[\[[^\[\]\n]{1,200}\]\])+\.?"
)
_PATH = re.compile(r"^(?:[a-z0-9._-]+/)+[a-z0-9._-]*$")
"""A file's path: "01_basics/variables/", not "TCP/IP"."""
_SEPARATORS = ":\u2013\u2014- \t\n"
MAX_COLON_WORDS = 6
"""Words in front of a colon that can be a title followed by its description."""
MAX_TEXT = 400
"""Signs of a bullet that are looked at for its title."""


class Entry(NamedTuple):
    """A bullet as it may become a topic."""

    name: Name
    description: str = ""
    strong: bool = False
    """The document marks the title: bold, effort, a link to another document."""
    title: bool = False
    """It can name something to learn."""
    link: bool = False
    """Nothing but a link, or a link with a description: a resource."""
    navigation: bool = False
    """A link into the same page."""
    furniture: bool = False
    fields: tuple[Field, ...] = ()
    """When it is a field line."""
    requires: Field | None = None
    """What it requires in passing: "Leading - requires Cutting"."""


def entry_of(item: Block) -> Entry:
    """Read a bullet's own words; its nested bullets are looked at elsewhere."""
    inline = item.inline
    fields = fields_of(inline)
    if fields:
        return Entry(Name(""), fields=fields)
    text = _own_text(inline)
    labelled, number = numbered_label(text) if text[:1].isalpha() else (0, "")
    title, description, strong = split_title(inline, text, labelled)
    requires = None
    if ("(" in title or description) and _PASSING.search(text):
        title, description, requires = _in_passing(title, description)
    name = clean(title)
    if number and not name.number:
        name = name._replace(number=number)
    if "[[" in text and (
        wiki := whole_wikilink(text.partition("] ")[2] if text.startswith("[") and text[1:2] != "[" else text)
    ):
        name = _note_name(wiki, name)
    if "/" in name.title and " " not in name.title and _PATH.match(name.title):
        name = clean(target_words(name.title))._replace(ticked=name.ticked)
    label = name.title
    link = _leading_link(inline, label)
    # "Week 4: Review" is a stage of its own.
    furniture = not number and is_furniture(label) and not (is_resource_label(label) and not item.children)
    strong = (
        strong or name.hours is not None or (link is not None and not is_external(link.url)) or bool(wikilinks(title))
    )
    outside = link is not None and is_external(link.url) and name.hours is None
    return Entry(
        name,
        description,
        strong,
        title=looks_like_title(label, strong=strong) and not furniture,
        link=outside,
        navigation=link is not None and link.url.startswith("#"),
        furniture=furniture,
        requires=requires,
    )


def split_title(inline: Inline, text: str, label: int = 0) -> tuple[str, str, bool]:
    """(title, description, bold) of a bullet's words without the label that numbers it."""
    if inline.lead_end > label and inline.lead_end <= len(text):
        lead, rest = text[label : inline.lead_end], text[inline.lead_end :]
        brackets = _AFTER_LEAD.match(rest)
        tail = rest[brackets.end() :] if brackets is not None else rest
        if (
            not tail.strip()
            or lead.rstrip().endswith(":")
            or tail.lstrip()[:1] in _SEPARATORS
            or (tail.lstrip()[:1] == "\u2192" and "**" not in inline.raw[inline.raw.find("**", 2) + 2 :])
        ):
            title = lead.rstrip().rstrip(":") + rest[: len(rest) - len(tail)]
            return title, tail.strip(_SEPARATORS).removeprefix("\u2192").lstrip(), True
    wiki = whole_wikilink(text)
    if wiki is not None:
        return wiki.shown or target_words(wiki.target), "", True
    shown = wiki_shown(text[label:] if label else text)
    if inline.links and _is_link(inline, shown, label):
        return shown, "", False
    for found in _DASH.finditer(shown):
        head = shown[: found.start()]
        # "01 - Title": a number in front of a dash belongs to the title.
        if any(map(str.isalpha, head)) and head.count("(") == head.count(")"):
            return head, shown[found.end() :].strip(), 0 < inline.lead_end <= label
    head, colon, tail = shown.partition(": ")
    if colon and len(head.split()) <= MAX_COLON_WORDS and any(map(str.isalpha, head)) and tail.strip():
        return head, tail.strip(), 0 < inline.lead_end <= label
    return shown, "", 0 < inline.lead_end <= label


def _is_link(inline: Inline, shown: str, label: int) -> bool:
    """Whether a text is one link to another document, with nothing but a bracket behind it."""
    link = inline.links[0]
    rest = shown[link.start + len(link.text) - label :].strip() if link.start <= label else "-"
    return not is_external(link.url) and (not rest or (rest[0] == "(" and rest[-1] == ")"))


def linked_names(item: Block) -> tuple[Name, ...]:
    """The notes of a bullet that consists of several links: "[[A]] and [[B]]"; none for other bullets."""
    text = item.inline.text
    if text.count("[[") < 2 or not _LINKS.fullmatch(text):  # noqa: PLR2004
        return ()
    names = (_note_name(link, clean(link.shown or target_words(link.target))) for link in wikilinks(text))
    return tuple(name for name in names if name.title)


def _note_name(wiki: Wiki, name: Name) -> Name:
    """The name of the note that a bullet links: its file's, unless that is a slug; the other one is an alias."""
    target, slug = target_words(wiki.target), is_slug(wiki.target)
    if _DATE.match(target) or _TEMPLATE.match(wiki.target):
        return name._replace(title="")
    title = (wiki.shown or f"{target[:1].upper()}{target[1:]}") if slug else target.rpartition("/")[2]
    other = (target if slug else wiki.shown) if wiki.shown and not wiki.part else ""
    differs = bool(other) and normal_form(other) != normal_form(title)
    return name._replace(title=clean(title).title, aliases=(*name.aliases, *((other,) if differs else ())))


def _in_passing(title: str, description: str) -> tuple[str, str, Field | None]:
    """(title, description, requirement) where the title's bracket or the whole description is a requirement."""
    bracket = _BRACKETED.search(title)
    if bracket is not None:
        value = bracket[1] or bracket[2] or bracket[3]
        return title[: bracket.start()] + title[bracket.end() :], description, Field("requires", value.strip())
    stated = _STATED.match(description)
    if stated is not None:
        return title, "", Field("requires", description[stated.end() :].rstrip(". "))
    return title, description, None


def late_fields(inline: Inline) -> Iterator[Field]:
    """Fields on the later lines of a bullet's paragraph."""
    for at, line in enumerate(inline.text.split("\n")[1:], start=1):
        found = field_of(line)
        if found is not None:
            yield found._replace(first=at, last=at)


def _own_text(inline: Inline) -> str:
    """The words up to a line that is a field."""
    if "\n" not in inline.text:
        return inline.text if len(inline.text) < MAX_TEXT * 10 else inline.text[: MAX_TEXT * 10]
    lines = inline.text.split("\n")
    end = next(
        (
            at
            for at, line in enumerate(lines[1:], start=1)
            if ":" in line and (_PROPERTY.match(line) or field_of(line) is not None)
        ),
        len(lines),
    )
    return " ".join(lines[:end])


def _leading_link(inline: Inline, title: str) -> Link | None:
    """The link that a cleaned title consists of."""
    return next((link for link in inline.links[:3] if title and clean(link.text).title == title), None)
