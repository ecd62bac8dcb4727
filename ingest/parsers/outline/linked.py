"""Links in what is required: the words of a link are one title, and a note may be called by its file."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ingest.parsers.wording.inline import Inline, target_words
from ingest.parsers.wording.numbers import references
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.pieces import JOINT
from ingest.parsers.wording.titles import is_furniture

_ALTERNATIVES = re.compile(r"\s(?:or|oder|ou)\s|[A-Z]{2,5}[ -]?\d{2,4}|\[\[", re.IGNORECASE)
"""What tells that the words of a link are more than one title."""


def with_notes(value: str, inline: Inline) -> str:
    """The value with links to other documents as wikilinks, so that the document's name counts too."""
    for link in inline.links:
        path = unquote(link.url.partition("#")[0])
        note = path.endswith((".md", ".markdown", ".mdx")) and "://" not in path
        # What stands in a FAQ is no note of its own.
        if note and link.text and "|" not in link.text and not is_furniture(target_words(path)):
            value = value.replace(link.text, f"[[{path.removeprefix('./')}|{link.text}]]", 1)
    return value


def with_links(value: str, inline: Inline) -> str:
    """The value with notes as wikilinks, and with links whose words would be taken for several titles."""
    value = with_notes(value, inline)
    for link in inline.links:
        text = link.text
        inside = link.url.startswith("#")
        if not text or "|" in text or (phase_of(text) is not None if inside else JOINT.search(text) is None):
            continue
        if text in value and f"|{text}]]" not in value and _ALTERNATIVES.search(text) is None and not references(text):
            value = value.replace(text, f"[[{text}]]", 1)
    return value
