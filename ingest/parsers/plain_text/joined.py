"""Tables whose cells the copy glued together: "ConceptWhy it matters", and below it "AbstractionThe mechanism ..."."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.parsers.wording.numbers import all_kinds
from ingest.words import lookup

MAX_ROW = 400
MIN_ROWS, MAX_COLUMNS = 2, 6
MAX_HEAD_WORDS = 5
_JOINT = re.compile(r"(?<=[a-z)\]?!%])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=\d)(?=[A-Z][a-z])")
"""Where one cell may end and the next begin; inside "JavaScript" too."""
_TOKEN = re.compile(r"\S+")


def glued_tables(filled: Sequence[tuple[int, str]]) -> Mapping[int, str]:
    """Line number -> its cells apart by tabs, for the lines of such tables.

    Args:
        filled: the lines that are not blank, with their numbers from 1.
    """
    found: dict[int, str] = {}
    at = 0
    while at < len(filled):
        heads = _heads(filled[at][1].strip())
        rows = _rows_below(filled, at, len(heads)) if heads else []
        if len(rows) >= MIN_ROWS:
            found[filled[at][0]] = "\t".join(heads)
            found.update({filled[at + 1 + step][0]: "\t".join(cells) for step, cells in enumerate(rows)})
        at += 1 + len(rows)
    return found


def _heads(text: str) -> list[str]:
    """The heads of a line that has several of which the first names topics or counts; else nothing."""
    if len(text) > MAX_ROW or "\t" in text or "|" in text or text.endswith((".", ":")):
        return []
    cells = [cell.strip() for cell in _JOINT.split(text)]
    first = cells[0].casefold()
    fits = lookup("columns", "columns").get(first) in {"topic", "phase"} or first in all_kinds()
    short = all(cell and len(cell.split()) <= MAX_HEAD_WORDS for cell in cells)
    return cells if fits and short and 1 < len(cells) <= MAX_COLUMNS else []


def _rows_below(filled: Sequence[tuple[int, str]], at: int, count: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for place in range(at + 1, len(filled)):
        number, raw = filled[place]
        near = number == filled[place - 1][0] + 1
        cells = _cells(raw.strip(), count) if near and len(raw) <= MAX_ROW else []
        if not cells:
            break
        rows.append(cells)
    return rows


def _cells(text: str, count: int) -> list[str]:
    """The cells of a row, or nothing when it has fewer joints than columns."""
    joints = [joint for token in _TOKEN.finditer(text) if (joint := _joint(token[0], token.start()))]
    if len(joints) < count - 1:
        return []
    ends = [0, *joints[: count - 1], len(text)]
    return [text[begin:end].strip() for begin, end in pairwise(ends)]


def _joint(token: str, start: int) -> int:
    """Where a word ends and the next begins in what stands between two spaces; 0 for one word.

    The last joint in "JavaScriptThe", the first in "controlGitHub": a name that begins small has none of its own.
    """
    found = [each.start() for each in _JOINT.finditer(token)]
    return start + (found[0] if token[0].islower() else found[-1]) if found else 0
