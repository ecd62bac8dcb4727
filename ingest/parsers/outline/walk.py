"""From the blocks of a document to its topics, phases and claims, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.parsers.outline.blocks import NUMBERED, Block
from ingest.parsers.outline.chains import labelled_chains, read_chain
from ingest.parsers.outline.details import found_of
from ingest.parsers.outline.draft import Found, Place
from ingest.parsers.outline.entries import late_fields, linked_names
from ingest.parsers.outline.stages import read_stage_item, read_stage_table, topic_of_stage
from ingest.parsers.outline.state import Walk
from ingest.parsers.outline.stating import (
    bare_label,
    state_below,
    state_bracketed,
    state_captioned,
    state_field,
    state_fields,
    state_sentences,
    state_table,
)
from ingest.parsers.outline.tables import columns_of, is_topic_table, read_table, table_fields
from ingest.parsers.outline.topic_lists import read_topic_list
from ingest.parsers.wording.arrows import links_of
from ingest.parsers.wording.durations import weeks_of
from ingest.parsers.wording.fields import bare_choice, fields_of, heading_field, late_fields_of
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import is_furniture


def read_children(walk: Walk, block: Block, place: Place) -> None:
    """Read everything that stands in a block."""
    caption: Block | None = None
    if block.children and block.kind == "heading":
        first = block.children[0]
        if first.kind == "paragraph" and links_of(first.inline.text) is not None:
            place = replace(place, chained=True)
    listed = not place.quoted and block.kind == "heading"
    # Where a table lists the courses, "Topics covered" only describes them. Of a large document nothing is kept.
    beside = [child for child in block.children if child.kind == "table"] if walk.large else block.children
    tabled: bool | None = None
    for child in walk.below(block):
        if (
            listed
            and child.kind == "paragraph"
            and walk.shape.names_topics(child)
            and not (tabled := any(map(is_topic_table, beside)) if tabled is None else tabled)
            and read_topic_list(walk, child, place)
        ):
            caption = None
            continue
        if child.kind == "list" and caption is not None and state_captioned(walk.draft, caption, child, place):
            caption = None
            continue
        if (
            child.kind == "paragraph"
            and place.quoted
            and caption is not None
            and _state_told(walk, caption, child, place)
        ):
            caption = None
            continue
        caption = child if child.kind == "paragraph" else None
        _READERS[child.kind](walk, child, place)


def _state_told(walk: Walk, caption: Block, paragraph: Block, place: Place) -> bool:
    """Note what a paragraph below "Prerequisites:" requires; False when it is an ordinary one."""
    label = bare_label(caption)
    return label is not None and state_below(walk.draft, label, paragraph, place)


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


def _read_through(walk: Walk, heading: Block, place: Place) -> None:
    """Read what stands below a heading as if it were not there; below "Contents" only the headings."""
    about = is_furniture(walk.shape.name(heading).title)
    for child in heading.children:
        _READERS[child.kind](walk, child, replace(place, quoted=True) if about and child.kind == "list" else place)


def _read_phase(walk: Walk, heading: Block, place: Place) -> None:
    name = walk.shape.stage(heading)
    if name is None:
        return
    own = [
        *walk.shape.fields(heading),
        *(each for child in heading.children if child.kind == "table" for _, each in table_fields(child)),
    ]
    weeks = next(
        (found for each in own if each.kind == "duration" and (found := weeks_of(each.value)) is not None),
        walk.shape.overviews.weeks.get(heading.number),
    )
    inside = replace(walk.draft.phase(name, heading.line, weeks), part_of=place.part_of)
    if heading.number in walk.shape.hollow:
        topic_of_stage(walk, heading, name, inside)
    read_children(walk, heading, inside)


def _read_topic(walk: Walk, heading: Block, place: Place) -> None:
    name = walk.shape.name(heading)
    section = walk.shape.role(heading) == "section"
    # A stage in a stage, or one that is only announced.
    stage = phase_of(name.title) if place.phase is not None or name.planned else None
    title = name.title if stage is None else stage.title
    found = found_of(walk, heading, name, title=title, text=heading.inline.raw)
    if stage is not None and stage.kind not in found.number:
        found = replace(found, number=f"{stage.kind} {stage.first}")
    read_children(walk, heading, walk.draft.topic(found, place, section=section))


def _read_field_heading(walk: Walk, heading: Block, place: Place) -> None:
    field = heading_field(walk.shape.name(heading).title)
    if field is None:
        return
    for child in heading.children:
        if not state_below(walk.draft, field, child, place):
            _READERS[child.kind](walk, child, replace(place, quoted=True))


def _read_tables(walk: Walk, heading: Block, place: Place) -> None:
    for child in heading.children:
        if child.kind == "table":
            _read_table(walk, child, place)


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
    "schedule": _read_tables,
    "told": read_claims,
    "transparent": _read_through,
}


def _read_list(walk: Walk, block: Block, place: Place) -> None:
    topics = {item.number for item in walk.shape.topic_items(block)} if not place.quoted else set()
    chains = labelled_chains(block) if not place.quoted else frozenset()
    steps = place.detailed and not any(map(walk.shape.is_rich, block.children))
    for item in walk.below(block):
        entry = walk.shape.entry(item)
        if item.children and not place.quoted and bare_choice(item.inline.text):
            # "One of:" above the titles to choose from.
            read_children(walk, item, place)
        elif entry.fields:
            state_fields(walk.draft, item, entry.fields, place)
        elif place.quoted and item.children and (label := heading_field(item.inline.text)) is not None:
            # An outliner's bullet that heads what is required.
            for child in item.children:
                state_below(walk.draft, label, child, place)
        elif not place.quoted and (
            (walk.shape.names_topics(item) and _read_topics(walk, item, place))
            or (entry.furniture and item.number not in topics and _pass_over(walk, item, place))
        ):
            continue
        elif item.number in topics - chains and not (steps and item.level == NUMBERED):
            _read_item(walk, item, place)
        elif not place.quoted and read_chain(walk, item, place, labelled=item.number in chains):
            continue
        else:
            state_sentences(walk.draft, item, place)
            if not entry.link:
                read_claims(walk, item, place)


def _pass_over(walk: Walk, item: Block, place: Place) -> bool:
    """Whether a label has nothing to learn behind it; a chain that it heads is read: "Study order: A -> B"."""
    if not walk.shape.entry(item).name.title:
        return False
    read_chain(walk, item, place)
    return True


def _read_topics(walk: Walk, item: Block, place: Place) -> bool:
    """Read the topics behind a label, in its line or in the bullets below it."""
    if item.inline.text.rstrip(" *").endswith(":") and item.children:
        read_children(walk, item, place)
        return True
    return read_topic_list(walk, item, place)


def _read_item(walk: Walk, item: Block, place: Place) -> None:
    names = linked_names(item)
    if names:
        for each in names:
            walk.draft.topic(Found(each.title, item.line, item.line_end, each.title, aliases=each.aliases), place)
        read_children(walk, item, place)
        return
    entry = walk.shape.entry(item)
    name = entry.name
    first = item.inline.text.partition("\n")[0]
    stage = phase_of(first) if place.phase is None else None
    if stage is not None and any(child.kind == "list" for child in item.children):
        read_children(walk, item, replace(walk.draft.phase(stage, item.line, None), part_of=place.part_of))
        return
    if stage is not None and read_stage_item(walk, item, stage, place):
        return
    if name.number and is_furniture(name.title):
        return
    found: Found = found_of(
        walk,
        item,
        name,
        title=stage.title if stage is not None else name.title,
        text=item.inline.raw.partition("\n")[0],
        description=entry.description,
    )
    inside = walk.draft.topic(found, place)
    if (
        item.level == NUMBERED
        and not found.number
        and not walk.shape.counts_headings
        and (place.owner is None or place.owner.kind != "topic")
    ):
        walk.draft.numbers[-1] = _marker(walk, item)
    for field in late_fields(item.inline):
        state_field(walk.draft, field, item, inside, "field-line")
    for field in entry.requires:
        state_field(walk.draft, field, item, inside, "field-line")
    state_bracketed(walk.draft, item, inside)
    read_children(walk, item, inside)


def _marker(walk: Walk, item: Block) -> str:
    """The number in front of a bullet: "4" of "4. Type checking"."""
    head, dot, _ = walk.draft.lines[item.line - 1].lstrip(" >\t")[:6].replace(")", ".").partition(".")
    return head.lstrip("0") if dot and head.isdigit() else ""


def _read_paragraph(walk: Walk, paragraph: Block, place: Place) -> None:
    fields = fields_of(paragraph.inline)
    if fields:
        state_fields(walk.draft, paragraph, fields, place)
        return
    if not place.quoted and read_chain(walk, paragraph, place):
        return
    for field in late_fields_of(paragraph.inline):
        state_field(walk.draft, field, paragraph, place, "field-line")
    state_bracketed(walk.draft, paragraph, place)
    state_sentences(walk.draft, paragraph, place)


def _read_table(walk: Walk, block: Block, place: Place) -> None:
    if not place.quoted and read_stage_table(walk, block, place):
        return
    columns = columns_of(block)
    if columns is not None and not place.quoted:
        read_table(block, columns, place, walk.draft)
        return
    state_table(walk.draft, block, place)


_READERS: Mapping[str, Callable[[Walk, Block, Place], None]] = {
    "heading": _read_heading,
    "list": _read_list,
    "paragraph": _read_paragraph,
    "table": _read_table,
    "quote": read_claims,
}
