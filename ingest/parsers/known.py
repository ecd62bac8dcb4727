"""What a document names: its topics, sections and phases, found again by the words of a requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.titles import folded_form, normal_form
from ingest.parsers.inline import is_slug, plain, target_words, whole_wikilink, wiki_shown
from ingest.parsers.phases import everything_before
from ingest.parsers.titles import clean
from ingest.reading import EndKind
from ingest.words import lookup


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


@dataclass(frozen=True, slots=True)
class Known:
    """Look-up tables of one document; filled by `know`."""

    exact: dict[str, End] = field(default_factory=dict)
    forms: dict[str, list[End]] = field(default_factory=dict)
    numbers: dict[str, End] = field(default_factory=dict)
    """"chapter 28" -> its topic."""
    stages: list[Stage] = field(default_factory=list)

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
        wiki = whole_wikilink(text)
        if wiki is not None:
            return self.find(wiki.target) or self.find(wiki.shown) or self.find(target_words(wiki.target))
        shown = plain(text).strip(' .:*"\u201c\u201d')
        return self.find(shown) or self._without_fillers(shown) or self._without_bracket(shown)

    def stage(self, kind: str, number: int) -> End | None:
        """The stage of a kind with a number, or None."""
        return next((each.end for each in self.stages if each.kind == kind and each.first <= number <= each.last), None)

    def before(self, text: str, owner: str | None) -> Sequence[End] | None:
        """The stages that "all previous phases" or "the first two modules" means for an owner, or None."""
        asked = everything_before(text)
        if asked is None:
            return None
        at = next((at for at, each in enumerate(self.stages) if each.end.id == owner), len(self.stages))
        count = asked[1]
        return [each.end for each in (self.stages[:at] if count is None else self.stages[:count])]

    def _without_fillers(self, text: str) -> End | None:
        fillers = lookup("fields", "fillers")
        parts = text.split()
        if not parts or parts[0].casefold() not in _filler_heads():
            return None
        for at in range(min(6, len(parts) - 1), 0, -1):
            if " ".join(parts[:at]).casefold() in fillers:
                return self.find(" ".join(parts[at:])) or self._without_fillers(" ".join(parts[at:]))
        return None

    def _without_bracket(self, text: str) -> End | None:
        head, opening, _ = text.partition(" (")
        cleaned = clean(text).title
        return (self.find(head) if opening else None) or (self.find(cleaned) if cleaned != text else None)


@cache
def _filler_heads() -> frozenset[str]:
    return frozenset(filler.split()[0] for filler in lookup("fields", "fillers"))


def know(ends: Iterable[tuple[End, Sequence[str], str]], stages: Iterable[Stage]) -> Known:
    """Make the tables.

    Args:
        ends: topics and sections in the document's order, each with its aliases and number ("chapter 28" or "").
        stages: phases in the document's order.
    """
    known = Known()
    ranked = sorted(ends, key=lambda each: each[0].kind != "topic")
    for end, aliases, number in ranked:
        for name in (end.title, *aliases):
            known.exact.setdefault(name, end)
            known.forms.setdefault(normal_form(name), []).append(end)
        if " " in number:
            known.numbers.setdefault(number, end)
    for stage in stages:
        known.stages.append(stage)
        known.exact.setdefault(stage.end.title, stage.end)
        known.forms.setdefault(normal_form(stage.end.title), []).append(stage.end)
    return known


def external_title(text: str) -> str:
    """How an end that the document does not describe is called: as written, markup removed."""
    wiki = whole_wikilink(text)
    if wiki is None:
        return plain(wiki_shown(text)).strip(' .:*"\u201c\u201d')
    target = wiki.target
    if not is_slug(target):
        return target
    name = target.rpartition("/")[2].removesuffix(".md")
    if wiki.shown:
        return wiki.shown if folded_form(wiki.shown) == folded_form(target_words(target)) else name
    return target_words(target)
