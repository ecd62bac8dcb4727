"""Syllabi whose units are paragraphs: "UNIT II TREES 9" above "Tree ADT - Traversals - Heaps - Hashing."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import STAGE, Pick, pick_of
from ingest.parsers.wording.numbers import number_of_word
from ingest.parsers.wording.phases import PhaseName
from ingest.parsers.wording.titles import clean
from ingest.words import lookup

MIN_PARTS, MIN_UNITS = 4, 3
MAX_PART = 90
MAX_LINES = 40
"""Lines of one paragraph, at most."""
_DASH = re.compile(r"\s+(?:\u2013|\u2014|-{1,2})\s+")
_UNIT = re.compile(
    r"^([^\W\d_]{3,9})\s*[-\u2013\u2014]?\s*(\d{1,2}|[IVX]{1,5})\b\s*[:.\u2013\u2014-]?\s*(\S.{0,120}?)?(?:\s+\(?\d{1,3}(?:\s?(?:hours|hrs|periods))?\.?\)?)?$",
    re.IGNORECASE,
)


def units(page: Page) -> list[Pick]:
    """The units as stages with the pieces of their paragraphs as topics; empty when there are fewer than three."""
    found: list[Pick] = []
    count = 0
    for at, line in enumerate(page.lines):
        stage = _stage(line)
        pieces = _pieces(page, at + 1) if stage is not None else []
        if stage is not None and len(pieces) >= MIN_PARTS:
            count += 1
            found += [stage, *pieces]
    return found if count >= MIN_UNITS else []


def _stage(line: Line) -> Pick | None:
    match = _UNIT.match(line.text) if line.kind in {"title", "other", "field", "duration"} else None
    word = match[1].casefold() if match is not None else ""
    kind = lookup("phases", "kinds").get(word) or lookup("phases", "numbered").get(word)
    number = number_of_word(match[2]) if match is not None and kind is not None else None
    if match is None or kind is None or number is None:
        return None
    label, title = line.text[: match.end(2)], clean(match[3] or "").title
    return Pick(line, title or label, STAGE, stage=PhaseName(label, title or label, kind, number, number))


def _pieces(page: Page, at: int) -> list[Pick]:
    """The topics of the paragraph that begins at a line; a piece belongs to the line in which it begins."""
    found: list[Pick] = []
    open_, begun = "", None
    for line in page.lines[at : at + MAX_LINES]:
        parts = _DASH.split(" ".join(line.raw.split()))
        goes_on = begun is not None and not open_.endswith(".")
        if (len(parts) == 1 and not (goes_on and line.text.endswith("."))) or _stage(line) is not None:
            break
        open_, begun = (f"{open_} {parts[0]}", begun) if goes_on else (parts[0], line)
        for part in parts[1:]:
            found += _pick(begun or line, open_)
            open_, begun = part, line
    return [*found, *(_pick(begun, open_) if begun is not None else [])]


def _pick(line: Line, text: str) -> Sequence[Pick]:
    pick = pick_of(line, text.strip(" .,;"), split=False) if len(text) <= MAX_PART else None
    return [pick] if pick is not None else []
