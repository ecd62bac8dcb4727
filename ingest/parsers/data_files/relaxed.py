"""JSON as people write it by hand: with comments and commas behind the last value."""

from __future__ import annotations

import re

_REMARK = re.compile(
    r""""[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|//[^\n]*|/\*.*?(?:\*/|\Z)""", re.DOTALL
)
_LAST_COMMA = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|,(?=\s*[}\]])')
_INK = re.compile(r"[^\n]")


def strict(text: str) -> str:
    """The text with blanks where comments and last commas were, so that every place stays what it was."""
    bare = _REMARK.sub(lambda found: _INK.sub(" ", found[0]) if found[0][0] == "/" else found[0], text)
    return _LAST_COMMA.sub(lambda found: " " if found[0] == "," else found[0], bare)
