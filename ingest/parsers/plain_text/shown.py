"""How sure it is that a plain text shows the blocks that its markup made of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.parsers.plain_text.chunks import chunks_of
from ingest.parsers.plain_text.dense import gaps, is_dense, is_marked
from ingest.parsers.plain_text.levels import is_counted
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import stage_of
from ingest.parsers.plain_text.pieces import Chunk, has_leads
from ingest.parsers.wording.titles import clean, is_furniture

MIN_HEADS = 3
MAX_NEAR = 4
MAX_TOGETHER = 5
"""Lines between two empty ones, in the mean, up to which the empty ones tell headings from lists."""
LOOSE, NESTED, SURE, TABLED, LISTED = 0.66, 0.76, 0.945, 0.96, 0.965
_RULE = re.compile(r"\s{0,8}\|?\s?:?-{2,}:?\s?\|[\s|:-]*$")
"""What stands below the head of a table."""
_CHAPTERS = re.compile(r"\bch(?:apters?)?\.?\s\d", re.IGNORECASE)
"""A textbook's way to say what comes first."""


class _Seen(NamedTuple):
    """The pieces of a document, and which of them are headings."""

    chunks: Sequence[Chunk]
    heads: Sequence[int]
    filled: Sequence[int]
    """The headings below which something stands."""

    def count(self, *kinds: str) -> int:
        """How many pieces are of these kinds."""
        return sum(chunk.kind in kinds for chunk in self.chunks)


def shows_blocks(page: Page) -> float:
    """How sure it is that empty lines, or the signs of bullets and tables, show a document's blocks."""
    if sum(line.marked for line in page.lines) > 1:
        # A wiki says itself what its headings are.
        return 0
    seen = _look(page)
    stages = sum(stage_of(seen.chunks[at].lines[0]) is not None for at in seen.filled)
    if max(stages + 1, len(seen.filled)) < MIN_HEADS or not _is_roadmap(page, seen):
        return LOOSE if any(_RULE.match(line.raw) for line in page.lines) else 0
    if is_marked(page):
        return LISTED if _lists_below(page, seen) else SURE if _kinds_of_stages(seen) < 2 else NESTED  # noqa: PLR2004
    if is_dense(page):
        if _lists_below(page, seen) and _captions_repeat(seen, "heading"):
            return LISTED
        return SURE if _captions_repeat(seen, "caption") or _led_below(seen) else 0
    return _apart(page, seen) if gaps(page) * MAX_TOGETHER >= len(page.lines) else 0


def _look(page: Page) -> _Seen:
    chunks = chunks_of(page)
    heads = [at for at, chunk in enumerate(chunks) if chunk.kind == "heading"]
    below = [chunk.kind for chunk in chunks[1:]]
    return _Seen(chunks, heads, [at for at in heads if below[at : at + 1] not in ([], ["heading"])])


def _is_roadmap(page: Page, seen: _Seen) -> bool:
    """Whether there are lists, tables, requirements or counted headings: headings over prose may be any text."""
    told = seen.count("list") + 2 * seen.count("table") + sum(_requires(line) for line in page.lines)
    lines = [seen.chunks[at].lines[0] for at in seen.heads]
    return told + sum(stage_of(line) is not None or is_counted(line.text) for line in lines) >= MIN_HEADS - 1


def _requires(line: Line) -> bool:
    """Whether a line begins with what is required."""
    return line.kind == "field" or line.text.startswith(("Requires ", "Builds on ", "Depends on "))


def _lists_below(page: Page, seen: _Seen) -> bool:
    """Whether lists stand below each of "Unit 1", "Unit 2"; a textbook's chapters are read for what they say."""
    outer = sum(" " in clean(seen.chunks[at].lines[0].text).number for at in seen.heads)
    listed = sum(chunk.kind == "table" or (chunk.kind == "list" and len(chunk.lines) > 1) for chunk in seen.chunks)
    referred = any(_CHAPTERS.search(line.raw) for line in page.lines if line.kind == "prose")
    return outer > 1 and listed >= max(outer, seen.count("text") / 2) and not referred


def _kinds_of_stages(seen: _Seen) -> int:
    stages = [stage_of(seen.chunks[at].lines[0]) for at in seen.heads]
    return len({pick.stage.kind for pick in stages if pick is not None and pick.stage is not None})


def _captions_repeat(seen: _Seen, kind: str) -> bool:
    """Whether one caption stands below several headings: "What to learn:"."""
    captions = [
        line.text.casefold()
        for chunk in seen.chunks
        if chunk.kind == kind and not is_furniture((line := chunk.lines[0]).text.rstrip(":"))
    ]
    return max(Counter(captions).values(), default=0) > 1


def _led_below(seen: _Seen) -> bool:
    """Whether bullets that begin with a title stand below several stages; what repeats there are labels."""
    lists = [chunk.lines for at in seen.heads if _begins(seen.chunks[at]) for chunk in _led_after(seen, at)]
    leads = [lead for lines in lists for line in lines if not is_furniture(lead := line.text.partition(":")[0])]
    return len(lists) > 1 and len(set(leads)) * 5 >= len(leads) * 4


def _led_after(seen: _Seen, at: int) -> Iterator[Chunk]:
    """The lists of such bullets in the next pieces of a stage."""
    for chunk in seen.chunks[at + 1 : at + 1 + MAX_NEAR]:
        if _begins(chunk):
            return
        if chunk.kind == "list" and has_leads(chunk.lines):
            yield chunk


def _begins(chunk: Chunk) -> bool:
    """Whether a piece begins a stage or a counted part."""
    line = chunk.lines[0]
    return chunk.kind == "heading" and (stage_of(line) is not None or is_counted(line.text))


def _apart(page: Page, seen: _Seen) -> float:
    """How sure it is where empty lines stand around the headings."""
    if _lists_below(page, seen):
        return LISTED
    pairs = [(seen.chunks[at].lines[0], seen.chunks[at + 1]) for at in seen.filled]
    alone = sum(below.lines[0].number - line.last > 1 for line, below in pairs)
    if alone < MIN_HEADS - 1 or alone * 2 < len(pairs):
        return SURE if _led_below(seen) else LOOSE
    tabled = sum(below.kind == "table" and stage_of(line) is not None for line, below in pairs)
    return TABLED if tabled > 1 else SURE
