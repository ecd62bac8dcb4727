"""What the lines of a plain text were before it lost its markup: heading, caption, bullet, row or words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from ingest.parsers.plain_text.levels import LABELLED, is_counted
from ingest.parsers.plain_text.page import Line
from ingest.parsers.plain_text.picks import stage_of
from ingest.parsers.wording.fields import field_of, heading_field
from ingest.parsers.wording.titles import clean, is_furniture, looks_like_title

ChunkKind = Literal["heading", "caption", "list", "table", "text", "code"]
BULLETS = frozenset("-*+\u2022\u25e6\u25aa\u2023\u2043\u00b7\u25cf\u25cbo")
MIN_CELLS, MAX_CELLS = 2, 40
MAX_LEAD_WORDS = 7
MAX_LOW_WORDS = 4
LEAD = re.compile(r"^(\S[^:.]{0,80}?)(?::\s|\s[\u2013\u2014-]\s)\S")
"""A title in front of what is said about it."""
_RULE = re.compile(r"^[\s|:+=-]+$")
_TREE = re.compile(r"[\u2500-\u257f]{2}")
_SAYS = re.compile(r"[,\u00b7|]|:\s|https?:")
"""What stands in lines that tell something, and in few headings."""


class Chunk(NamedTuple):
    """Lines that belong together."""

    kind: ChunkKind
    lines: list[Line]


def cells_of(line: Line) -> list[str]:
    """The cells of a row of a table; empty for the rule below its head."""
    raw = line.raw.strip(" \n") if "\t" not in line.text else line.text
    if raw.startswith("|") or raw.count("|") > 1:
        cells = [] if _RULE.match(raw) else raw.strip("|").split("|", MAX_CELLS)
    else:
        cells = raw.split("\t", MAX_CELLS) if "\t" in raw.strip() else []
    return [cell.strip() for cell in cells[:MAX_CELLS]]


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table, or the rule below its head."""
    return len(cells_of(line)) >= MIN_CELLS or _RULE.match(line.raw) is not None


def has_bullet(line: Line) -> bool:
    """Whether a bullet stands in front of a line, and no emoji."""
    return line.glyph in BULLETS


def names_field(line: Line) -> bool:
    """Whether a line is the label of what stands below it: "Prerequisites"."""
    return heading_field(line.text.rstrip(":")) is not None


def is_counted_up(line: Line, counted: Collection[str]) -> bool:
    """Whether a line begins with a word that only this document counts by: "Path 2: ..."."""
    found = LABELLED.match(line.text)
    return found is not None and found[1].casefold() in counted


def is_skeleton(line: Line, counted: Collection[str]) -> bool:
    """Whether a line is a heading whatever stands around it: a stage, a number, a label, furniture."""
    if line.kind not in {"title", "other", "field", "duration"}:
        return False
    if is_counted_up(line, counted) or names_field(line) or stage_of(line) is not None:
        return True
    name = clean(line.text)
    return line.kind != "field" and (" " in name.number or is_furniture(name.title) or is_counted(line.text))


def is_heading(line: Line, counted: Collection[str]) -> bool:
    """Whether a line can be a heading that stands alone."""
    if is_skeleton(line, counted):
        return True
    first = line.text.partition(" ")[0]
    begins = first[:1].isdigit() or any(map(str.isupper, first))
    return line.kind == "title" and begins and not _SAYS.search(line.text)


def kind_of(line: Line, above: Chunk | None, counted: Collection[str], base: int) -> ChunkKind:
    """What a line is that stands alone.

    Args:
        line: the line.
        above: the lines that stand above it.
        counted: the words that only this document counts by.
        base: how far headings are indented at most.
    """
    listed = above is not None and above.kind == "list" and above.lines[-1].glyph == line.glyph
    if has_bullet(line) or (line.glyph and listed):
        return "list"
    if line.kind == "code" or line.indent > base:
        return "code" if line.kind == "code" else "text"
    if line.text.endswith(":") and line.kind != "field":
        return "caption"
    announced = above is not None and _announces(above) and not _begins_part(line, above)
    if announced and line.kind not in {"prose", "field"} and not _heads_stage(line):
        return "list"
    return "heading" if is_heading(line, counted) else "text"


def _announces(above: Chunk) -> bool:
    return above.kind == "caption" or (above.kind == "heading" and names_field(above.lines[0]))


def _begins_part(line: Line, above: Chunk) -> bool:
    """Whether "Chapter 1: Memory" stands below a caption that asks for nothing: what was announced is not there."""
    asks = field_of(above.lines[0].text) is not None or names_field(above.lines[0])
    return not asks and " " in clean(line.text).number


def _heads_stage(line: Line) -> bool:
    """Whether a line begins a stage and says its title."""
    stage = stage_of(line)
    return stage is not None and stage.stage is not None and stage.title != stage.stage.label


def kinds_of(run: Sequence[Line]) -> list[ChunkKind]:
    """What each of several lines is that stand together; a sentence among bullets is one of them."""
    said = [line.kind == "prose" or line.text.endswith(".") or _goes_on(line) for line in run]
    listed = sum(not each for each in said) * 2 > len(run) or has_leads(run)
    return [
        "table" if is_row(line) else "list" if line.glyph or not tells or (listed and not _goes_on(line)) else "text"
        for line, tells in zip(run, said, strict=True)
    ]


def _goes_on(line: Line) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return line.text[:1].islower() and len(line.text.split()) > MAX_LOW_WORDS


def has_leads(lines: Sequence[Line]) -> bool:
    """Whether most lines begin with a title: "Calculus: what changes, and how fast."."""
    leads = [found[1] for line in lines if (found := LEAD.match(line.text))]
    fit = sum(looks_like_title(clean(lead).title) and len(lead.split()) <= MAX_LEAD_WORDS for lead in leads)
    return fit * 3 >= len(lines) * 2


def is_code(run: Sequence[Line]) -> bool:
    """Whether lines that stand together are code, or a drawing of folders."""
    return sum(line.kind == "code" or _TREE.search(line.raw) is not None for line in run) * 2 >= len(run)
