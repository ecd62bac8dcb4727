"""Groups of a drawing in a data file: one that is called a stage is a phase, and its members stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parsers.data_files.reader import Reader
from ingest.parsers.data_files.things import read_stage
from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.values import key_of, text_in
from ingest.parsers.data_files.words import all_pairs, fields_of, key_words, means
from ingest.parsers.outline.draft import Place

MAX_LEVELS = 20
"""Groups in groups that are followed."""


@dataclass(slots=True)
class Stages:
    """The groups that are phases."""

    numbers: set[int] = field(default_factory=set)
    """Places of their nodes in the list, from 1."""
    places: dict[str, Place] = field(default_factory=dict)
    """Id -> the place inside."""
    parents: dict[str, str] = field(default_factory=dict)

    def around(self, node: Node) -> Place:
        """The phase that a node stands in, through groups that are none."""
        above = _parent(node) if self.places else ""
        for _ in range(MAX_LEVELS):
            if not above or above in self.places:
                break
            above = self.parents.get(above, "")
        return self.places.get(above, Place())


def read_stages(nodes: Sequence[Node], reader: Reader) -> Stages:
    """Read the groups with members whose titles say that they are stages."""
    stages = Stages()
    maps = [(number, each) for number, each in enumerate(nodes, start=1) if each.kind == "map"]
    for _, each in maps:
        if _parent(each):
            stages.parents.setdefault(key_of(fields_of(each)), _parent(each))
    holders = set(stages.parents.values())
    for number, each in maps:
        key = key_of(fields_of(each))
        if key not in holders or key in stages.parents or means("node_types", type_of(each)) == "none":
            continue
        place = read_stage(each, number, reader)
        if place is not None:
            stages.numbers.add(number)
            stages.places.setdefault(key, place)
    return stages


def type_of(node: Node) -> str:
    """What a node says its type is."""
    return next((each.text for name, each in all_pairs(node) if key_words(name.text) == "type"), "")


def _parent(node: Node) -> str:
    return text_in(fields_of(node), "part_of")
