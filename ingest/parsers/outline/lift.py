"""Headings that are not written as headings: bold lines, bullets that are headings, lists without markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from operator import is_
from typing import NamedTuple

from ingest.parsers.outline.blocks import BULLET, Block
from ingest.parsers.wording.fields import field_of, fields_of, heading_field, is_resource_label
from ingest.parsers.wording.inline import Inline, words
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import clean, is_furniture, looks_like_title

MIN_BOLD = 2
"""Bold lines of one form below one heading, from which on they are headings."""
MAX_TITLE = 120
_MARKED = re.compile(
    r"^\s*(?:[A-Z][.)]\s|[ivx]{1,4}[.)]\s|[0-9]\ufe0f?\u20e3|\U0001f51f|[\u2022\u25cf\u25aa\u2023\u00b7]\s?)\s*\S"
)
_DASH = re.compile(r"\s*(?:\s-|\u2013|\u2014)\s+\S")
_SEPARATORS = ":\u2013\u2014- \t"


class _Head(NamedTuple):
    """A paragraph as a heading."""

    at: int
    inline: Inline
    rest: Block | None
    """What the paragraph says below it."""
    stage: bool


def lift(root: Block) -> Block:
    """The same tree with headings made of what stands for headings."""
    numbers = count(-1, -1)
    single: dict[int, Mapping[int, _Head]] = {}
    lifted, found = _lifted(root, numbers, single)
    # Where several bold lines below one heading are titles, a single one below another heading is too.
    return _holding(lifted, single) if found and single else lifted


def _lifted(block: Block, numbers: Iterator[int], single: dict[int, Mapping[int, _Head]]) -> tuple[Block, bool]:
    """The block, and whether bold lines became titles; `single` takes those that stand alone."""
    children, found = block.children, False
    if not any(map(_may_hold_heads, children)):
        return block, False
    if any(child.kind != "heading" for child in children):
        children = tuple(each for child in children for each in _without_list_heads(child, numbers))
        if block.kind != "root" or all(child.kind != "heading" for child in children):
            heads = _bold_heads(block, children, numbers)
            stages = any(head.stage for head in heads.values())
            if len(heads) >= MIN_BOLD:
                children, found = _held(children, block.level, heads), not stages
            elif heads and not stages:
                single[block.number] = heads
    below = [_lifted(child, numbers, single) if child.kind == "heading" else (child, False) for child in children]
    made = tuple(child for child, _ in below)
    same = len(made) == len(block.children) and all(map(is_, made, block.children))
    return block if same else replace(block, children=made), found or any(lifted for _, lifted in below)


def _may_hold_heads(child: Block) -> bool:
    """Whether a block is worth a closer look: most are not."""
    if child.kind == "paragraph":
        return bool(child.inline.lead_end) or "\n" in child.inline.text
    return child.kind == "heading" or (child.kind == "list" and any(item.level <= 6 for item in child.children))  # noqa: PLR2004


def _holding(block: Block, single: Mapping[int, Mapping[int, _Head]]) -> Block:
    """The block with the bold lines as headings that stand alone below some heading."""
    children = tuple(_holding(child, single) if child.kind == "heading" else child for child in block.children)
    heads = single.get(block.number)
    return replace(block, children=children if heads is None else _held(children, block.level, heads))


def _without_list_heads(block: Block, numbers: Iterator[int]) -> Iterator[Block]:
    """A list whose bullets are headings, as headings; a paragraph of marked lines, as a list."""
    if block.kind == "paragraph" and "\n" in block.inline.text:
        yield _as_list(block, numbers) or block
        return
    if block.kind != "list" or all(item.level > 6 for item in block.children):  # noqa: PLR2004
        yield block
        return
    for plain, items in groupby(block.children, key=lambda item: item.level > 6):  # noqa: PLR2004
        if plain:
            rest = tuple(items)
            yield replace(block, number=next(numbers), line=rest[0].line, children=rest)
        else:
            yield from (replace(item, kind="heading") for item in items)


def _as_list(block: Block, numbers: Iterator[int]) -> Block | None:
    lines = _lines_of(block.inline)
    if not lines or not all(_MARKED.match(each.text) for each in lines):
        return None
    items = tuple(
        Block("item", next(numbers), block.line + at, block.line + at, BULLET, each) for at, each in enumerate(lines)
    )
    return Block("list", next(numbers), block.line, block.line_end, BULLET, children=items)


def _lines_of(inline: Inline) -> list[Inline]:
    texts, raws = inline.text.split("\n"), inline.raw.split("\n")
    if len(texts) != len(raws):
        return []
    found: list[Inline] = []
    start = 0
    for text, raw in zip(texts, raws, strict=True):
        end = start + len(text)
        links = tuple(link._replace(start=link.start - start) for link in inline.links if start <= link.start < end)
        found.append(words(raw, text.removeprefix("\u2022").removeprefix("\u25cf"), 0, links))
        start = end + 1
    return found


def _bold_heads(block: Block, children: Sequence[Block], numbers: Iterator[int]) -> Mapping[int, _Head]:
    """Position -> heading of the bold lines that are some: of those that begin a stage, where there are such.

    Args:
        block: what they stand below.
        children: blocks that stand there.
        numbers: for the blocks that are made.
    """
    bold = [at for at, child in enumerate(children) if child.inline.lead_end and child.kind == "paragraph"]
    staged = bool(bold) and block.kind == "heading" and phase_of(block.inline.text) is not None
    heads = {at: head for at in bold if (head := _head(children, at, numbers, staged=staged)) is not None}
    stages = {at: head for at, head in heads.items() if head.stage}
    return stages or heads


def _held(below: Sequence[Block], level: int, heads: Mapping[int, _Head]) -> tuple[Block, ...]:
    """The blocks below one of some level, where bold lines hold what follows them up to the next one."""
    made: list[Block | _Head] = []
    held: dict[int, list[Block]] = {}
    into: list[Block] | None = None
    for at, child in enumerate(below):
        head = heads.get(at)
        if head is not None:
            made.append(head)
            into = held[at] = [head.rest] if head.rest is not None else []
        elif child.kind == "heading":
            made.append(child)
            into = None
        elif into is not None:
            into.append(child)
        else:
            made.append(child)
    return tuple(
        each if isinstance(each, Block) else _heading(below[each.at], each, max(2, level + 1), held[each.at])
        for each in made
    )


def _heading(bold: Block, head: _Head, level: int, below: Sequence[Block]) -> Block:
    return Block("heading", bold.number, bold.line, bold.line, level, head.inline, children=tuple(below))


def _head(children: Sequence[Block], at: int, numbers: Iterator[int], *, staged: bool) -> _Head | None:
    child = children[at]
    inline = child.inline
    if inline.lead_end > MAX_TITLE:
        return None
    lead, rest = inline.text[: inline.lead_end].strip(), inline.text[inline.lead_end :]
    stage = phase_of(lead.rstrip(":")) is not None
    first = rest.partition("\n")[0]
    if stage and first.strip() and looks_like_title(clean(first.strip(_SEPARATORS)).title):
        # "**Week 1:** Doughs": the title stands behind the bold words.
        return _Head(
            at, words(inline.raw.partition("\n")[0], lead + first), _rest(child, len(lead + first), numbers), True
        )
    # In a stage, "**1. Nets.** How they are knotted" is a topic with its description.
    entry = staged and lead.endswith(".") and bool(clean(lead).number) and looks_like_title(clean(lead[:-1]).title)
    if not stage and not entry and not _is_title(children, at, lead, rest):
        return None
    raw_end = inline.raw.find("**", inline.raw.find("**") + 2)
    raw = inline.raw[: raw_end + 2] if raw_end > 0 else inline.raw.partition("\n")[0]
    return _Head(at, words(raw, lead), _rest(child, inline.lead_end, numbers), stage)


def _is_title(children: Sequence[Block], at: int, lead: str, rest: str) -> bool:
    title = clean(lead).title
    if lead.endswith(":") or not looks_like_title(title, strong=True) or is_furniture(title):
        return False
    if heading_field(title) is not None or is_resource_label(title) or field_of(f"{lead}:") is not None:
        return False
    if _DASH.match(rest):
        return True
    following = children[at + 1] if at + 1 < len(children) else None
    if rest.strip():
        return rest.startswith("\n") and bool(fields_of(words("", rest.strip())))
    return following is not None and following.kind in {"list", "paragraph", "table"} and not _bold(following)


def _bold(block: Block) -> bool:
    return block.inline.lead_end > 0


def _rest(paragraph: Block, end: int, numbers: Iterator[int]) -> Block | None:
    """The paragraph from a position on."""
    inline = paragraph.inline
    tail = inline.text[end:]
    text = tail.lstrip(_SEPARATORS + "\n")
    if not text:
        return None
    start = len(inline.text) - len(text)
    line = paragraph.line + inline.text.count("\n", 0, start)
    links = tuple(link._replace(start=link.start - start) for link in inline.links if link.start >= start)
    return Block("paragraph", next(numbers), line, paragraph.line_end, BULLET, words(text, text, 0, links))
