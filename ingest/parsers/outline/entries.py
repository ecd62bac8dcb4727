"""Bullets: what one says (title, description, effort) and whether it names something to learn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.codes import is_code, without_code
from ingest.parsers.wording.durations import hours_of, is_duration
from ingest.parsers.wording.fields import (
    REQUIREMENT_KINDS,
    WIDE_COLON,
    Field,
    field_of,
    fields_of,
    is_resource_label,
    parted,
)
from ingest.parsers.wording.inline import (
    Inline,
    Link,
    Wiki,
    is_slug,
    target_words,
    whole_wikilink,
    wiki_shown,
    wikilinks,
)
from ingest.parsers.wording.resources import is_external
from ingest.parsers.wording.titles import Name, clean, has_arrow, is_furniture, looks_like_title, numbered_label, trim
from ingest.words import lookup, table

_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_AFTER_LEAD = re.compile(r"^(?:\s?\([^()]{0,60}\)|\s?\[[^\[\]]{0,60}\])*")
_DATE = re.compile(r"^\d{4}[- ](?:\d{2}|w\d{2})(?:[- ]\d{2})?$", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"^(?:.{0,60}/)?(?:templates?|daily|dailies|journals?)/|\.(?:png|jpe?g|gif|svg|pdf|webp|mp4|canvas)$", re.IGNORECASE
)
"""Targets of links that are no notes on a topic."""
_PASSING = re.compile(
    r"equire|epend|uild|resuppose|[Nn]eeds|rerequisite|rereq|fter |longside|ogether with|first\)|: |\u2190|<-|\uff1a"
    r"|setzt|\u00f6tigt|baut auf|rfordert|\u00e9cessite|equiert|uppose|equiere|ecesita|requer|recisa|ichiede"
    r"|nach |pr\u00e8s |spu\u00e9s |epois |opo "
)
_ARTICLE = re.compile(r"^(?:a|an|no|some|the|all|you|your|more)\s", re.IGNORECASE)
_WIDE = {0xFF08: "(", 0xFF09: ")", 0xFF1A: ":"}
"""Signs of Chinese and Japanese, each as wide as a letter of theirs."""
_EFFORT = re.compile(r"(?<!\s)\s*[(\[]([^()\[\]]{2,20})[)\]]\.?$")
_PIECE = re.compile(r"[.;]\s+")
_LABEL = re.compile(r"(?:^|[.;,]\s+|\s?\(|\s[\u2013\u2014]\s)[*_]{0,3}([^\W\d_][\w' -]{1,40}?):[*_]{0,3}\s")
"""Where a label may begin inside a description."""
_VERB = re.compile(r"\s(?:requires?|depends? (?:up)?on|builds? (?:up)?on|presupposes?)\s", re.IGNORECASE)
_INSIDE = re.compile(r"(?<!\s)\s*\(([^()]{3,160})\)")
_FIRST = re.compile(r"^([A-Z\u00c0-\u00de][^()]{1,100}) first$")
_ARROW = re.compile(r"\s(?:\u2192|->|=>)\s")
_BACK = re.compile(r"\s(?:\u2190|<-)\s")
_NAMED = re.compile(r"[\"'*_\[\u201e\u201c]*[A-Z\u00c0-\u00de0-9\u0400-\u042f]")
"""A name, not "after lunch"."""
_PROPERTY = re.compile(r"^[\w-]{1,40}::(?:\s|$)")
"""A line that an outliner keeps for itself: "collapsed:: true"."""
_LINKS = re.compile(
    r"(?:\[[ xX]\]\s+)?\[\[[^\[\]\n]{1,200}\]\]"
    r"(?:(?:\s*[,;&+/]\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+)\[\[[^\[\]\n]{1,200}\]\])+\.?"
)
_PATH = re.compile(r"^(?=[a-z/]*(?:[0-9._-]|/$))(?:[a-z0-9._-]+/)+[a-z0-9._-]*$")
"""A file's path: "01_basics/variables/", not "TCP/IP" or "async/await"."""
_SEPARATORS = ":\u2013\u2014- \t\n"
MAX_COLON_WORDS = 6
"""Words in front of a colon that can be a title followed by its description."""
_BEHIND_LEAD = frozenset({"", ":", "\u2013", "\u2014", "-", "(", "["})
MAX_REMARK = 40
"""Signs between a bold title and the dash behind it."""
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
    requires: tuple[Field, ...] = ()
    """What it requires in passing: "Leading - requires Cutting"."""


def coded_entry(entry: Entry) -> Entry:
    """The bullet of a document with codes: "GEO 201 - Maps" has its title behind its code."""
    code = entry.name.title
    if not entry.description or not is_code(code):
        return entry._replace(name=without_code(entry.name))
    name = clean(entry.description)
    if not looks_like_title(name.title, strong=True):
        return entry
    return entry._replace(name=name._replace(aliases=(code, *name.aliases)), description="", title=True)


def entry_of(item: Block) -> Entry:
    """Read a bullet's own words; its nested bullets are looked at elsewhere."""
    inline = item.inline
    fields = fields_of(inline)
    if fields:
        return Entry(Name(""), fields=fields)
    text = _own_text(inline)
    behind, number = numbered_label(text) if text[:1].isalpha() else (0, "")
    title, description, strong = split_title(inline, text, behind)
    requires: tuple[Field, ...] = ()
    stated = _PASSING.search(text) is not None
    if stated and ("(" in title or "\uff08" in title or description):
        title, description, requires = _in_passing(title, description)
    name = clean(title)
    if number and not name.number:
        name = name._replace(number=number)
    if description and name.hours is None and (effort := _EFFORT.search(description)) and is_duration(effort[1]):
        name, description = name._replace(hours=hours_of(effort[1])), description[: effort.start()]
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
        # "Chapter 2 requires Chapter 1" says something about two topics and is none.
        title=looks_like_title(label, strong=strong) and not furniture and not (stated and _VERB.search(label)),
        link=outside,
        navigation=link is not None and link.url.startswith("#"),
        furniture=furniture,
        requires=requires,
    )


def split_title(inline: Inline, text: str, label: int = 0) -> tuple[str, str, bool]:
    """(title, description, bold) of a bullet's words without the label that numbers it."""
    bold = _split_bold(inline, text, label)
    if bold is not None:
        return *bold, True
    wiki = whole_wikilink(text)
    if wiki is not None:
        return wiki.shown or target_words(wiki.target), "", True
    shown = wiki_shown(text[label:] if label else text)
    if inline.links and _is_link(inline, shown, label):
        return shown, "", False
    arrow = _split_arrow(shown) if "\u2190" in shown or "<-" in shown or has_arrow(shown) else None
    return *(arrow or _split_words(shown)), arrow is None and 0 < inline.lead_end <= label


def _split_bold(inline: Inline, text: str, label: int) -> tuple[str, str] | None:
    """(title, description) where the title is bold."""
    if inline.lead_end > label and inline.lead_end <= len(text):
        lead, rest = text[label : inline.lead_end], text[inline.lead_end :]
        if rest.lstrip()[:1] not in _BEHIND_LEAD:
            rest = _remark(rest)
        brackets = _AFTER_LEAD.match(rest)
        tail = rest[brackets.end() :] if brackets is not None else rest
        if (
            not tail.strip()
            or lead.rstrip().endswith(":")
            or tail.lstrip()[:1] in _SEPARATORS
            or (tail.lstrip()[:1] == "\u2192" and "**" not in inline.raw[inline.raw.find("**", 2) + 2 :])
        ):
            title = lead.rstrip().rstrip(":") + rest[: len(rest) - len(tail)]
            return title, tail.strip(_SEPARATORS).removeprefix("\u2192").lstrip()
    return None


def _split_words(shown: str) -> tuple[str, str]:
    """(title, description) at a dash or colon."""
    for found in _DASH.finditer(shown):
        head = shown[: found.start()]
        # "01 - Title": a number in front of a dash belongs to the title.
        if any(map(str.isalpha, head)) and head.count("(") == head.count(")"):
            return head, shown[found.end() :].strip()
    head, colon, tail = shown.partition(": ")
    if colon and len(head.split()) <= MAX_COLON_WORDS and any(map(str.isalpha, head)) and tail.strip():
        return head, tail.strip()
    return shown, ""


def _split_arrow(text: str) -> tuple[str, str] | None:
    """(title, requirement) of "Kites -> needs Wind" or "Kites <- Wind"; None for a chain of titles."""
    back = _BACK.search(text)
    if back is not None and back.start() and not has_arrow(text):
        return text[: back.start()], f"requires {text[back.end() :]}"
    arrow = _ARROW.search(text)
    if arrow is not None and _stated(text[arrow.end() :]) is not None:
        return text[: arrow.start()], text[arrow.end() :]
    return None


def _remark(rest: str) -> str:
    """What follows a bold title, an effort in front of the dash in brackets, decoration left out: " `2h` - why"."""
    dash = _DASH.search(rest[:MAX_REMARK])
    between = trim(rest[: dash.start()] if dash is not None else rest[:MAX_REMARK])
    after = rest[dash.start() :] if dash is not None else ""
    if between[:1].isdigit() and is_duration(between):
        return f" ({between}){after}"
    return after if dash is not None and not between else rest


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


def _in_passing(title: str, description: str) -> tuple[str, str, tuple[Field, ...]]:
    """(title, description, requirements) where the title's bracket or a part of the description is a requirement."""
    if "\uff08" in title or "\uff08" in description:
        title, description = title.translate(_WIDE), description.translate(_WIDE)
    for bracket in _INSIDE.finditer(title):
        field = _stated(bracket[1]) or _labelled(bracket[1])
        if field is not None:
            return title[: bracket.start()] + title[bracket.end() :], description, (field,)
    for bracket in _INSIDE.finditer(description):
        field = _stated(bracket[1])
        if field is not None:
            return title, description[: bracket.start()] + description[bracket.end() :], (field,)
    if ":" in description:
        for found in _LABEL.finditer(description):
            field = field_of(description[found.start(1) :])
            if field is not None and field.kind in REQUIREMENT_KINDS:
                value = field.value.removesuffix(")") if "(" in found[0] else field.value
                return (
                    title,
                    description[: found.start()].rstrip(" *_-\u2013\u2014"),
                    tuple(parted(field._replace(value=value))),
                )
    pieces = _PIECE.split(description)
    read = [_stated(piece) for piece in pieces]
    fields = tuple(each for each in read if each is not None)
    if not fields:
        return title, description, ()
    kept = [piece for piece, each in zip(pieces, read, strict=True) if each is None]
    return title, "; ".join(kept) if len(kept) > 1 else "".join(kept), fields


def _labelled(text: str) -> Field | None:
    """The requirement that a bracket is: "prereq: Cutting"."""
    field = field_of(text) if ":" in text or WIDE_COLON in text else None
    return field if field is not None and field.kind in REQUIREMENT_KINDS and field.value else None


def _stated(piece: str) -> Field | None:
    """The requirement that words without a colon state: "requires Cutting", "after Bisque firing", "Cutting first"."""
    found = _verb().match(piece)
    if found is None:
        first = _FIRST.match(piece)
        return Field("requires", first[1]) if first is not None else None
    kind, value = lookup("fields", "verbs")[" ".join(found[1].casefold().split())], piece[found.end() :].rstrip(". ")
    if not (
        _NAMED.match(value)
        or (kind == "requires" and not _ARTICLE.match(value) and piece[: found.end()].strip() != "needs")
    ):
        return None
    for end in table("fields")["verbs"]["ends"]:
        value = value.removesuffix(end)
    return Field("together" if kind == "together" else "requires", value)


@cache
def _verb() -> re.Pattern[str]:
    verbs = [form for kind in ("requires", "after", "together") for form in table("fields")["verbs"][kind]]
    forms = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in verbs), key=len, reverse=True))
    return re.compile(rf"^({forms}):?\s+", re.IGNORECASE)


def late_fields(inline: Inline) -> Iterator[Field]:
    """Fields on the later lines of a bullet's paragraph."""
    for at, line in enumerate(inline.text.split("\n")[1:], start=1):
        found = field_of(line)
        if found is not None:
            yield found._replace(first=at, last=at)


def _own_text(inline: Inline) -> str:
    """The words up to a line that is a field."""
    if "\n" not in inline.text:
        return inline.text[: MAX_TEXT * 10]
    lines = inline.text.split("\n")
    end = next(
        (
            at
            for at, line in enumerate(lines[1:], start=1)
            if ":" in line and (_PROPERTY.match(line) or field_of(line) is not None)
        ),
        len(lines),
    )
    return " ".join(lines[:end])[: MAX_TEXT * 10]


def _leading_link(inline: Inline, title: str) -> Link | None:
    """The link that a cleaned title consists of."""
    return next((link for link in inline.links[:3] if title and clean(link.text).title == title), None)
