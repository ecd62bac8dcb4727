"""Mermaid as statements with their places: front matter, comments and the kind of drawing are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_JOINED = 30
"""Lines that one quoted label may take."""
_KIND = re.compile(
    r"^\s*(graph|flowchart(?:-elk)?|mindmap|sequenceDiagram|classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|gantt"
    r"|pie|journey|timeline|gitGraph|quadrantChart|requirementDiagram|sankey(?:-beta)?|xychart(?:-beta)?"
    r"|block(?:-beta)?|packet(?:-beta)?|kanban|architecture(?:-beta)?|radar(?:-beta)?|treemap(?:-beta)?"
    r"|zenuml|info|C4\w+)(?![\w-])",
)
_TITLE = re.compile(r"^\s*title\s*:\s*(.+?)\s*$", re.IGNORECASE)


class Statement(NamedTuple):
    """One statement."""

    text: str
    start: int
    """Where it begins in the source."""
    indent: int = 0
    """Columns in front of it."""


class Script(NamedTuple):
    """A source in statements."""

    kind: str
    """graph, mindmap, or another kind of drawing; empty when the source does not say."""
    kind_at: int
    title: str
    statements: list[Statement]
    comments: list[str]


def script_of(source: str) -> Script:
    """Cut a source."""
    kind, kind_at, title = "", 0, ""
    statements: list[Statement] = []
    comments: list[str] = []
    front = False
    started = False
    for line, start in _lines(source):
        words = line.strip()
        if words == "---" and not kind and (front or not started):
            front, started = not front, True
            continue
        started = started or bool(words)
        if front:
            named = _TITLE.match(line)
            title = named[1].strip("\"'") if named is not None else title
        elif words.startswith("%%"):
            if not words.startswith("%%{"):
                comments.append(words.removeprefix("%%"))
        elif not kind and (found := _KIND.match(line)) is not None:
            kind, kind_at = _family(found[1]), start
            statements += _rest(line, start, found.end()) if kind == "graph" else []
        elif words:
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            parts = _parts(line, start) if kind != "mindmap" else [(line, start)]
            statements += [_statement(part, at, indent) for part, at in parts if part.strip()]
    return Script(kind, kind_at, title, statements, comments)


def _family(kind: str) -> str:
    return "graph" if kind.startswith(("graph", "flowchart")) else kind


def _rest(line: str, start: int, end: int) -> list[Statement]:
    """What stands behind the direction in the first line: `graph TD; A-->B`."""
    at = line.find(";", end)
    parts = _parts(line[at + 1 :], start + at + 1) if at >= 0 else []
    return [_statement(part, place, 0) for part, place in parts if part.strip()]


def _statement(part: str, at: int, indent: int) -> Statement:
    lead = len(part) - len(part.lstrip())
    return Statement(part.strip(), at + lead, indent)


def _lines(source: str) -> Iterator[tuple[str, int]]:
    """Lines with their places; one whose quote is open goes on in the next."""
    lines = source.split("\n")
    start = at = 0
    while at < len(lines):
        count = 1
        quotes = lines[at].count('"')
        if quotes % 2 and not lines[at].lstrip().startswith("%%"):
            while count < MAX_JOINED and at + count < len(lines) and quotes % 2:
                quotes += lines[at + count].count('"')
                count += 1
            count = 1 if quotes % 2 else count
        line = "\n".join(lines[at : at + count])
        yield line, start
        start += len(line) + 1
        at += count


def _parts(line: str, start: int) -> list[tuple[str, int]]:
    """The statements of a line: a semicolon outside quotes and brackets ends one."""
    if ";" not in line:
        return [(line, start)]
    parts: list[tuple[str, int]] = []
    quoted, depth, at = False, 0, 0
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "[({":
            depth += 1
        elif not quoted and sign in "])}":
            depth -= 1
        elif sign == ";" and not quoted and depth <= 0:
            parts.append((line[at:place], start + at))
            at = place + 1
    return [*parts, (line[at:], start + at)]
