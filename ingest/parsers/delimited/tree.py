"""Tables with a parent and a child in each row: parts of a whole, or what comes first, by what else they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.parsers.data_files.choices import Choices
from ingest.parsers.data_files.names import Names
from ingest.parsers.data_files.words import means
from ingest.parsers.delimited.edges import SOURCE_FIRST, claim_of, end_of
from ingest.parsers.delimited.rows import Row, head_of
from ingest.parsers.delimited.topics import Table
from ingest.reading import ReadProblem
from ingest.words import lookup, table

_WORD = re.compile(r"[^\W\d_]+")


def tree_of(heads: Sequence[str]) -> tuple[int, int] | None:
    """The columns of parents and of their children, or None."""
    kinds = [lookup("columns", "tree").get(head_of(head).replace("_", " ")) for head in heads]
    return (kinds.index("parent"), kinds.index("child")) if {"parent", "child"} <= {*kinds} else None


def read_tree(rows: Sequence[Row], ends: tuple[int, int], kinds: Sequence[str | None], stem: str, names: Names) -> None:
    """Read the rows: a child is a part of its parent, or requires it.

    It requires it where the rows or the name of the file say so, where a child has several parents, and where most
    parents have a single child: these are chains, and a whole has more than one part.
    """
    at = {kind: index for index, kind in enumerate(kinds) if kind in {"reason", "strength", "description", "group"}}
    columns = Table(at, rows[0].cells)
    choices = Choices()
    named = not set(_WORD.findall(stem.casefold())).isdisjoint(table("columns")["tree"]["requires"])
    told = named or any(means("relations", columns.text(row, "strength")) in _REQUIRING for row in rows[1:])
    several = not told and _several_parents(rows[1:], ends)
    chained = _mostly_single(rows[1:], ends[0])
    if several:
        message = "a child has several parents; they are taken for what it requires, not for what it is part of"
        names.draft.problems.append(
            ReadProblem(severity="info", code="several-parents", message=message, line=rows[0].first)
        )
    for row in rows[1:]:
        cells = [row.cells[index] if index < len(row.cells) else "" for index in ends]
        parent, child = (end_of(cell, row, names) for cell in cells)
        relation = means("relations", columns.text(row, "strength")) if columns.text(row, "strength") else None
        if child is None or parent is None or relation == "none":
            continue
        if relation != "part" and (told or several or chained):
            how = (SOURCE_FIRST, relation or "", 1.0)
            claim_of(child, parent.title, (row, columns), how, (names, choices))
        else:
            names.part(child, parent.title, row.first)
    choices.settle(names)


_REQUIRING = frozenset({"requires", "first", "hard", "soft", "together", "choice"})


def _mostly_single(rows: Sequence[Row], parent: int) -> bool:
    """Whether most parents have one child."""
    counts = Counter(row.cells[parent].casefold() for row in rows if parent < len(row.cells))
    return sum(count == 1 for count in counts.values()) * 2 > len(counts)


def _several_parents(rows: Sequence[Row], ends: tuple[int, int]) -> bool:
    first: dict[str, str] = {}
    for row in rows:
        parent, child = (row.cells[index].casefold() if index < len(row.cells) else "" for index in ends)
        if parent and child and first.setdefault(child, parent) != parent:
            return True
    return False
