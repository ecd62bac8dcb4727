"""Text of documents as text: titles and quotes may look like Markdown, and Streamlit would read it."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>#$~|!])")
_DIRECTIVE = re.compile(r":(?=[\w/+\-]+[:\[])")
"""A colon that would begin an icon, an emoji or a colour. These are looked for after escapes were taken off, so only a
character in between stops them."""
_BLOCK = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    r"""The same words on one line, for any place where Streamlit reads Markdown.

    >>> plain("C# *and* [F#](x)")
    'C\\# \\*and\\* \\[F\\#\\](x)'
    """
    words = _DIRECTIVE.sub(f":{_WORD_JOINER}", " ".join(text.split()))
    return _BLOCK.sub(_unblock, _MARKUP.sub(r"\\\1", words))


def _unblock(start: re.Match[str]) -> str:
    """A dash, plus or number at the start would make a list."""
    mark = start[2]
    return f"{start[1]}{_WORD_JOINER}{mark}" if mark.isdigit() else f"{start[1]}\\{mark}"
