"""Files of known tools as the topics that they mean: canvases, contents of books, menus of sites, issues, tracks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.parsers.data_files.boards import cards, issues, project
from ingest.parsers.data_files.canvas import canvas
from ingest.parsers.data_files.made import made_list, made_map, values_of, words_of_path
from ingest.parsers.data_files.pages import pages
from ingest.parsers.data_files.tree import Node
from ingest.parsers.wording.titles import clean, is_furniture

_PAGES = frozenset({"doc", "ref"})


def shaped(root: Node) -> Node:
    """The tree as the family reads it: that of a known tool turned into titles and what stands below them."""
    return next((made for shape in SHAPES if (made := shape(root)) is not None), root)


def _menu(root: Node) -> Node | None:
    """The menu of a site of pages: `nav` with titles and files."""
    values = values_of(root)
    nav = values.get("nav")
    if nav is None or nav.kind != "list" or not {"site name", "theme", "docs dir", "plugins"} & values.keys():
        return None
    return made_map(root, title=values.get("site name"), topics=made_list(nav, list(_entries(nav))))


def _entries(nav: Node) -> Iterator[Node]:
    for each in nav.items:
        if each.kind == "text":
            yield from _page(each, words_of_path(each.text))
        for title, below in each.pairs:
            if below.kind == "list":
                inside = list(_entries(below))
                if inside:
                    yield made_map(title, title=title, type="section", children=made_list(below, inside))
            elif "://" not in below.text:
                yield from _page(title, title.text)


def _page(node: Node, title: str) -> Iterator[Node]:
    name = clean(title).title
    if name and not is_furniture(name) and name.casefold() not in {"index", "intro", "readme"}:
        yield made_map(node, title=node if node.text == title else title)


def _sidebars(root: Node) -> Node | None:
    """The sidebars of a site of pages: categories with a label and items."""
    lists = [value for _, value in root.pairs if value.kind == "list"] if root.kind == "map" else [root]
    told = [each for each in lists if any(map(_is_category, each.items))]
    if not told:
        return None
    entries = [entry for each in told for entry in _side(each)]
    return made_map(root, topics=made_list(told[0], entries)) if entries else None


def _is_category(node: Node) -> bool:
    values = values_of(node)
    kind = values.get("type")
    return kind is not None and kind.text == "category" and "items" in values and "label" in values


def _side(entries: Node) -> Iterator[Node]:
    for each in entries.items:
        values = values_of(each)
        label, kind = values.get("label"), values["type"].text if "type" in values else ""
        if each.kind == "text":
            yield from _page(each, words_of_path(each.text))
        elif kind == "category" and label is not None and "items" in values:
            inside = list(_side(values["items"]))
            if inside:
                yield made_map(each, title=label, type="section", children=made_list(each, inside))
        elif kind in _PAGES and (label is not None or "id" in values):
            named = label if label is not None else values["id"]
            yield from _page(named, named.text if label is not None else words_of_path(named.text))


def _contents(root: Node) -> Node | None:
    """The contents of a book of notebooks: parts with a caption, chapters with files."""
    values = values_of(root)
    told = "format" in values and values["format"].text.startswith("jb-")
    if not (told or "root" in values) or not {"parts", "chapters"} & values.keys():
        return None
    parts, chapters = values.get("parts"), values.get("chapters")
    if parts is None or parts.kind != "list":
        return made_map(root, title=values.get("title"), topics=_chapters(chapters))
    return made_map(root, title=values.get("title"), parts=made_list(parts, [_part(each) for each in parts.items]))


def _part(part: Node) -> Node:
    values = values_of(part)
    inside = _chapters(values.get("chapters"))
    return made_map(part, title=values.get("caption"), children=inside)


def _chapters(chapters: Node | None) -> Node | None:
    if chapters is None or chapters.kind != "list":
        return None
    found: list[Node] = []
    for each in chapters.items:
        values = values_of(each)
        title, file = values.get("title"), values.get("file")
        inside = _chapters(values.get("sections"))
        if file is None and (title is None or inside is None):
            continue
        named = title if title is not None else file
        if named is None:
            continue
        name = named.text if title is not None else words_of_path(named.text)
        if inside is not None and inside.items:
            found.append(made_map(named, title=named if named.text == name else name, subtopics=inside))
        else:
            found.extend(_page(named, name))
    return made_list(chapters, found)


def _path(root: Node) -> Node | None:
    """A path of modules, or a module of units, that are called by dotted names: "learn.cheese.cut-the-curd"."""
    values = values_of(root)
    listed = values.get("modules") if "modules" in values else values.get("units")
    if listed is None or listed.kind != "list" or not listed.items or not {"uid", "title"} <= values.keys():
        return None
    uid = values["uid"].text
    if not all(each.kind == "text" and each.text.count(".") >= 1 and " " not in each.text for each in listed.items):
        return None
    entries = [
        page
        for each in listed.items
        for page in _page(each, words_of_path(each.text.removeprefix(f"{uid}.").rpartition(".")[2]))
    ]
    return made_map(root, title=values["title"], topics=made_list(listed, entries))


def _linked(root: Node) -> Node | None:
    """Linked data: the concepts of an `@graph`; the scheme that they belong to is the whole."""
    values = values_of(root)
    graph = values.get("@graph")
    if graph is None or graph.kind != "list":
        return None
    schemes = [each for each in graph.items if "Scheme" in _type(each)]
    concepts = [each for each in graph.items if "Scheme" not in _type(each)]
    title = next((value for each in schemes for key, value in each.pairs if key.text.endswith(("title", "abel"))), None)
    return made_map(root, title=title, topics=made_list(graph, concepts))


def _standards(root: Node) -> Node | None:
    """Standards of a school: items with a statement, and associations that say what precedes what."""
    values = values_of(root)
    items, links = values.get("cfitems"), values.get("cfassociations")
    if items is None or links is None:
        return None
    edges: list[Node] = []
    parents: dict[str, Node] = {}
    for each in links.items:
        said = values_of(each)
        first, second = (
            values_of(said.get(key, root)).get("identifier") for key in ("origin node uri", "destination node uri")
        )
        kind = said["association type"].text if "association type" in said else ""
        if first is None or second is None:
            continue
        if kind == "precedes":
            edges.append(made_map(each, source=first, target=second))
        elif kind == "isChildOf":
            parents.setdefault(first.text, second)
    known = {values_of(each)["identifier"].text for each in items.items if "identifier" in values_of(each)}
    nodes = [_standard(each, values_of(each), parents, known) for each in items.items]
    document = values.get("cfdocument")
    title = values_of(document).get("title") if document is not None else None
    lists = (
        {"nodes": made_list(items, nodes), "edges": made_list(links, edges)}
        if edges
        else {"topics": made_list(items, nodes)}
    )
    return made_map(root, title=title, **lists)


def _standard(node: Node, values: dict[str, Node], parents: dict[str, Node], known: set[str]) -> Node:
    title = values.get("abbreviated statement") or values.get("full statement")
    parent = parents.get(values["identifier"].text) if "identifier" in values else None
    parent = parent if parent is not None and parent.text in known else None
    code = values.get("human coding scheme")
    return made_map(node, id=values.get("identifier"), title=title, aliases=code, parent=parent)


def _type(node: Node) -> str:
    return next((value.text for key, value in node.pairs if key.text in {"@type", "type"} and value.kind == "text"), "")


def _track(root: Node) -> Node | None:
    """A track of exercises: each teaches concepts and asks for others; the concepts are what there is to learn."""
    values = values_of(root)
    concepts, exercises = values.get("concepts"), values.get("exercises")
    if concepts is None or exercises is None or concepts.kind != "list" or exercises.kind != "map":
        return None
    taught = values_of(exercises).get("concept")
    if taught is None or not all({"slug", "name"} <= values_of(each).keys() for each in concepts.items):
        return None
    needs: dict[str, list[Node]] = {}
    for each in taught.items:
        fields = values_of(each)
        if "status" in fields and fields["status"].text == "deprecated":
            continue
        for concept in fields["concepts"].items if "concepts" in fields else []:
            needs.setdefault(concept.text, []).extend(
                fields["prerequisites"].items if "prerequisites" in fields else []
            )
    made = [_concept(each, needs) for each in concepts.items]
    return made_map(root, title=values.get("language"), topics=made_list(concepts, made))


def _concept(node: Node, needs: dict[str, list[Node]]) -> Node:
    fields = values_of(node)
    required = {each.text: each for each in needs.get(fields["slug"].text, []) if each.text != fields["slug"].text}
    requires = made_list(node, list(required.values())) if required else None
    return made_map(node, id=fields["slug"], title=fields["name"], requires=requires)


SHAPES: Sequence[Callable[[Node], Node | None]] = (
    canvas,
    _menu,
    _sidebars,
    _contents,
    issues,
    project,
    pages,
    cards,
    _path,
    _linked,
    _standards,
    _track,
)
"""Each turns a tree of its tool, or says None."""
