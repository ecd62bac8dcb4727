"""What stands in a Mermaid label, and the signs around it that say the shape."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.parsers.dot.model import without_tags

_ENTITY = re.compile(r"#(\w{1,12});")
_ICON = re.compile(r"\bfa[bklrs]?:fa-[\w-]+")
_MARKDOWN = re.compile(r"\*{1,3}|__|~~")
_PROPERTY = re.compile(r"(\w+)\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^,}\n]*))")
_SHAPES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("(((", (")))",), "circle"),
    ("((", ("))",), "circle"),
    ("([", ("])",), "stadium"),
    ("[[", ("]]",), "subroutine"),
    ("[(", (")]",), "cylinder"),
    ("[/", ("/]", "\\]"), "slanted"),
    ("[\\", ("\\]", "/]"), "slanted"),
    ("{{", ("}}",), "hexagon"),
    ("{", ("}",), "diamond"),
    ("[", ("]",), "box"),
    ("(", (")",), "round"),
    (">", ("]",), "flag"),
)
_MIND_SHAPES = (("))", ("((",), "bang"), (")", ("(",), "cloud"))


class Shaped(NamedTuple):
    """A label in its shape."""

    label: str
    """Plain text, lines apart."""
    shape: str
    end: int
    """Where the text behind it begins."""


def shaped_at(text: str, at: int, *, mind: bool = False) -> Shaped | None:
    """The shape that begins at a place, or None when none begins or it is not closed."""
    if text.startswith("@{", at):
        return _properties(text, at)
    for opening, closings, shape in (*(_MIND_SHAPES if mind else ()), *_SHAPES):
        if not text.startswith(opening, at):
            continue
        quote = text.find('"', at + len(opening))
        inside = at + len(opening)
        if quote >= 0 and not text[inside:quote].strip():
            last = text.find('"', quote + 1)
            after = last + 1 if last >= 0 else inside
        else:
            after = inside
        ends = [(found, closing) for closing in closings if (found := text.find(closing, after)) >= 0]
        if ends:
            end, closing = min(ends)
            return Shaped(plain_label(text[inside:end]), shape, end + len(closing))
    return None


def plain_label(written: str) -> str:
    """The plain text of a label as written, lines apart."""
    text = written.strip()
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        text = text[1:-1].strip()
    if text[:1] == text[-1:] == "`" and len(text) > 1:
        text = _MARKDOWN.sub("", text[1:-1])
    text = _ICON.sub("", text.replace("\\n", "\n").replace("**", ""))
    return without_tags(_ENTITY.sub(_character, text) if "#" in text else text)


def _character(found: re.Match[str]) -> str:
    return f"&#{found[1]};" if found[1].isdigit() else f"&{found[1]};"


def _properties(text: str, at: int) -> Shaped | None:
    end = text.find("}", at)
    if end < 0:
        return None
    given = {each[1]: each[2] or each[3] or each[4] or "" for each in _PROPERTY.finditer(text, at + 2, end)}
    shape = given.get("shape", "").strip()
    shape = {"diam": "diamond", "decision": "diamond", "question": "diamond"}.get(shape, shape)
    return Shaped(plain_label(given.get("label", "")), shape, end + 1)
