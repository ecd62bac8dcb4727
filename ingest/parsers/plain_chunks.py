"""The pieces of a plain text: headings, captions, lists, tables and paragraphs, told by empty lines and by each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.parsers.fields import heading_field
from ingest.parsers.plain_levels import LABELLED, is_counted
from ingest.parsers.plain_page import Line, Page
from ingest.parsers.plain_picks import stage_of
from ingest.parsers.titles import clean, is_furniture, looks_like_title

ChunkKind = Literal["heading", "caption", "list", "table", "text", "code"]
MIN_CELLS, MAX_CELLS = 2, 40
_RULE = re.compile(r"^[\s|:+=-]+$")
_TREE = re.compile(r"[\u2500-\u257f]{2}")
_SAYS = re.compile(r"[,\u00b7|]|:\s|https?:")
"""What stands in lines that tell something, and in few headings."""
_DECIMAL = re.compile(r"^\d{1,2}\.\d{1,2}\s")
_LABEL = re.compile(r"^[^\W\d][^:]{2,30}:\s\S")
LEAD = re.compile(r"^(\S[^:.]{0,80}?)(?::\s|\s[\u2013\u2014-]\s)\S")
MAX_LEAD_WORDS = 7
MAX_LOW_WORDS = 4
MAX_TITLE_WORDS = 14
_BULLETS = "-*+\u2022\u25e6\u25aa\u2023\u2043\u00b7\u25cf\u25cbo"


class Chunk(NamedTuple):
    """Lines that belong together."""

    kind: ChunkKind
    lines: Sequence[Line]


def chunks_of(page: Page) -> list[Chunk]:
    """The pieces of a document in order."""
    runs = list(_runs(page))
    base = min((line.indent for run in runs for line in run), default=0)
    single = [run[0] for run in runs if len(run) == 1]
    counted = _counted(single)
    # Where headings stand alone, lines that stand together are a list; else the first of them is its heading.
    marked, dense = is_marked(page), is_dense(page)
    alone = sum(line.kind == "title" for line in single) * 4 >= len(runs)
    found: list[Chunk] = []
    for run in runs:
        above = found[-1] if found else None
        if marked:
            made = _marked(run, counted, base)
        elif dense:
            made = _dense(run, counted)
        elif len(run) == 1:
            made = iter([Chunk(_kind_of(run[0], above, counted, base), run)])
        else:
            made = _several(run, above, counted, alone=alone)
        for chunk in made:
            if found and chunk.kind == found[-1].kind == "list" and chunk.lines[0].glyph and found[-1].lines[0].glyph:
                found[-1] = Chunk("list", [*found[-1].lines, *chunk.lines])
            elif chunk.kind != "code":
                found.append(chunk)
    if found and _can_be_title(found[0]):
        found[0] = Chunk("heading", found[0].lines)
    return _without_end(_without_subtitle(_alike(found)))


def _can_be_title(chunk: Chunk) -> bool:
    line = chunk.lines[0]
    short = len(chunk.lines) == 1 and line.kind in {"title", "other"} and len(line.text.split()) <= MAX_TITLE_WORDS
    return chunk.kind == "text" and short and line.text[-1:] not in {".", ",", ";"}


def _without_subtitle(chunks: list[Chunk]) -> list[Chunk]:
    """The line below the title as text when what stands below it is no part of it: "Third edition", "Contents"."""
    if [chunk.kind for chunk in chunks[:3]] != ["heading"] * 3:
        return chunks
    second, third = chunks[1].lines[0], chunks[2].lines[0]
    bare = stage_of(second) is None and not is_counted(second.text) and not is_furniture(clean(second.text).title)
    counted = stage_of(third) is not None or is_counted(third.text) or is_furniture(clean(third.text).title)
    return [chunks[0], Chunk("text", chunks[1].lines), *chunks[2:]] if bare and counted else chunks


def _without_end(chunks: list[Chunk]) -> list[Chunk]:
    """Without the bare lines at the end that head nothing, when most headings head something."""
    heads = [at for at, chunk in enumerate(chunks) if chunk.kind == "heading"]
    hollow = [at for at in heads if at + 1 == len(chunks) or chunks[at + 1].kind == "heading"]
    end = len(chunks)
    while end and chunks[end - 1].kind == "heading" and not is_counted(chunks[end - 1].lines[0].text):
        end -= 1
    plain = [chunk for chunk in chunks[end:] if stage_of(chunk.lines[0]) is None]
    return chunks[:end] if len(hollow) * 3 <= len(heads) and len(plain) == len(chunks) - end else chunks


def _alike(chunks: list[Chunk]) -> list[Chunk]:
    """Below a caption that stands over a list elsewhere, one line alone is a list too."""
    over = {_key(above) for above, below in pairwise(chunks) if above.kind == "heading" and below.kind == "list"}
    often = Counter(_key(chunk) for chunk in chunks if chunk.kind == "heading")
    return [
        Chunk("list", chunk.lines)
        if at
        and chunk.kind == chunks[at - 1].kind == "heading"
        and often[_key(chunk)] == 1 < often[_key(chunks[at - 1])]
        and _key(chunks[at - 1]) in over
        else chunk
        for at, chunk in enumerate(chunks)
    ]


def _key(chunk: Chunk) -> str:
    return chunk.lines[0].text.casefold()


def cells_of(line: Line) -> list[str]:
    """The cells of a row of a table; empty for the rule below its head."""
    raw = line.raw.strip(" \n")
    if raw.startswith("|") or raw.count("|") > 1:
        cells = [] if _RULE.match(raw) else raw.strip("|").split("|", MAX_CELLS)
    else:
        cells = raw.split("\t", MAX_CELLS) if "\t" in raw.strip() else []
    return [cell.strip() for cell in cells[:MAX_CELLS]]


def _runs(page: Page) -> Iterator[list[Line]]:
    """The lines between two empty ones."""
    run: list[Line] = []
    for line in page.lines:
        if line.kind == "noise" and "\t" not in line.raw.strip():
            continue
        if run and line.number > 1 and not page.source[line.number - 2].strip():
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _counted(single: Sequence[Line]) -> frozenset[str]:
    """The words that only this document counts by: "Path 1: ...", "Path 2: ..."."""
    found = [label for line in single if (label := LABELLED.match(line.text))]
    firsts = {label[1].casefold() for label in found if int(label[2]) == 1}
    return frozenset(word for label in found if int(label[2]) == 2 and (word := label[1].casefold()) in firsts)  # noqa: PLR2004


def _kind_of(line: Line, above: Chunk | None, counted: Collection[str], base: int) -> ChunkKind:
    """What a line is that stands alone."""
    listed = above is not None and above.kind == "list" and above.lines[-1].glyph == line.glyph
    if line.glyph and (line.glyph in _BULLETS or listed):
        return "list"
    if line.indent > base + 1 or line.kind == "code":
        return "text" if line.kind != "code" else "code"
    if line.text.endswith(":") and line.kind != "field":
        return "caption"
    announced = above is not None and (
        above.kind == "caption" or (above.kind == "heading" and names_field(above.lines[0]))
    )
    if announced and line.kind not in {"prose", "field"} and not _heads_stage(line):
        return "list"
    return "heading" if _is_heading(line, counted) else "text"


def _heads_stage(line: Line) -> bool:
    """Whether a line begins a stage and says its title."""
    stage = stage_of(line)
    return stage is not None and stage.stage is not None and stage.title != stage.stage.label


def _is_heading(line: Line, counted: Collection[str]) -> bool:
    if line.kind not in {"title", "other", "field", "duration"}:
        return False
    labelled = LABELLED.match(line.text)
    if labelled is not None and labelled[1].casefold() in counted:
        return True
    name = clean(line.text)
    label = " " in name.number or is_furniture(name.title)
    if names_field(line) or stage_of(line) is not None or (line.kind != "field" and (label or is_counted(line.text))):
        return True
    if line.kind != "title" or not (line.text[:1].isdigit() or any(map(str.isupper, line.text.partition(" ")[0]))):
        return False
    return not _SAYS.search(line.text)


def names_field(line: Line) -> bool:
    """Whether a line is the label of what stands below it: "Prerequisites"."""
    return heading_field(line.text.rstrip(":")) is not None


def is_marked(page: Page) -> bool:
    """Whether bullets and tables kept their signs, so that other short lines are headings."""
    rows = sum(len(cells_of(line)) >= MIN_CELLS for line in page.lines)
    bullets = sum(line.glyph != "" and line.glyph in _BULLETS for line in page.lines)
    apart = sum(page.blank_before(at) for at in range(1, len(page.lines)))
    tabled = rows * 4 >= len(page.lines) > apart * 4
    return tabled or bullets * 5 > len(page.lines) - rows


def _marked(run: Sequence[Line], counted: Collection[str], base: int) -> Iterator[Chunk]:
    """The pieces of lines of which bullets and rows have their signs."""
    kinds = [_marked_kind(line, counted, base) for line in run]
    outline = sum(_DECIMAL.match(line.text) is not None for line in run) > 1
    for at in () if outline else _steps(run, kinds):
        kinds[at] = "list"
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and kinds[end] == kinds[at] and kinds[at] in {"list", "table", "code"}:
            end += 1
        yield Chunk(kinds[at], run[at:end])
        at = end


def is_dense(page: Page) -> bool:
    """Whether hardly an empty line is left."""
    return sum(page.blank_before(at) for at in range(1, len(page.lines))) * 8 < len(page.lines)


def _dense(run: Sequence[Line], counted: Collection[str]) -> Iterator[Chunk]:
    """The pieces of lines that lost empty lines and bullets: what stands around a bare line says what it is."""
    kinds = [_dense_kind(line, counted) for line in run]
    for at in _steps(run, kinds):
        kinds[at] = "list"
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and kinds[end] == kinds[at] and kinds[at] != "heading" and kinds[at] != "caption":
            end += 1
        if kinds[at] == "list" and end < len(run) and kinds[end] in {"text", "table"} and _is_heading(run[end - 1], counted):
            # The last bare line above a sentence is its heading.
            if end - 1 > at:
                yield Chunk("list", run[at : end - 1])
            yield Chunk("heading", run[end - 1 : end])
        else:
            yield Chunk(kinds[at], run[at:end])
        at = end


def _dense_kind(line: Line, counted: Collection[str]) -> ChunkKind:
    if len(cells_of(line)) >= MIN_CELLS or _RULE.match(line.raw):
        return "table"
    if line.kind == "code":
        return "code"
    if line.text.endswith(":") and line.kind != "field":
        return "caption"
    if stage_of(line) is not None or names_field(line) or (line.kind in {"title", "other"} and is_counted(line.text)):
        return "heading"
    if line.kind in {"title", "other"} and (
        line.repeated or " " in clean(line.text).number or is_furniture(line.text)
    ):
        return "heading"
    labelled = LABELLED.match(line.text)
    if labelled is not None and labelled[1].casefold() in counted:
        return "heading"
    if (line.kind == "prose" or line.text.endswith(".")) and not LEAD.match(line.text):
        return "text"
    return "list" if line.kind in {"title", "other", "prose"} else "text"


def _steps(run: Sequence[Line], kinds: Sequence[ChunkKind]) -> Iterator[int]:
    """The lines of a counted list: one stands directly below another, or below what is nested in it."""
    row: list[int] = []
    for at in range(len(run) + 1):
        if at < len(run) and kinds[at] == "heading" and is_counted(run[at].text) and not run[at].glyph:
            row.append(at)
        elif at == len(run) or not run[at].glyph:
            if any(high == low + 1 for low, high in pairwise(row)):
                yield from row
            row = []


def _marked_kind(line: Line, counted: Collection[str], base: int) -> ChunkKind:
    if len(cells_of(line)) >= MIN_CELLS or _RULE.match(line.raw):
        return "table"
    return _kind_of(line, None, counted, base)


def _several(run: list[Line], above: Chunk | None, counted: Collection[str], *, alone: bool) -> Iterator[Chunk]:
    """The pieces of lines between which no empty line stands."""
    if _is_code(run):
        return
    first = run[0]
    if _heads(run, above, counted, alone=alone):
        yield Chunk("caption" if first.text.endswith(":") else "heading", run[:1])
        run = run[1:]
    kinds = _kinds_in(run)
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and kinds[end] == kinds[at]:
            end += 1
        yield Chunk(kinds[at], run[at:end])
        at = end


def _kinds_in(run: Sequence[Line]) -> list[ChunkKind]:
    """What each of several lines is; a sentence among bullets is one of them."""
    rows = [len(cells_of(line)) >= MIN_CELLS or _RULE.match(line.raw) is not None for line in run]
    said = [line.kind == "prose" or line.text.endswith(".") or _goes_on(line) for line in run]
    listed = sum(not each for each in said) * 2 > len(run) or has_leads(run)
    return [
        "table" if row else "list" if line.glyph or not tells or (listed and not _goes_on(line)) else "text"
        for line, row, tells in zip(run, rows, said, strict=True)
    ]


def _goes_on(line: Line) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return line.text[:1].islower() and len(line.text.split()) > MAX_LOW_WORDS


def has_leads(lines: Sequence[Line]) -> bool:
    """Whether most lines begin with a title: "Calculus: what changes, and how fast."."""
    leads = [found[1] for line in lines if (found := LEAD.match(line.text))]
    fit = sum(looks_like_title(clean(lead).title) and len(lead.split()) <= MAX_LEAD_WORDS for lead in leads)
    return fit * 3 >= len(lines) * 2


def _heads(run: Sequence[Line], above: Chunk | None, counted: Collection[str], *, alone: bool) -> bool:
    """Whether the first of several lines is the heading of the others."""
    first, second = run[0], run[1]
    if first.glyph or first.kind in {"prose", "code"} or len(cells_of(first)) >= MIN_CELLS:
        return False
    if first.text.endswith(":") or second.glyph:
        return first.text.endswith(":") or _is_heading(first, counted)
    if not _is_heading(first, counted):
        return False
    if not alone:
        return len(run) > MIN_CELLS or second.kind in {"prose", "field"}
    headed = above is not None and above.kind in {"heading", "caption"}
    tells = not headed and len(run) == MIN_CELLS and _LABEL.match(second.text) is not None
    return second.kind == "field" or tells or "list" not in _kinds_in(run[1:])


def _kind_in(run: Sequence[Line], at: int) -> ChunkKind:
    line = run[at]
    if len(cells_of(line)) >= MIN_CELLS or _RULE.match(line.raw):
        return "table"
    if line.glyph or not (line.kind == "prose" and len(line.text.split()) > 12):
        return "list" if not line.text[:1].islower() or line.glyph else "text"
    return "text"


def _is_code(run: Sequence[Line]) -> bool:
    code = sum(line.kind == "code" or _TREE.search(line.raw) is not None for line in run)
    return code * 2 >= len(run)
