"""What a document says is required: fields, lists below a label, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.draft import Claim, Draft, Piece, Place
from ingest.parsers.outline.linked import with_links, with_notes
from ingest.parsers.outline.resolve import EACH_BEFORE_NEXT, SENTENCE_CONFIDENCE
from ingest.parsers.outline.tables import table_fields
from ingest.parsers.wording.fields import (
    REQUIREMENT_KINDS,
    STRENGTH_OF,
    Field,
    bare_choice,
    field_of,
    fields_of,
    heading_field,
    is_resource_label,
)
from ingest.parsers.wording.inline import Inline, wikilinks
from ingest.parsers.wording.known import End
from ingest.parsers.wording.references import assumed_in, earlier_in
from ingest.parsers.wording.sentences import THIS, Sentence, each_before_next, firsts_of, gates_of, sentences_of
from ingest.parsers.wording.titles import is_furniture, looks_like_title

LEADS_TO = "leads_to"
"""Kind of a field that names what requires the topic it belongs to."""
_BRACKETED = re.compile(r"[\[(]([^\W\d][\w -]{1,40})::\s*+((?:\[\[[^\[\]]{1,200}\]\]|[^\[\]()]){1,300})[\])]")
_DOUBT = re.compile(
    r"\b(?:or|either|not|no|never|unless|without|optional|optionally|helps?|helpful|useful|see|recommended|recommend|might|may|if|later|next"
    r"|oder|nicht|kein|keine|ou|pas|o|u|si|wenn)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,;]\s*|\s(?:and|or)\s")


def state_field(draft: Draft, field: Field, block: Block, place: Place, rule: str) -> None:
    """Note what a field requires."""
    if field.kind not in REQUIREMENT_KINDS:
        return
    first = _line(block, field.first)
    last = first if field.last == field.first else _line(block, field.last)
    value = with_links(field.value, block.inline)
    piece = Piece(value, first, last, _quote(draft, block.inline, first, last))
    draft.claims.append(Claim(place.owner, (piece,), rule, STRENGTH_OF[field.kind], field.choice))


def state_list(draft: Draft, field: Field, block: Block, place: Place, *, rule: str) -> None:
    """Note what the bullets below a label require; a bullet that embeds something only shows it."""
    # "Sailing assumes Knots": it says itself what requires something.
    sentences = place.owner is None or place.owner.kind == "section"
    pieces = tuple(
        Piece(
            with_links(item.inline.text, item.inline),
            item.line,
            item.line_end,
            _quote(draft, item.inline, item.line, item.line_end),
        )
        for item in block.children
        if item.inline.text.strip()
        and not item.inline.text.lstrip("[] xX").startswith("![")
        and not (sentences and _state_sentence(draft, item, place))
    )
    if pieces:
        draft.claims.append(Claim(place.owner, pieces, rule, STRENGTH_OF[field.kind], field.choice))


def _state_sentence(draft: Draft, item: Block, place: Place) -> bool:
    """Note a bullet that says itself what requires something; False when it names what is required."""
    if not any(each.subject != THIS for each in sentences_of(item.inline.text)):
        return False
    state_sentences(draft, item, place)
    return True


def state_fields(draft: Draft, block: Block, fields: tuple[Field, ...], place: Place) -> None:
    """Note what the fields of a paragraph or bullet require, the last one's nested list included."""
    for field in fields:
        lists = [child for child in block.children if child.kind == "list"] if field is fields[-1] else []
        if field.kind == LEADS_TO and place.owner is not None:
            _state_next(draft, field, block, place.owner)
        if field.kind not in REQUIREMENT_KINDS:
            continue
        choice = bare_choice(field.value) if lists else 0
        if field.value and not choice:
            state_field(draft, field, block, place, "inline-field" if field.inline_field else "field-line")
        for child in lists:
            state_list(draft, field._replace(choice=choice or field.choice), child, place, rule="field-list")


def _state_next(draft: Draft, field: Field, block: Block, owner: End) -> None:
    """Note what "Unlocks: A, B" says of A and B, where the document has them."""
    first = _line(block, field.first)
    quote = _quote(draft, block.inline, first, first)
    for title in field.value.split(","):
        sentence = Sentence(title.strip(" ."), owner.title, "", colon=False, quote=quote, start=0)
        piece = Piece(owner.title, first, first, quote)
        draft.claims.append(Claim(owner, (piece,), "leads-to", sentence=sentence))


def state_below(draft: Draft, field: Field, child: Block, place: Place) -> bool:
    """Note what stands below a heading like "Prerequisites"; False when the block is something else."""
    if child.kind == "list":
        state_list(draft, field, child, place, rule="prerequisite-section")
    elif child.kind == "paragraph" and not fields_of(child.inline) and _reads_as_titles(child):
        whole = field._replace(value=child.inline.text, first=0, last=child.line_end - child.line)
        state_field(draft, whole, child, place, "prerequisite-section")
    elif child.kind == "paragraph" and not fields_of(child.inline) and (links := _linked_notes(child)):
        quote = _quote(draft, child.inline, child.line, child.line_end)
        pieces = tuple(Piece(link, child.line, child.line_end, quote) for link in links)
        draft.claims.append(Claim(place.owner, pieces, "prerequisite-section", STRENGTH_OF[field.kind], field.choice))
    else:
        return False
    return True


def bare_label(paragraph: Block) -> Field | None:
    """The requirement field that a paragraph names for what follows it: "**Prerequisites:**"."""
    fields = fields_of(paragraph.inline)
    bare = len(fields) == 1 and not fields[0].value and fields[0].kind in REQUIREMENT_KINDS
    return fields[0] if bare else None


def _linked_notes(paragraph: Block) -> tuple[str, ...]:
    """The notes that a sentence below "Prerequisites" links, when it says nothing but that they are required."""
    text = with_notes(paragraph.inline.text, paragraph.inline)
    if "[[" not in text or _DOUBT.search(text):
        return ()
    return tuple(f"[[{link.target}{'|' if link.shown else ''}{link.shown}]]" for link in wikilinks(text))


def state_captioned(draft: Draft, caption: Block, block: Block, place: Place) -> bool:
    """A list below a line that says what it is: requirements, links, exercises. False when it is an ordinary list."""
    fields = fields_of(caption.inline)
    if fields:
        last = fields[-1]
        choice = bare_choice(last.value) if last.kind in REQUIREMENT_KINDS else 0
        if (last.value and not choice) or (last.kind not in REQUIREMENT_KINDS and last.kind != "resources"):
            return False
        if last.kind in REQUIREMENT_KINDS:
            state_list(draft, last._replace(choice=choice or last.choice), block, place, rule="field-list")
        return True
    text = caption.inline.text.strip()
    bold = caption.inline.lead_end >= len(text) > 0
    text = text.rpartition("\n")[2]
    if not (text.endswith(":") or bold):
        return False
    label = heading_field(text)
    if label is not None:
        state_list(draft, label, block, place, rule="field-list")
        return True
    return is_furniture(text) or is_resource_label(text)


def state_bracketed(draft: Draft, block: Block, place: Place) -> None:
    """Note the fields that stand in brackets in a sentence: "[requires:: [[X]]]"."""
    if "::" not in block.inline.text:
        return
    for at, line in enumerate(block.inline.text.split("\n")):
        for found in _BRACKETED.finditer(line):
            field = field_of(f"{found[1]}:: {found[2]}")
            if field is not None:
                state_field(draft, field._replace(first=at, last=at), block, place, "inline-field")


def state_sentences(draft: Draft, block: Block, place: Place) -> None:
    """Note the sentences that may state a requirement."""
    source = (
        draft.quote(block.line, block.line_end) if block.kind == "item" else draft.source(block.line, block.line_end)
    )
    order = each_before_next(source)
    if order is not None:
        first = block.line + source.count("\n", 0, order.start)
        piece = Piece(order.kind, first, first + order.quote.count("\n"), order.quote)
        draft.claims.append(Claim(None, (piece,), EACH_BEFORE_NEXT, confidence=SENTENCE_CONFIDENCE))
    draft.claims.extend(_references(draft, block, place, source))
    first, reached = block.line, 0
    for sentence in (*sentences_of(source), *gates_of(source), *firsts_of(source)):
        if sentence.start < reached:
            first, reached = block.line, 0
        # From the sentence before on: a paragraph may hold very many.
        first, reached = first + source.count("\n", reached, sentence.start), sentence.start
        piece = Piece(sentence.objects, first, first + sentence.quote.count("\n"), sentence.quote)
        draft.claims.append(Claim(place.owner, (piece,), "sentence", confidence=SENTENCE_CONFIDENCE, sentence=sentence))


def _references(draft: Draft, block: Block, place: Place, source: str) -> Iterator[Claim]:
    """What "this part assumes you can ... (Ch 4)" and "in Chapter 5 you learned ..." refer to."""
    if "hapter" not in source and "Ch" not in source:
        return
    assumed = assumed_in(source)
    stage = draft.stages[-1].end if draft.stages and place.phase is not None else None
    found = (
        [(assumed, "assumes", place.owner if assumed.owner in {"", "chapter", "unit"} else stage or place.owner)]
        if assumed
        else []
    )
    found += [(each, "earlier-chapter", draft.chapter or place.owner) for each in earlier_in(source)]
    for referred, rule, owner in found:
        first = block.line + source.count("\n", 0, max(0, source.find(referred.quote)))
        last = first + referred.quote.count("\n")
        pieces = tuple(Piece(each.text, first, last, referred.quote) for each in referred.references)
        if owner is not None:
            yield Claim(owner, pieces, rule, confidence=SENTENCE_CONFIDENCE)


def state_table(draft: Draft, block: Block, place: Place) -> None:
    """Note what a table of labels and values requires."""
    for line, field in table_fields(block):
        if field.kind in REQUIREMENT_KINDS:
            piece = Piece(field.value, line, line, draft.quote(line, line))
            draft.claims.append(Claim(place.owner, (piece,), "table-field", STRENGTH_OF[field.kind], field.choice))


def give_to_first(draft: Draft) -> None:
    """Give what the whole document requires to what it begins with.

    That is its first phase; without phases its first section; else its first topic: a requirement of all topics would
    bind them in every other roadmap too.
    """
    first: End | None = None
    if draft.stages:
        first = draft.stages[0].end
    elif draft.topics:
        wholes = {each.part_of for each in draft.topics}
        topic = next((each for each in draft.topics if each.kind == "section" or each.id in wholes), draft.topics[0])
        first = End(topic.kind, topic.id, topic.title)
    for at, claim in enumerate(draft.claims):
        if claim.owner is not None or claim.sentence is not None or claim.rule == EACH_BEFORE_NEXT:
            continue
        if first is None:
            message = "a requirement of the whole document is not read: there is no topic that it could belong to"
            draft.problem("document-requirement", message, claim.pieces[0].line_start, "put it below a heading")
        else:
            draft.claims[at] = Claim(first, claim.pieces, claim.rule, claim.strength, claim.choice, claim.confidence)


def _line(block: Block, offset: int) -> int:
    """Number of a block's line; of the first one the block's own, not once more in memory."""
    return min(block.line + offset, block.line_end) if offset else block.line


def _quote(draft: Draft, inline: Inline, first: int, last: int) -> str:
    """The lines; where they are the words, not once more in memory."""
    quote = draft.quote(first, last)
    return inline.text if quote == inline.text else quote


def _reads_as_titles(paragraph: Block) -> bool:
    text = paragraph.inline.text.strip().removesuffix(".").rstrip()
    return all(looks_like_title(part.strip()) for part in _PIECES.split(text))
