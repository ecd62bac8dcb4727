"""What a topic is given besides its title: description, effort, aliases, links."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.draft import Found
from ingest.parsers.outline.labels import is_aim, is_prose, label_of
from ingest.parsers.outline.state import Walk
from ingest.parsers.wording.arrows import links_of
from ingest.parsers.wording.durations import hours_of, number_of, weeks_of
from ingest.parsers.wording.fields import field_of
from ingest.parsers.wording.inline import Link
from ingest.parsers.wording.resources import resources_of
from ingest.parsers.wording.sentences import THIS, sentences_of
from ingest.parsers.wording.titles import PLANNED, Name

MOSTLY = 0.9
"""Share of a paragraph from which on it is taken for what it mostly is."""
OPTIONAL = "Optional."
"""Description of a topic of which nothing is said but that."""
_RATE = re.compile(r"/|\b(?:per|an?|pro|par|por|each|every)\b")
"""What tells that a span of time is work in another one: "3 hours a week"."""


def found_of(walk: Walk, block: Block, name: Name, *, title: str, text: str, description: str = "") -> Found:
    """What is found about a topic in its heading or bullet and below it."""
    below = description or description_of(walk, block)
    code = walk.shape.codes.get(block.number, (0, ""))
    found = Found(
        title=title,
        line=block.line,
        line_end=block.line_end,
        text=text,
        number=name.number,
        planned=name.planned or bool(PLANNED.match(description)) or _announced(block, code[0]),
        ticked=name.ticked,
        description=below,
        hours=name.hours,
        aliases=(*name.aliases, code[1]) if code[1] else name.aliases,
        resources=resources_of((*block.inline.links, *_resource_links(walk, block))),
    )
    found = _with_fields(found, walk, block)
    return replace(found, description=OPTIONAL) if name.optional and not found.description else found


def description_of(walk: Walk, block: Block) -> str:
    """The first paragraph that is neither fields nor only requirements in words.

    Without such a one, the first that may only look like a requirement.
    """
    second = aim = ""
    coded = walk.shape.codes.get(block.number, (0, ""))[0]
    for child in block.children:
        if child.kind == "heading":
            break
        text = _words_of(child)
        if (
            child.kind != "paragraph"
            or not is_prose(child)
            or child.inline.lead_end >= len(text)
            or PLANNED.match(text)
            or child.number == coded
            or links_of(text) is not None
        ):
            continue
        label = label_of(child.inline) if child.inline.lead_end else ""
        if label:
            # "Credits: 5" tells nothing of what it is; "Goal: build a boat" does, when nothing else tells.
            aim = aim or (text.partition(":")[2].strip(" *") if is_aim(label) else "")
            continue
        source = walk.draft.source(child.line, child.line_end)
        stated = list(sentences_of(source))
        if sum(len(each.quote) for each in stated) < MOSTLY * len(source.strip()):
            return text
        if not second and not any(each.colon or each.subject == THIS for each in stated):
            second = text
    return second or aim


def all_links(block: Block) -> list[Link]:
    """All links below a block."""
    return [link for child in block.children for link in (*child.inline.links, *all_links(child))]


def _words_of(paragraph: Block) -> str:
    """A paragraph up to a line that is a field."""
    lines = paragraph.inline.text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and ":" in line and field_of(line) is not None), len(lines))
    return " ".join(" ".join(lines[:end]).split())


def _announced(block: Block, coded: int) -> bool:
    """Whether nothing stands below a heading but "Coming soon", and a line with its code."""
    if block.kind != "heading":
        return False
    below = [child for child in block.children if not coded or child.number != coded]
    prose = [child.inline.text for child in below if child.kind == "paragraph"]
    return len(prose) == len(below) == 1 and bool(PLANNED.match(prose[0].strip(" *_()")))


def _with_fields(found: Found, walk: Walk, block: Block) -> Found:
    """Effort, aliases and description that stand in fields."""
    for field in walk.shape.fields(block):
        if field.kind == "effort" and found.hours is None:
            found = replace(found, hours=number_of(field.value))
        elif field.kind == "duration" and found.hours is None:
            found = replace(found, hours=_hours_in_all(field.value))
        elif field.kind == "aliases":
            found = replace(
                found, aliases=(*found.aliases, *(part.strip() for part in field.value.split(",") if part.strip()))
            )
        elif field.kind == "description" and not found.description:
            found = replace(found, description=field.value)
    return found


def _hours_in_all(duration: str) -> float | None:
    """The hours of "Duration: 8 hours"; None for "2 weeks" and "3 hours a week"."""
    return hours_of(duration) if weeks_of(duration) is None and _RATE.search(duration) is None else None


def _resource_links(walk: Walk, block: Block) -> tuple[Link, ...]:
    """Links given for a topic: bullets that are links, fields like "Video:", and what stands below "Resources"."""
    if not block.children:
        return ()
    links: list[Link] = []
    for child in block.children:
        if child.kind == "list":
            for item in child.children:
                entry = walk.shape.entry(item)
                if entry.link or any(field.kind == "resources" for field in entry.fields):
                    links += [*item.inline.links, *(all_links(item) if entry.fields else ())]
        elif child.kind == "paragraph":
            links += child.inline.links
        elif child.kind == "heading" and walk.shape.role(child) == "resources":
            links += all_links(child)
    return tuple(links)
