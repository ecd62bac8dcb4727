"""Edge lists: two columns of titles, by the direction that their heads name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Strength
from ingest.parsers.data_files.choices import Choices, choice_of
from ingest.parsers.data_files.names import Names, is_id, plain_title
from ingest.parsers.data_files.words import means
from ingest.parsers.delimited.cells import as_list
from ingest.parsers.delimited.rows import Row
from ingest.parsers.delimited.topics import Table, group_of, quote_of
from ingest.parsers.outline.draft import Claim, Found, Piece, Place
from ingest.parsers.wording.fields import is_nothing
from ingest.parsers.wording.known import End
from ingest.parsers.wording.titles import clean, looks_like_title

SOURCE_FIRST = "edge-list-source-first"
TOPIC_REQUIRES = "edge-list-topic-requires"
MAX_COLUMNS = 4
_SEPARATORS = (";", "|", "\n", ", ", " or ", " and ")
_BESIDE = frozenset({"topic", "requires", "reason", "strength", "group", "description", None})


def read_edges(rows: Sequence[Row], ends: tuple[int, int], kinds: Sequence[str | None], names: Names) -> None:
    """Read columns like "from,to": what stands in the first is learned before what stands in the second."""
    at = {kind: index for index, kind in enumerate(kinds) if kind in {"reason", "strength", "description", "group"}}
    table = Table(at, tuple(rows[0].cells))
    choices = Choices()
    for row in rows[1:]:
        cells = [row.cells[index] if index < len(row.cells) else "" for index in ends]
        first, second = (end_of(cell, row, names) for cell in cells)
        relation = means("relations", table.text(row, "strength")) if table.text(row, "strength") else None
        if relation in {"part", "none"} or not all(cells):
            if relation == "part" and all(cells):
                _part(table.text(row, "strength"), cells, row, names)
            continue
        rule = SOURCE_FIRST
        if relation == "requires":
            first, second, rule = second, first, "edge-list-label-requires"
        if first is not None and second is not None:
            claim_of(second, first.title, (row, table), (rule, relation or "", 1.0), (names, choices))
    choices.settle(names)


def _part(said: str, cells: Sequence[str], row: Row, names: Names) -> None:
    """Note that one end is part of the other, when the word tells which."""
    way = means("parts", said)
    if way is None:
        return
    whole, part = cells if way == "holds" else reversed(cells)
    inner = names.owner(_name(part))
    if inner is not None:
        names.part(inner, _name(whole), row.first)


def reads_as_edges(rows: Sequence[Row], table: Table) -> bool:
    """Whether a table of topics and what they require has one row for each pair."""
    if not {"topic", "requires"} <= table.at.keys() or not table.at.keys() <= _BESIDE:
        return False
    values = [table.text(row, "requires") for row in rows[1:]]
    if len(table.heads) > MAX_COLUMNS or any(sign in value for value in values for sign in _SEPARATORS):
        return False
    return max(Counter(table.text(row, "topic") for row in rows[1:]).values(), default=0) > 1


def read_named_edges(rows: Sequence[Row], table: Table, names: Names) -> None:
    """Read columns like "course,prerequisite" with a row for each pair: both ends are topics."""
    choices = Choices()
    for row in rows[1:]:
        topic, required = table.text(row, "topic"), table.text(row, "requires")
        # The order of the columns is the order in which the topics are met.
        for cell in (required, topic) if table.at["requires"] < table.at["topic"] else (topic, required):
            end_of(cell, row, names)
        owner = names.owner(_name(topic))
        if not topic:
            names.draft.problem("empty-topic", "the row names no topic", row.first, "write a title in the topic column")
        elif owner is not None and required:
            said = table.text(row, "strength")
            relation = means("relations", said) if said else None
            claim_of(owner, as_list(required), (row, table), (TOPIC_REQUIRES, relation or "", 1.0), (names, choices))
    choices.settle(names)


def end_of(cell: str, row: Row, names: Names) -> End | None:
    """The topic that an end of an edge names, added when it is new."""
    title = _name(cell)
    if not title or is_nothing(title) or not looks_like_title(title, strong=True):
        return None
    known = names.owner(title)
    if known is not None:
        return known
    text = cell if cell in names.draft.source(row.first, row.last) else title
    key, shown = (title, title.replace("-", " ").replace("_", " ")) if is_id(title) else ("", title)
    place = names.topic(Found(title=shown, line=row.first, line_end=row.last, text=text), Place(), key)
    return place.owner if place is not None else None


def _name(cell: str) -> str:
    return clean(plain_title(cell)).title


def claim_of(
    owner: End, value: str, where: tuple[Row, Table], how: tuple[str, str, float], to: tuple[Names, Choices]
) -> None:
    """Note what a row's topic requires.

    Args:
        owner: the topic.
        value: what it requires, as written.
        where: the row and its table.
        how: rule, what the row says about the strength, confidence.
        to: collect.
    """
    row, table = where
    rule, relation, confidence = how
    names, choices = to
    strength: Strength = "soft" if relation == "soft" else "together" if relation == "together" else "hard"
    names.elements.add(value.strip())
    piece = Piece(value, row.first, row.last, quote_of(row.first, row.last, names), table.text(row, "reason"))
    claim = Claim(owner, (piece,), rule, strength, confidence=confidence)
    need = choice_of(table.text(row, "strength"))
    if need:
        choices.add(owner, group_of(row, table), replace(claim, choice=need))
    else:
        names.draft.claims.append(claim)
