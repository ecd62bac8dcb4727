"""Pages of a workspace as its interface hands them out: properties with a type, turned into plain fields."""

from __future__ import annotations

from ingest.parsers.data_files.made import made_list, made_map, values_of
from ingest.parsers.data_files.tree import Node

_TEXTS = frozenset({"title", "rich text"})
_NAMED = frozenset({"select", "status"})
_PLAIN = frozenset({"number", "url", "checkbox"})


def pages(root: Node) -> Node | None:
    """The pages of a query: `{results: [{id, properties: {Name: {type: title, …}}}]}`, or None."""
    found = values_of(root).get("results")
    if found is None or found.kind != "list" or not found.items or not all(map(_is_page, found.items)):
        return None
    return made_map(root, topics=made_list(found, [_page(each, values_of(each)) for each in found.items]))


def _is_page(node: Node) -> bool:
    values = values_of(node)
    properties = values.get("properties")
    return "id" in values and properties is not None and any("type" in values_of(each) for _, each in properties.pairs)


def _page(node: Node, values: dict[str, Node]) -> Node:
    items = [Node("text", node.start, node.start, "id"), values["id"]]
    for key, value in values["properties"].pairs:
        plain = _plain(value, values_of(value))
        if plain is not None:
            name = "title" if values_of(value)["type"].text == "title" else key.text
            items.extend((Node("text", key.start, key.end, name), plain))
    return Node("map", node.start, node.end, items=items)


def _plain(node: Node, values: dict[str, Node]) -> Node | None:
    kind = values["type"].text.replace("_", " ") if "type" in values else ""
    held = values.get(kind)
    if held is None:
        return None
    if kind in _TEXTS:
        written = [values_of(each).get("plain text") for each in held.items]
        text = "".join(each.text for each in written if each is not None)
        return Node("text", node.start, node.end, text) if text else None
    if kind in _NAMED:
        return values_of(held).get("name")
    if kind == "relation":
        ids = [each for each in (values_of(item).get("id") for item in held.items) if each is not None]
        return made_list(held, ids) if ids else None
    return held if kind in _PLAIN and held.text else None
