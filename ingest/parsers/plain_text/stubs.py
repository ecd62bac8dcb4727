"""Titles whose description only leads to another title of the document: other names of that one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import compress

from graph.titles import normal_form
from ingest.parsers.outline.draft import Draft
from ingest.parsers.wording.inline import target_words
from ingest.reading import ReadTopic

_LEADS = re.compile(
    r"(?:stub(?: page)?\W{1,5})?(?:[\w ]{0,40}\s)?(?:moved|redirects?|merged|renamed|see|now)"
    r"(?:\s(?:to|into|in|at|part of|under))?:?\s"
    r"\[\[([^\[\]|#]{1,80})(?:[|#][^\[\]]{0,80})?\]\]\W{0,3}",
    re.IGNORECASE,
)
MAX_LEADING = 200
"""Signs of a description that only leads on."""


def fold_stubs(draft: Draft) -> None:
    """Make of each title that only leads to another one of the document an alias of that."""
    targets = {each.id: _target(each.description) for each in draft.topics}
    stubs = {key: target for key, target in targets.items() if target}
    if not stubs:
        return
    known = {normal_form(each.title): each for each in reversed(draft.topics) if each.id not in stubs}
    needed = {each.part_of for each in draft.topics} | {
        each.owner.id for each in draft.claims if each.owner is not None
    }
    meant = {key: _meant(target, known) for key, target in stubs.items() if key not in needed}
    aliases: dict[str, list[str]] = {}
    for topic in draft.topics:
        other = meant.get(topic.id)
        if other is not None:
            aliases.setdefault(other.id, []).append(topic.title)
    kept = [meant.get(each.id) is None for each in draft.topics]
    draft.numbers[:] = compress(draft.numbers, kept)
    draft.topics[:] = _renumbered([each for each, keep in zip(draft.topics, kept, strict=True) if keep], aliases)


def _target(description: str) -> str:
    found = _LEADS.fullmatch(description) if "[[" in description and len(description) <= MAX_LEADING else None
    return found[1].strip() if found is not None else ""


def _meant(target: str, known: Mapping[str, ReadTopic]) -> ReadTopic | None:
    return known.get(normal_form(target)) or known.get(normal_form(target_words(target)))


def _renumbered(topics: Sequence[ReadTopic], aliases: Mapping[str, Sequence[str]]) -> list[ReadTopic]:
    return [
        each.model_copy(
            update={"position": at, "aliases": tuple(dict.fromkeys((*each.aliases, *aliases.get(each.id, ()))))}
        )
        for at, each in enumerate(topics, start=1)
    ]
