"""Which notes of a vault are maps: they lead to the others instead of describing a topic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ingest.parsers.outline.blocks import Block
from ingest.parsers.vault.folders import is_folder_note, is_index_name, is_map_tag, says_map
from ingest.parsers.vault.front import MAX_PROPERTIES, inline_field, text_of, texts_of
from ingest.parsers.vault.titles import file_title
from ingest.parsers.wording.fields import Field, fields_of, heading_field, is_resource_label
from ingest.parsers.wording.inline import wiki_shown
from ingest.parsers.wording.titles import clean, is_furniture
from ingest.words import lookup

MIN_INDEX_LINKS = 3
"""Bullets that only link, from which on a note can be an index."""
_TYPE_KEYS = ("tags", "tag", "type", "kind", "class")
"""Front matter that may say that a note leads to others."""


def is_index(path: str, root: Block, front: dict[str, Any], lines: tuple[str, ...]) -> bool:
    """Whether a note leads to the others, by its name, its tags or by what its bullets are."""
    file = PurePosixPath(path)
    title = clean(file_title(path)).title
    if is_index_name(file) or is_index_name(PurePosixPath(f"{title}.md")) or text_of(front.get("id")) == "root":
        return True
    items = list(_items(root))
    linking = sum(1 for item in items if _only_links(item))
    mostly = linking * 5 >= len(items) * 4
    if linking >= MIN_INDEX_LINKS and mostly:
        return True
    tagged = any(map(is_map_tag, _tags(front, lines)))
    if tagged and linking * 2 >= len(items):
        return True
    named = tagged or says_map(title) or says_map(file.stem)
    return mostly and (named or (linking > 0 and is_folder_note(file)))


def relates(title: str) -> bool:
    """Whether what stands below a title tells how this note is related to others, and is no list of what there is."""
    title = clean(wiki_shown(title)).title
    return heading_field(title) is not None or leads_on(title) or is_furniture(title) or is_resource_label(title)


def leads_on(title: str) -> bool:
    """Whether what stands below a title requires this note: "Prerequisite for"."""
    return lookup("fields", "labels").get(title.casefold().strip(" :")) == "leads_to"


def _tags(front: dict[str, Any], lines: tuple[str, ...]) -> Iterator[str]:
    for key in _TYPE_KEYS:
        yield from texts_of(front.get(key))
    for line in lines[:MAX_PROPERTIES]:
        found = inline_field(line)
        if found is not None and found[0].casefold() in _TYPE_KEYS:
            yield from (part.strip(" []#") for part in found[1].split(","))


def _items(block: Block) -> Iterator[Block]:
    """The bullets that may list what there is: not those below "Prerequisites" and "See also"."""
    caption: Block | None = None
    for child in block.children:
        # The highest heading is the note's own title, whatever it says.
        if (child.kind == "item" or (child.kind == "heading" and child.level > 1)) and relates(child.inline.text):
            continue
        if child.kind == "list" and caption is not None and _is_caption(caption):
            continue
        if child.kind == "item":
            yield child
        caption = child if child.kind == "paragraph" else None
        yield from _items(child)


def _is_caption(paragraph: Block) -> bool:
    fields: tuple[Field, ...] = fields_of(paragraph.inline)
    text = paragraph.inline.text.strip(" *_")
    return (bool(fields) and not fields[-1].value) or (text.endswith(":") and relates(text))


def _only_links(item: Block) -> bool:
    text = item.inline.text.strip()
    local = any(not link.url.startswith(("http", "#")) for link in item.inline.links)
    return not fields_of(item.inline) and (
        text.startswith("[[") or (local and bool(item.inline.links) and item.inline.links[0].start == 0)
    )
