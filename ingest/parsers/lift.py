"""Headings that are not written as headings: bold lines, bullets that are headings, lists without markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from ingest.parsers.blocks import Block
from ingest.parsers.fields import field_of, fields_of, heading_field, is_resource_label
from ingest.parsers.inline import Inline
from ingest.parsers.phases import phase_of
from ingest.parsers.titles import clean, is_furniture, looks_like_title

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


def lift(root: Block) -> None:
    """Make headings of what stands for headings, in place."""
    numbers = count(-1, -1)
    single: list[tuple[Block, dict[int, _Head]]] = []
    if _lift(root, numbers, single):
        # Where several bold lines below one heading are titles, a single one below another heading is too.
        for block, heads in single:
            _hold(block, heads)


def _lift(block: Block, numbers: Iterator[int], single: list[tuple[Block, dict[int, _Head]]]) -> bool:
    """Whether bold lines became titles; `single` takes those that stand alone."""
    lifted = False
    if any(child.kind != "heading" for child in block.children):
        block.children[:] = [each for child in block.children for each in _without_list_heads(child, numbers)]
        if block.kind != "root" or all(child.kind != "heading" for child in block.children):
            lifted = _lift_bold(block, numbers, single)
    for child in block.children:
        if child.kind == "heading":
            lifted = _lift(child, numbers, single) or lifted
    return lifted


def _without_list_heads(block: Block, numbers: Iterator[int]) -> Iterator[Block]:
    """A list whose bullets are headings, as headings; a paragraph of marked lines, as a list."""
    if block.kind == "paragraph" and "\n" in block.inline.text:
        yield _as_list(block, numbers) or block
        return
    if block.kind != "list" or all(item.level > 6 for item in block.children):  # noqa: PLR2004
        yield block
        return
    rest: list[Block] = []
    for item in block.children:
        if item.level > 6:  # noqa: PLR2004
            rest.append(item)
            continue
        if rest:
            yield replace(block, number=next(numbers), line=rest[0].line, children=rest)
            rest = []
        yield replace(item, kind="heading")
    if rest:
        yield replace(block, number=next(numbers), line=rest[0].line, children=rest)


def _as_list(block: Block, numbers: Iterator[int]) -> Block | None:
    lines = _lines_of(block.inline)
    if not lines or not all(_MARKED.match(each.text) for each in lines):
        return None
    items = [Block("item", next(numbers), block.line + at, block.line + at, 99, each) for at, each in enumerate(lines)]
    return Block("list", next(numbers), block.line, block.line_end, 99, children=items)


def _lines_of(inline: Inline) -> list[Inline]:
    texts, raws = inline.text.split("\n"), inline.raw.split("\n")
    if len(texts) != len(raws):
        return []
    found: list[Inline] = []
    start = 0
    for text, raw in zip(texts, raws, strict=True):
        end = start + len(text)
        links = tuple(link._replace(start=link.start - start) for link in inline.links if start <= link.start < end)
        found.append(Inline(raw, text.removeprefix("\u2022").removeprefix("\u25cf"), 0, links))
        start = end + 1
    return found


def _lift_bold(block: Block, numbers: Iterator[int], single: list[tuple[Block, dict[int, _Head]]]) -> bool:
    bold = [at for at, child in enumerate(block.children) if child.inline.lead_end and child.kind == "paragraph"]
    heads = {at: head for at in bold if (head := _head(block, at, numbers)) is not None}
    stages = [head for head in heads.values() if head.stage]
    if stages:
        heads = {head.at: head for head in stages}
    if len(heads) < MIN_BOLD:
        if heads and not stages:
            single.append((block, heads))
        return False
    _hold(block, heads)
    return not stages


def _hold(block: Block, heads: dict[int, _Head]) -> None:
    """Let bold lines hold what follows them up to the next one."""
    children: list[Block] = []
    into = children
    for at, child in enumerate(block.children):
        head = heads.get(at)
        if head is not None:
            rest = [head.rest] if head.rest is not None else []
            level = max(2, block.level + 1)
            lifted = Block("heading", child.number, child.line, child.line, level, head.inline, children=rest)
            children.append(lifted)
            into = lifted.children
        elif child.kind == "heading":
            into = children
            into.append(child)
        else:
            into.append(child)
    block.children[:] = children


def _head(block: Block, at: int, numbers: Iterator[int]) -> _Head | None:
    child = block.children[at]
    inline = child.inline
    if inline.lead_end > MAX_TITLE:
        return None
    lead, rest = inline.text[: inline.lead_end].strip(), inline.text[inline.lead_end :]
    stage = phase_of(lead.rstrip(":")) is not None
    first = rest.partition("\n")[0]
    if stage and first.strip() and looks_like_title(clean(first.strip(_SEPARATORS)).title):
        # "**Week 1:** Doughs": the title stands behind the bold words.
        return _Head(
            at, Inline(inline.raw.partition("\n")[0], lead + first), _rest(child, len(lead + first), numbers), True
        )
    if not stage and not _is_title(block, at, lead, rest):
        return None
    raw_end = inline.raw.find("**", inline.raw.find("**") + 2)
    raw = inline.raw[: raw_end + 2] if raw_end > 0 else inline.raw.partition("\n")[0]
    return _Head(at, Inline(raw, lead), _rest(child, inline.lead_end, numbers), stage)


def _is_title(block: Block, at: int, lead: str, rest: str) -> bool:
    title = clean(lead).title
    if lead.endswith(":") or not looks_like_title(title, strong=True) or is_furniture(title):
        return False
    if heading_field(title) is not None or is_resource_label(title) or field_of(f"{lead}:") is not None:
        return False
    if _DASH.match(rest):
        return True
    following = block.children[at + 1] if at + 1 < len(block.children) else None
    if rest.strip():
        return rest.startswith("\n") and bool(fields_of(Inline("", rest.strip())))
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
    return Block("paragraph", next(numbers), line, paragraph.line_end, 99, Inline(text, text, 0, links))
