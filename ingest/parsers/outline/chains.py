"""Chains of titles: an order, and each link of it a topic; a requirement only where the label says so."""

from __future__ import annotations

from itertools import pairwise

from graph.titles import normal_form
from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.draft import Claim, Found, Piece, Place
from ingest.parsers.outline.resolve import SENTENCE_CONFIDENCE
from ingest.parsers.outline.state import Walk
from ingest.parsers.wording.arrows import REQUIRING, links_of
from ingest.parsers.wording.sentences import Sentence
from ingest.parsers.wording.titles import has_arrow

MIN_LABELLED = 2


def labelled_chains(block: Block) -> frozenset[int]:
    """The bullets "Basics: Loops -> Functions" of a list that has several of them: the label only groups."""
    found = [
        item.number
        for item in block.children
        if has_arrow(item.inline.text) and (chain := links_of(_words(item), labelled=True)) is not None and chain[0]
    ]
    return frozenset(found if len(found) >= MIN_LABELLED else ())


def _words(block: Block) -> str:
    return " ".join(block.inline.text.split())


def read_chain(walk: Walk, block: Block, place: Place, *, labelled: bool = False) -> bool:
    """Add the topics of a chain that stand nowhere else in the document; False when it is no chain."""
    if block.kind != "item" and not place.chained and ":" not in block.inline.text[:60]:
        return False
    chain = links_of(_words(block), labelled=labelled)
    if chain is None or place.owner is None or (block.kind != "item" and not place.chained and not chain[0]):
        return False
    label, titles = chain
    quote = walk.draft.quote(block.line, block.line_end)
    for title in titles:
        if normal_form(title) not in walk.shape.titles and not walk.draft.has(title):
            walk.draft.topic(Found(title, block.line, block.line_end, title), place)
    if REQUIRING.search(label):
        for before, after in pairwise(titles):
            piece = Piece(before, block.line, block.line_end, quote)
            sentence = Sentence(after, before, "", colon=False, quote=quote, start=0)
            claim = Claim(place.owner, (piece,), "chain", confidence=SENTENCE_CONFIDENCE, sentence=sentence)
            walk.draft.claims.append(claim)
    return True
