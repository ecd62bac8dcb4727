"""Facts about one course or module: pairs of a label and a value, as a table or a list of definitions."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from ingest.parsers.html.names import listed
from ingest.parsers.html.titles import without_bold
from ingest.parsers.html.words import Words
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of

MAX_COUNT = 60
Pair = tuple[Words, Words]
_TELLING = REQUIREMENT_KINDS | {"effort", "duration"}


def are_facts(labels: Sequence[str]) -> bool:
    """Whether labels say what is known about one thing, so that none of them is a topic."""
    plain = [_plain(label) for label in labels]
    known = [label for label in plain if _kind(label) or is_fact(label)]
    telling = any(_kind(label) in _TELLING or label in listed("facts", "codes") for label in plain)
    return telling and len(labels) > 1 and len(known) * 2 >= len(labels)


def heads_rows(table: Tag) -> bool:
    """Whether each row of a table begins with its own heading."""
    rows = table.find_all("tr", limit=3)
    return len(rows) > 1 and all(
        len(row.find_all("th", recursive=False)) == 1 and row.find("td", recursive=False) is not None for row in rows
    )


def fact_lines(pairs: Sequence[Pair]) -> list[Words]:
    """One line for each fact that says something about what is learned."""
    made: list[Words] = []
    for label, value in pairs:
        text = _plain(label.text)
        line = Words()
        if text in listed("facts", "codes"):
            line.add("Alias")
        elif _kind(text):
            line.join(without_bold(label).part(0, len(without_bold(label).text.rstrip(": "))))
        else:
            continue
        line.add(": ")
        line.join(value.stripped())
        if value.signs:
            made.append(line)
    return made


def title_in(pairs: Sequence[Pair]) -> Words | None:
    """The title of what the facts are about, where they begin with it."""
    for label, value in pairs[:2]:
        if _plain(label.text) in listed("facts", "titles") and value.signs:
            return value.stripped()
    return None


def _kind(label: str) -> str:
    field = field_of(f"{label}: x")
    return field.kind if field is not None else ""


def is_fact(label: str) -> bool:
    """Whether a label is of those that say nothing about what is learned."""
    label = _plain(label)
    return any(label in listed("facts", key) for key in ("codes", "titles", "other"))


def facts_in(items: Sequence[Tag]) -> set[int]:
    """The bullets that are facts about a course ("Starts: 3 March"), where most of a list's bullets are."""
    labels = {id(item): _bold_label(item) for item in items}
    facts = {key for key, label in labels.items() if label and is_fact(label)}
    known = sum(bool(label) and (is_fact(label) or bool(_kind(_plain(label)))) for label in labels.values())
    return facts if len(facts) > 1 and known * 2 > len(items) else set()


def _bold_label(item: Tag) -> str:
    """The bold words with a colon that a bullet begins with."""
    first = next((node for node in item.children if isinstance(node, Tag) or str(node).strip()), None)
    if not isinstance(first, Tag) or first.name not in {"b", "strong"}:
        return ""
    text = first.get_text().strip()
    return text if text.endswith(":") or str(first.next_sibling or "").lstrip().startswith(":") else ""


def only_counts(line: str) -> bool:
    """Whether a line is a fact that says nothing about what is learned: "Units: 3-0-3"."""
    label, colon, value = line.partition(":")
    return bool(colon) and len(value) <= MAX_COUNT and _plain(label) in listed("facts", "counts")


def _plain(label: str) -> str:
    return " ".join(label.replace("**", "").strip(" *:").casefold().split())
