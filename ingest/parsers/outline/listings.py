"""Roadmaps that a Markdown document writes into a block of plain text: a tree, a list, phases with indented topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ingest.parsers.drawings import Fence, joined, moved
from ingest.parsers.outline.labels import told
from ingest.parsers.plain_text import parser as plain_text
from ingest.parsers.wording.inline import plain
from ingest.parsers.wording.titles import clean
from ingest.reading import Reading, Text

LANGUAGES = frozenset({"", "text", "txt", "plain", "plaintext", "tree"})
MIN_TOPICS = 3
MAX_LISTINGS = 20
"""Blocks of one document that are looked at."""
_REMARK = re.compile(r"(?<=\S)\s{1,80}(?:\u2190|<-|#)\s.*$")
_SLUG = re.compile(r"^([\s\u2500-\u257f|+`-]{0,40})(\d{1,3}[a-h]?)[-_]([a-z0-9]+(?:[-_][a-z0-9]+)*)/?$")
"""The name of a folder: "03a-language-depth"."""


def with_listings(reading: Reading, lines: Sequence[str], found: Sequence[Fence]) -> Reading:
    """A document's reading and the topics of the text blocks below headings like "Roadmap" and "Curriculum"."""
    listings = (fence for fence in found if fence.language.casefold() in LANGUAGES)
    for fence in islice(listings, MAX_LISTINGS):
        if fence.heading and told(clean(plain(lines[fence.heading - 1].lstrip("# "))).title) == "announce":
            listed = _read(reading.path, lines[fence.first - 1 : fence.last], fence.first - 1)
            reading = joined(reading, listed) if len(listed.topics) >= MIN_TOPICS else reading
    return reading


def _read(path: str, lines: Sequence[str], before: int) -> Reading:
    return moved(plain_text.parse(Text(path=path, lines=tuple(map(_bare, lines)))), before)


def _bare(line: str) -> str:
    """A line without its remark; the name of a folder as words."""
    line = _REMARK.sub("", line).rstrip()
    slug = _SLUG.match(line)
    if slug is None:
        return line
    title = re.sub("[-_]", " ", slug[3])
    return f"{slug[1]}{slug[2].rstrip('abcdefgh')}. {title[0].upper()}{title[1:]}"
