"""What a note says about other notes: what it is part of, what leads on from it, what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.parsers.blocks import Block, Blocks
from ingest.parsers.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.inline import Wiki, is_slug, target_words, wikilinks
from ingest.parsers.known import End
from ingest.parsers.references import onward_in
from ingest.parsers.resolve import SENTENCE_CONFIDENCE
from ingest.parsers.titles import clean, looks_like_title

MAX_REDIRECT = 200
_REDIRECT = re.compile(
    r"^(?:(?:\u2192|->|=>)\s*)?"
    r"(?:(?:this (?:note|page|topic) )?(?:has |is |was )?(?:been )?(?:moved to|merged into|renamed to|now in|now at)"
    r"|redirects? to|redirect:|see(?: also)?|same as|alias (?:of|for)|\u2192|->|#redirect)\s*:?\s*"
    r"(?:the (?:note|page) )?!?\[\[[^\[\]\n]+\]\](?: instead)?[.\s]*$",
    re.IGNORECASE,
)
_MAP = re.compile(r"\b(?:moc|map|index|home|hub|dashboard|inbox|start)\b", re.IGNORECASE)


def stands_for(root: Block) -> str:
    """The title that a note only leads to: "Moved to [[X]]" is all it says; empty for other notes."""
    texts = [child for child in _below_title(root) if child.inline.text.strip() or child.kind != "paragraph"]
    if len(texts) != 1 or texts[0].kind != "paragraph" or len(texts[0].inline.text) > MAX_REDIRECT:
        return ""
    text = texts[0].inline.text.strip()
    links = wikilinks(text)
    return title_of(links[0]) if len(links) == 1 and _REDIRECT.match(text) else ""


def title_of(link: Wiki) -> str:
    """The title of the note that a link leads to."""
    words = target_words(link.target)
    return f"{words[:1].upper()}{words[1:]}" if is_slug(link.target) else words.rpartition("/")[2]


def place_in(draft: Draft, targets: Iterator[tuple[str, int]]) -> None:
    """Make the note's topic, the first of the draft, part of the first (title, line) that is no map of notes."""
    for target, line in targets:
        if _MAP.search(target):
            continue
        whole = mention(draft, target, line)
        if whole is not None and whole.id != draft.topics[0].id:
            draft.topics[0] = draft.topics[0].model_copy(update={"part_of": whole.id})
        return


def lead_on(draft: Draft, target: str, piece: Piece, rule: str) -> None:
    """Say that another note requires this one."""
    note = draft.topics[0]
    other = mention(draft, target, piece.line_start)
    if other is not None and other.id != note.id:
        claim = Claim(other, (piece._replace(value=note.title),), rule, confidence=SENTENCE_CONFIDENCE)
        draft.claims.append(claim)


def lead_on_in_words(draft: Draft, blocks: Blocks) -> None:
    """Read "Before moving on to [[X]]" anywhere in a note."""
    last = blocks.front_lines[1]
    for number, line in enumerate(draft.lines, start=1):
        if number <= last or "[[" not in line or "on to" not in line:
            continue
        links, quote = onward_in(line)
        for link in links:
            lead_on(draft, title_of(link), Piece("", number, number, quote), "before-moving-on")


def mention(draft: Draft, title: str, line: int) -> End | None:
    """The topic of another note, which this one only names: planned, unless the other note is there."""
    title = clean(title).title
    if not looks_like_title(title, strong=True):
        return None
    same = next((topic for topic in draft.topics if topic.title.casefold() == title.casefold()), None)
    if same is not None:
        return End(same.kind, same.id, same.title)
    return draft.topic(Found(title, line, line, title, planned=True), Place()).owner


def edges_of(front: dict[str, Any], key: str) -> Any:
    """What front matter names as `edges: {to: …}` or `edges: {from: …}`."""
    edges = front.get("edges")
    if isinstance(edges, dict):
        return edges.get(key)
    if isinstance(edges, list):
        return [each[key] for each in edges if isinstance(each, dict) and key in each]
    return None


def _below_title(root: Block) -> tuple[Block, ...]:
    children = root.children
    if len(children) == 1 and children[0].kind == "heading":
        return children[0].children
    return children
