"""Rows that are topics: titles, ids, stages, hours, links, and what they require."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Strength
from ingest.parsers.data_files.choices import Choices, choice_of
from ingest.parsers.data_files.names import Names, plain_title, stage_of
from ingest.parsers.data_files.words import means
from ingest.parsers.delimited.cells import as_list, labelled, parted
from ingest.parsers.delimited.groups import begin, groups_in
from ingest.parsers.delimited.head import is_note, without_sums
from ingest.parsers.delimited.rows import Row
from ingest.parsers.outline.codes import without_code
from ingest.parsers.outline.draft import Claim, Found, Piece, Place
from ingest.parsers.wording.durations import number_of
from ingest.parsers.wording.fields import STRENGTH_OF, is_nothing
from ingest.parsers.wording.inline import Link
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.resources import resources_of
from ingest.parsers.wording.states import announcing, state_of
from ingest.parsers.wording.titles import clean, is_pause, looks_like_title
from ingest.reading import ReadPhase, ReadResource
from ingest.words import lookup

MAX_QUOTE = 600
_TOLD = ("requires", "helpful", "together", "effort", "minutes", "id", "alias")
MAX_HOURS = 100_000.0
MAX_STAGE = 2
"""Digits of a stage's number; a longer one is a year."""
_GROUP = re.compile(r"(?:or[ -])?(?:group|choice|alternatives?|gruppe|wahl|groupe|grupo)[ :#-]{0,3}(?:\d{1,3}|[a-z])")
_URL = re.compile(r"https?://[^\s|;,<>\"')\]]+")


@dataclass(slots=True)
class Table:
    """The columns of a table and what was met in it."""

    at: dict[str, int]
    """Kind -> column."""
    heads: tuple[str, ...]
    rule: str = "table-row"
    confidence: float = 1.0
    also: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Kind -> further columns of it: "prereq 2"."""
    announced: Collection[str] = ()
    """The states that say that a topic is only planned."""
    stages: dict[str, Place] = field(default_factory=dict)
    weeks: dict[str, float] = field(default_factory=dict)
    """Title of a phase -> weeks of its topics together."""
    seen: dict[tuple[str, str], Place] = field(default_factory=dict)
    """(phase, title) -> the topic: a title that comes again only adds requirements."""
    choices: Choices = field(default_factory=Choices)
    codes: tuple[int, int] | None = None
    """The columns of a code in two parts."""
    more: tuple[int, ...] = ()
    """Columns that go on with the requirements."""
    coded: bool = False
    """Titles begin with codes."""
    graded: dict[int, int] = field(default_factory=dict)
    """Column of a requirement -> the column that says how strong it is."""
    parted: bool = False
    """Lists in cells are parted by commas or semicolons, so that an upright bar joins alternatives."""

    def look(self, rows: Sequence[Row]) -> None:
        """Look at all rows once for what a single one cannot tell."""
        self.parted = any(not {",", ";"}.isdisjoint(self.text(row, "requires")) for row in rows)

    def required(self, row: Row, kind: str) -> str:
        """A row's cell of requirements with those that go on with it."""
        cells = [self.text(row, kind)]
        if kind == "requires":
            cells.extend(row.cells[index] for index in self.more if index < len(row.cells))
            cells[1:] = [cell for cell in cells[1:] if not is_nothing(cell)]
        value = "; ".join(cell for cell in cells if cell)
        return value.replace(" | ", " or ") if self.parted and "\n" not in value else value

    def code(self, row: Row) -> str:
        """The code of a row from its two columns, as "CS 101"."""
        parts = [row.cells[index] for index in self.codes or () if index < len(row.cells)]
        return " ".join(parts) if len(parts) == 2 and all(parts) else ""  # noqa: PLR2004

    def text(self, row: Row, kind: str) -> str:
        """A row's cell, empty when there is none."""
        index = self.at.get(kind, -1)
        text = row.cells[index] if 0 <= index < len(row.cells) else ""
        more = [row.cells[each] for each in self.also.get(kind, ()) if each < len(row.cells)]
        return "; ".join(filter(None, (text, *more))) if more else text


def read_topics(rows: Sequence[Row], table: Table, names: Names) -> None:
    """Add the topics of the rows and what they require."""
    stage = ""
    table.announced = announcing(table.text(row, "state") for row in rows) if "state" in table.at else ()
    kept = without_sums(rows, table.at["topic"])
    groups = groups_in(kept, table.at["topic"]) if kept and "phase" not in table.at else {}
    inside = Place()
    for row in kept:
        if row.first in groups:
            inside = begin(groups[row.first], row, table.at["topic"], names)
            names.draft.claims.extend(_claims(row, inside, table, names))
            continue
        title = table.text(row, "topic")
        written = table.text(row, "phase")
        # Merged cells of a spreadsheet: only the first row of a stage names it.
        if written or table.at.get("phase", 0) > table.at["topic"] or not table.stages:
            stage = written
        place = _section(row, inside if groups else _stage(stage, row, table, names), table, names)
        if title:
            _read_row(row, title, place, table, names)
        elif not is_note(row) and (not written or any(table.text(row, kind) for kind in STRENGTH_OF)):
            names.draft.problem("empty-topic", "the row names no topic", row.first, "write a title in the topic column")
    table.choices.settle(names)
    names.draft.claims.extend(claim for row in kept for claim in _unlocked(row, table, names))
    _set_weeks(table, names)


def quote_of(first: int, last: int, names: Names) -> str:
    """The lines of a row; of very long ones the beginning."""
    return names.draft.source(first, last).strip()[:MAX_QUOTE].strip()


def _read_row(row: Row, text: str, place: Place, table: Table, names: Names) -> None:
    name = clean(plain_title(text))
    coded = without_code(name) if table.coded else name
    code_of = coded.aliases[: len(coded.aliases) - len(name.aliases)]
    name = coded
    if is_pause(name.title) and not any(table.text(row, kind) for kind in _TOLD):
        # A week without a class, an exam: nothing that is required or takes hours of its own.
        return
    if not looks_like_title(name.title, strong=True):
        names.draft.problem("not-a-title", f"“{text[:60]}” is not a title", row.first)
        return
    key = (place.phase or "", name.title)
    code = table.code(row) or table.text(row, "alias")
    number = table.text(row, "id") or (code if not any(map(str.isalpha, code)) else "")
    if key not in table.seen:
        found = Found(
            title=name.title,
            line=row.first,
            line_end=row.last,
            text=_as_written(text, row, names),
            number=name.number,
            planned=name.planned or _says_planned(row, table),
            description=" ".join(table.text(row, "description").split()),
            hours=name.hours if _hours(row, table) is None else _hours(row, table),
            aliases=(*name.aliases, *_aliases(code)),
            resources=_resources(f"{table.text(row, 'resource')} {text}"),
        )
        inside = names.topic(found, place, number)
        if inside is None or inside.owner is None:
            return
        for alias in (*code_of, *(_aliases(code) if code != number else ())):
            names.name(alias, inside.owner, row.first)
            if table.codes is not None or table.coded:
                names.ids.setdefault(alias.replace(" ", ""), inside.owner)
        table.seen[key] = inside
        if table.text(row, "part_of"):
            names.parents.append((len(names.draft.topics) - 1, table.text(row, "part_of"), row.first))
    elif number and number not in names.ids:
        names.name(number, table.seen[key].owner or names.ids[number], row.first)
    names.draft.claims.extend(_claims(row, table.seen[key], table, names))
    weeks = number_of(table.text(row, "weeks"))
    if weeks is not None and place.phase is not None:
        table.weeks[place.phase] = table.weeks.get(place.phase, 0.0) + weeks


def _claims(row: Row, place: Place, table: Table, names: Names) -> Iterator[Claim]:
    for column in STRENGTH_OF:
        if column == "requires" and table.graded:
            yield from _graded(row, place, table, names)
            continue
        value = table.required(row, column)
        if not value or value.casefold() in _TICKS:
            continue
        said = table.text(row, "strength") if column == "requires" else ""
        yield from _asked((column, value, said), row, place, table, names)


_TICKS = frozenset({"yes", "true", "x", "\u2713"})


def _graded(row: Row, place: Place, table: Table, names: Names) -> Iterator[Claim]:
    """The claims of columns that each have another one for their strength."""
    for index in (table.at["requires"], *table.also.get("requires", ())):
        value = row.cells[index] if index < len(row.cells) else ""
        graded = table.graded.get(index, -1)
        said = row.cells[graded] if 0 <= graded < len(row.cells) else table.text(row, "strength")
        if value and value.casefold() not in _TICKS:
            yield from _asked(("requires", value, said), row, place, table, names)


def _asked(asked: tuple[str, str, str], row: Row, place: Place, table: Table, names: Names) -> Iterator[Claim]:
    column, value, said = asked
    relation = means("relations", said) if said else None
    first, last = row.lines(table.at[column])
    quote = quote_of(first, last, names)
    reason = table.text(row, "reason") if column == "requires" or "requires" not in table.at else ""
    for kind, written in labelled(value, column):
        made: Strength = STRENGTH_OF[kind]
        if column == kind == "requires" and relation in {"soft", "together"}:
            made = "soft" if relation == "soft" else "together"
        need = choice_of(said) if kind == "requires" else 0
        for part, how in zip(parted(as_list(written)), (made, "soft" if made == "hard" else made), strict=True):
            if not part:
                continue
            piece = Piece(part, first, last, quote, reason)
            claim = Claim(place.owner, (piece,), table.rule, how, confidence=table.confidence)
            if need and how == "hard" and place.owner is not None:
                table.choices.add(place.owner, group_of(row, table), replace(claim, choice=need))
            else:
                yield claim


def _unlocked(row: Row, table: Table, names: Names) -> Iterator[Claim]:
    """What a row's topic leads to requires it, when the table has it."""
    value = table.text(row, "leads_to")
    owner = names.owner(clean(plain_title(table.text(row, "topic"))).title) if value else None
    if owner is None or len(value) > MAX_QUOTE:
        return
    for part in re.split(r"[;,|\n]", as_list(_URL.sub("", value))):
        other = names.owner(clean(plain_title(part).strip(" ()")).title) or names.owner(part.strip())
        if other is not None and other.kind != "phase":
            piece = Piece(owner.title, row.first, row.last, quote_of(row.first, row.last, names))
            yield Claim(other, (piece,), "table-unlocks", confidence=table.confidence)


def _resources(text: str) -> tuple[ReadResource, ...]:
    return resources_of(Link(found[0], "", 0) for found in _URL.finditer(text))


def _says_planned(row: Row, table: Table) -> bool:
    """By the column for it, or by a remark that says nothing else."""
    if state_of(table.text(row, "state")) in table.announced:
        return True
    return lookup("columns", "states").get(state_of(table.text(row, "description"))) == "planned"


def group_of(row: Row, table: Table) -> str:
    """The name of the alternatives that a row belongs to: its own column, or a remark like "group 1"."""
    given = table.text(row, "group")
    return given or next(
        (" ".join(cell.split()) for cell in row.cells if _GROUP.fullmatch(cell.casefold().strip())), ""
    )


def _aliases(code: str) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split(r"[;,|\n]", code)]
    return tuple(part for part in parts if any(map(str.isalpha, part)))


def _as_written(text: str, row: Row, names: Names) -> str:
    lines = names.draft.source(row.first, row.last)
    return text if text in lines else next((part for part in text.split("\n") if part and part in lines), text)


def _hours(row: Row, table: Table) -> float | None:
    minutes = table.text(row, "minutes")
    effort = table.text(row, "effort")
    found = number_of(effort) if effort else None
    seconds = table.text(row, "seconds")
    if found is None and seconds:
        bare = number_of(seconds)
        return round(bare / 3600, 2) if bare is not None and seconds.isdecimal() else bare
    if found is None and minutes:
        bare = number_of(minutes)
        found = round(bare / 60, 2) if bare is not None else None
    elif found is not None and effort and "min" in table.heads[table.at["effort"]].casefold():
        found = round(found / 60, 2)
    return found if found is not None and found <= MAX_HOURS else None


def _stage(text: str, row: Row, table: Table, names: Names) -> Place:
    if not text:
        return Place()
    if text not in table.stages:
        head = table.heads[table.at["phase"]].strip().capitalize()
        numbered = phase_of(f"{head} {text}") if text[:1].isdigit() else None
        bare = text.isdecimal() and len(text) <= MAX_STAGE
        named = PhaseName(f"{head} {text}", f"{head} {text}", head, 0, 0) if bare else stage_of(text, head)
        name = phase_of(text) or numbered or named
        same = next((each for each in table.stages.values() if each.phase == name.title), None)
        table.stages[text] = same or names.draft.phase(name, row.first, None)
    return table.stages[text]


def _section(row: Row, place: Place, table: Table, names: Names) -> Place:
    """The place inside what a column besides that of the topics groups them under."""
    name = clean(plain_title(table.text(row, "section")))
    if not looks_like_title(name.title, strong=True):
        return place
    key = f"section {name.title}"
    if key not in table.stages:
        found = Found(title=name.title, line=row.first, line_end=row.last, text=table.text(row, "section"))
        table.stages[key] = names.topic(found, Place(), section=True) or Place()
    return replace(table.stages[key], phase=place.phase)


def _set_weeks(table: Table, names: Names) -> None:
    """The weeks of a stage are those of its topics together, where it does not say its own."""
    phases: list[ReadPhase] = names.draft.phases
    for at, phase in enumerate(phases):
        weeks = table.weeks.get(phase.title)
        if weeks is not None and phase.weeks_min is None:
            phases[at] = phase.model_copy(update={"weeks_min": weeks, "weeks_max": weeks})
