"""The family of data files: YAML, JSON and TOML with topics and what they require."""

from __future__ import annotations

from pathlib import PurePosixPath

from ingest.parsers.data_files.formats import READERS
from ingest.parsers.data_files.graph import graph_in, is_adjacency, read_adjacency, read_graph, read_titles
from ingest.parsers.data_files.made import unwrap
from ingest.parsers.data_files.names import Names, is_id
from ingest.parsers.data_files.outline import is_outline, outline_in
from ingest.parsers.data_files.reader import Reader, settle
from ingest.parsers.data_files.shapes import shaped
from ingest.parsers.data_files.things import children_of, read_collection, read_thing
from ingest.parsers.data_files.tree import Node, Source, Unreadable
from ingest.parsers.data_files.words import (
    collection_word,
    fields_of,
    is_container,
    is_foreign,
    key_words,
    means,
    title_of,
)
from ingest.parsers.outline.draft import Draft, Place
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.titles import clean, is_grouping, looks_like_title
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text

FAMILY = "data"
_ABOUT = frozenset({"roadmap", "course", "curriculum", "learning path", "path", "meta", "metadata", "info", "about"})
"""Keys of a map that says what the file is called."""
_NAMED = _ABOUT | {"framework", "tree", "program", "track", "deck", "book", "guide", "subject area", "degree"}
"""Keys whose text says it."""
MIN_THINGS = 2
"""Things from which on an unnamed list is a list."""
MAX_LEVELS = 4
"""How deep a collection is looked for below keys that say nothing."""


def detect(text: Text) -> bool:
    """Whether a document is a data file, by its suffix."""
    return PurePosixPath(text.path).suffix.lower() in READERS


def parse(text: Text) -> Reading:
    """Read a data file; one that is no roadmap has no topics, and that is said."""
    source = Source(text.lines)
    try:
        root = READERS[PurePosixPath(text.path).suffix.lower()](source)
    except Unreadable as error:
        problem = ReadProblem(
            severity="error", code=error.code, message=error.message, line=error.line, hint=error.hint
        )
        title = PurePosixPath(text.path).stem
        return Reading(path=text.path, family=FAMILY, roadmap=ReadRoadmap(title=title), problems=(problem,))
    unwrap(root)
    root = shaped(root)
    reader = Reader(source, Names(Draft(text.lines)))
    if not is_foreign(root, "root"):
        _read(root, reader)
    settle(reader)
    return reader.names.reading(text.path, FAMILY, _title(root) or reader.title or PurePosixPath(text.path).stem)


def _read(root: Node, reader: Reader) -> None:
    graph = graph_in(root)
    if graph is not None:
        _read_stages(root, reader)
        read_graph(graph, reader)
    elif not _read_map(root, "", reader):
        _read_root(root, reader)
        titles = _titles_beside(root)
        if titles is not None:
            read_titles(titles, reader)
        for key, each in root.pairs:
            _read_map(each, key_words(key.text), reader)


def _read_stages(root: Node, reader: Reader) -> None:
    """Read the stages that a file lists beside its graph; what stands in them names them."""
    for key, each in root.pairs:
        word = collection_word(key.text, each)
        if means("containers", word) == "stages" and _is_collection(each, word):
            reader.stages_are_phases = True
            read_collection(each, word, Place(), reader)


def _read_map(node: Node, word: str, reader: Reader) -> bool:
    """Read an adjacency map that the file is, or that stands below one key beside the topics."""
    kind = means("keys", word)
    fits = node.kind == "map" and is_adjacency(node, named=kind in STRENGTH_OF or kind == "unlocks")
    if fits:
        read_adjacency(node, word, reader)
    return fits


def _titles_beside(root: Node) -> Node | None:
    """A map that gives a title to each key of the map of requirements beside it."""
    wanted = [
        {name.text.strip() for name, _ in each.pairs}
        for key, each in root.pairs
        if means("keys", key.text) in {*STRENGTH_OF, "unlocks"} and each.kind == "map" and each.items
    ]
    for _, each in root.pairs if wanted else ():
        texts = each.kind == "map" and all(value.kind == "text" for _, value in each.pairs)
        if texts and wanted[0] <= {name.text.strip() for name, _ in each.pairs}:
            return each
    return None


def _read_root(root: Node, reader: Reader) -> None:
    if _is_collection(root, ""):
        read_collection(root, "", Place(), reader)
        return
    collections = list(_collections(root, 0))
    outline = None if collections else outline_in(root)
    if outline is not None:
        read_collection(outline, "sections", Place(), reader)
        return
    if not collections:
        requires = [value for kind, (_, value) in fields_of(root).items() if kind in STRENGTH_OF]
        if title_of(root) and any(each.kind == "list" for each in requires):
            read_thing(root, None, (1, ""), Place(), reader)
        return
    kinds = [means("containers", word) for word, _ in collections]
    reader.stages_are_phases = "stages" in kinds and "topics" in kinds
    # Stages first: the topics of another list may name them.
    for word, each in sorted(collections, key=lambda pair: means("containers", pair[0]) != "stages"):
        read_collection(each, word, Place(), reader)


def _collections(root: Node, level: int) -> list[tuple[str, Node]]:
    """The collections of a file by the word for them, those below keys that only wrap included."""
    found: list[tuple[str, Node]] = []
    unnamed: list[Node] = []
    for key, each in root.pairs:
        word = collection_word(key.text, each)
        if each.kind == "text" or not each.items or means("keys", key.text) in {*STRENGTH_OF, "resources"}:
            continue
        if _is_collection(each, word):
            found.append((word, each))
            if not is_container(word) and each.kind == "list":
                unnamed.extend((key, each))
        elif is_container(word) and is_outline(each, named=True):
            found.append((word if means("containers", word) == "stages" else "sections", each))
        elif each.kind == "map" and level < MAX_LEVELS and not is_foreign(each, "root"):
            found.extend(_collections(each, level + 1))
        elif found and _is_single(each):
            # Of several lists one may hold a single thing.
            found.append((word, each))
            unnamed.extend((key, each))
    if len(unnamed) < 2 * MIN_THINGS:
        return found
    lists = set(map(id, unnamed[1::2]))
    sections = Node("map", root.start, root.end, items=unnamed)
    kept = [(word, each) for word, each in found if id(each) not in lists]
    return [*kept, ("sections", sections)]


def _is_single(node: Node) -> bool:
    return node.kind == "list" and len(node.items) == 1 and bool(title_of(node.items[0])) and _requires(node.items[0])


def _is_collection(node: Node, word: str) -> bool:
    """Whether a list or map holds things to learn: its key says so, or their fields do."""
    if node.kind == "text":
        return False
    named = is_container(word)
    things = [each for each in _things(node) if each.kind == "map"]
    texts = [each for each in _things(node) if each.kind == "text"]
    if things and sum(is_foreign(each) for each in things) * 3 > len(things):
        return False
    if node.kind == "map":
        # A map of things by id; one whose keys are words of ours is itself a thing or only wraps.
        ours = any(means("keys", key.text) or is_container(key_words(key.text)) for key, _ in node.pairs)
        return not ours and bool(things) and not texts and (named or any(map(_requires, things)))
    titled = [each for each in things if title_of(each) or len(each.items) == 2 or children_of(each)]  # noqa: PLR2004
    if named:
        # "levels: [beginner]" says for whom a thing is.
        levels = means("containers", word) == "stages" and all(is_grouping(each.text) for each in texts)
        return bool(titled) or (bool(texts) and not levels)
    told = any(_requires(each) or _topical(each) or _holds_titles(each) for each in things)
    return len(titled) >= MIN_THINGS and len(titled) * 2 > len(things) and told


def _things(node: Node) -> list[Node]:
    return node.items if node.kind == "list" else [value for key, value in node.pairs if key.text != "<<"]


def _requires(thing: Node) -> bool:
    return any(kind in STRENGTH_OF for kind in fields_of(thing))


def _holds_titles(thing: Node) -> bool:
    """Whether a collection of titles, or of things with titles, stands in a thing; tags are none."""
    inside = [each for _, collection in children_of(thing) for each in collection.items]
    return any(
        title_of(each) if each.kind == "map" else not is_id(each.text) and not each.text.islower() for each in inside
    )


def _topical(thing: Node) -> bool:
    return any(means("containers", key.text) == "topical" for key, _ in thing.pairs)


def _title(root: Node) -> str:
    """The title of the file's own map, or of the one that it wraps."""
    if title_of(root):
        return title_of(root)
    about = [each for key, each in root.pairs if each.kind == "map" and key_words(key.text) in _ABOUT]
    if any(map(title_of, about)):
        return next(filter(None, map(title_of, about)))
    named = [each for key, each in root.pairs if each.kind == "text" and key_words(key.text) in _NAMED]
    if named and looks_like_title(clean(named[0].text).title, strong=True):
        return clean(named[0].text).title
    wrapped = [each for _, each in root.pairs if each.kind == "map"]
    if len(wrapped) == 1:
        # Programs wrap an answer several times: {data: {roadmap: {title: …}}}.
        return title_of(wrapped[0]) or (_title(wrapped[0]) if len(root.items) == 2 else "")  # noqa: PLR2004
    pairs = list(root.pairs)
    only = pairs[0][0].text if len(pairs) == 1 and pairs[0][1].kind == "list" else ""
    # `Web development: [...]`: the one key is what the list is about.
    return "" if not only or is_container(key_words(only)) or is_id(only) or only.islower() else clean(only).title
