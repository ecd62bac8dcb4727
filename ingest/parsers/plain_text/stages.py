"""Plain text in stages: "Week 1: Basics: variables, loops", "Day 2 – Git", with what stands below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.parsers.plain_text.page import Page
from ingest.parsers.plain_text.picks import STAGE, Pick, announced, below, pick_of, stage_of
from ingest.parsers.wording.fields import is_resource_label
from ingest.parsers.wording.titles import clean, is_furniture, looks_like_title

MAX_ITEM_WORDS = 6
MIN_TOLD = 4
_COMMAS = re.compile(r"\s*[,;]\s*(?:and\s+)?")
_OXFORD = re.compile(r"[,;]\s*and\s")
_LABEL = re.compile(r"^([^\W\d][^:,.]{1,30}):\s+(\S.*)$")


def stages(page: Page) -> list[Pick]:
    """The stages and their topics; empty when there are fewer than two stages."""
    heads = _heads(page)
    if len(heads) < 2:  # noqa: PLR2004
        return []
    labels = Counter(said[1].casefold() for line in page.lines if (said := _LABEL.match(line.text)))
    captioned = Counter(line.text for line in page.lines[min(heads) :])
    found: list[Pick] = []
    alone: dict[int, Pick] = {}
    captions, ignored, begun = 0, False, 0
    for at, line in enumerate(page.lines):
        if at in heads:
            stage, own = _split(heads[at])
            found += [stage, *own]
            alone.update({} if own else {len(found): stage})
            captions, ignored, begun = 0, False, len(found) - len(own)
        elif line.repeated or is_furniture(line.text):
            captions += 1
            # What the first caption below each stage heads is its content, whatever the caption is called.
            first = captions == 1 and len(found) == begun and captioned[line.text] > 1
            ignored = is_furniture(line.text) and (not first or is_resource_label(line.text))
        elif not ignored and at > min(heads) and line.kind in {"title", "other"}:
            found.extend(_body(page, at, labels))
    found = _without_tail(page, found)
    leaves = _leaves(found)
    return leaves if leaves is not None else _with_own_topics(found, alone, len(heads))


def _without_tail(page: Page, found: list[Pick]) -> list[Pick]:
    """Without the bare lines at the end that say nothing, when every topic above has a sentence below it."""
    at_number = {line.number: at for at, line in enumerate(page.lines)}
    own = [pick for pick in found if pick.stage is None and not pick.line.glyph]
    told = [bool(pick.planned or pick.description or below(page, at_number[pick.line.number])) for pick in own]
    end = len(told) - next((at for at, said in enumerate(reversed(told)) if said), len(told))
    if end < MIN_TOLD or end == len(own) or sum(told) * 10 < end * 8:
        return found
    gone = set(map(id, own[end:]))
    return [pick for pick in found if id(pick) not in gone]


def _leaves(found: Sequence[Pick]) -> list[Pick] | None:
    """The picks with the inner stages as topics ("Month 1", "Week 2: Loops"), when most have nothing below them."""
    kinds = list(dict.fromkeys(pick.stage.kind for pick in found if pick.stage is not None))
    heads = [at for at, pick in enumerate(found) if pick.stage is not None]
    inner = [at for at in heads if (stage := found[at].stage) is not None and stage.kind == kinds[-1]]
    if len(kinds) != 2 or len(inner) < 3 or len(heads) - len(inner) < 2:  # noqa: PLR2004
        return None
    ends = dict(zip(heads, [*heads[1:], len(found)], strict=True))
    filled = sum(any(each.line != found[at].line for each in found[at + 1 : ends[at]]) for at in inner)
    if filled * 2 > len(inner):
        return None
    made: list[Pick] = []
    whole: Pick | None = None
    for at, pick in enumerate(found):
        if at in ends:
            whole = _as_topic(pick) if at in inner else None
            made += [pick] if at not in inner else [whole] if whole is not None else []
        else:
            part = whole is not None and pick.line == whole.line
            made.append(replace(pick, level=pick.level + 1) if part else pick)
    return made


def _heads(page: Page) -> dict[int, Pick]:
    """The stages by their lines; a label met again refers to its stage."""
    heads: dict[int, Pick] = {}
    seen: set[str] = set()
    listed = announced(page)
    for at, line in enumerate(page.lines):
        pick = stage_of(line) if at not in listed else None
        if pick is not None and pick.stage is not None and pick.stage.label not in seen:
            seen.add(pick.stage.label)
            heads[at] = pick
    return heads


def _with_own_topics(found: list[Pick], bare: Mapping[int, Pick], count: int) -> list[Pick]:
    """When hardly any stage has topics below it, the stages' own titles are what is learned."""
    alone = [place for place in bare if place >= len(found) or found[place].stage is not None]
    last = max(bare, default=0)
    if len(alone) == count - 1 > 1 and last not in alone:
        # Only the last stage has something below it: what follows the whole.
        found, alone = found[:last], [*alone, last]
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
    if line.repeated or _captions_bullets(page, at):
        return []
    label = _LABEL.match(line.text)
    if label is not None and labels[label[1].casefold()] > 1:
        # A label that stands in several stages names no topic; its list does.
        return [] if is_furniture(label[1]) else items(Pick(line, ""), label[2], least=1)
    if line.text.endswith(".") and at and page.lines[at - 1].name and stage_of(page.lines[at - 1]) is None:
        # "Loops" and below it "For, while, until.": what the title means.
        return []
    if "," in line.text and not line.glyph and (own := items(Pick(line, ""), line.text, least=3)):
        return own
    pick = pick_of(line) if line.glyph or line.name else None
    return [pick] if pick is not None and not is_furniture(pick.title) else []


def _captions_bullets(page: Page, at: int) -> bool:
    """Whether a line without a bullet heads the bullets below it: "Core concepts:"."""
    line = page.lines[at]
    return line.text.endswith(":") and not line.glyph and at + 1 < len(page.lines) and bool(page.lines[at + 1].glyph)


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
