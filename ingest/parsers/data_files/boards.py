"""Exports of boards and trackers: issues, projects and cards, with what their texts say in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ingest.parsers.data_files.made import made_list, made_map, values_of
from ingest.parsers.data_files.tree import Node
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import clean, is_furniture
from ingest.words import lookup

MAX_LABEL = 40
_REFERENCES = re.compile(r"#\d{1,7}(?:(?:,?\s*(?:and\s+|&\s*)?)#\d{1,7}){0,50}")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?")


class Body(NamedTuple):
    """What the text of a card says."""

    prose: str
    fields: Mapping[str, list[str]]
    """Kind of field -> values; issues by their numbers."""


def issues(root: Node) -> Node | None:
    """Issues of a repository: a milestone is a stage, "Depends on #12" a requirement."""
    if root.kind != "list" or not root.items or not all(map(_is_issue, root.items)):
        return None
    return made_map(root, topics=made_list(root, [_issue(each, values_of(each)) for each in root.items]))


def project(root: Node) -> Node | None:
    """The items of a project: issues and drafts in `content`, their stage in an iteration or a milestone."""
    values = values_of(root)
    items = values["items"].items if "items" in values else []
    if not items or not all("title" in values_of(values_of(each).get("content", root)) for each in items):
        return None
    made = [_issue(each, {**values_of(each), **values_of(values_of(each)["content"])}) for each in items]
    return made_map(root, title=values.get("title"), topics=made_list(values["items"], made))


def _is_issue(node: Node) -> bool:
    values = values_of(node)
    return {"number", "title", "state"} <= values.keys() and bool({"body", "labels", "milestone"} & values.keys())


def _issue(node: Node, values: Mapping[str, Node]) -> Node:
    stage = next((values[key] for key in ("iteration", "milestone", "sprint") if key in values), None)
    if stage is not None and stage.kind == "map":
        stage = values_of(stage).get("title")
    return _card(node, values["title"], values.get("body"), id=values.get("number"), milestone=stage)


def _card(node: Node, title: Node, body: Node | None, **more: Node | None) -> Node:
    if body is None or body.kind != "text":
        return made_map(node, title=title, **more)
    said = _said_in(body.text)
    lists = {
        kind: made_list(body, [Node("text", body.start, body.end, each) for each in values])
        for kind, values in said.fields.items()
        if kind in REQUIREMENT_KINDS
    }
    effort = said.fields["effort"][0] if "effort" in said.fields else None
    return made_map(node, title=title, description=said.prose, effort=effort, **lists, **more)


def _said_in(text: str) -> Body:
    prose: list[str] = []
    fields: dict[str, list[str]] = {}
    for line in text.split("\n"):
        kind, values = _field(line)
        if values:
            fields.setdefault(kind, []).extend(values)
        else:
            prose.append(line)
    return Body(" ".join(" ".join(prose).split()), fields)


def _field(line: str) -> tuple[str, list[str]]:
    """(kind, values) of a line that is a field: "Blocked by #3 and #4", "Requires: Git"."""
    line = _BULLET.sub("", line)
    found = _REFERENCES.search(line)
    if found is not None:
        label = line[: found.start()].strip(" :*_->").casefold()
        kind = lookup("fields", "labels").get(label, "") if len(label) <= MAX_LABEL else ""
        kind = "requires" if label == "blocked by" else kind
        return (kind, re.findall(r"\d+", found[0])) if kind in REQUIREMENT_KINDS else ("", [])
    said = field_of(line)
    wanted = said is not None and said.kind in {*REQUIREMENT_KINDS, "effort"} and not said.choice
    return (said.kind, [said.value]) if said is not None and wanted and said.value else ("", [])


def cards(root: Node) -> Node | None:
    """A board of cards in lists: lists that are called stages are phases, those of a state of work are nothing."""
    values = values_of(root)
    lists, entries = values.get("lists"), values.get("cards")
    if (
        lists is None
        or entries is None
        or not all({"id list", "name"} <= values_of(each).keys() for each in entries.items)
    ):
        return None
    inside: dict[str, list[Node]] = {}
    for each in sorted((card for card in entries.items if not _closed(card)), key=_position):
        inside.setdefault(values_of(each)["id list"].text, []).append(_of_board(each))
    groups: dict[str, list[Node]] = {"phases": [], "sections": [], "topics": []}
    for each in sorted((column for column in lists.items if not _closed(column)), key=_position):
        fields = values_of(each)
        held = inside.get(fields["id"].text, []) if {"id", "name"} <= fields.keys() else []
        if not held or is_furniture(clean(fields["name"].text).title):
            continue
        kind = _kind_of(fields["name"].text)
        group = made_map(fields["name"], title=fields["name"], topics=made_list(each, held))
        groups[kind].extend(held if kind == "topics" else [group])
    made = {kind: made_list(lists, found) for kind, found in groups.items() if found}
    return made_map(root, title=values.get("name"), **made) if made else None


def _of_board(card: Node) -> Node:
    values = values_of(card)
    links = values["attachments"] if "attachments" in values and values["attachments"].items else None
    return _card(card, values["name"], values.get("desc"), id=values.get("id"), links=links)


def _kind_of(name: str) -> str:
    if phase_of(clean(name).title) is not None:
        return "phases"
    return "topics" if lookup("columns", "states").get(name.strip().casefold()) else "sections"


def _closed(node: Node) -> bool:
    closed = values_of(node).get("closed")
    return closed is not None and closed.text == "true"


def _position(node: Node) -> float:
    place = values_of(node).get("pos")
    try:
        return float(place.text) if place is not None else 0.0
    except ValueError:
        return 0.0
