"""What a note says about other notes: what it is part of, what leads on from it, what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ingest.parsers.outline.blocks import Block, Blocks
from ingest.parsers.outline.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.outline.resolve import SENTENCE_CONFIDENCE
from ingest.parsers.vault.folders import is_map_name
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.inline import Wiki, is_slug, target_words, wikilinks
from ingest.parsers.wording.known import End
from ingest.parsers.wording.references import ASSUMES, LINKS, onward_in
from ingest.parsers.wording.titles import clean, looks_like_title

MAX_REDIRECT = 200
_REDIRECT = re.compile(
    r"^(?:[^\[\]\n:\u2192=>-]{0,60}\s*(?:\u2192|->|=>)\s*)?"
    r"(?:(?:this (?:note|page|topic) )?(?:has |is |was )?(?:been )?(?:moved to|merged into|renamed to|now in|now at)"
    r"|redirects? to|redirect:|see(?: also)?|same as|alias(?:es)? (?:of|for|to)|another (?:name|word) for"
    r"|siehe(?: auch)?|voir|ver|v\u00e9ase|\u2192|->|#redirect)\s*:?\s*"
    r"(?:the (?:note|page) )?!?\[\[[^\[\]\n]+\]\](?: instead)?[.\s]*$",
    re.IGNORECASE,
)
_RESTS_ON = re.compile(
    r"(?:^[\s>*_-]*|[.!?]\s+)(?P<subject>[^\s.!?\[\]][^.!?\[\]\n]{0,80}\s)?"
    r"(?:directly\s|also\s)?(?:requires|needs|depends\s(?:up)?on|builds\s(?:up)?on|presupposes|rests\son"
    rf"|{ASSUMES})\s(?P<links>{LINKS})(?=[\s.!?:;,)]|$)",
    re.IGNORECASE,
)
_THIS = re.compile(r"it|this|this (?:note|topic|page|chapter|lesson|technique|idea|concept|skill|term)")
_NOTE_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(<?([^()<>\s]+\.(?:md|mdx|markdown))(?:#[^()<>\s]*)?>?\)")


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


def note_links(text: str) -> Iterator[tuple[str, str]]:
    """(target, words shown) of the links to other notes, in both ways of writing them."""
    yield from ((link.target, link.shown) for link in wikilinks(text))
    if ".m" in text:
        yield from ((unquote(found[2]), found[1]) for found in _NOTE_LINK.finditer(text))


def place_in(draft: Draft, targets: Iterator[tuple[str, int, str]]) -> None:
    """Make the note's topic, the first of the draft, part of the first (title, line, text) that is no map of notes."""
    for target, line, text in targets:
        if is_map_name(target):
            continue
        whole = mention(draft, target, line, text)
        if whole is not None and whole.id != draft.topics[0].id:
            draft.topics[0] = draft.topics[0].model_copy(update={"part_of": whole.id})
        return


def lead_on(draft: Draft, target: str, piece: Piece, rule: str, text: str = "", *, soft: bool = False) -> None:
    """Say that another note requires this one, or is only helped by it."""
    note = draft.topics[0]
    other = mention(draft, target, piece.line_start, text)
    if other is not None and other.id != note.id:
        strength = STRENGTH_OF["helpful" if soft else "requires"]
        claim = Claim(other, (piece._replace(value=note.title),), rule, strength, confidence=SENTENCE_CONFIDENCE)
        draft.claims.append(claim)


def lead_on_in_words(draft: Draft, blocks: Blocks) -> None:
    """Read "Before moving on to [[X]]" anywhere in a note."""
    last = blocks.front_lines[1]
    for number, line in enumerate(draft.lines, start=1):
        if number <= last or "[[" not in line:
            continue
        for said in onward_in(line):
            piece = Piece("", number, number, said.quote)
            for link in said.links:
                lead_on(draft, title_of(link), piece, "before-moving-on", written(link), soft=said.soft)


def rest_on_in_words(draft: Draft, blocks: Blocks) -> None:
    """Read "Builds on [[X]] and [[Y]]", said of the note itself: its links are titles, whoever describes them."""
    note, last = draft.topics[0], blocks.front_lines[1] if blocks.front else 0
    owner = End(note.kind, note.id, note.title)
    subjects = {name.casefold() for name in (note.title, *note.aliases)}
    for number, line in enumerate(draft.lines[last:], start=last + 1):
        for found in _RESTS_ON.finditer(line) if "[[" in line else ():
            subject = (found["subject"] or "").strip(" *_").casefold()
            if not subject or subject in subjects or _THIS.fullmatch(subject):
                piece = Piece(found["links"], number, number, found[0].strip(" .!?"))
                draft.claims.append(Claim(owner, (piece,), "sentence", confidence=SENTENCE_CONFIDENCE))


def written(link: Wiki) -> str:
    """A link as it may stand in the note: by it the other note is found when all of them are there."""
    return f"[[{link.target}{link.part}{'|' if link.shown else ''}{link.shown}]]"


def mention(draft: Draft, title: str, line: int, text: str = "") -> End | None:
    """The topic of another note, which this one only names: planned, unless the other note is there."""
    title = clean(title).title
    if not looks_like_title(title, strong=True):
        return None
    same = draft.titled(title)
    if same is not None:
        return End(same.kind, same.id, same.title)
    return draft.topic(Found(title, line, line, text or title, planned=True), Place()).owner


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
