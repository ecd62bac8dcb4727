"""Tables: a column of topics with columns of prerequisites, reasons, hours, phases; or labels with values."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.parsers.outline.blocks import Block, Row
from ingest.parsers.outline.draft import Claim, Draft, Found, Piece, Place
from ingest.parsers.outline.linked import with_links
from ingest.parsers.wording.durations import number_of
from ingest.parsers.wording.fields import STRENGTH_OF, Field, field_of, is_nothing
from ingest.parsers.wording.inline import EMPTY, Inline, wiki_shown
from ingest.parsers.wording.numbers import all_kinds
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.resources import resources_of
from ingest.parsers.wording.states import announcing, state_of
from ingest.parsers.wording.titles import clean, is_furniture, looks_like_title
from ingest.words import lookup, table, words

_SUMS = frozenset({"sum", "total", "totals", "in total", "grand total", "summe", "gesamt", "total hours"})
_NUMBERS = frozenset({"#", "no", "no.", "nr", "nr.", "n°", "№", "s.no", "s.no.", "sl. no.", "sr. no."})
"""Heads of a column that counts."""
MAX_HEAD_WORDS = 4
MIN_TOLD = 3
"""Words that describe something, and rows of a table that only does that."""


_NEEDED = re.compile(r"(?:course |lesson |required )?pre-?req(?:uisite)?s?(?: [^\W\d_]+)?(?<! for)(?<! of)(?<! to)$")
_HOURS = re.compile(r"(?:min\.?|minimum|approx\.?|approximate|total|est\.?|contact|class|study|learning) (?:hours|hrs)")
_REQUIREMENTS = ("requires", "helpful", "together")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what: kind -> index."""

    at: dict[str, int]
    heads: tuple[str, ...]

    def text(self, row: Row, kind: str) -> str:
        """The plain text of a row's cell, empty when there is none."""
        return self.inline(row, kind).text.strip()

    def inline(self, row: Row, kind: str) -> Inline:
        """A row's cell."""
        index = self.at.get(kind)
        return row.cells[index].inline if index is not None and index < len(row.cells) else EMPTY


def columns_of(block: Block) -> Columns | None:
    """The columns of a table of topics, or None when it is another table."""
    if len(block.rows) <= 1:
        return None
    heads = tuple(clean(cell.inline.text).title.casefold() for cell in block.rows[0].cells)
    known = lookup("columns", "columns")
    at: dict[str, int] = {}
    for index, head in enumerate(heads):
        # "Day", "Jour": what only counts the rows tells that they are a list of lessons.
        kind = known.get(head) or _requirement_label(head) or _kind_within(head)
        if kind is None:
            continue
        # Of "Module | Topic", the likelier word for a topic wins; the other says the stage.
        if kind == "topic" and kind in at and _rank(head) < _rank(heads[at[kind]]):
            at.setdefault("phase", at[kind])
            at[kind] = index
        at.setdefault(kind, index)
    if "topic" not in at and _counts(heads) and _are_titles(block, 1):
        at["topic"] = 1
    if at == {"topic": 0} and _describes(block, heads):
        at["description"] = 1
    elif "topic" not in at and len(heads) == 2 and _lists(heads) and _are_titles(block, 0):  # noqa: PLR2004
        at = {"topic": 0, "description": 1}
    return Columns(at, heads) if "topic" in at and len(at) > 1 else None


def _lists(heads: Sequence[str]) -> bool:
    """Whether a second column says what the titles beside it hold: "Library | Key Concepts"."""
    known = heads[1] in table("columns")["lists"]["heads"]
    return known and heads[0] not in words("not-topics") and heads[0] not in all_kinds()


def _describes(block: Block, heads: Sequence[str]) -> bool:
    """Whether the second of two columns says something of each title: "Concept | Core idea"."""
    if len(heads) != 2 or "," in heads[1] or len(heads[1].split()) > MAX_HEAD_WORDS or len(block.rows) <= MIN_TOLD:  # noqa: PLR2004
        return False
    told = sum(len(row.cells[1].inline.text.split()) >= MIN_TOLD for row in block.rows[1:] if len(row.cells) > 1)
    return told * 3 >= (len(block.rows) - 1) * 2 and _are_titles(block, 0)


def _kind_within(head: str) -> str | None:
    """What a head tells that is no known one: "Prerequisite lessons", "Min. hours", "Ses #"."""
    if head in all_kinds() or head.endswith(" #"):
        return "count"
    if _NEEDED.match(head):
        return "requires"
    return "effort" if _HOURS.fullmatch(head) else None


def _counts(heads: Sequence[str]) -> bool:
    """Whether the first column only counts the rows, and nothing is known of the one beside it."""
    known = lookup("columns", "columns")
    return len(heads) > 1 and heads[0] in _NUMBERS and heads[1] not in known and heads[1] not in words("not-topics")


def _are_titles(block: Block, column: int) -> bool:
    """Whether every row has a title of its own in a column."""
    found = [clean(row.cells[column].inline.text).title for row in block.rows[1:] if column < len(row.cells)]
    return len(found) == len(set(found)) == len(block.rows) - 1 > 1 and all(map(looks_like_title, found))


def is_topic_table(block: Block) -> bool:
    """Whether a block is a table whose rows are topics."""
    return block.kind == "table" and columns_of(block) is not None


def table_fields(block: Block) -> tuple[tuple[int, Field], ...]:
    """(line, field) of a table of labels and values: "| Prerequisite | Module 01 |"."""
    if not block.rows or any(len(row.cells) != 2 for row in block.rows):  # noqa: PLR2004
        return ()
    found = ((row.line, field_of(f"{row.cells[0].inline.text}: {row.cells[1].inline.text}")) for row in block.rows)
    return tuple((line, each) for line, each in found if each is not None)


def read_table(block: Block, columns: Columns, place: Place, draft: Draft) -> None:
    """Add the topics of a table and what they require."""
    stages: dict[str, Place] = {}
    announced = announcing(columns.text(row, "state") for row in block.rows[1:]) if "state" in columns.at else ()
    for row in block.rows[1:]:
        if not columns.text(row, "topic") or (row is block.rows[-1] and _is_sum(columns.text(row, "topic"))):
            continue
        here = _stage(row, columns, place, draft, stages)
        _read_row(row, columns, here, draft, announced)


def _is_sum(text: str) -> bool:
    return text.casefold().strip(" :*") in _SUMS


def _read_row(row: Row, columns: Columns, place: Place, draft: Draft, announced: Collection[str]) -> None:
    cell = columns.inline(row, "topic")
    name = clean(wiki_shown(_main_words(cell)))
    if not looks_like_title(name.title, strong=True) or is_furniture(name.title):
        return
    effort = columns.text(row, "effort")
    hours = number_of(effort) if effort else None
    code = columns.text(row, "alias")
    found = Found(
        title=name.title,
        line=row.line,
        line_end=row.line,
        text=cell.raw.strip(),
        number=name.number or (code if code.isdecimal() else ""),
        planned=name.planned or state_of(columns.text(row, "state")) in announced,
        description="" if is_nothing(columns.text(row, "description")) else columns.text(row, "description"),
        hours=name.hours if hours is None else hours,
        aliases=(*name.aliases, *([code] if any(map(str.isalpha, code)) else [])),
        resources=resources_of((*cell.links, *columns.inline(row, "resource").links)),
    )
    inside = draft.topic(found, place)
    quote = draft.quote(row.line, row.line)
    for kind in _REQUIREMENTS:
        cell = columns.inline(row, kind)
        value = with_links(_main_words(cell), cell)
        if value:
            reason = columns.text(row, "reason") if kind == "requires" or "requires" not in columns.at else ""
            piece = Piece(value, row.line, row.line, quote, reason)
            draft.claims.append(Claim(inside.owner, (piece,), "table-row", STRENGTH_OF[kind]))


def _main_words(cell: Inline) -> str:
    """A cell's words without links in brackets: "[Sets](…) ([other](…))"."""
    text = cell.text.strip()
    for link in cell.links if "(" in text else ():
        text = text.replace(f"({link.text})", "", 1)
    return text.strip()


def _stage(row: Row, columns: Columns, place: Place, draft: Draft, stages: dict[str, Place]) -> Place:
    text = columns.text(row, "phase")
    if not text or place.phase is not None:
        return place
    if text not in stages:
        head = columns.heads[columns.at["phase"]].capitalize()
        name = phase_of(text) or phase_of(f"{head} {text}") or PhaseName(text, clean(text).title or text, head, 0, 0)
        stages[text] = replace(draft.phase(name, row.line, None), part_of=place.part_of)
    return stages[text]


@cache
def _requirement_label(head: str) -> str | None:
    """What a field with that label would say, when it is a requirement: "Before you start"."""
    kind = lookup("fields", "labels").get(head)
    return kind if kind in _REQUIREMENTS else None


@cache
def _rank(head: str) -> int:
    forms = table("columns")["columns"]["topic"]
    return forms.index(head) if head in forms else len(forms)
