"""Plain text whose depth is drawn: bullets, indentation, trees, boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.parsers.markdown.tokens import MAX_NESTING
from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import Pick, pick_of, stage_of
from ingest.parsers.wording.titles import is_furniture

_BRANCH = re.compile(
    r"^([\s\u2502\u2503|]*)(?:[\u251c\u2514\u2570\u2523\u2517\u2560\u255a\u256d+`\\|][\u2500\u2501\u2550-]{1,4}[>\s]?|[|`+\\]_{1,3}\s)\s*(?=\S)"
)
_WALL = re.compile(r"[|\u2502\u2503\u2551]")
_FLOOR = re.compile(r"[-=+\u2500-\u257f]{3,}")
_FILE = re.compile(r"\.(?:py|js|ts|jsx|tsx|java|c|h|cpp|go|rs|json|ya?ml|toml|lock|css|html?|sh|cfg|ini|xml)$")
MIN_LINES = 3
MAX_DOTTED = 7
"""Words of a bullet that may be a title although a full stop ends it."""


def bullets(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines behind a bullet; deeper by indentation, else by the glyphs in the order they first appear."""
    at_glyph = [
        at
        for at, line in enumerate(page.lines)
        if line.glyph and line.kind in {"title", "other", "field", "prose", "code"}
    ]
    own = [at for at in at_glyph if page.lines[at].kind != "field"]
    if len(own) < MIN_LINES:
        return {}
    indents = _levels([page.lines[at].indent for at in own])
    glyphs = list(dict.fromkeys(page.lines[at].glyph for at in own))
    flat = max(indents.values()) == 0
    # Where many bullets end in a full stop, it is the author's habit and makes no sentence.
    habit = sum(page.lines[at].text.endswith(".") for at in own) * 4 >= len(own)
    found: dict[int, Sequence[Pick]] = {}
    for at in own:
        line = page.lines[at]
        if indents[line.indent] >= MAX_NESTING:
            continue
        if habit and line.kind == "prose" and len(line.text.split()) <= MAX_DOTTED:
            line = line._replace(text=line.text.rstrip("."), kind="title")
        pick = pick_of(line, level=glyphs.index(line.glyph) if flat else indents[line.indent])
        sentence = line.kind == "prose" and not line.text.endswith("?")
        if pick is not None and not (sentence and not pick.description):
            found[at] = [pick]
    return found if len(found) * 5 >= len(own) * 3 else {}


def indented(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines of an outline drawn by tabs or spaces alone."""
    own = [
        at for at, line in enumerate(page.lines) if line.kind == "title" and not line.glyph and stage_of(line) is None
    ]
    if len(own) <= MIN_LINES:
        return {}
    stages = any(stage_of(line) is not None for line in page.lines)
    open_: list[int] = []
    levels: dict[int, int] = {}
    for at in own:
        indent = page.lines[at].indent
        while open_ and open_[-1] >= indent:
            open_.pop()
        levels[at] = len(open_)
        open_.append(indent)
    if sum(level > 0 for level in levels.values()) < MIN_LINES - 1:
        # A centred title is no outline.
        return {}
    tops = [at for at in own if levels[at] == 0]
    if len(tops) > 1 and tops[:2] == own[:2] and not stages:
        # The first line has nothing below it: the title of the whole.
        del levels[own[0]]
        own, tops = own[1:], tops[1:]
    root = tops[0] if len(tops) == 1 and tops[0] == own[0] == 0 and not stages else None
    return {
        at: [pick]
        for at in own
        if at != root
        and levels[at] < MAX_NESTING
        and (pick := pick_of(page.lines[at], level=levels[at] - (root is not None))) is not None
    }


def tree(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The lines of a tree drawing."""
    columns: dict[int, int] = {}
    texts: dict[int, str] = {}
    for at, line in enumerate(page.lines):
        wide = line.raw.expandtabs(4)
        found = _BRANCH.match(wide[:400])
        if found is not None:
            columns[at], texts[at] = len(found[1]), wide[found.end() :].strip().rstrip("/")
    if len(columns) < MIN_LINES or sum(_FILE.search(text) is not None for text in texts.values()) * 3 > len(texts):
        return {}
    ranks = _levels(list(columns.values()))
    first = min(columns)
    roots = [at for at, line in enumerate(page.lines) if at not in columns and line.name and at + 1 in columns]
    # A single one in the first line is the title of the whole.
    several = len(roots) > 1 or (len(roots) == 1 and roots[0] > 0 and not is_furniture(page.lines[roots[0]].text))
    found_: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines):
        pick = None
        if at in columns:
            pick = pick_of(line, texts[at], ranks[columns[at]] + several)
        elif several and at in roots and (at >= first or at == roots[0]):
            pick = pick_of(line) if stage_of(line) is None else None
        if pick is not None:
            found_[at] = [pick]
    return found_


def boxes(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The words inside boxes drawn by signs; two lines in one box are one title."""
    found: dict[int, Sequence[Pick]] = {}
    floors = {
        at for at, line in enumerate(page.lines) if _FLOOR.search(line.raw) and not any(map(str.isalnum, line.raw))
    }
    if len(floors) < 2:  # noqa: PLR2004
        return {}
    for at, line in enumerate(page.lines):
        if at in floors or not _WALL.search(line.raw) or at - 1 not in floors:
            continue
        cells = [cell.strip() for cell in _WALL.split(line.raw) if cell.strip(" -=>\u2500\u25ba\u2192v^")]
        picks = [pick for cell in cells if (pick := pick_of(line, cell)) is not None]
        if picks:
            found[at] = picks
    return found


def _levels(values: Sequence[int]) -> dict[int, int]:
    return {value: rank for rank, value in enumerate(sorted(set(values)))}


def too_deep(page: Page) -> Line | None:
    """The first line that is nested deeper than is read, by bullets or spaces; None when there is none."""
    indents = _levels([line.indent for line in page.lines if line.kind != "code"])
    return next((line for line in page.lines if indents.get(line.indent, 0) >= MAX_NESTING), None)


def is_drawing(line: Line) -> bool:
    """Whether a line is part of a drawing and holds no words."""
    return not any(map(str.isalnum, line.raw))
