"""Drawings that lost the fence around them: a flowchart's or a graph's lines in the middle of a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parsers.drawings import Fence

_FLOW = re.compile(r"^\s{0,8}(?:flowchart|graph)\s+(?:LR|RL|TD|TB|BT)\s*;?\s*$")
_DOT = re.compile(r"^\s{0,8}(?:strict\s+)?digraph\b[^{}\n]{0,80}\{\s*$")
_FLOWS = re.compile(
    r"--+>|---|-\.+->?|==+>|^\s*(?:subgraph|end|classDef|class|style|linkStyle|click|direction|%%)\b"
    r"|^\s*[\w-]{1,60}\s?(?:\[|\(|\{|>)[^\n]{1,300}[\])}](?:\s?:::\s?\w{1,40})?\s*;?\s*$"
)
MIN_LINES = 2


def bare_drawings(lines: Sequence[str]) -> Iterator[Fence]:
    """Where the drawings stand, as if they were fenced."""
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end - at > MIN_LINES:
            language = "dot" if _DOT.match(lines[at]) else "mermaid"
            heading = next((near + 1 for near in range(at - 1, -1, -1) if lines[near].strip()), 0)
            yield Fence(language, at + 1, end, heading)
        at = max(end, at + 1)


def without(lines: Sequence[str], drawings: Sequence[Fence]) -> Sequence[str]:
    """The lines with those of the drawings empty."""
    if not drawings:
        return lines
    left = list(lines)
    for each in drawings:
        left[each.first - 1 : each.last] = [""] * (each.last - each.first + 1)
    return left


def _end(lines: Sequence[str], at: int) -> int:
    """Behind the last line of the drawing that begins here; here when none does."""
    end = at + 1
    if "graph" in lines[at] and _DOT.match(lines[at]):
        while end < len(lines) and not lines[end].startswith("}"):
            end += 1
        return end + 1 if end < len(lines) else at
    if ("flowchart" in lines[at] or "graph" in lines[at]) and _FLOW.match(lines[at]):
        last = end
        while end < len(lines) and (not lines[end].strip() or _FLOWS.search(lines[end][:400])):
            end += 1
            last = end if lines[end - 1].strip() else last
        return last
    return at
