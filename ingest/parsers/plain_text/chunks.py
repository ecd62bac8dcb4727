"""The pieces of a plain text, told by its empty lines: headings, captions, lists, tables and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from ingest.parsers.plain_text.dense import dense, is_dense, is_marked, marked
from ingest.parsers.plain_text.levels import LABELLED, is_counted
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import stage_of
from ingest.parsers.plain_text.pieces import MIN_CELLS, Chunk, is_code, is_heading, is_row, kind_of, kinds_of
from ingest.parsers.wording.titles import clean, is_furniture

MAX_TITLE_WORDS = 14
_LABEL = re.compile(r"^[^\W\d][^:]{2,30}:\s\S")


def chunks_of(page: Page) -> list[Chunk]:
    """The pieces of a document in order."""
    runs = list(_runs(page))
    base = min((line.indent for run in runs for line in run), default=0) + 1
    single = [run[0] for run in runs if len(run) == 1]
    counted = _counted(single)
    signs, close = is_marked(page), is_dense(page)
    # Where headings stand alone, lines that stand together are a list; else the first of them is its heading.
    alone = sum(line.kind == "title" for line in single) * 4 >= len(runs)
    found: list[Chunk] = []
    for run in runs:
        above = found[-1] if found else None
        if signs or close:
            _add(marked(run, counted, base) if signs else dense(run, counted), found)
        elif len(run) == 1:
            _add([Chunk(kind_of(run[0], above, counted, base), run)], found)
        elif not is_code(run):
            _add(_several(run, above, counted, alone=alone), found)
    if found and _can_be_title(found[0]):
        found[0] = Chunk("heading", found[0].lines)
    return _without_end(_without_hollow(_without_site(_without_subtitle(_alike(found)))))


def _add(made: Iterator[Chunk] | Sequence[Chunk], found: list[Chunk]) -> None:
    """Add pieces; bullets apart by an empty line are one list."""
    for chunk in made:
        if found and chunk.kind == found[-1].kind == "list" and chunk.lines[0].glyph and found[-1].lines[0].glyph:
            found[-1].lines.extend(chunk.lines)
        elif chunk.kind != "code":
            found.append(chunk)


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


def _several(run: list[Line], above: Chunk | None, counted: Collection[str], *, alone: bool) -> Iterator[Chunk]:
    """The pieces of lines between which no empty line stands."""
    if _is_headed(run, above, counted, alone=alone):
        yield Chunk("caption" if run[0].text.endswith(":") else "heading", run[:1])
        run = run[1:]
    kinds = kinds_of(run)
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and kinds[end] == kinds[at]:
            end += 1
        yield Chunk(kinds[at], run[at:end])
        at = end


def _is_headed(run: Sequence[Line], above: Chunk | None, counted: Collection[str], *, alone: bool) -> bool:
    """Whether the first of several lines is the heading of the others."""
    first, second = run[0], run[1]
    if first.glyph or first.kind in {"prose", "code"} or is_row(first):
        return False
    if first.text.endswith(":") or not is_heading(first, counted):
        return first.text.endswith(":")
    if second.glyph or second.kind == "field":
        return True
    if not alone:
        return len(run) > MIN_CELLS or second.kind == "prose"
    headed = above is not None and above.kind in {"heading", "caption"}
    tells = not headed and len(run) == MIN_CELLS and _LABEL.match(second.text) is not None
    return tells or "list" not in kinds_of(run[1:])


def _alike(chunks: list[Chunk]) -> list[Chunk]:
    """Below a caption that stands over a list elsewhere, one line alone is a list too."""
    over = {_key(above) for above, below in pairwise(chunks) if above.kind == "heading" and below.kind == "list"}
    often = Counter(_key(chunk) for chunk in chunks if chunk.kind == "heading")
    made = chunks[:1]
    for above, chunk in pairwise(chunks):
        listed = (
            chunk.kind == above.kind == "heading"
            and often[_key(chunk)] == 1 < often[_key(above)]
            and _key(above) in over
        )
        made.append(Chunk("list", chunk.lines) if listed else chunk)
    return made


def _key(chunk: Chunk) -> str:
    return chunk.lines[0].text.casefold()


def _can_be_title(chunk: Chunk) -> bool:
    line = chunk.lines[0]
    short = len(chunk.lines) == 1 and line.kind in {"title", "other"} and len(line.text.split()) <= MAX_TITLE_WORDS
    return chunk.kind == "text" and short and line.text[-1:] not in {".", ",", ";"}


def _without_subtitle(chunks: list[Chunk]) -> list[Chunk]:
    """The line below the title as text when what stands below it is no part of it: "Third edition", "Contents"."""
    if [chunk.kind for chunk in chunks[:3]] != ["heading"] * 3 or _is_fixed(chunks[1]) or not _is_fixed(chunks[2]):
        return chunks
    return [chunks[0], Chunk("text", chunks[1].lines), *chunks[2:]]


def _without_site(chunks: list[Chunk]) -> list[Chunk]:
    """Without the bare headings in front of the first stage that head nothing: what a site says again of its page."""
    first = next((at for at, chunk in enumerate(chunks) if chunk.kind == "heading" and _begins_stage(chunk)), 0)
    titles = {_key(chunk) for chunk in chunks[:first] if chunk.kind == "heading"}
    said = [at for at in range(first) if chunks[at].kind == "list" and _repeats(chunks[at], titles)]
    if said:
        return _without_site([chunk for at, chunk in enumerate(chunks) if at not in said])
    keys = Counter(_key(chunk) for chunk in chunks[:first])
    gone = {
        at
        for at in range(1, first)
        if chunks[at].kind == chunks[at + 1].kind == "heading"
        and not _is_fixed(chunks[at])
        and (at + 1 < first or keys[_key(chunks[at])] > 1)
    }
    return [chunk for at, chunk in enumerate(chunks) if at not in gone]


def _repeats(chunk: Chunk, titles: Collection[str]) -> bool:
    return all(line.text.casefold() in titles and not line.glyph for line in chunk.lines)


def _begins_stage(chunk: Chunk) -> bool:
    return stage_of(chunk.lines[0]) is not None


def _without_hollow(chunks: list[Chunk]) -> list[Chunk]:
    """The few bare headings as text that stand right above others, when nearly all head something."""
    heads = [at for at, chunk in enumerate(chunks) if at and chunk.kind == "heading"]
    hollow = {
        at
        for at in heads
        if chunks[at + 1 : at + 2]
        and chunks[at + 1].kind == "heading"
        and not _is_fixed(chunks[at])
        and not _is_fixed(chunks[at + 1])
    }
    if len(hollow) * 5 > len(heads):
        return chunks
    return [Chunk("text", chunk.lines) if at in hollow else chunk for at, chunk in enumerate(chunks)]


def _is_fixed(chunk: Chunk) -> bool:
    """Whether a heading is one by its words: a stage, counted, furniture."""
    line = chunk.lines[0]
    return stage_of(line) is not None or is_counted(line.text) or is_furniture(clean(line.text).title)


def _without_end(chunks: list[Chunk]) -> list[Chunk]:
    """Without the bare lines at the end that head nothing, when most headings head something."""
    heads = [at for at, chunk in enumerate(chunks) if chunk.kind == "heading"]
    hollow = [at for at in heads if at + 1 == len(chunks) or chunks[at + 1].kind == "heading"]
    end = len(chunks)
    while end and chunks[end - 1].kind == "heading" and not is_counted(chunks[end - 1].lines[0].text):
        end -= 1
    stages = any(stage_of(chunk.lines[0]) is not None for chunk in chunks[end:])
    return chunks[:end] if len(hollow) * 3 <= len(heads) and not stages else chunks
