"""Linked notes: each file describes one topic, an index note leads to the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile
from pathlib import PurePosixPath
from typing import Any

from graph.titles import normal_form, slug
from ingest.parsers.drawings import fences, with_drawings
from ingest.parsers.markdown.builder import read_blocks
from ingest.parsers.outline.blocks import BULLET, Block, Blocks
from ingest.parsers.outline.boxes import without_boxes
from ingest.parsers.outline.details import all_links
from ingest.parsers.outline.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.outline.headings import headings_of
from ingest.parsers.outline.labels import is_prose
from ingest.parsers.outline.linked import with_notes
from ingest.parsers.outline.read import read_outline
from ingest.parsers.outline.resolve import requirements_of
from ingest.parsers.outline.shape import Shape
from ingest.parsers.outline.state import Walk
from ingest.parsers.outline.stating import bare_label
from ingest.parsers.outline.walk import read_claims
from ingest.parsers.vault.folders import is_no_topic
from ingest.parsers.vault.front import SOFTLY, front_of, inline_field, key_line, order_of, text_of, texts_of
from ingest.parsers.vault.maps import is_index, leads_on
from ingest.parsers.vault.relations import (
    edges_of,
    lead_on,
    lead_on_in_words,
    place_in,
    rest_on_in_words,
    stands_for,
    title_of,
    written,
)
from ingest.parsers.vault.titles import file_stem, file_title, keyed, keys_of, with_keys, without_stamp
from ingest.parsers.wording.durations import number_of
from ingest.parsers.wording.fields import STRENGTH_OF, field_of, fields_of
from ingest.parsers.wording.inline import Wiki, plain, wikilinks
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.resources import resources_of
from ingest.parsers.wording.titles import clean
from ingest.reading import Reading, ReadPhase, ReadProblem, ReadRoadmap, ReadTopic, Text
from ingest.words import lookup

FAMILY = "vault"
SINGLE_FAMILY = "note"
"""Of a note that stands in no vault."""
REDIRECT = "redirect"
"""Code of the problem that says that a note only leads to another one."""
MAX_ID = 60
MAX_FRONT = 200
"""Lines of front matter that are looked at to tell a note."""
_PLANNED = frozenset({"planned", "coming soon", "soon", "upcoming", "tbd", "not yet written", "not yet available"})
"""States of a note; "todo" and "in progress" may be those of its reader."""
_ONLY_TAGS = re.compile(r"\s*(?:#[^\W\d][\w/-]{0,60}\s*)+")
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_LATE_TAGS = re.compile(r"(?<!\s)(?:\s+#[^\W\d][\w/-]{0,60}){1,20}\s*$")
_BRACKET_FIELD = re.compile(r"(?<!\s)\s*[(\[][^\W\d][\w -]{0,40}::[^()\[\]]{0,200}[)\]]")
_CODE = re.compile(r"(?:import|export)\s[^\n]{0,200}(?:from\s|=)")
_CLASSES = re.compile(r"\{:[^{}\n]{0,200}\}")
MAX_FIRST = 10
"""Bullets among which a page's first sentence is looked for."""
MIN_SPACES = 3
"""In a sentence."""
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
    blocks = read_blocks(without_boxes(text.lines))
    if text.vault and is_index(text.path, blocks.root, blocks.front, text.lines):
        reading = _with_stage(read_outline(text, blocks, family=FAMILY, index=True), blocks)
        return with_drawings(reading, text.lines, tuple(fences(text.lines)))
    named = (text_of(blocks.front.get("title")).strip(), clean(file_title(text.path)).title)
    if text.vault and is_no_topic(PurePosixPath(text.path), *named):
        message = "a daily note or template is no topic"
        problem = ReadProblem(severity="info", code="no-topics", message=message)
        title = PurePosixPath(text.path).stem
        return Reading(path=text.path, family=FAMILY, roadmap=ReadRoadmap(title=title), problems=(problem,))
    draft = Draft(text.lines)
    found = _found(text.path, blocks, text.lines, in_vault=text.vault)
    walk = Walk(Shape(blocks.root), draft)
    place = draft.topic(found, Place())
    draft.claims.extend(_front_claims(blocks, draft, place))
    read_claims(walk, blocks.root, place)
    _relate(blocks, draft, in_vault=text.vault)
    if text.vault:
        draft.claims[:] = keyed(draft.claims)
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
        keys=_keys(text.path, blocks) if text.vault else (),
        order=order_of(blocks.front) if text.vault else None,
    )


def _with_stage(reading: Reading, blocks: Blocks) -> Reading:
    """A folder's page that only names the folder: "Part 2: Under sail" is the stage in which its notes stand."""
    reading = replace(
        reading, order=order_of(blocks.front), topics=tuple(_grouped(_without_sentences(reading), reading))
    )
    stage = phase_of(text_of(blocks.front.get("title")) or reading.roadmap.title) if not reading.topics else None
    if stage is None or reading.phases:
        return reading
    low, high = stage.weeks or (None, None)
    phase = ReadPhase(
        id=slug(f"{stage.label} {stage.title}"),
        label=stage.label,
        title=stage.title,
        position=1,
        weeks_min=low,
        weeks_max=high,
    )
    problems = tuple(each for each in reading.problems if each.code != "no-topics")
    return replace(reading, phases=(phase,), problems=problems)


def _grouped(topics: Iterator[ReadTopic], reading: Reading) -> Iterator[ReadTopic]:
    """The entries of an index, where a bullet that leads nowhere itself only groups those below it."""
    wholes = {topic.part_of for topic in reading.topics}
    used = {end for each in reading.requirements for end in (each.topic_id, each.requires_id)}
    for topic in topics:
        groups = topic.id in wholes and topic.id not in used and "[[" not in topic.text and "](" not in topic.text
        yield replace(topic, kind="section") if groups else topic


def _without_sentences(reading: Reading) -> Iterator[ReadTopic]:
    """The entries of an index: a bullet that ends as a sentence does and leads nowhere only tells about it."""
    used = {topic.part_of for topic in reading.topics}
    used |= {end for each in reading.requirements for end in (each.topic_id, each.requires_id)}
    for topic in reading.topics:
        told = topic.kind == "topic" and topic.id not in used and topic.text.rstrip().endswith(".")
        if not told or "[[" in topic.text or "](" in topic.text:
            yield topic


def _keys(path: str, blocks: Blocks) -> tuple[str, ...]:
    """The numbers that name this note only in its vault: in other documents they count something."""
    front, heading = front_of(blocks.front), _title_heading(blocks)
    names = (text_of(front.get("id")).strip(), heading.inline.text if heading is not None else "")
    return keys_of(path, *names)


def _title_heading(blocks: Blocks) -> Block | None:
    return next((child for child in blocks.root.children if child.kind == "heading" and child.level == 1), None)


def _relate(blocks: Blocks, draft: Draft, *, in_vault: bool) -> None:
    """Read what the note says about other notes."""
    front = front_of(blocks.front)
    onward = _named(front.get("leads_to"), in_vault=in_vault)
    given = chain(
        ((each, "") for each in texts_of(edges_of(blocks.front, "to"))), ((each, "leads_to") for each in onward)
    )
    for target, kind in given:
        for title, text in _notes_in(target):
            lead_on(draft, title, _piece(target, blocks, draft, kind), "front-matter", text)
    lead_on_in_words(draft, blocks)
    _lead_on_below(draft, blocks)
    rest_on_in_words(draft, blocks)
    wholes = (
        (title, _piece(target, blocks, draft, "part_of").line_start, text)
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
    """(kind, value, line, quote) of the fields in the text that relate notes: "up:: [[X]]", "Unlocks: [[Y]]"."""
    keys = lookup("fields", "front_matter")
    last = blocks.front_lines[1] if blocks.front else 0
    for number, line in enumerate(draft.lines[last:], start=last + 1):
        found = inline_field(line) if "::" in line else None
        kind = keys.get(found[0].casefold()) if found is not None else None
        if found is not None and kind in ("leads_to", "part_of"):
            yield kind, found[1].rstrip("]) ") + "]" * (2 * ("[[" in found[1])), number, draft.quote(number, number)
        elif found is None and "[[" in line and (field := field_of(line.lstrip("-+ "))) and field.kind == "leads_to":
            yield field.kind, field.value, number, draft.quote(number, number)


def _lead_on_below(draft: Draft, blocks: Blocks) -> None:
    """Read what stands below "Prerequisite for": notes that require this one."""
    for heading in headings_of(blocks.root):
        if not leads_on(clean(heading.inline.text).title):
            continue
        for item in (item for child in heading.children if child.kind == "list" for item in child.children):
            piece = Piece("", item.line, item.line, draft.quote(item.line, item.line))
            for link in wikilinks(with_notes(item.inline.text, item.inline)):
                lead_on(draft, title_of(link), piece, "leads-to", written(link))


def _notes_in(target: str) -> Iterator[tuple[str, str]]:
    """(title, as written) of each note that a value names."""
    target = with_keys(target, bare=True)
    links = wikilinks(target)
    yield from ((title_of(link), written(link)) for link in links)
    if not links:
        yield (target if " " not in target else title_of(Wiki(target, ""))), target


def _found(path: str, blocks: Blocks, lines: Sequence[str], *, in_vault: bool) -> Found:
    front = front_of(blocks.front, lines[blocks.front_lines[1] if blocks.front else 0 :])
    heading = _title_heading(blocks)
    written = clean(without_stamp(heading.inline.text)) if heading is not None else None
    stated = text_of(front.get("title"))
    if "/" in stated and stated.casefold() == file_stem(path).casefold():
        # A page in a namespace, which an outliner writes into its title.
        stated = stated.rpartition("/")[2]
    name = clean(without_stamp(stated)) if stated else written or clean(file_title(path))
    title = name.title or (written.title if written else "") or PurePosixPath(path).stem
    others = (written.title,) if written is not None and written.title and written.title != title else ()
    meant = _target(blocks)
    stem = clean(file_title(path)).title if in_vault else ""
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
        planned=name.planned or bool(written and written.planned) or text_of(front.get("state")).casefold() in _PLANNED,
        description=text_of(front.get("description")) or ("" if meant else _first_paragraph(blocks.root)),
        hours=number_of(text_of(effort)) if effort is not None else name.hours,
        aliases=(
            *name.aliases,
            *(written.aliases if written else ()),
            # Site builders keep old addresses there.
            *(each for each in texts_of(front.get("aliases")) if not each.startswith("/")),
            *others,
            *_ids(front),
        ),
        resources=resources_of(all_links(blocks.root)),
    )


def _named(value: Any, *, in_vault: bool) -> Iterator[str]:
    """The titles and links of a value; a bare id only where the note is looked up that has it."""
    return (text for text in texts_of(value) if in_vault or "[[" in text or " " in text)


def _target(blocks: Blocks) -> str:
    """The title that a note only leads to, as its words or its front matter say; empty for other notes."""
    stated = next(iter(texts_of(front_of(blocks.front).get("redirect"))), "")
    links = wikilinks(stated)
    return (title_of(links[0]) if links else stated) or stands_for(blocks.root)


def _ids(front: dict[str, Any]) -> tuple[str, ...]:
    """What other notes may call this one by in their front matter."""
    given = text_of(front.get("id")).strip()
    # A bare number would name it in every other document that counts something.
    return (given,) if len(given) <= MAX_ID and any(map(str.isalpha, given)) else ()


def _front_claims(blocks: Blocks, draft: Draft, place: Place) -> Iterator[Claim]:
    front = front_of(blocks.front)
    for kind, strength in STRENGTH_OF.items():
        before = texts_of(edges_of(blocks.front, "from")) if kind == "requires" else ()
        own = (_piece(text, blocks, draft, kind) for text in texts_of(front.get(kind)))
        pieces = (*own, *(_piece(text, blocks, draft) for text in before))
        if pieces:
            yield Claim(place.owner, pieces, "front-matter", strength)


def _piece(text: str, blocks: Blocks, draft: Draft, kind: str = "") -> Piece:
    """A value of front matter with the line that it stands in, at or below its key."""
    first, last = blocks.front_lines
    words = wikilinks(text)
    needle = words[0].target if words else text.partition("\n")[0].partition(" \u2013 ")[0].removesuffix(SOFTLY)
    start = key_line(draft.lines, last, kind) if kind else first
    at = next((line for line in range(start, last + 1) if needle in draft.lines[line - 1]), start)
    return Piece(text, at, at, draft.quote(at, at))


def _said(text: str) -> Iterator[str]:
    """The lines of a paragraph without fields, tags, embeds, classes and the mark by which links name the paragraph."""
    for line in text.split("\n"):
        if ("::" in line and inline_field(line)) or _ONLY_TAGS.fullmatch(line) or _CODE.match(line):
            continue
        plainer = _BLOCK_MARK.sub("", _EMBED.sub("", line))
        marked = "::" in line or "#" in line or "{:" in line
        yield _LATE_TAGS.sub("", _BRACKET_FIELD.sub("", _CLASSES.sub("", plainer))) if marked else plainer


def _first_paragraph(block: Block) -> str:
    for before, child in zip((None, *block.children), block.children, strict=False):
        if child.kind == "paragraph" and is_prose(child) and (before is None or bare_label(before) is None):
            words = " ".join(" ".join(_said(child.inline.text)).split())
            if words:
                return words
        if child.kind == "list" and (words := _first_sentence(child)):
            return words
        if child.kind == "heading":
            return _first_paragraph(child) if child.level == 1 else ""
    return ""


def _first_sentence(block: Block) -> str:
    """The first bullet of an outliner's page, when it is a sentence."""
    for item in block.children[:MAX_FIRST]:
        words = " ".join(item.inline.text.split())
        plain_words = item.level == BULLET and not fields_of(item.inline) and not words.startswith(("[", "!"))
        if plain_words and words.endswith(".") and words.count(" ") >= MIN_SPACES:
            return words
    return ""
