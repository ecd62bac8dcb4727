"""Plain text of entries that end in what they require: "Edging", a tag, a sentence, "Requires: Footwork"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import Pick, pick_of, stage_of
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of
from ingest.parsers.wording.titles import is_furniture

MIN_ENTRIES = 3


class _Entry(NamedTuple):
    names: Sequence[int]
    """Its lines that can be titles; tags that many entries have are none."""
    end: int
    """The line of its first requirement."""


def fielded(page: Page) -> Mapping[int, Sequence[Pick]]:
    """The one bare title of each entry; nothing when the entries have several or the document has stages."""
    entries = _entries(page)
    if len(entries) < MIN_ENTRIES or sum(stage_of(line) is not None for line in page.lines) > 1:
        return {}
    later = entries[1:]
    if sum(len(entry.names) == 1 for entry in later) * 5 < len(later) * 4:
        return {}
    # Above the first entry stand the page's own title and buttons; its title is as far up as in the others.
    usual = Counter(entry.end - entry.names[0] for entry in later).most_common(1)[0][0]
    first = min(entries[0].names, key=lambda at: abs(entries[0].end - usual - at))
    chosen = [first, *(entry.names[0] for entry in later)]
    return {at: [pick] for at in chosen if (pick := pick_of(page.lines[at], split=False)) is not None}


def _entries(page: Page) -> list[_Entry]:
    entries: list[_Entry] = []
    names: list[int] = []
    for at, line in enumerate(page.lines):
        if names and _requires(line):
            entries.append(_Entry(names, at))
            names = []
        elif line.name and not line.glyph and ": " not in line.text and not is_furniture(line.text):
            names.append(at)
    return entries


def _requires(line: Line) -> bool:
    field = field_of(line.text) if line.kind == "field" else None
    return field is not None and field.kind in REQUIREMENT_KINDS
