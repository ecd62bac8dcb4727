"""Which titles are the same topic, and which id it has: normal forms, aliases and the register; no ratio."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.titles import bracketed_acronym, folded_form, is_generic, normal_form, slug, without_numbering
from ingest.reading import Reading, ReadTopic


class Named(NamedTuple):
    """A topic as one document names it."""

    document: str
    topic: ReadTopic
    form: str
    """Its normal form, qualified by what it stands in when the title is generic."""
    parent: str
    """Title of what it stands in: the topic, section, phase or roadmap."""
    others: tuple[str, ...]
    """Normal forms of its aliases."""


@dataclass(slots=True)
class Identities:
    """The result: from what documents name to ids."""

    topic_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """(document id, id in its reading) -> topic id."""
    names: dict[str, str] = field(default_factory=dict)
    """The register: normal form -> topic id, with all that the register held before."""
    _folded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def resolve(self, written: str) -> str | None:
        """The topic that a reference means; None when no document has it.

        The normal form first, then the last part of a path, then without regard to case where that is unambiguous.
        """
        for text in (written, written.rpartition("/")[2], written.partition("#")[0]):
            found = self.names.get(normal_form(text)) if text.strip() else None
            if found is not None:
                return found
        candidates = self._folded.get(folded_form(written), set())
        return next(iter(candidates)) if len(candidates) == 1 else None

    def learn(self, form: str, topic_id: str) -> None:
        """Remember that this form names this topic."""
        self.names.setdefault(form, topic_id)
        self._folded[form.casefold()].add(topic_id)


def identify(readings: Sequence[tuple[str, Reading]], register: Mapping[str, str]) -> Identities:
    """Decide for all topics of all documents.

    Args:
        readings: (document id, reading), sorted by document id.
        register: normal form -> topic id of earlier readings; keeps ids stable whatever is read later.
    """
    named = [name for document, reading in readings for name in _names(document, reading)]
    leader = _leaders(named)
    classes: dict[str, list[Named]] = defaultdict(list)
    for name in named:
        classes[leader[name.form]].append(name)
    found = Identities()
    taken = set(register.values())
    alive: dict[str, str] = {}
    for form, members in classes.items():
        known = next((register[key] for key in (form, *_forms(members)) if key in register), None)
        topic_id = known if known is not None and known not in alive else _new_id(form, members, taken)
        alive[topic_id] = form
        taken.add(topic_id)
        for name in members:
            found.topic_ids[name.document, name.topic.id] = topic_id
            found.learn(name.form, topic_id)
    _learn_aliases(found, classes, alive)
    for form, topic_id in register.items():
        if form not in found.names:
            found.names[form] = topic_id
    return found


def clean_title(title: str) -> str:
    """The title without numbering and without the acronym it gives of itself."""
    acronym = bracketed_acronym(title)
    bare = without_numbering(title)
    return bare.replace(f"({acronym})", "").replace("  ", " ").strip() if acronym else bare


def _names(document: str, reading: Reading) -> Iterable[Named]:
    by_id = {topic.id: topic for topic in reading.topics}
    for topic in reading.topics:
        if topic.kind != "topic":
            continue
        above = by_id.get(topic.part_of or "")
        parent = above.title if above else topic.phase or reading.roadmap.title
        form = normal_form(topic.title)
        if is_generic(topic.title):
            form = f"{normal_form(parent)} / {form}"
        acronym = bracketed_acronym(topic.title)
        aliases = (*topic.aliases, acronym) if acronym else topic.aliases
        others = tuple(normal_form(alias) for alias in aliases if not is_generic(alias))
        yield Named(document, topic, form, parent, others)


def _leaders(named: Sequence[Named]) -> dict[str, str]:
    """Form -> the form that stands for its class: an alias that is another topic's title makes the two one."""
    leader = {name.form: name.form for name in named}

    def find(form: str) -> str:
        while leader[form] != form:
            form = leader[form]
        return form

    for name in named:
        for other in name.others:
            if other in leader:
                leader[find(other)] = find(name.form)
    return {form: find(form) for form in leader}


def _forms(members: Sequence[Named]) -> list[str]:
    return [name.form for name in members] + [form for name in members for form in name.others]


def _new_id(form: str, members: Sequence[Named], taken: set[str]) -> str:
    """The title's slug; with its parent's slug before it when another topic has that already; never a counter."""
    first = members[0]
    plain = slug(clean_title(first.topic.title))
    qualified = f"{slug(clean_title(first.parent))}-{plain}"
    wanted = [qualified] if "/" in form and is_generic(first.topic.title) else [plain, qualified]
    unique = f"{plain}-{hashlib.sha256(form.encode()).hexdigest()[:8]}"
    return next((candidate for candidate in wanted if candidate not in taken), unique)


def _learn_aliases(found: Identities, classes: Mapping[str, list[Named]], alive: Mapping[str, str]) -> None:
    """Aliases name a topic unless two topics claim the same one."""
    by_form = {form: topic_id for topic_id, form in alive.items()}
    claims: dict[str, set[str]] = defaultdict(set)
    for form, members in classes.items():
        for name in members:
            for other in name.others:
                claims[other].add(by_form[form])
            if is_generic(name.topic.title):
                claims[normal_form(name.topic.title)].add(by_form[form])
    for other, owners in claims.items():
        if len(owners) == 1 and other not in found.names:
            found.learn(other, next(iter(owners)))
