"""Alternatives that are written one by one: edges, rows or entries of which one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.model import Strength
from ingest.parsers.data_files.names import Names
from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.words import all_pairs, key_words, means
from ingest.parsers.dot.words import edge_words
from ingest.parsers.outline.draft import Claim
from ingest.parsers.wording.known import End

_SEVERAL = re.compile(r"[,;|/]|\s(?:or|oder|ou)\s", re.IGNORECASE)
_NOT_SAID = frozenset({"", "false", "no", "0", "none", "null"})
_SAID = frozenset({"true", "yes", "1"})


@dataclass(slots=True)
class Choices:
    """Collects alternatives by who has the choice and by the name of the group."""

    groups: dict[tuple[str, str | None, str], list[Claim]] = field(default_factory=dict)

    def add(self, owner: End, group: str, claim: Claim) -> None:
        """Note one alternative."""
        self.groups.setdefault((owner.kind, owner.id, group.casefold()), []).append(claim)

    def settle(self, names: Names) -> None:
        """Make one claim of each group; an alternative that is left alone only helps."""
        for claims in self.groups.values():
            made = joined(claims)
            if not made.choice:
                message = f"“{made.pieces[0].value}” is an alternative to nothing; read as helpful"
                names.draft.problem("lone-alternative", message, made.pieces[0].line_start, "name the others too")
            names.draft.claims.append(made)


def joined(claims: list[Claim]) -> Claim:
    """Alternatives as one claim; the same one twice counts once, and one alone is soft: it was never required."""
    pieces = {piece.value.strip().casefold(): piece for claim in reversed(claims) for piece in reversed(claim.pieces)}
    need = max(claim.choice for claim in claims)
    kept = tuple(reversed(pieces.values()))
    if len(kept) == 1 and not _SEVERAL.search(kept[0].value):
        strength: Strength = "soft" if claims[0].strength == "hard" else claims[0].strength
        return replace(claims[0], pieces=kept, strength=strength, choice=0)
    return replace(claims[0], pieces=kept, choice=max(1, need))


def group_in(node: Node, labels: Iterable[str] = ()) -> str | None:
    """The group of alternatives that a map belongs to, empty for one without name; None when it is no alternative.

    Args:
        node: an edge or an entry.
        labels: what else is written on it.
    """
    told = any(choice_of(label) for label in labels)
    name = ""
    for key, value in all_pairs(node):
        said = value.text.strip() if value.kind == "text" else ""
        words = key_words(said)
        if means("choices", key.text) == "any" and words not in _NOT_SAID:
            told, name = True, "" if words in _SAID else said
        elif means("keys", key.text) == "strength" and choice_of(said):
            told = True
        elif means("edges", key.text) == "group" and words not in _NOT_SAID | _SAID:
            name = name or said
    return name if told else None


def choice_of(said: str) -> int:
    """How many of the alternatives are needed, by a word like "either" or "requires one of"; 0 when it says none."""
    return 1 if means("relations", said) == "choice" else edge_words(said).choice if said else 0


def operators_in(value: Node) -> list[tuple[bool, list[Node]]] | None:
    """(whether one is enough, items) of a list with words that join: ["OR", A, B] and [A, "and", B, "or", C].

    None when no word stands where one would join.
    """
    words = [_JOINTS.get(each.text.strip().casefold()) if each.kind == "text" else None for each in value.items]
    if len(words) > 1 and words[0] and not any(words[1:]):
        return [(words[0] == "any", value.items[1:])]
    if len(words) % 2 == 0 or len(words) == 1 or not all(words[1::2]) or any(words[::2]):
        return None
    groups = [[value.items[0]]]
    for how, each in zip(words[1::2], value.items[2::2], strict=True):
        if how == "any":
            groups[-1].append(each)
        else:
            groups.append([each])
    return [(len(group) > 1, group) for group in groups]


_JOINTS = {"and": "all", "&": "all", "&&": "all", "or": "any", "|": "any", "||": "any"}
