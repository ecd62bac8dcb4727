"""What a reading changed, document by document: the rows before compared with the rows after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.store.rows import EdgeKey, Rows

_NAMES = EdgeKey("NAMES", "Mention", "Topic")
_MENTIONED = EdgeKey("FOUND_IN", "Mention", "Document")
_CLAIMED = EdgeKey("FOUND_IN", "Claim", "Document")
Stated = tuple[str, str, bool]
"""Topic, what it requires, whether that is one of several alternatives."""


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """Ids, sorted by title."""

    topics_added: tuple[str, ...] = ()
    topics_changed: tuple[str, ...] = ()
    """Named before and now, and something about them is different."""
    topics_retired: tuple[str, ...] = ()
    """Left the document; kept because somebody has a state on them."""
    topics_removed: tuple[str, ...] = ()
    """Left the document."""
    requirements_added: tuple[Stated, ...] = ()
    requirements_removed: tuple[Stated, ...] = ()
    requirements_proposed: tuple[Stated, ...] = ()
    """Inferred ones that are new."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What documents say in one state of the store."""

    topics: Mapping[str, set[str]]
    stated: Mapping[str, set[Stated]]
    inferred: Mapping[str, set[Stated]]


def document_changes(before: Rows, after: Rows, documents: Collection[str]) -> Mapping[str, DocumentChanges]:
    """The changes of some documents."""
    was, is_ = _said(before, documents), _said(after, documents)
    had, has = before.nodes.get("Topic", {}), after.nodes.get("Topic", {})
    titles = titles_of(before) | titles_of(after)

    def by_title(ids: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda topic: ((titles.get(topic) or topic).casefold(), topic)))

    def pairs(ends: Collection[Stated]) -> tuple[Stated, ...]:
        return tuple(sorted(ends, key=lambda pair: (titles.get(pair[0], ""), titles.get(pair[1], ""))))

    found = {}
    for key in documents:
        old, new = was.topics[key], is_.topics[key]
        retired = {topic for topic in old - new if has.get(topic, {}).get("state") == "retired"}
        found[key] = DocumentChanges(
            topics_added=by_title(new - old),
            topics_changed=by_title({topic for topic in old & new if had.get(topic) != has.get(topic)}),
            topics_retired=by_title(retired),
            topics_removed=by_title(old - new - retired),
            requirements_added=pairs(is_.stated[key] - was.stated[key]),
            requirements_removed=pairs(was.stated[key] - is_.stated[key]),
            requirements_proposed=pairs(is_.inferred[key] - was.inferred[key]),
        )
    return found


def titles_of(rows: Rows) -> dict[str, str]:
    """Id -> title of topics, phases and sections."""
    labels = ("Topic", "Phase", "Section")
    return {key: row["title"] for label in labels for key, row in rows.nodes.get(label, {}).items()}


def _said(rows: Rows, documents: Collection[str]) -> _Said:
    said = _Said(defaultdict(set), defaultdict(set), defaultdict(set))
    wanted = set(documents)
    homes = {mention: key for mention, key in rows.edges.get(_MENTIONED, {}) if key in wanted}
    for mention, topic in rows.edges.get(_NAMES, {}):
        if mention in homes:
            said.topics[homes[mention]].add(topic)
    about, needs = _ends(rows, "ABOUT"), _ends(rows, "NEEDS")
    for claim, key in rows.edges.get(_CLAIMED, {}):
        if key in wanted:
            row = rows.nodes["Claim"][claim]
            found = said.inferred if row.get("origin") == "inferred" else said.stated
            found[key].add((about[claim], needs[claim], bool(row.get("choice_id"))))
    return said


def _ends(rows: Rows, type_: str) -> Mapping[str, str]:
    return {claim: end for kind, edges in rows.edges.items() if kind.type == type_ for claim, end in edges}
