"""The difference between what a store holds and what it should hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import LiteralString

from graph.store.rows import EdgeKey, Ends, Properties, Rows

EdgeRow = tuple[str, str, Properties]
"""Key of the source, key of the target, properties."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be written. Nodes and relationships that are equal on both sides are not in it."""

    base_version: int
    """The graph version that the difference was taken from; another one in the store means a conflict."""
    nodes: dict[LiteralString, list[Properties]] = field(default_factory=dict)
    """New or changed, by label."""
    new_edges: dict[EdgeKey, list[EdgeRow]] = field(default_factory=dict)
    """By kind. Apart from the changed ones because the writer may create them without looking: looking for a
    relationship takes as long as its ends have relationships, and a roadmap has one to each of its topics."""
    changed_edges: dict[EdgeKey, list[EdgeRow]] = field(default_factory=dict)
    gone_nodes: dict[LiteralString, list[str]] = field(default_factory=dict)
    gone_edges: dict[EdgeKey, list[Ends]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Rows to write or delete."""
        groups = (self.nodes, self.new_edges, self.changed_edges, self.gone_nodes, self.gone_edges)
        return sum(len(rows) for group in groups for rows in group.values())

    def __bool__(self) -> bool:
        return self.count > 0


def difference(old: Rows, new: Rows, base_version: int) -> Changes:
    """What turns `old` into `new`; a changed row names the properties that are to vanish as None."""
    changes = Changes(base_version)
    for label in {**old.nodes, **new.nodes}:
        before, after = old.nodes.get(label, {}), new.nodes.get(label, {})
        changed = [_with_gaps(before.get(key), row) for key, row in after.items() if before.get(key) != row]
        gone = [key for key in before if key not in after]
        if changed:
            changes.nodes[label] = changed
        if gone:
            changes.gone_nodes[label] = gone
    for kind in {**old.edges, **new.edges}:
        had, has = old.edges.get(kind, {}), new.edges.get(kind, {})
        added = [(*ends, row) for ends, row in has.items() if ends not in had]
        rows = [(*ends, _with_gaps(had[ends], row)) for ends, row in has.items() if ends in had and had[ends] != row]
        left = [ends for ends in had if ends not in has]
        if added:
            changes.new_edges[kind] = added
        if rows:
            changes.changed_edges[kind] = rows
        if left:
            changes.gone_edges[kind] = left
    return changes


def _with_gaps(before: Properties | None, after: Properties) -> Properties:
    missing = [name for name in before or {} if name not in after]
    return {**after, **dict.fromkeys(missing)} if missing else after
