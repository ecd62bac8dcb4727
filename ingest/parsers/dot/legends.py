"""What a legend says about the colours of arrows: by an arrow of that colour, or by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from graph.model import Strength
from ingest.parsers.dot.model import Drawing, Node
from ingest.parsers.dot.words import strength_in

MAX_COLOURS = 20
MAX_NAMED = 200
"""Signs of a text in which a colour is looked for."""


def edge_colours(
    drawing: Drawing, remarks: Mapping[str, Node], blank: set[str], texts: Iterable[str]
) -> dict[str, Strength]:
    """Colours that make an arrow soft, or its ends go together; one with two meanings says nothing.

    Args:
        drawing: as read.
        remarks: the boxes that are words about the drawing.
        blank: keys of boxes without words: arrows of a legend may lead to them.
        texts: sentences in and around the drawing.
    """
    used = {edge.colour for edge in drawing.edges if edge.colour}
    if not used:
        return {}
    said: dict[str, set[Strength | None]] = {}
    for colour, words in (*_shown(drawing, remarks, blank), *_named(used, texts)):
        said.setdefault(colour, set()).add(strength_in(words))
    return {colour: one for colour, all_ in said.items() if len(all_) == 1 and (one := next(iter(all_))) is not None}


def _shown(drawing: Drawing, remarks: Mapping[str, Node], blank: set[str]) -> Iterator[tuple[str, str]]:
    for edge in drawing.edges:
        ends = (edge.tail, edge.head)
        if edge.colour and any(key in remarks for key in ends) and all(key in remarks or key in blank for key in ends):
            lines = (line for key in ends if key in remarks for line in remarks[key].lines)
            yield edge.colour, " ".join((edge.label, *lines)).casefold()


def _named(used: set[str], texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Colours in words, as in "blue arrows: recommended", and what stands behind each."""
    names = sorted(colour for colour in used if colour.isalpha())[:MAX_COLOURS]
    if not names:
        return
    pattern = re.compile(rf"\b({'|'.join(names)})\b([^.;,\n]{{0,60}})")
    for text in texts:
        for found in pattern.finditer(text[:MAX_NAMED].casefold()):
            if found[2].strip():
                yield found[1], found[2]
