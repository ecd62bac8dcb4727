"""What a document names: its topics, sections and phases, found again by the words of a requirement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.titles import folded_form, normal_form
from ingest.parsers.wording.inline import is_slug, plain, target_words, whole_wikilink, wiki_shown
from ingest.parsers.wording.numbers import Earlier, everything_before
from ingest.parsers.wording.titles import clean, trim
from ingest.reading import EndKind
from ingest.words import lookup, table

_LINKED = re.compile(r"(?:an?\s|the\s)?(\[\[[^\[\]]{1,200}\]\])(?:\s[^\W\d_]{2,20}){0,2}", re.IGNORECASE)
"""A link with few words around it: "a [[Radio]] licence"."""
MAX_BEFORE = 50
"""Stages that "all previous phases" means at most, the nearest: else hundreds of stages make their square of claims."""
MAX_FILLER = 5
"""Words in front of a title that say how well it is to be known."""
MAX_MET = 5_000
"""Texts whose meaning is kept."""
MAX_FILLERS = 6
"""In front of one title: "a good understanding of the basics of"."""


class End(NamedTuple):
    """One end of a requirement."""

    kind: EndKind
    id: str | None
    """None when it is external."""
    title: str


class Stage(NamedTuple):
    """A phase with what references can call it by."""

    end: End
    kind: str
    """phase, module, week."""
    first: int
    last: int


_INTRODUCING = ("intro", "an intro", "einf")


@dataclass(frozen=True, slots=True)
class Known:
    """Look-up tables of one document; filled by `know`."""

    exact: dict[str, End] = field(default_factory=dict)
    forms: dict[str, list[End]] = field(default_factory=dict)
    heads: dict[str, End | None] = field(default_factory=dict)
    """What a title is called for short; None when several titles are."""
    numbers: dict[str, End | None] = field(default_factory=dict)
    """"chapter 28", "2.1" and "3" -> its topic; None when several topics have a number that no word goes with."""
    series: dict[str, list[End]] = field(default_factory=dict)
    """chapter -> all of them in order; the empty word for those that have a number only."""
    stages: list[Stage] = field(default_factory=list)
    homes: dict[str, int] = field(default_factory=dict)
    """Id of a topic or phase -> which stage it is or stands in."""
    _met: dict[str, End | None] = field(default_factory=dict)
    """What `named` found: reading one value asks for the same words several times."""

    def find(self, text: str) -> End | None:
        """The topic, section or phase that a text names as its title or alias, or None."""
        text = text.strip()
        if text in self.exact:
            return self.exact[text]
        if not text:
            return None
        found = self.forms.get(normal_form(text))
        return found[0] if found else None

    def named(self, text: str) -> End | None:
        """`find`, also without markup, brackets, numbering, and words like "basic knowledge of" in front."""
        if text in self._met:
            return self._met[text]
        if len(self._met) >= MAX_MET:
            self._met.clear()
        found = self._met[text] = self._named(text)
        return found

    def _named(self, text: str) -> End | None:
        wiki = whole_wikilink(text)
        if wiki is not None:
            return self.find(wiki.target) or self.find(wiki.shown) or self.find(target_words(wiki.target))
        shown = plain(text).strip(' .:*"\u201c\u201d')
        found = self.find(shown) or self._without_fillers(shown) or self._without_bracket(shown)
        if found is None and text.count("[[") == 1 and (inner := _LINKED.fullmatch(text.strip())) is not None:
            found = self._named(inner[1])
        if found is None and self.heads:
            found = self.heads.get(normal_form(shown))
        return found if found is not None or "_" not in shown else self._by_name(shown)

    def _by_name(self, name: str) -> End | None:
        """What a name as in a program means: "combat_basic_training" for Basic Training below Combat."""
        parts = name.split("_")
        if len(parts) > MAX_FILLERS or " " in name:
            return None
        return next((end for at in range(len(parts)) if (end := self.find(" ".join(parts[at:]))) is not None), None)

    def numbered(self, kind: str, number: int) -> End | None:
        """The stage or topic of a kind with a number, or None.

        Where a document calls its only kind of stage by another word ("Module 2" for "Phase 2"), the number decides.
        """
        found = self._stage(kind, number) or self.numbers.get(f"{kind} {number}")
        if found is not None:
            return found
        kinds = {each.kind for each in self.stages}
        if not kinds:
            # "Step 2" of a document without stages is its second numbered topic.
            return None if kind in _spans() or kind in self.series else self.numbers.get(str(number))
        if kind in kinds or kind in self.series or kind in _spans():
            return None
        if kind in lookup("phases", "kinds").values():
            only = next(iter(kinds)) if len(kinds) == 1 else ""
            return self._stage(only, number) if only and only not in _spans() else None
        return self.numbers.get(str(number))

    def before(self, text: str, owner: str | None) -> Sequence[End] | None:
        """The stages that "all previous phases" or "the first two modules" means for an owner, or None."""
        asked = everything_before(text)
        if asked is None:
            return None
        if asked.kind in lookup("phases", "kinds").values():
            home = self.homes.get(owner or "", len(self.stages))
            # All kinds of stages count: "all previous weeks" of a month are those before it.
            return _asked([each.end for each in self.stages], home, asked)
        row = self.series.get(asked.kind) or self.series.get("") or []
        if not row:
            return None
        at = next((at for at, each in enumerate(row) if each.id == owner), None)
        return _asked(row, at, asked) if at is not None or asked.first else None

    def _stage(self, kind: str, number: int) -> End | None:
        return next((each.end for each in self.stages if each.kind == kind and each.first <= number <= each.last), None)

    def _without_fillers(self, text: str) -> End | None:
        fillers = lookup("fields", "fillers")
        parts = text.split()
        for _ in range(MAX_FILLERS):
            if not parts or parts[0].casefold() not in _filler_heads():
                return None
            longest = range(min(6, len(parts) - 1), 0, -1)
            at = next((at for at in longest if " ".join(parts[:at]).casefold() in fillers), 0)
            if not at:
                return None
            parts = parts[at:]
            found = self.find(" ".join(parts))
            if found is not None:
                return found
        return None

    def _without_bracket(self, text: str) -> End | None:
        head, opening, inside = text.partition(" (")
        cleaned = clean(text).title
        # "Sets (1.1) and Maps (1.2)" is not "Sets".
        whole = bool(opening) and ")" not in inside[:-1]
        return (self.find(head) if whole else None) or (self.find(cleaned) if cleaned != text else None)


def _asked(row: Sequence[End], at: int | None, asked: Earlier) -> Sequence[End]:
    if asked.first is not None:
        return row[: asked.first]
    return row[max(0, (at or 0) - 1) : at] if asked.last else row[:at][-MAX_BEFORE:]


@cache
def _filler_heads() -> frozenset[str]:
    return frozenset(filler.split()[0] for filler in lookup("fields", "fillers"))


@cache
def _spans() -> frozenset[str]:
    return frozenset(lookup("phases", "spans"))


def know(
    ends: Iterable[tuple[End, Sequence[str], str]], stages: Iterable[Stage], homes: Iterable[tuple[str, str]] = ()
) -> Known:
    """Make the tables.

    Args:
        ends: topics and sections in the document's order, each with its aliases and number ("chapter 28", "3" or "").
        stages: phases in the document's order.
        homes: (id of a topic, title of its phase).
    """
    known = Known()
    written = list(ends)
    for end, aliases, _ in sorted(written, key=lambda each: each[0].kind != "topic"):
        for name in (end.title, *aliases):
            known.exact.setdefault(name, end)
            known.forms.setdefault(normal_form(name), []).append(end)
        for name in _short_names(end.title):
            form = normal_form(name)
            known.heads[form] = None if form in known.heads else end
    for end, _, number in written:
        if number:
            _count(known, end, number)
    titles: dict[str, int] = {}
    for at, stage in enumerate(stages):
        known.stages.append(stage)
        known.homes[stage.end.id or ""] = titles[stage.end.title] = at
        known.exact.setdefault(stage.end.title, stage.end)
        known.forms.setdefault(normal_form(stage.end.title), []).append(stage.end)
    for topic, phase in homes:
        if phase in titles:
            known.homes.setdefault(topic, titles[phase])
    return known


def _short_names(title: str) -> Iterator[str]:
    """What a title may be called too: "Sets" for "Sets: Unions", "Intro to Sets" for "Introduction to Sets"."""
    head, colon, _ = title.partition(": ")
    if colon:
        yield head
    heads = table("fields")["introductions"]["heads"]
    lower = title.casefold()
    begin = next((each for each in heads if lower.startswith(f"{each} ")), "") if lower.startswith(_INTRODUCING) else ""
    if begin:
        subject = title[len(begin) + 1 :]
        yield subject
        yield from (f"{each} {subject}" for each in heads if each != begin)


def _count(known: Known, end: End, number: str) -> None:
    word, _, digits = number.rpartition(" ")
    key = number if word or "." in number else number.lstrip("0")
    if word or key not in known.numbers:
        known.numbers.setdefault(key, end)
    else:
        known.numbers[key] = None
    if "." not in digits:
        known.series.setdefault(word, []).append(end)


def _subject(title: str) -> str:
    """What "familiarity with Git", "a basic understanding of SQL" is about."""
    parts = title.split(" ", MAX_FILLER + 1)
    for at in range(min(len(parts) - 1, MAX_FILLER), 1, -1):
        head = " ".join(parts[:at]).casefold()
        if head.endswith((" of", " with")) and lookup("fields", "fillers").get(head):
            return " ".join(parts[at:]).removeprefix("the ")
    return title


def external_title(text: str) -> str:
    """How an end that the document does not describe is called: as written, markup removed."""
    wiki = whole_wikilink(text)
    if wiki is None:
        return _subject(trim(plain(wiki_shown(text))).strip(' .:*"\u201c\u201d'))
    target = wiki.target
    if not is_slug(target):
        return target
    name = target.rpartition("/")[2].removesuffix(".md")
    if wiki.shown:
        return wiki.shown if folded_form(wiki.shown) == folded_form(target_words(target)) else name
    return target_words(target)
