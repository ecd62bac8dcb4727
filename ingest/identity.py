"""Which titles are the same topic, and which id it has: named rules, aliases and the register; no ratio."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.titles import is_generic, normal_form, slug
from ingest.identity_classes import Classes
from ingest.identity_lookup import Identities
from ingest.identity_names import Named, acronyms_in, clean_title, names_in, note_path
from ingest.identity_rules import ALIAS, SHORT_FORM, is_gloss, short_form
from ingest.reading import Reading

__all__ = ["Earlier", "Identities", "clean_title", "identify"]

_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier readings decided, so that ids stay."""

    register: Mapping[str, str] = field(default_factory=dict)
    """Normal form -> topic id."""
    held: Collection[str] = ()
    """Topics on which somebody has a state."""
    mentions: Mapping[str, str] = field(default_factory=dict)
    """Mention id -> the topic that it named."""
    renamed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(document id, id in its reading) -> the topic that had another title in this document before."""


class _Wish(NamedTuple):
    """That a class takes an id; the smallest wish comes first."""

    rank: int
    """0: one of its titles had the id; 1: an alias; 2: it was renamed."""
    not_held: bool
    not_named_before: bool
    not_slug: bool
    order: int
    topic_id: str
    members: Sequence[Named]


def identify(readings: Sequence[tuple[str, Reading]], earlier: Earlier) -> Identities:
    """Decide for all topics of all documents.

    Args:
        readings: (document id, reading), in the documents' order.
        earlier: ids given before.
    """
    acronyms = acronyms_in(readings)
    named = [name for document, reading in readings for name in names_in(document, reading, acronyms)]
    classes = Classes(named)
    owned = classes.join_aliases()
    unsure = _join_short_forms(classes, named)
    found = Identities(acronyms, earlier.register, frozenset(earlier.held), unsure=unsure)
    members = classes.members()
    ids = _ids(members, owned, earlier)
    for root, names in members.items():
        topic_id = ids[root]
        for name in names:
            found.add(name, topic_id, classes.rules.get(name.key) or classes.rules.get(names[0].key) or ALIAS)
    for (form, key), owner in owned.items():
        found.add_alias(form, key, ids[classes.find(owner)])
    _learn_generic(found, named)
    for document, reading in readings:
        path = note_path(document, reading)
        topic = next((topic for topic in reading.topics if topic.kind == "topic"), None)
        if path is not None and topic is not None:
            found.add_path(path, found.topic_ids[document, topic.id])
    return found


def _join_short_forms(classes: Classes, named: Sequence[Named]) -> tuple[tuple[str, str], ...]:
    """Join "JOINs — Connecting tables" to "JOINs" where nothing else begins so; else they are only alike.

    Returns:
        Pairs of titles, long and short, that may be one.
    """
    longs: dict[str, dict[str, tuple[Named, str, str]]] = defaultdict(dict)
    for name in named:
        cut = None if name.generic else short_form(name.topic.title)
        if cut is not None and not is_generic(cut[0]):
            longs[classes.form_of(cut[0])].setdefault(name.key, (name, *cut))
    listed = {(name.document, name.key) for name in named}
    unsure = []
    for short, found in longs.items():
        if short not in classes:
            continue
        for name, written, gloss in found.values():
            if len(found) == 1 and is_gloss(gloss) and (name.document, short) not in listed:
                classes.join(name.key, short, SHORT_FORM)
            elif classes.find(name.key) != classes.find(short) and (name.document, short) not in listed:
                unsure.append((name.topic.title, written))
    return tuple(unsure)


def _ids(
    members: Mapping[str, Sequence[Named]], owned: Mapping[tuple[str, str], str], earlier: Earlier
) -> Mapping[str, str]:
    """An id for each class: the one it had, as far as two do not want the same; else a new one."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for (form, _), owner in owned.items():
        aliases[owner].append(form)
    wishes: list[tuple[_Wish, str]] = []
    for order, (root, names) in enumerate(members.items()):
        wishes += [(wish, root) for wish in _wishes(order, names, aliases, earlier)]
    wishes.sort(key=lambda each: each[0][:6])
    given: dict[str, str] = {}
    taken: set[str] = set()
    for wish, root in wishes:
        if root not in given and wish.topic_id not in taken:
            given[root] = wish.topic_id
            taken.add(wish.topic_id)
    taken |= set(earlier.register.values())
    for root, names in members.items():
        if root not in given:
            given[root] = _new_id(names, taken)
            taken.add(given[root])
    return given


def _wishes(
    order: int, names: Sequence[Named], aliases: Mapping[str, Sequence[str]], earlier: Earlier
) -> Iterator[_Wish]:
    plain = slug(clean_title(names[0].topic.title))
    before = {earlier.mentions[name.mention] for name in names if name.mention in earlier.mentions}
    ranked: dict[str, int] = {}
    for name in names:
        for form, rank in ((name.form, 0), *((alias, 1) for alias in aliases.get(name.key, ()))):
            if form in earlier.register:
                topic_id = earlier.register[form]
                ranked[topic_id] = min(rank, ranked.get(topic_id, rank))
    for name in names:
        topic_id = earlier.renamed.get((name.document, name.topic.id), "")
        if topic_id:
            ranked.setdefault(topic_id, 2)
    for topic_id, rank in ranked.items():
        yield _Wish(
            rank, topic_id not in earlier.held, topic_id not in before, topic_id != plain, order, topic_id, names
        )


def _new_id(names: Sequence[Named], taken: set[str]) -> str:
    """The title's slug; with its parent's slug before it when another topic has that already; never a counter."""
    first = names[0]
    plain = slug(clean_title(first.topic.title))
    qualified = f"{slug(clean_title(first.parent))}-{plain}"
    wanted = [qualified] if first.generic else [plain, qualified]
    unique = f"{plain}-{hashlib.sha256(first.form.encode()).hexdigest()[:8]}"
    return next((candidate for candidate in wanted if candidate not in taken), unique)


def _learn_generic(found: Identities, named: Sequence[Named]) -> None:
    """A generic title alone names a topic as long as only one has it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in named:
        if name.generic:
            owners[normal_form(name.topic.title)].add(found.topic_ids[name.document, name.topic.id])
    for form, topics in owners.items():
        if len(topics) == 1:
            found.learn_key(form, next(iter(topics)))
