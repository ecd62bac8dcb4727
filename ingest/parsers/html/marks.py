"""Headings that a Markdown document writes in HTML: `<h2>`, and the summary of a part that folds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# The length is bounded, so that a tag that is never closed stays cheap.
_MARK = re.compile(
    r"<summary\b[^<>]{0,100}>((?:[^<]|<(?!/summary)){1,300})</summary>"
    r"|<h([1-6])\b[^<>]{0,100}>((?:[^<]|<(?!/h[1-6])){1,300})</h[1-6]>"
    r"|</details\s*>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


class Mark(NamedTuple):
    """A heading, or the end of what a summary heads."""

    text: str
    raw: str
    line: int
    """Lines from the beginning of the block."""
    level: int
    """Of `<h1>` to `<h6>`; 0 for a summary."""
    closes: bool


def marks_of(html: str) -> Iterator[Mark]:
    """The headings of a block of HTML in order."""
    # Comments keep their line breaks, so that lines are counted right.
    body = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), html) if "<!--" in html else html
    for found in _MARK.finditer(body):
        raw = (found[1] or found[3] or "").strip()
        text = " ".join(unescape(_TAG.sub(" ", raw)).split())
        closes = found[0][1] == "/"
        if text or closes:
            at = found.start(1) if found[1] else found.start()
            line = body.count("\n", 0, at + (len(found[1]) - len(found[1].lstrip()) if found[1] else 0))
            yield Mark(text, raw, line, int(found[2] or 0), closes)
