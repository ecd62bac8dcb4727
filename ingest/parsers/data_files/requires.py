"""What a thing in a data file requires: a text, a list, a choice, or a map with a reason and a strength."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graph.model import Strength
from ingest.parsers.data_files.choices import group_in, joined, operators_in
from ingest.parsers.data_files.names import Names
from ingest.parsers.data_files.tree import Node, Source
from ingest.parsers.data_files.words import all_pairs, fields_of, key_words, means
from ingest.parsers.outline.draft import Claim, Piece
from ingest.parsers.wording.fields import STRENGTH_OF, is_nothing
from ingest.parsers.wording.known import End
from ingest.words import table

MAX_LEVELS = 8
"""Choices in choices beyond this are not read."""
_BARS = re.compile(r"\s\|\|?\s")
"""Where there are lists, a bar in a text joins alternatives."""
_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Asked:
    """How a value is to be read."""

    owner: End
    rule: str
    strength: Strength = "hard"
    levels: int = 0


def claims_of(value: Node, asked: Asked, source: Source, names: Names) -> Iterator[Claim]:
    """The claims of a requirement field's value."""
    if asked.levels > MAX_LEVELS:
        names.draft.problem("too-deep", "choices nested too deep are not read", source.line(value.start))
        return
    if value.kind == "text":
        yield Claim(asked.owner, (piece_of(value, source),), asked.rule, asked.strength)
    elif value.kind == "map":
        yield from _of_map(value, asked, source, names)
    else:
        yield from _of_list(value, asked, source, names)


def piece_of(value: Node, source: Source, reason: str = "") -> Piece:
    """A text as one value of a claim."""
    span = source.span(value.start, value.end)
    text = value.text.replace("\n", "; ").strip("; ")
    if "[[" not in text:
        text = _BARS.sub(" or ", text)
    return Piece(text, span.first, span.last, span.quote, reason)


def strength_of(node: Node) -> Strength | None:
    """What a map says about its strength: `type: soft`, `optional: true`, `required: false`; None when nothing."""
    for key, value in all_pairs(node):
        words, said = key_words(key.text), key_words(value.text) if value.kind == "text" else ""
        if words in {"optional", "soft", "recommended"} and said in _TRUE:
            return "soft"
        if words in {"required", "hard", "mandatory", "strict"} and said in _FALSE:
            return "soft"
        if means("keys", key.text) == "together" and said in _TRUE:
            return "together"
        found = means("relations", said) if said and means("keys", key.text) == "strength" else None
        if found in {"soft", "together", "hard"}:
            return "soft" if found == "soft" else "together" if found == "together" else "hard"
    return None


def _of_list(value: Node, asked: Asked, source: Source, names: Names) -> Iterator[Claim]:
    joined_by = operators_in(value)
    if joined_by is not None:
        for alternatives, items in joined_by:
            part = replace(value, items=items)
            if alternatives:
                yield from _choice([part], 1, asked, source, names)
            else:
                yield from _of_list(part, asked, source, names)
        return
    texts = [each for each in value.items if each.kind == "text" and each.text.strip()]
    names.elements.update(each.text.strip() for each in texts)
    if texts:
        yield Claim(asked.owner, tuple(piece_of(each, source) for each in texts), asked.rule, asked.strength)
    groups: dict[str, list[Claim]] = {}
    for each in value.items:
        group = group_in(each) if each.kind == "map" and not _lists(each) else None
        if each.kind == "list":
            yield from _choice([each], 1, asked, source, names)
        elif group is not None:
            groups.setdefault(group.casefold(), []).extend(_of_map(each, asked, source, names))
        elif each.kind == "map":
            yield from _of_map(each, asked, source, names, listed=True)
    yield from (joined(claims) for claims in groups.values() if claims)


def _lists(value: Node) -> bool:
    return any(each.kind == "list" for _, each in value.pairs)


def _of_map(value: Node, asked: Asked, source: Source, names: Names, *, listed: bool = False) -> Iterator[Claim]:
    deeper = replace(asked, levels=asked.levels + 1)
    made = list(_of_words(value, deeper, source, names))
    if made:
        yield from made
        return
    fields = fields_of(value)
    named = fields.get("id") or fields.get("title") or (fields.get("requires") if listed else None)
    if named is not None and named[1].kind == "text":
        reason = fields["reason"] if "reason" in fields else fields.get("description")
        piece = _with_lines(piece_of(named[1], source, reason[1].text if reason is not None else ""), value, source)
        names.elements.add(named[1].text.strip())
        yield Claim(asked.owner, (piece,), asked.rule, strength_of(value) or asked.strength)
        return
    if listed and len(value.items) > 2:  # noqa: PLR2004
        # A record of something that has no name here; `- Docker: why` has one pair.
        return
    either: list[Claim] = []
    for key, each in value.pairs:
        alternative = each.kind == "text" and means("relations", each.text.strip()) == "choice"
        made = list(_of_pair(key, each, asked, source, names))
        if alternative:
            either.extend(made)
        else:
            yield from made
    if either:
        yield joined(either)


def _of_words(value: Node, asked: Asked, source: Source, names: Names) -> Iterator[Claim]:
    """What a map says by its keys: any_of, all_of, {min, options}, {hard: …, soft: …}."""
    pairs = list(value.pairs)
    lists = [(key, each) for key, each in pairs if each.kind != "text"]
    options = next((each for key, each in lists if key_words(key.text) in _words("options")), None)
    least = next((each.text.strip() for key, each in pairs if key_words(key.text) in _words("min")), "")
    if options is not None and least.isdigit() and len(least) < 3:  # noqa: PLR2004
        yield from _choice([options], max(1, int(least)), asked, source, names)
        return
    kinds = _joined_by(pairs, lists)
    if "any" in kinds:
        yield from _choice([kinds["any"]], 1, asked, source, names)
    if "all" in kinds:
        yield from claims_of(kinds["all"], asked, source, names)
    if "any" in kinds or "all" in kinds:
        return
    if options is not None and len(pairs) <= 2:  # noqa: PLR2004
        yield from _choice([options], 1, asked, source, names)
        return
    if "id" in (fields := fields_of(value)) or "title" in fields:
        # A thing itself, as an alias repeats it: what stands in it are its own requirements.
        return
    for key, each in lists:
        kind = means("keys", key.text) or ""
        if kind in STRENGTH_OF:
            strength = STRENGTH_OF[kind]
            yield from claims_of(each, replace(asked, strength=strength), source, names)


def _joined_by(pairs: Sequence[tuple[Node, Node]], lists: Sequence[tuple[Node, Node]]) -> dict[str | None, Node]:
    """What is needed of what: "any" or "all" -> the list, by the list's key or by an operator beside it."""
    kinds = {means("choices", key.text): each for key, each in pairs}
    if {"any", "all"} & kinds.keys() or len(lists) != 1:
        return kinds
    if len(pairs) == 1 and key_words(lists[0][0].text) in _words("wraps"):
        return {"all": lists[0][1]}
    told = _operator(pairs)
    return kinds if told is None else {told: lists[0][1]}


def _operator(pairs: Sequence[tuple[Node, Node]]) -> str | None:
    """How a map joins what its list holds: `logic: OR`, `type: and`; None when it does not say."""
    for key, value in pairs:
        if value.kind == "text" and key_words(key.text) in _words("operator"):
            how = means("choices", value.text)
            if how in {"any", "all"}:
                return how
    return None


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("data")["choices"][kind])


def _choice(options: list[Node], need: int, asked: Asked, source: Source, names: Names) -> Iterator[Claim]:
    """Alternatives; a list or "all of" among them cannot be kept together, which is said."""
    pieces = list(_pieces(options[0], asked, source, names))
    names.elements.update(piece.value for piece in pieces)
    real = [piece for piece in pieces if not is_nothing(piece.value)]
    if not real:
        return
    if len(real) <= need and len(real) > 1:
        yield Claim(asked.owner, tuple(real), asked.rule, asked.strength)
    else:
        yield Claim(asked.owner, tuple(real), asked.rule, asked.strength, need)


def _pieces(options: Node, asked: Asked, source: Source, names: Names) -> Iterator[Piece]:
    if options.kind == "text":
        yield piece_of(options, source)
        return
    entries = options.items if options.kind == "list" else [options]
    for each in entries:
        if each.kind == "text":
            yield piece_of(each, source)
            continue
        deeper = replace(asked, levels=asked.levels + 1)
        inner = [piece for claim in claims_of(each, deeper, source, names) for piece in claim.pieces]
        if len(inner) > 1 and options.kind == "list":
            message = "a group inside alternatives is read as alternatives of its own"
            names.draft.problem("nested-choice", message, source.line(each.start))
        yield from inner


def _of_pair(key: Node, value: Node, asked: Asked, source: Source, names: Names) -> Iterator[Claim]:
    """`Docker: why it is needed`, `Docker: optional`, `Docker: {reason: …}`: the key is what is required."""
    if value.kind == "list" or means("keys", key.text) is not None:
        return
    said = value.text.strip() if value.kind == "text" else ""
    kind = means("relations", said) if said else None
    strength: Strength | None = "soft" if kind == "soft" else "together" if kind == "together" else None
    reason = said if kind is None else ""
    if value.kind == "map":
        strength = strength_of(value)
        given = fields_of(value).get("reason")
        reason = given[1].text if given is not None else ""
    if any(map(str.isdigit, reason)) and " " not in reason:
        return  # "1.2.3": the version of a library, and the key is no topic
    names.elements.add(key.text.strip())
    piece = _with_lines(piece_of(key, source, reason), None, source)
    yield Claim(asked.owner, (piece,), asked.rule, strength or asked.strength)


def _with_lines(piece: Piece, around: Node | None, source: Source) -> Piece:
    """The piece with the whole short map that it stands in as its quote."""
    if around is None:
        return piece
    span = source.span(around.start, around.end)
    short = span.last - span.first <= 6 and len(span.quote) < 400  # noqa: PLR2004
    return piece._replace(line_start=span.first, line_end=span.last, quote=span.quote) if short else piece
