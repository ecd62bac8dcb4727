"""Plain text in stages: "Week 1: Basics: variables, loops", "Day 2 – Git", with what stands below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ingest.parsers.plain_page import Page
from ingest.parsers.plain_picks import STAGE, Pick, pick_of, stage_of
from ingest.parsers.titles import clean, is_furniture, looks_like_title

MAX_ITEM_WORDS = 6
_COMMAS = re.compile(r"\s*[,;]\s*(?:and\s+)?")
_OXFORD = re.compile(r"[,;]\s*and\s")
_LABEL = re.compile(r"^([^\W\d][^:,.]{1,30}):\s+(\S.*)$")


def stages(page: Page) -> list[Pick]:
    """The stages and their topics; empty when there are fewer than two stages."""
    heads = _heads(page)
    if len(heads) < 2:  # noqa: PLR2004
        return []
    labels = Counter(said[1].casefold() for line in page.lines if (said := _LABEL.match(line.text)))
    found: list[Pick] = []
    alone: dict[int, Pick] = {}
    captions, ignored = 0, False
    for at, line in enumerate(page.lines):
        if at in heads:
            stage, own = _split(heads[at])
            found += [stage, *own]
            alone.update({} if own else {len(found): stage})
            captions, ignored = 0, False
        elif line.repeated or is_furniture(line.text):
            captions += 1
            # What the first caption below a stage heads is its content, whatever the caption is called.
            ignored = captions > 1 and is_furniture(line.text)
        elif not ignored and at > min(heads) and line.kind in {"title", "other"}:
            found.extend(_body(page, at, labels))
    return _with_own_topics(found, alone, len(heads))


def _heads(page: Page) -> dict[int, Pick]:
    """The stages by their lines; a label met again refers to its stage."""
    heads: dict[int, Pick] = {}
    seen: set[str] = set()
    for at, line in enumerate(page.lines):
        pick = stage_of(line)
        if pick is not None and pick.stage is not None and pick.stage.label not in seen:
            seen.add(pick.stage.label)
            heads[at] = pick
    return heads


def _with_own_topics(found: list[Pick], bare: Mapping[int, Pick], count: int) -> list[Pick]:
    """When hardly any stage has topics below it, the stages' own titles are what is learned."""
    alone = [place for place in bare if place >= len(found) or found[place].stage is not None]
    if len(alone) * 2 > count:
        for place in sorted(alone, reverse=True):
            topic = _as_topic(bare[place])
            found[place:place] = [topic] if topic is not None else []
    return found


def _as_topic(stage: Pick) -> Pick | None:
    if stage.stage is None or stage.title == stage.stage.label or is_furniture(stage.title):
        return None
    return pick_of(stage.line, stage.title)


def _split(stage: Pick) -> tuple[Pick, list[Pick]]:
    """The stage and the topics of the list that its own line holds."""
    name = stage.stage
    if name is None:
        return stage, []
    head, colon, tail = name.title.partition(":")
    own = items(stage, tail if colon else name.title, least=1 if colon else 3)
    if not own:
        return stage, []
    title = head.strip() if colon else name.label
    return replace(stage, title=title, stage=name._replace(title=title)), own


def _body(page: Page, at: int, labels: Mapping[str, int]) -> list[Pick]:
    line = page.lines[at]
    if line.repeated:
        return []
    label = _LABEL.match(line.text)
    if label is not None and labels[label[1].casefold()] > 1:
        # A label that stands in several stages names no topic; its list does.
        return [] if is_furniture(label[1]) else items(Pick(line, ""), label[2], least=1)
    if "," in line.text and not line.glyph and (own := items(Pick(line, ""), line.text, least=3)):
        return own
    pick = pick_of(line) if line.glyph or line.name else None
    return [pick] if pick is not None and not is_furniture(pick.title) else []


def items(at: Pick, text: str, *, least: int) -> list[Pick]:
    """The topics of a list with commas; empty when it is none."""
    parts = [part.strip(" .") for part in _COMMAS.split(text.strip(" .")) if part.strip(" .")]
    if len(parts) > 1 and not _OXFORD.search(text):
        before, joint, after = parts[-1].rpartition(" and ")
        if joint and before and after[0].isupper() >= parts[0][0].isupper():
            parts[-1:] = [before, after]
    if len(parts) < least or any(not looks_like_title(part) or len(part.split()) > MAX_ITEM_WORDS for part in parts):
        return []
    picks = [pick_of(at.line, part, split=False) for part in parts]
    return [replace(pick, title=clean(pick.title).title) for pick in picks if pick is not None and pick.level != STAGE]
