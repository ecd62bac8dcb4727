"""Titles that may be one topic: proposed with a reason and a score, never merged.

Each reason is one named function over all topics. Candidates come from tables of equal forms and from rare words that
titles share, so the work stays linear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import NamedTuple

from graph.datafiles import words
from graph.model import Graph, kind_of
from graph.titles import is_generic, never_same, normal_form

RARE = 8
"""Topics in whose titles a word stands before it is too common to lead to doubles."""
MIN_SHARED = 2
"""Neighbours two topics must share."""
MIN_OVERLAP = 0.5
MIN_WORD = 5
"""Letters from which on one wrong letter looks like a typo."""
LIKENESS = 0.75
"""Share of letters that two whole titles must have in common to look alike."""
_DIGITS = re.compile(r"\d+")


class Proposal(NamedTuple):
    """Two topics that may be one."""

    topic: str
    other: str
    reason: str
    """Kebab-case name of the function that found them."""
    text: str
    """The reason as people read it."""
    score: float
    """0 to 1."""


@dataclass(frozen=True)
class Field:
    """The topics that are compared, with tables made when first asked for."""

    titles: Mapping[str, str]
    """Topic id -> title; generic titles are not compared."""
    documents: Mapping[str, Collection[str]]
    """Topic id -> ids of the documents that name it."""
    neighbours: Mapping[str, frozenset[str]]
    """Topic id -> what it requires, and what requires it."""
    short: Sequence[tuple[str, str]] = ()
    """(long title, short title) of titles that add something behind a dash."""

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """Topic id -> normal form."""
        return {topic: normal_form(title) for topic, title in self.titles.items()}

    @cached_property
    def by_form(self) -> Mapping[str, str]:
        """Normal form -> topic id."""
        return {form: topic for topic, form in self.forms.items()}

    @cached_property
    def by_word(self) -> Mapping[str, Sequence[str]]:
        """Word of a normal form -> ids of the topics whose titles have it."""
        found: dict[str, list[str]] = defaultdict(list)
        for topic, form in self.forms.items():
            for word in set(form.casefold().split()):
                found[word].append(topic)
        return found

    def apart(self, one: str, other: str) -> bool:
        """Whether one document names both as two topics."""
        return not set(self.documents.get(one, ())).isdisjoint(self.documents.get(other, ()))


def field_of(graph: Graph, documents: Mapping[str, Collection[str]], short: Sequence[tuple[str, str]] = ()) -> Field:
    """The topics of a graph that some document describes or asks for.

    Args:
        graph: with its requirements.
        documents: topic id -> the documents that name it.
        short: pairs of long and short titles.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for topic, requires, *_ in graph.requires:
        if kind_of(topic) == kind_of(requires) == "topic":
            neighbours[topic].add(f">{requires}")
            neighbours[requires].add(f"<{topic}")
    titles = {
        topic.id: topic.title
        for topic in graph.topics.values()
        if topic.state != "retired" and not is_generic(topic.title)
    }
    return Field(titles, documents, {topic: frozenset(near) for topic, near in neighbours.items()}, short)


def proposals(field: Field) -> tuple[Proposal, ...]:
    """All likely doubles, the best reason for each pair, best first."""
    found: dict[tuple[str, str], Proposal] = {}
    for reason in REASONS:
        for each in reason(field):
            if _never(field, each.topic, each.other):
                continue
            pair = (min(each.topic, each.other), max(each.topic, each.other))
            if pair not in found or found[pair].score < each.score:
                found[pair] = each._replace(topic=pair[0], other=pair[1])
    return tuple(sorted(found.values(), key=lambda each: (-each.score, each.topic, each.other)))


def resemble(one: str, other: str) -> bool:
    """Whether two titles differ by filler words or by a few letters; never for titles on the never list."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only when titles changed

    left, right = normal_form(one), normal_form(other)
    if never_same(one, other) or not same_numbers(one, other):
        return False
    return _without_fillers(left) == _without_fillers(right) or (
        min(len(left), len(right)) >= MIN_WORD and OSA.normalized_similarity(left, right) >= LIKENESS
    )


def same_numbers(one: str, other: str) -> bool:
    """Whether two titles have the same numbers in them: Calculus 1 is not Calculus 2."""
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def _filler_words(field: Field) -> Iterator[Proposal]:
    """As "Caching strategies" in one document and "Caching basics" in another."""
    groups: dict[str, list[str]] = defaultdict(list)
    for topic, form in field.forms.items():
        groups[_without_fillers(form)].append(topic)
    for topic, other in _each_pair(groups.values()):
        if not field.apart(topic, other):
            yield Proposal(topic, other, "filler-words", "they differ only by words that say little", 0.8)


def _case(field: Field) -> Iterator[Proposal]:
    """As "Sql" and "SQL": short words in another case may be other things."""
    groups: dict[str, list[str]] = defaultdict(list)
    for topic, form in field.forms.items():
        groups[form.casefold()].append(topic)
    for topic, other in _each_pair(groups.values()):
        yield Proposal(topic, other, "case", "they differ only by upper and lower case", 0.7)


def _spacing(field: Field) -> Iterator[Proposal]:
    """As "Web sockets" and "WebSockets"."""
    groups: dict[str, list[str]] = defaultdict(list)
    for topic, form in field.forms.items():
        groups[form.casefold().replace(" ", "").replace(".", "")].append(topic)
    for topic, other in _each_pair(groups.values()):
        yield Proposal(topic, other, "spacing", "they differ only by spaces", 0.85)


def _typos(field: Field) -> Iterator[Proposal]:
    """As "Kubernetes" and "Kuberentes": one word of the title has one letter more, less, other or exchanged."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only when there are words that look alike

    alike = _alike(word for word in field.by_word if len(word) >= MIN_WORD and word.isalpha())
    for topic, form in field.forms.items():
        parts = form.split()
        for at, word in enumerate(parts):
            for near in alike.get(word.casefold(), ()):
                other = field.by_form.get(" ".join([*parts[:at], near, *parts[at + 1 :]]))
                if other is not None and topic < other and OSA.distance(word.casefold(), near) == 1:
                    score = round(OSA.normalized_similarity(form, field.forms[other]) * 0.9, 2)
                    yield Proposal(topic, other, "typo", "they differ by one letter", score)


def _shared_neighbours(field: Field) -> Iterator[Proposal]:
    """Titles with a rare word in common that require, and are required by, mostly the same."""
    seen = set()
    for topics in field.by_word.values():
        if len(topics) > RARE:
            continue
        for topic, other in combinations(sorted(topics), 2):
            if (topic, other) in seen or field.apart(topic, other):
                continue
            seen.add((topic, other))
            one, two = field.neighbours.get(topic, frozenset()), field.neighbours.get(other, frozenset())
            shared = len(one & two)
            if shared >= MIN_SHARED and shared / len(one | two) >= MIN_OVERLAP:
                text = f"they share a word and {shared} neighbours"
                yield Proposal(topic, other, "shared-neighbours", text, round(0.7 * shared / len(one | two), 2))


def _short_forms(field: Field) -> Iterator[Proposal]:
    """As "Docker — multi-stage builds" and "Docker": what stands behind the dash may be an explanation or a part."""
    for long, short in field.short:
        topic, other = field.by_form.get(normal_form(long)), field.by_form.get(normal_form(short))
        if topic is not None and other is not None and topic != other:
            yield Proposal(topic, other, "short-form", "one is what the other begins with", 0.5)


REASONS: tuple[Callable[[Field], Iterator[Proposal]], ...] = (
    _filler_words, _case, _spacing, _typos, _shared_neighbours, _short_forms,
)  # fmt: skip


def _never(field: Field, one: str, other: str) -> bool:
    left, right = field.titles[one], field.titles[other]
    return never_same(left, right) or not same_numbers(left, right)


def _each_pair(groups: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of each group; of a large one only those with its first, so that it stays linear."""
    for group in groups:
        if len(group) <= RARE:
            yield from combinations(group, 2)
        else:
            yield from ((group[0], other) for other in group[1:])


def _alike(vocabulary: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Word -> words that are one deletion, insertion, exchange or replacement away: they share a word with a gap."""
    gaps: dict[str, list[str]] = defaultdict(list)
    for word in vocabulary:
        for gap in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            gaps[gap].append(word)
    found: dict[str, set[str]] = defaultdict(set)
    for near in gaps.values():
        for one, other in combinations(near[:RARE], 2):
            found[one].add(other)
            found[other].add(one)
    return {word: sorted(near) for word, near in found.items()}


def _without_fillers(form: str) -> str:
    text = f" {form.casefold()} "
    for filler in _fillers():
        text = text.replace(f" {filler} ", " ")
    return text.strip() or form


@cache
def _fillers() -> tuple[str, ...]:
    """Long ones first: "introduction to" before "introduction"."""
    return tuple(sorted((filler.casefold() for filler in words("titles")["fillers"]), key=len, reverse=True))
