"""From the blocks of a document to its topics, phases and claims, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ingest.parsers.blocks import Block
from ingest.parsers.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.durations import number_of, weeks_of
from ingest.parsers.entries import late_fields
from ingest.parsers.fields import (
    REQUIREMENT_KINDS,
    STRENGTH_OF,
    Field,
    fields_of,
    heading_field,
    is_resource_label,
    late_fields_of,
)
from ingest.parsers.inline import Link
from ingest.parsers.phases import phase_of
from ingest.parsers.resolve import EACH_BEFORE_NEXT, SENTENCE_CONFIDENCE
from ingest.parsers.resources import resources_of
from ingest.parsers.sentences import each_before_next, sentences_of
from ingest.parsers.shape import Shape, is_prose
from ingest.parsers.tables import columns_of, read_table, table_fields
from ingest.parsers.titles import PLANNED, is_furniture, looks_like_title

MOSTLY = 0.9
"""Share of a paragraph from which on it is taken for what it mostly is."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A document on its way."""

    shape: Shape
    draft: Draft


def read_children(walk: Walk, block: Block, place: Place) -> None:
    """Read everything that stands in a block."""
    caption: Block | None = None
    for child in block.children:
        if child.kind == "list" and caption is not None and _read_captioned(walk, caption, child, place):
            caption = None
            continue
        caption = child if child.kind == "paragraph" else None
        _READERS[child.kind](walk, child, place)


def read_claims(walk: Walk, block: Block, place: Place) -> None:
    """Read only fields and sentences of what stands in a block: nothing in it is a topic."""
    read_children(walk, block, replace(place, quoted=True))


def _read_heading(walk: Walk, heading: Block, place: Place) -> None:
    if place.quoted:
        if heading_field(walk.shape.name(heading).title) is None:
            read_claims(walk, heading, place)
        else:
            _read_field_heading(walk, heading, place)
        return
    _HEADINGS[walk.shape.role(heading)](walk, heading, place)


def _read_title(walk: Walk, heading: Block, place: Place) -> None:
    read_children(walk, heading, place)


def _read_phase(walk: Walk, heading: Block, place: Place) -> None:
    name = phase_of(heading.inline.text.replace("\n", " "))
    if name is None:
        return
    own = [
        *walk.shape.fields(heading),
        *(each for child in heading.children if child.kind == "table" for _, each in table_fields(child)),
    ]
    weeks = next(
        (found for each in own if each.kind == "duration" and (found := weeks_of(each.value)) is not None), None
    )
    inside = walk.draft.phase(name, heading.line, weeks)
    read_children(walk, heading, replace(inside, part_of=place.part_of))


def _read_topic(walk: Walk, heading: Block, place: Place) -> None:
    name = walk.shape.name(heading)
    section = walk.shape.role(heading) == "section"
    found = Found(
        title=name.title,
        line=heading.line,
        line_end=heading.line_end,
        text=heading.inline.raw,
        number=name.number,
        planned=name.planned or _announced(heading),
        ticked=name.ticked,
        description=_description(walk, heading),
        hours=name.hours,
        aliases=name.aliases,
        resources=resources_of((*heading.inline.links, *_resource_links(walk, heading))),
    )
    read_children(walk, heading, walk.draft.topic(_with_fields(found, walk, heading), place, section=section))


def _read_field_heading(walk: Walk, heading: Block, place: Place) -> None:
    field = heading_field(walk.shape.name(heading).title)
    if field is None:
        return
    for child in heading.children:
        if child.kind == "list":
            _claim_list(walk, field, child, place, rule="prerequisite-section")
        elif child.kind == "paragraph" and not fields_of(child.inline) and _reads_as_titles(child):
            _claim(
                walk,
                field._replace(value=child.inline.text, first=0, last=child.line_end - child.line),
                child,
                place,
                "prerequisite-section",
            )
        else:
            read_claims(walk, heading, place)


def _reads_as_titles(paragraph: Block) -> bool:
    return all(looks_like_title(part.strip()) for part in paragraph.inline.text.split(","))


def _nothing(_walk: Walk, _heading: Block, _place: Place) -> None:
    """Furniture says nothing about topics."""


_HEADINGS: Mapping[str, Callable[[Walk, Block, Place], None]] = {
    "title": _read_title,
    "phase": _read_phase,
    "topic": _read_topic,
    "section": _read_topic,
    "field": _read_field_heading,
    "resources": _nothing,
    "furniture": _nothing,
    "transparent": read_children,
}


def _read_list(walk: Walk, block: Block, place: Place) -> None:
    topics = {item.number for item in walk.shape.topic_items(block)} if not place.quoted else set()
    steps = place.detailed and not any(map(walk.shape.is_rich, block.children))
    for item in block.children:
        entry = walk.shape.entry(item)
        if entry.fields:
            _read_fields(walk, item, entry.fields, place)
        elif entry.furniture and not place.quoted and walk.shape.entry(item).name.title:
            continue
        elif item.number in topics and not (steps and item.mark):
            _read_item(walk, item, place)
        else:
            _read_sentences(walk, item, place)
            if not entry.link:
                read_claims(walk, item, place)


def _read_item(walk: Walk, item: Block, place: Place) -> None:
    entry = walk.shape.entry(item)
    name = entry.name
    stage = phase_of(item.inline.text.partition("\n")[0]) if place.phase is None else None
    if stage is not None and any(child.kind == "list" for child in item.children):
        read_children(walk, item, replace(walk.draft.phase(stage, item.line, None), part_of=place.part_of))
        return
    title = stage.title if stage is not None else name.title
    found = Found(
        title=title,
        line=item.line,
        line_end=item.line_end,
        text=item.inline.raw.partition("\n")[0],
        number=name.number,
        planned=name.planned or bool(PLANNED.match(entry.description)),
        ticked=name.ticked,
        description=entry.description or _description(walk, item),
        hours=name.hours,
        aliases=name.aliases,
        resources=resources_of((*item.inline.links, *_resource_links(walk, item))),
    )
    inside = walk.draft.topic(_with_fields(found, walk, item), place)
    for field in late_fields(item.inline):
        _claim(walk, field, item, inside, "field-line")
    read_children(walk, item, inside)


def _read_paragraph(walk: Walk, paragraph: Block, place: Place) -> None:
    fields = fields_of(paragraph.inline)
    if fields:
        _read_fields(walk, paragraph, fields, place)
        return
    for field in late_fields_of(paragraph.inline):
        _claim(walk, field, paragraph, place, "field-line")
    _read_sentences(walk, paragraph, place)


def _read_fields(walk: Walk, block: Block, fields: tuple[Field, ...], place: Place) -> None:
    for field in fields:
        lists = [child for child in block.children if child.kind == "list"] if field is fields[-1] else []
        if field.kind not in REQUIREMENT_KINDS:
            continue
        if field.value:
            _claim(walk, field, block, place, "inline-field" if field.inline_field else "field-line")
        for child in lists:
            _claim_list(walk, field, child, place, rule="field-list")


def _read_captioned(walk: Walk, caption: Block, block: Block, place: Place) -> bool:
    """A list below a line that says what it is: requirements, links, exercises. False when it is an ordinary list."""
    fields = fields_of(caption.inline)
    if fields:
        if fields[-1].value or (fields[-1].kind not in REQUIREMENT_KINDS and fields[-1].kind != "resources"):
            return False
        if fields[-1].kind in REQUIREMENT_KINDS:
            _claim_list(walk, fields[-1], block, place, rule="field-list")
        return True
    text = caption.inline.text.strip()
    bold = caption.inline.lead_end >= len(text) > 0
    if not (text.endswith(":") or bold):
        return False
    label = heading_field(text)
    if label is not None:
        _claim_list(walk, label, block, place, rule="field-list")
        return True
    return is_furniture(text) or is_resource_label(text)


def _read_sentences(walk: Walk, block: Block, place: Place) -> None:
    source = walk.draft.source(block.line, block.line_end)
    if block.kind == "item":
        source = walk.draft.quote(block.line, block.line_end)
    order = each_before_next(source)
    if order is not None:
        first = block.line + source.count("\n", 0, order.start)
        piece = Piece(order.kind, first, first + order.quote.count("\n"), order.quote)
        walk.draft.claims.append(Claim(None, (piece,), EACH_BEFORE_NEXT, confidence=SENTENCE_CONFIDENCE))
    for sentence in sentences_of(source):
        first = block.line + source.count("\n", 0, sentence.start)
        piece = Piece(sentence.objects, first, first + sentence.quote.count("\n"), sentence.quote)
        walk.draft.claims.append(
            Claim(place.owner, (piece,), "sentence", confidence=SENTENCE_CONFIDENCE, sentence=sentence)
        )


def _read_table(walk: Walk, block: Block, place: Place) -> None:
    columns = columns_of(block)
    if columns is not None and not place.quoted:
        read_table(block, columns, place, walk.draft)
        return
    for line, field in table_fields(block):
        if field.kind in REQUIREMENT_KINDS:
            piece = Piece(field.value, line, line, walk.draft.quote(line, line))
            _add(walk, place, Claim(place.owner, (piece,), "table-field", STRENGTH_OF[field.kind], field.choice))


def _claim(walk: Walk, field: Field, block: Block, place: Place, rule: str) -> None:
    if field.kind not in REQUIREMENT_KINDS:
        return
    first, last = min(block.line + field.first, block.line_end), min(block.line + field.last, block.line_end)
    piece = Piece(field.value, first, last, walk.draft.quote(first, last))
    _add(walk, place, Claim(place.owner, (piece,), rule, STRENGTH_OF[field.kind], field.choice))


def _claim_list(walk: Walk, field: Field, block: Block, place: Place, *, rule: str) -> None:
    pieces = tuple(
        Piece(item.inline.text, item.line, item.line_end, walk.draft.quote(item.line, item.line_end))
        for item in block.children
        if item.inline.text.strip()
    )
    if pieces:
        _add(walk, place, Claim(place.owner, pieces, rule, STRENGTH_OF[field.kind], field.choice))


def _add(walk: Walk, place: Place, claim: Claim) -> None:
    if place.owner is None:
        message = "a requirement of the whole document is not read: it belongs to no topic or phase"
        walk.draft.problem("document-requirement", message, claim.pieces[0].line_start, "put it below a heading")
        return
    walk.draft.claims.append(claim)


_READERS: Mapping[str, Callable[[Walk, Block, Place], None]] = {
    "heading": _read_heading,
    "list": _read_list,
    "paragraph": _read_paragraph,
    "table": _read_table,
    "quote": read_claims,
}


def _description(walk: Walk, block: Block) -> str:
    """The first paragraph that is neither fields nor only requirements in words.

    Without such a one, the first that may only look like a requirement.
    """
    second = ""
    for child in block.children:
        if child.kind == "heading":
            break
        text = " ".join(child.inline.text.split())
        if (
            child.kind != "paragraph"
            or not is_prose(child)
            or child.inline.lead_end >= len(text)
            or PLANNED.match(text)
        ):
            continue
        source = walk.draft.source(child.line, child.line_end)
        stated = list(sentences_of(source))
        if sum(len(each.quote) for each in stated) < MOSTLY * len(source.strip()):
            return text
        if not second and not any(each.colon for each in stated):
            second = text
    return second


def _announced(heading: Block) -> bool:
    """Whether nothing stands below a heading but "Coming soon"."""
    prose = [child.inline.text for child in heading.children if child.kind == "paragraph"]
    return len(prose) == len(heading.children) == 1 and bool(PLANNED.match(prose[0].strip(" *_()")))


def _with_fields(found: Found, walk: Walk, block: Block) -> Found:
    """Effort, aliases and description that stand in fields."""
    for field in walk.shape.fields(block):
        if field.kind == "effort" and found.hours is None:
            found = replace(found, hours=number_of(field.value))
        elif field.kind == "aliases":
            found = replace(
                found, aliases=(*found.aliases, *(part.strip() for part in field.value.split(",") if part.strip()))
            )
        elif field.kind == "description" and not found.description:
            found = replace(found, description=field.value)
    return found


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


def all_links(block: Block) -> list[Link]:
    """All links below a block."""
    return [link for child in block.children for link in (*child.inline.links, *all_links(child))]
