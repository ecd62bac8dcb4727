"""The graph as Cypher sees it: labels, relationship types and their properties, in one table.

A public interface: `docs/schema.md` describes it, and a change needs a migration and a new SCHEMA_VERSION.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from graph.model import kind_of

SCHEMA_VERSION = 1

NODES: dict[LiteralString, tuple[LiteralString, ...]] = {
    "Topic": ("id", "title", "aliases", "summary", "effort_hours", "state", "background"),
    "Roadmap": ("id", "title", "family"),
    "Phase": ("id", "roadmap_id", "label", "title", "position", "weeks_min", "weeks_max"),
    "Section": ("id", "roadmap_id", "title", "position"),
    "Choice": ("id", "min", "topic"),
    "Source": ("id", "root", "kind"),
    "Document": ("id", "path", "sha256", "family", "reader_version", "read_at", "reading"),
    "Mention": ("id", "text", "line_start", "line_end"),
    "Claim": (
        "id", "rule", "origin", "strength", "confidence", "quote", "reason", "line_start", "line_end", "choice_id",
    ),
    "Resource": ("url", "title", "kind"),
    "Name": ("id", "topic_id"),
}  # fmt: skip
"""What reading writes: label -> properties; the first is the key."""

PEOPLE: dict[LiteralString, LiteralString] = dict.fromkeys(("Learner", "Goal", "Event", "Meta"), "id")
"""What people's decisions write: label -> key. Never touched by reading."""


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """One relationship type between given labels."""

    type: LiteralString
    sources: tuple[LiteralString, ...]
    targets: tuple[LiteralString, ...]
    properties: tuple[LiteralString, ...] = ()

    def ends(self, source_id: str, target_id: str) -> tuple[LiteralString, LiteralString]:
        """The labels of both ends, told by the ids where several are possible."""
        return label_of(self.sources, source_id), label_of(self.targets, target_id)


ENDS: tuple[LiteralString, ...] = ("Topic", "Phase", "Section")
_WEIGHED: tuple[LiteralString, ...] = ("origin", "confidence", "claims", "reason")

EDGES: tuple[EdgeKind, ...] = (
    EdgeKind("REQUIRES", ENDS, ENDS, _WEIGHED),
    EdgeKind("RECOMMENDS", ENDS, ENDS, _WEIGHED),
    EdgeKind("MAY_REQUIRE", ENDS, ENDS, _WEIGHED),
    EdgeKind("REQUIRES_ONE_OF", ENDS, ("Choice",), _WEIGHED),
    EdgeKind("OPTION", ("Choice",), ("Topic",), ("position",)),
    EdgeKind("PART_OF", ("Topic",), ("Topic",), ("position", "binding")),
    EdgeKind("HAS_PHASE", ("Roadmap",), ("Phase",), ("position",)),
    EdgeKind("HAS_SECTION", ("Roadmap",), ("Section",), ("position",)),
    EdgeKind("INSIDE", ("Section", "Phase"), ("Section", "Phase"), ("position",)),
    EdgeKind("COVERS", ("Phase", "Section", "Roadmap"), ("Topic",), ("position",)),
    EdgeKind("NAMES", ("Mention",), ("Topic",), ("method",)),
    EdgeKind("FOUND_IN", ("Mention",), ("Document",)),
    EdgeKind("FOUND_IN", ("Claim",), ("Document",)),
    EdgeKind("ABOUT", ("Claim",), ENDS),
    EdgeKind("NEEDS", ("Claim",), ENDS),
    EdgeKind("DESCRIBES", ("Document",), ("Roadmap",)),
    EdgeKind("FROM", ("Document",), ("Source",)),
    EdgeKind("TEACHES", ("Resource",), ("Topic",), ("position",)),
)

MARK_TYPES: dict[str, LiteralString] = {
    "known": "KNOWS",
    "learning": "LEARNING",
    "skipped": "SKIPS",
    "not known": "NOT_KNOWN",
}
"""A learner's mark -> the relationship to the topic that stores it."""
WISH_TYPES: dict[str, LiteralString] = {"pins": "PINS", "postpones": "POSTPONES", "prefers": "PREFERS"}


def key_of(label: LiteralString) -> LiteralString:
    """The property that identifies a node of this label."""
    return NODES[label][0] if label in NODES else PEOPLE[label]


def constraints() -> tuple[LiteralString, ...]:
    """A uniqueness constraint on every key.

    Built from the constants of this module alone:
    `CREATE CONSTRAINT topic_id IF NOT EXISTS FOR (n:Topic) REQUIRE n.id IS UNIQUE`
    """
    return tuple(
        f"CREATE CONSTRAINT {label.lower()}_{key_of(label)} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{key_of(label)} IS UNIQUE"
        for label in (*NODES, *PEOPLE)
    )


def label_of(labels: tuple[LiteralString, ...], node_id: str) -> LiteralString:
    """Which of the labels a node has: told by its id where several are possible."""
    if len(labels) == 1:
        return labels[0]
    kind = kind_of(node_id).capitalize()
    return next((label for label in labels if label == kind), labels[0])
