"""Stages that are no headings, and stages that are all there is to learn."""

from __future__ import annotations

from dataclasses import replace

from ingest.parsers.outline.blocks import Block, Row
from ingest.parsers.outline.details import found_of
from ingest.parsers.outline.draft import Draft, Found, Place
from ingest.parsers.outline.overviews import stage_column, weeks_in
from ingest.parsers.outline.state import Walk
from ingest.parsers.outline.tables import columns_of
from ingest.parsers.outline.topic_lists import names_in
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import Name, clean, is_furniture, looks_like_title
from ingest.words import table

MAX_PIECE_WORDS = 5
"""Words of one of several titles in a row."""
_STEPS = frozenset({"step", "day", "level", "tier", "milestone", "block"})
"""Kinds whose bullets are topics of their own, not stages that hold topics."""


def topic_of_stage(walk: Walk, heading: Block, stage: PhaseName, place: Place) -> None:
    """Add the topic that a stage is when nothing below it is one."""
    found = found_of(walk, heading, Name(stage.title), title=stage.title, text=heading.inline.raw)
    walk.draft.topic(found, place)


def topics_of_bare_stages(draft: Draft) -> None:
    """Where a document has stages and nothing else, their titles are what there is to learn."""
    if draft.topics:
        return
    for phase, stage in zip(draft.phases, draft.stages, strict=True):
        if phase.title != phase.label and looks_like_title(phase.title) and not is_furniture(phase.title):
            found = Found(phase.title, phase.line, phase.line, phase.title)
            draft.topic(found, Place(owner=stage.end, phase=phase.title, inside=phase.id))


def read_stage_item(walk: Walk, item: Block, stage: PhaseName, place: Place) -> bool:
    """Read a bullet like "Week 1: Doughs, Yeast" as a stage with its topics; False when it is another bullet."""
    if stage.kind in _STEPS or stage.title == stage.label or (place.owner and place.owner.kind == "topic"):
        return False
    titles = _titles(stage.title)
    if not all(looks_like_title(title) for title in titles):
        return False
    inside = replace(walk.draft.phase(stage, item.line, None), part_of=place.part_of)
    for title in titles:
        if is_furniture(title):
            continue
        if len(titles) == 1:
            found = found_of(walk, item, Name(title), title=title, text=item.inline.raw.partition("\n")[0])
        else:
            found = Found(title, item.line, item.line_end, item.inline.raw.partition("\n")[0])
        walk.draft.topic(found, inside)
    return True


def read_stage_table(walk: Walk, block: Block, place: Place) -> bool:
    """Read a table of stages: one that only repeats headings adds nothing. False when it is another table."""
    if block.number in walk.shape.overviews.tables:
        return True
    column = stage_column(block) if len(block.rows) > 1 else None
    if column is None or walk.draft.stages or place.owner is not None:
        return False
    listed = _list_column(block, column)
    if listed is None and columns_of(block) is not None:
        return False
    stages = _stages_in(block, column, listed)
    for at, stage in enumerate(stages, start=1):
        row = block.rows[at]
        inside = walk.draft.phase(stage, row.line, weeks_in(block, at))
        for name in names_in(_cell(row, listed)) if listed is not None else ():
            text = row.cells[listed].inline.raw.strip() if listed is not None else ""
            walk.draft.topic(
                Found(name.title, row.line, row.line, text, aliases=name.aliases, hours=name.hours), inside
            )
    return bool(stages)


def _stages_in(block: Block, column: int, listed: int | None) -> list[PhaseName]:
    """The stage of each row; none when a row has no stage, or the same as another."""
    head = clean(block.rows[0].cells[column].inline.text).title
    named: list[PhaseName] = []
    for row in block.rows[1:]:
        cells = [cell.inline.text.strip() for cell in row.cells]
        stage = phase_of(cells[column]) or phase_of(f"{head} {cells[column]}") if column < len(cells) else None
        if stage is None:
            return []
        told = (each for index, each in enumerate(cells) if index not in {column, listed})
        other = clean(next(told, "")).title
        title = other if stage.title == stage.label and looks_like_title(other) else stage.title
        named.append(stage._replace(title=title))
    return named if listed is None or len({each.label for each in named}) == len(named) else []


def _list_column(block: Block, column: int) -> int | None:
    """The column whose cells list topics, or None; most of them list several."""
    for index, cell in enumerate(block.rows[0].cells):
        head = clean(cell.inline.text).title.casefold()
        if index == column or head not in table("columns")["lists"]["heads"]:
            continue
        several = sum(len(names_in(_cell(row, index))) > 1 for row in block.rows[1:])
        if several * 3 >= (len(block.rows) - 1) * 2:
            return index
    return None


def _cell(row: Row, index: int) -> str:
    return row.cells[index].inline.text.strip() if index < len(row.cells) else ""


def _titles(text: str) -> list[str]:
    pieces = [clean(piece).title for piece in text.split(", ")]
    if any(piece.count("(") != piece.count(")") for piece in pieces):
        return [text]
    pieces = [piece.removeprefix("and ") for piece in pieces if piece]
    short = all(len(piece.split()) <= MAX_PIECE_WORDS and piece[:1].isupper() for piece in pieces)
    return pieces if len(pieces) > 1 and short else [text]
