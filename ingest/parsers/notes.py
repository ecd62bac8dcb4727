"""Linked notes: each file describes one topic, an index note leads to the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile
from pathlib import PurePosixPath
from typing import Any

from graph.titles import normal_form
from ingest.parsers.block_builder import read_blocks
from ingest.parsers.blocks import Block, Blocks
from ingest.parsers.details import all_links
from ingest.parsers.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.durations import number_of
from ingest.parsers.fields import STRENGTH_OF, fields_of
from ingest.parsers.graph_drawing import fences, with_drawings
from ingest.parsers.inline import Wiki, plain, target_words, wikilinks
from ingest.parsers.outline import read_outline
from ingest.parsers.phases import phase_of
from ingest.parsers.relations import (
    edges_of,
    lead_on,
    lead_on_in_words,
    place_in,
    rest_on_in_words,
    stands_for,
    title_of,
    written,
)
from ingest.parsers.resolve import requirements_of
from ingest.parsers.resources import resources_of
from ingest.parsers.shape import Shape, is_prose
from ingest.parsers.state import Walk
from ingest.parsers.titles import clean
from ingest.parsers.vault import is_folder_note, is_index_name, is_map_tag, is_no_topic, says_map
from ingest.parsers.walk import read_claims
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text
from ingest.words import lookup

FAMILY = "vault"
SINGLE_FAMILY = "note"
"""Of a note that stands in no vault."""
REDIRECT = "redirect"
"""Code of the problem that says that a note only leads to another one."""
MIN_INDEX_LINKS = 3
"""Bullets that only link, from which on a note can be an index."""
MAX_TEXTS = 200
"""Of one value in front matter."""
MAX_ID = 60
MAX_FRONT = 200
"""Lines of front matter that are looked at to tell a note."""
_PLANNED = frozenset({"planned", "coming soon", "soon", "upcoming", "tbd", "not yet written", "not yet available"})
"""States of a note; "todo" and "in progress" may be those of its reader."""
_TYPE_KEYS = ("tags", "tag", "type", "kind", "class")
"""Front matter that may say that a note leads to others."""
MAX_DEPTH = 4
"""Lists in lists there; YAML's aliases can make them endless."""
_INLINE = re.compile(r"^[\s>]*(?:[-*+]\s+)?[*_\[(]{0,3}([^\W\d][\w -]{1,30}?)[*_]{0,2}::[*_]{0,2}\s*(\S[^\n]{0,400})")
_ONLY_TAGS = re.compile(r"\s*(?:#[^\W\d][\w/-]{0,60}\s*)+")
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_BLOCK_MARK = re.compile(r"\s\^[\w-]{1,60}\s*$")
_TITLE_KEY = re.compile(r"^title\s*:", re.IGNORECASE)
_REQUIRES_KEY = re.compile(r"^(?:requires|prerequisites)\s*:", re.IGNORECASE)
_REQUIRES_FIELD = re.compile(r"^[\s>*-]*(?:requires|prerequisites|helpful)[^:\n]{0,20}::", re.IGNORECASE)
MAX_STAGES = 1
"""Headings that name stages, beyond which a document is a roadmap and no note."""


def detect(text: Text) -> bool:
    """Whether a document is a note: it stands in a vault, or has a title in front matter and the fields of a note."""
    if text.vault:
        return True
    if not text.lines or text.lines[0].rstrip() != "---":
        return False
    front = list(takewhile(lambda line: line.rstrip() not in {"---", "..."}, islice(text.lines, 1, MAX_FRONT)))
    if not any(map(_TITLE_KEY.match, front)):
        return False
    related = any(map(_REQUIRES_KEY.match, front)) or any(map(_REQUIRES_FIELD.match, text.lines))
    return related and not _has_stages(text.lines)


def _has_stages(lines: Sequence[str]) -> bool:
    headings = (line.lstrip("# ") for line in lines if line.startswith("##"))
    return sum(1 for _ in islice((each for each in headings if phase_of(plain(each))), MAX_STAGES + 1)) > MAX_STAGES


def parse(text: Text) -> Reading:
    """Read a note as one topic, or an index note as an outline of the others."""
    blocks = read_blocks(text.lines)
    if text.vault and _is_index(text.path, blocks):
        reading = read_outline(text, blocks, family=FAMILY, index=True)
        return with_drawings(reading, text.lines, tuple(fences(text.lines)))
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
    _relate(blocks, draft, in_vault=text.vault)
    requirements = requirements_of(draft)
    meant = _target(blocks) if text.vault else ""
    if meant:
        message = f"this note only leads to \u201c{meant}\u201d"
        draft.problems.append(ReadProblem(severity="info", code=REDIRECT, message=message, line=found.line))
    return Reading(
        path=text.path,
        family=FAMILY if text.vault else SINGLE_FAMILY,
        roadmap=ReadRoadmap(title=found.title),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=(*blocks.problems, *draft.problems),
    )


def _is_index(path: str, blocks: Blocks) -> bool:
    file = PurePosixPath(path)
    if is_index_name(file):
        return True
    items = list(_items(blocks.root))
    linking = sum(1 for item in items if _only_links(item))
    mostly = linking * 5 >= len(items) * 4
    if linking >= MIN_INDEX_LINKS and mostly:
        return True
    named = says_map(file.stem) or any(is_map_tag(each) for key in _TYPE_KEYS for each in _texts(blocks.front.get(key)))
    return mostly and (named or (linking > 0 and is_folder_note(file)))


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


def _relate(blocks: Blocks, draft: Draft, *, in_vault: bool) -> None:
    """Read what the note says about other notes."""
    front = _front(blocks.front)
    for target in (*_texts(edges_of(blocks.front, "to")), *_named(front.get("leads_to"), in_vault=in_vault)):
        for title, text in _notes_in(target):
            lead_on(draft, title, _piece(target, blocks.front_lines, draft), "front-matter", text)
    lead_on_in_words(draft, blocks)
    rest_on_in_words(draft, blocks)
    wholes = (
        (title, _piece(target, blocks.front_lines, draft).line_start, text)
        for target in _named(front.get("part_of"), in_vault=in_vault)
        for title, text in _notes_in(target)
    )
    inline = list(_inline(draft, blocks))
    for _, value, line, quote in (each for each in inline if each[0] == "leads_to"):
        for title, text in _notes_in(value):
            lead_on(draft, title, Piece("", line, line, quote), "inline-field", text)
    more = (
        (title, line, text)
        for kind, value, line, _ in inline
        for title, text in _notes_in(value)
        if kind == "part_of" and "[[" in value
    )
    place_in(draft, chain(wholes, more))


def _inline(draft: Draft, blocks: Blocks) -> Iterator[tuple[str, str, int, str]]:
    """(kind, value, line, quote) of the fields in the text that relate notes: "up:: [[X]]"."""
    keys = lookup("fields", "front_matter")
    last = blocks.front_lines[1] if blocks.front else 0
    for number, line in enumerate(draft.lines[last:], start=last + 1):
        found = _INLINE.match(line) if "::" in line else None
        kind = keys.get(found[1].strip().casefold()) if found is not None else None
        if found is not None and kind in ("leads_to", "part_of"):
            yield kind, found[2].rstrip("]) ") + "]" * (2 * ("[[" in found[2])), number, draft.quote(number, number)


def _notes_in(target: str) -> Iterator[tuple[str, str]]:
    """(title, as written) of each note that a value names."""
    links = wikilinks(target)
    yield from ((title_of(link), written(link)) for link in links)
    if not links:
        yield (target if " " not in target else title_of(Wiki(target, ""))), target


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
    meant = _target(blocks)
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


def _named(value: Any, *, in_vault: bool) -> Iterator[str]:
    """The titles and links of a value; a bare id only where the note is looked up that has it."""
    return (text for text in _texts(value) if in_vault or "[[" in text or " " in text)


def _target(blocks: Blocks) -> str:
    """The title that a note only leads to, as its words or its front matter say; empty for other notes."""
    stated = next(iter(_texts(_front(blocks.front).get("redirect"))), "")
    links = wikilinks(stated)
    return (title_of(links[0]) if links else stated) or stands_for(blocks.root)


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


def _said(text: str) -> Iterator[str]:
    """The lines of a paragraph without fields, tags, embeds and the mark by which links name the paragraph."""
    for line in text.split("\n"):
        if ("::" in line and _INLINE.match(line)) or _ONLY_TAGS.fullmatch(line):
            continue
        yield _BLOCK_MARK.sub("", _EMBED.sub("", line))


def _first_paragraph(block: Block) -> str:
    for child in block.children:
        if child.kind == "paragraph" and is_prose(child):
            words = " ".join(" ".join(_said(child.inline.text)).split())
            if words:
                return words
        if child.kind == "heading":
            return _first_paragraph(child) if child.level == 1 else ""
    return ""
