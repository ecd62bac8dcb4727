"""Linked notes: each file describes one topic, an index note leads to the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from graph.titles import normal_form
from ingest.parsers.block_builder import read_blocks
from ingest.parsers.blocks import Block, Blocks
from ingest.parsers.details import all_links
from ingest.parsers.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.durations import number_of
from ingest.parsers.fields import STRENGTH_OF, fields_of
from ingest.parsers.inline import Wiki, target_words, wikilinks
from ingest.parsers.outline import read_outline
from ingest.parsers.relations import edges_of, lead_on, lead_on_in_words, place_in, stands_for, title_of
from ingest.parsers.resolve import requirements_of
from ingest.parsers.resources import resources_of
from ingest.parsers.shape import Shape, is_prose
from ingest.parsers.state import Walk
from ingest.parsers.titles import clean
from ingest.parsers.vault import is_index_name, is_no_topic
from ingest.parsers.walk import read_claims
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text
from ingest.words import lookup

FAMILY = "vault"
SINGLE_FAMILY = "note"
"""Of a note that stands in no vault."""
MIN_INDEX_LINKS = 3
"""Bullets that only link, from which on a note can be an index."""
MAX_TEXTS = 200
"""Of one value in front matter."""
MAX_ID = 60
_PLANNED = frozenset({"planned", "coming soon", "soon", "upcoming", "tbd", "not yet written", "not yet available"})
"""States of a note; "todo" and "in progress" may be those of its reader."""
MAX_DEPTH = 4
"""Lists in lists there; YAML's aliases can make them endless."""
_TITLE_KEY = re.compile(r"^title\s*:", re.IGNORECASE)
_REQUIRES_KEY = re.compile(
    r"^(?:requires|prerequisites)\s*:|^[\s>*-]*(?:requires|prerequisites|helpful)[^:\n]{0,20}::", re.IGNORECASE
)


def detect(text: Text) -> bool:
    """Whether a document is a note: it stands in a vault, or has a title in front matter and the fields of a note."""
    if text.vault:
        return True
    if not text.lines or text.lines[0].rstrip() != "---":
        return False
    return any(_TITLE_KEY.match(line) for line in text.lines[1:30]) and any(
        _REQUIRES_KEY.match(line) for line in text.lines
    )


def parse(text: Text) -> Reading:
    """Read a note as one topic, or an index note as an outline of the others."""
    blocks = read_blocks(text.lines)
    if text.vault and _is_index(text.path, blocks.root):
        return read_outline(text, blocks, family=FAMILY, index=True)
    if text.vault and is_no_topic(PurePosixPath(text.path)):
        message = "a daily note or template is no topic"
        problem = ReadProblem(severity="info", code="no-topics", message=message)
        title = PurePosixPath(text.path).stem
        return Reading(path=text.path, family=FAMILY, roadmap=ReadRoadmap(title=title), problems=(problem,))
    draft = Draft(text.lines)
    found = _found(text.path, blocks, in_vault=text.vault)
    walk = Walk(Shape(blocks.root), draft)
    place = draft.topic(found, Place())
    draft.claims.extend(_front_claims(blocks, draft, place))
    read_claims(walk, blocks.root, place)
    _relate(blocks, draft)
    requirements = requirements_of(draft)
    return Reading(
        path=text.path,
        family=FAMILY if text.vault else SINGLE_FAMILY,
        roadmap=ReadRoadmap(title=found.title),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=(*blocks.problems, *draft.problems),
    )


def _is_index(path: str, root: Block) -> bool:
    if is_index_name(PurePosixPath(path)):
        return True
    items = list(_items(root))
    linking = sum(1 for item in items if _only_links(item))
    return linking >= MIN_INDEX_LINKS and linking * 5 >= len(items) * 4


def _items(block: Block) -> Iterator[Block]:
    for child in block.children:
        if child.kind == "item":
            yield child
        yield from _items(child)


def _only_links(item: Block) -> bool:
    text = item.inline.text.strip()
    local = any(not link.url.startswith(("http", "#")) for link in item.inline.links)
    return not fields_of(item.inline) and (
        text.startswith("[[") or (local and bool(item.inline.links) and item.inline.links[0].start == 0)
    )


def _relate(blocks: Blocks, draft: Draft) -> None:
    """Read what the note says about other notes."""
    front = _front(blocks.front)
    for target in (*_texts(edges_of(blocks.front, "to")), *_named(front.get("leads_to"))):
        for link in wikilinks(target) or (Wiki(target, ""),):
            lead_on(draft, title_of(link), _piece(target, blocks.front_lines, draft), "front-matter")
    lead_on_in_words(draft, blocks)
    wholes = (
        (title_of(link), _piece(text, blocks.front_lines, draft).line_start)
        for text in _texts(front.get("part_of"))
        for link in wikilinks(text) or (Wiki(text, ""),)
    )
    place_in(draft, wholes)


def _found(path: str, blocks: Blocks, *, in_vault: bool) -> Found:
    front = _front(blocks.front)
    heading = next((child for child in blocks.root.children if child.kind == "heading" and child.level == 1), None)
    written = clean(heading.inline.text) if heading is not None else None
    stated = _text(front.get("title"))
    name = (
        clean(stated) if stated else written or clean(target_words(PurePosixPath(path).name.rpartition(".")[0] or path))
    )
    title = name.title or (written.title if written else "") or PurePosixPath(path).stem
    others = (written.title,) if written is not None and written.title and written.title != title else ()
    meant = stands_for(blocks.root)
    stem = clean(target_words(PurePosixPath(path).name.rpartition(".")[0])).title if in_vault else ""
    if len(stem) > 1 and not stem.isnumeric() and normal_form(stem) != normal_form(title):
        # Links name a note by its file.
        others = (*others, stem)
    if meant:
        others = (*others, meant)
    effort = front.get("effort")
    first, last = (heading.line, heading.line_end) if heading is not None else (1, blocks.front_lines[1])
    return Found(
        title=title,
        line=first,
        line_end=last,
        text=heading.inline.raw if heading is not None else stated or title,
        planned=name.planned or bool(written and written.planned) or _text(front.get("state")).casefold() in _PLANNED,
        description=_text(front.get("description")) or ("" if meant else _first_paragraph(blocks.root)),
        hours=number_of(_text(effort)) if effort is not None else name.hours,
        aliases=(
            *name.aliases,
            *(written.aliases if written else ()),
            *_texts(front.get("aliases")),
            *others,
            *_ids(front),
        ),
        resources=resources_of(all_links(blocks.root)),
    )


def _named(value: Any) -> Iterator[str]:
    """The titles and links of a value; a bare id would become the title of the topic that it stands for."""
    return (text for text in _texts(value) if "[[" in text or " " in text)


def _ids(front: dict[str, Any]) -> tuple[str, ...]:
    """What other notes may call this one by in their front matter."""
    given = _text(front.get("id")).strip()
    # A bare number would name it in every other document that counts something.
    return (given,) if len(given) <= MAX_ID and any(map(str.isalpha, given)) else ()


def _front(front: dict[str, Any]) -> dict[str, Any]:
    keys = lookup("fields", "front_matter")
    found: dict[str, Any] = {}
    for key, value in front.items():
        kind = keys.get(key.casefold())
        if kind is not None and value is not None:
            found.setdefault(kind, value)
    return found


def _front_claims(blocks: Blocks, draft: Draft, place: Place) -> Iterator[Claim]:
    front = _front(blocks.front)
    for kind, strength in STRENGTH_OF.items():
        before = _texts(edges_of(blocks.front, "from")) if kind == "requires" else ()
        pieces = tuple(_piece(text, blocks.front_lines, draft) for text in (*_texts(front.get(kind)), *before))
        if pieces:
            yield Claim(place.owner, pieces, "front-matter", strength)


def _piece(text: str, lines: tuple[int, int], draft: Draft) -> Piece:
    words = wikilinks(text)
    needle = words[0].target if words else text.partition("\n")[0].partition(" \u2013 ")[0]
    at = next((line for line in range(lines[0], lines[1] + 1) if needle in draft.lines[line - 1]), lines[0])
    return Piece(text, at, at, draft.quote(at, at))


def _texts(value: Any) -> tuple[str, ...]:
    """The texts of a front matter value: one, a list, or `[[Title]]`, which YAML takes for a list in a list."""
    return tuple(islice(_all_texts(value, MAX_DEPTH), MAX_TEXTS))


def _all_texts(value: Any, depth: int) -> Iterator[str]:
    if value is None or isinstance(value, bool) or depth == 0:
        return
    if isinstance(value, list):
        for each in value[:MAX_TEXTS]:
            yield from _all_texts(each, depth - 1)
    elif isinstance(value, dict):
        named = next((_text(value[key]) for key in ("title", "topic", "name") if key in value), "")
        reason = next((_text(value[key]) for key in ("reason", "why") if key in value), "")
        if named:
            yield f"{named} \u2013 {reason}" if reason else named
    else:
        yield _text(value)


def _text(value: Any) -> str:
    """A value as a text; nothing for a list or a map, which aliases can make larger than any memory."""
    # YAML's "\\ud800" is half a sign, which cannot be stored.
    return "" if value is None or isinstance(value, list | dict) else str(value).encode("utf-8", "replace").decode()


def _first_paragraph(block: Block) -> str:
    for child in block.children:
        if child.kind == "paragraph" and is_prose(child):
            return " ".join(child.inline.text.split())
        if child.kind == "heading":
            return _first_paragraph(child) if child.level == 1 else ""
    return ""
