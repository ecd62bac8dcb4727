"""What is collected while a data file is read: its topics, and what their fields require until all are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.parsers.data_files.names import Names
from ingest.parsers.data_files.requires import Asked, claims_of
from ingest.parsers.data_files.tree import Node, Source
from ingest.parsers.data_files.words import all_pairs, is_count, key_words, means
from ingest.parsers.outline.draft import Claim, Place
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.known import End


@dataclass(slots=True)
class Reader:
    """Reads things; collects their claims until all are known."""

    source: Source
    names: Names
    stages_are_phases: bool = False
    """Things of a list of stages are phases even when nothing stands in them."""
    later: list[tuple[End, str, str, Node]] = field(default_factory=list)
    """(owner, kind of field, rule, value)."""
    phases: dict[str, Place] = field(default_factory=dict)
    phases_met: list[str] = field(default_factory=list)
    title: str = ""
    """What a node of a drawing says the whole is called."""


def note_claims(value: Node, owner: End, reader: Reader) -> None:
    """Keep the fields of a thing that say what it requires, or what requires it."""
    for key, each in all_pairs(value):
        kind = means("keys", key.text)
        truth = each.kind == "text" and each.text.strip().casefold() in {"true", "false"}
        counted = kind == "helpful" and is_count(each)
        if (kind in STRENGTH_OF or kind == "unlocks") and not truth and not counted:
            reader.later.append((owner, kind or "", "data-field", each))
        elif kind is None and _graded(key_words(key.text)):
            reader.later.append((owner, _graded(key_words(key.text)), "data-field", each))
        elif kind is None:
            counted_kind, how = _counted(key_words(key.text))
            if counted_kind and each.kind == "list":
                # `requires_any: [A, B]` is `requires: {any: [A, B]}`.
                inner = Node("map", each.start, each.end, items=[Node("text", key.start, key.start, how), each])
                reader.later.append((owner, counted_kind, "data-field", inner))


def _graded(words: str) -> str:
    """The kind of a key that says how strong its requirements are: "soft depends on"; empty for others."""
    first, _, rest = words.partition(" ")
    said = means("relations", first) if means("keys", rest) == "requires" else None
    return "helpful" if said == "soft" else "requires" if said == "hard" else ""


def _counted(words: str) -> tuple[str, str]:
    """(kind of field, word for how many) of a key like "requires any" or "one of prerequisites"; empty for others."""
    first, _, rest = words.partition(" ")
    head, _, last = words.rpartition(" ")
    for name, how in (
        (rest, first),
        (head, last),
        (head.rpartition(" ")[0], f"{head.rpartition(' ')[2]} {last}"),
        (rest.partition(" ")[2], f"{first} {rest.partition(' ')[0]}"),
    ):
        kind = means("keys", name) if name else None
        if kind in STRENGTH_OF and means("choices", how) in {"any", "all"}:
            return kind or "", how
    return "", ""


def settle(reader: Reader) -> None:
    """Turn what the fields require into claims, now that all things are known."""
    names, source = reader.names, reader.source
    for owner, kind, rule, value in reader.later:
        if kind != "unlocks":
            names.draft.claims.extend(claims_of(value, Asked(owner, rule, STRENGTH_OF[kind]), source, names))
            continue
        for claim in claims_of(value, Asked(owner, "data-unlocks"), source, names):
            for piece in claim.pieces:
                other = names.owner(piece.value)
                if other is None:
                    message = f"“{piece.value}” is not described here"
                    names.draft.problem("dangling-reference", message, piece.line_start)
                    continue
                turned = piece._replace(value=owner.title)
                names.draft.claims.append(Claim(other, (turned,), "data-unlocks", claim.strength))
