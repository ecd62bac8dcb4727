"""Boxes that site builders and note programs draw around "Prerequisites": they are read as if they had no frame."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.wording.fields import heading_field

_INDENTED = re.compile(r'(?:!!!|\?\?\?\+?)\s+[\w -]{1,30}?\s+"([^"]{1,60})"\s*')
_FENCED = re.compile(r":{3,}\s*[\w-]{1,30}(?:\s+([^\[\]{}]{1,60})|\[([^\[\]]{1,60})\])\s*")
_QUOTED = re.compile(r">\s*\[![\w|-]{1,30}\][+-]?\s+(\S[^\n]{0,60})")
_STEP = 4


def without_boxes(lines: Sequence[str]) -> Sequence[str]:
    """The lines, as many as before, in which a box titled "Prerequisites" is a label above its text."""
    if not any(line.startswith(("!!!", "???", ":::", "> [!", ">[!")) for line in lines):
        return lines
    found: list[str] = []
    kind = ""
    for line in lines:
        opened = _opened(line)
        if opened is not None:
            kind, title = opened
            found.append(f"**{title}:**")
        elif kind and _ends(kind, line):
            found.append("" if kind == ":" else line)
            kind = ""
        else:
            found.append(_inside(kind, line))
    return found


def _opened(line: str) -> tuple[str, str] | None:
    """(sign of the kind, title) of a line that opens a box whose title says what its text is."""
    pattern = {"!": _INDENTED, "?": _INDENTED, ":": _FENCED, ">": _QUOTED}.get(line[:1])
    found = pattern.fullmatch(line.rstrip()) if pattern is not None else None
    title = next((group.strip() for group in found.groups() if group), "") if found is not None else ""
    return (line[0], title.strip(" :*_")) if title and heading_field(title.strip(" *_")) is not None else None


def _ends(kind: str, line: str) -> bool:
    if kind == ":":
        return line.startswith(":::")
    if kind == ">":
        return not line.startswith(">")
    return bool(line.strip()) and not line.startswith((" ", "\t"))


def _inside(kind: str, line: str) -> str:
    if kind == ">":
        return line[1:].removeprefix(" ")
    if kind in ("!", "?"):
        return line[1:] if line.startswith("\t") else line[min(_STEP, len(line) - len(line.lstrip(" "))) :]
    return line
