"""Lists and maps of things to learn in a data file: topics, stages and sections with what their fields say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.parsers.data_files.names import is_id, plain_title, stage_of
from ingest.parsers.data_files.outline import is_outline
from ingest.parsers.data_files.reader import Reader, note_claims
from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.values import aliases_of, hours_in, key_of, resources_in, text_in, weeks_in
from ingest.parsers.data_files.words import (
    all_pairs,
    collection_word,
    fields_of,
    is_container,
    is_foreign,
    key_words,
    means,
)
from ingest.parsers.outline.draft import Found, Place
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.known import End
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import Name, clean, is_furniture, is_grouping, is_pause, looks_like_title
from ingest.words import lookup

Pair = tuple[Node, Node]


_SAYING = frozenset({*STRENGTH_OF, "unlocks", "effort", "minutes", "weeks", "description", "aliases"})
"""Fields that only things to learn have."""


def read_collection(value: Node, word: str, place: Place, reader: Reader) -> None:
    """Read a list of things, or a map of them by id or title.

    Args:
        value: the collection.
        word: the key that it stands under, as words; empty at the root.
        place: where its things belong.
        reader: collects.
    """
    items = without_tasks(value.items) if value.kind == "list" else []
    for number, each in enumerate(items, start=1):
        if each.kind == "text" and not (word == "milestones" and place.phase is not None):
            _read_text(each, place, reader)
        elif each.kind == "text":
            # What is reached at the end of a stage is nothing to learn.
            continue
        elif each.kind == "list":
            read_collection(each, word, place, reader)
        elif fields_of(each).get("title") or fields_of(each).get("id") or len(each.items) > 2:  # noqa: PLR2004
            read_thing(each, None, (number, word), place, reader)
        else:
            # A map with one key is how YAML writes a title with what stands below it.
            for key, below in each.pairs:
                read_thing(below, key, (number, word), place, reader)
    for number, (key, each) in enumerate(value.pairs, start=1):
        if key.text != "<<":
            read_thing(each, key, (number, word), place, reader)


def without_tasks(items: Sequence[Node]) -> Sequence[Node]:
    """The entries of a list without those that say that they only practise or test what the others teach."""
    tasks = [each.kind == "map" and means("node_types", _kind(each)) == "task" for each in items]
    if all(tasks):
        return items
    return [each for each, is_task in zip(items, tasks, strict=True) if not is_task]


def _kind(node: Node) -> str:
    return next((each.text for key, each in node.pairs if key_words(key.text) in {"kind", "type", "content type"}), "")


def read_thing(value: Node, key: Node | None, counted: tuple[int, str], place: Place, reader: Reader) -> None:
    """Read one thing: a map with a title, or what stands below a key that names it.

    Args:
        value: the map, list or text.
        key: the key that it stands under; None in a list.
        counted: its number in its collection, and the word for the collection.
        place: where it belongs.
        reader: collects.
    """
    number, word = counted
    fields = fields_of(value)
    if is_foreign(value):
        return
    title = _title_node(key, fields)
    if title is None:
        _read_numbered(value, number, place, reader)
        return
    name = clean(_shown(title, key if "title" not in fields else None, fields))
    if name.title and not looks_like_title(name.title, strong=True):
        message = f"“{name.title[:60]}” is too long for a title"
        reader.names.draft.problem("not-a-title", message, reader.source.line(title.start))
    if not looks_like_title(name.title, strong=True):
        return
    if word == "sections" and key is not None and is_furniture(name.title):
        return
    if is_pause(name.title) and value.kind == "map" and not _SAYING & fields.keys() and not children_of(value):
        _around(fields, place, reader)
        return
    own = children_of(value) or ([(word, value)] if word == "sections" and is_outline(value) else [])
    numbered = own and text_in(fields, "phase").isdecimal() and place.phase is None and place.part_of is None
    if not _is_placed(fields, word, reader) and (numbered or _is_stage(name.title, word, own, place, reader)):
        inside: Place | None = _phase(name, title, fields, (number, word), reader, key=key)
    else:
        around = _around(fields, place, reader)
        inside = _topic(_Said(value, key, name, title, fields, word, own), around, reader)
    if inside is None or inside.owner is None:
        return
    note_claims(value, inside.owner, reader)
    for child_word, child in own:
        read_collection(child, child_word, inside, reader)


def children_of(value: Node) -> list[tuple[str, Node]]:
    """The collections that stand in a thing, by the word for them."""
    if value.kind == "list":
        return [("", value)] if value.items else []
    return [
        (word, each)
        for key, each in all_pairs(value)
        if each.kind != "text" and each.items and is_container(word := collection_word(key.text, each))
        if not is_record(each)
    ]


def is_record(value: Node) -> bool:
    """Whether a map is one thing with a title of its own, and no collection of things by their titles."""
    return any(means("keys", key.text) == "title" and each.kind == "text" for key, each in value.pairs)


def _title_node(key: Node | None, fields: dict[str, Pair]) -> Node | None:
    if "title" in fields:
        return fields["title"][1]
    if key is not None:
        return key
    return fields["id"][1] if "id" in fields and fields["id"][1].kind == "text" else None


def _shown(title: Node, key: Node | None, fields: dict[str, Pair]) -> str:
    """The title's text; an id that stands for it is read as words."""
    text = plain_title(title.text)
    named_by_id = title is key or ("id" in fields and title is fields["id"][1])
    return text.replace("-", " ").replace("_", " ") if named_by_id and is_id(text) else text


def _read_text(value: Node, place: Place, reader: Reader) -> None:
    name = clean(plain_title(value.text))
    if looks_like_title(name.title) and not is_furniture(name.title) and "://" not in name.title:
        reader.names.topic(_found(name, value, value, reader), place)


def _read_numbered(value: Node, number: int, place: Place, reader: Reader) -> None:
    """A stage that has a number instead of a title: `week: 3`, `phase: 2`."""
    own = children_of(value)
    said = next(((key, each) for key, each in value.pairs if _numbers_stage(key, each)), None)
    if said is None or not own:
        for child_word, child in own:
            read_collection(child, child_word, place, reader)
        return
    key, each = said
    word = key_words(key.text)
    text = each.text if phase_of(each.text) or not each.text.isdigit() else f"{word.capitalize()} {each.text}"
    theme = plain_title(text_in(fields_of(value), "theme"))
    text = f"{text}: {theme}" if looks_like_title(theme) and ":" not in text else text
    name = Name(text)
    if place.phase is None and place.part_of is None:
        inside = _phase(name, each, fields_of(value), (number, word), reader)
        note_claims(value, inside.owner or End("phase", None, text), reader)
        place = inside
    for child_word, child in own:
        read_collection(child, child_word, place, reader)


def _numbers_stage(key: Node, value: Node) -> bool:
    return value.kind == "text" and bool(value.text.strip()) and key_words(key.text) in lookup("phases", "kinds")


def _is_placed(fields: dict[str, Pair], word: str, reader: Reader) -> bool:
    """Whether a thing of a list of days or weeks names the phase that it stands in, and not its own number."""
    if text_in(fields, "phase") not in reader.phases or not word:
        return False
    kinds = lookup("phases", "kinds")
    return kinds.get(key_words(fields["phase"][0].text)) != kinds.get(word, word)


def _is_stage(title: str, word: str, own: list[tuple[str, Node]], place: Place, reader: Reader) -> bool:
    if place.phase is not None or place.part_of is not None:
        return False
    if means("containers", word) == "stages" and word:
        return bool(own) or reader.stages_are_phases
    return bool(own) and phase_of(title) is not None


def read_stage(value: Node, number: int, reader: Reader) -> Place | None:
    """Read a map whose title is that of a stage as a phase; None when its title is none."""
    fields = fields_of(value)
    title = _title_node(None, fields)
    name = clean(_shown(title, None, fields)) if title is not None else Name("")
    if title is None or phase_of(name.title) is None:
        return None
    place = _phase(name, title, fields, (number, ""), reader)
    if place.owner is not None:
        note_claims(value, place.owner, reader)
    return place


def _phase(
    name: Name,
    node: Node,
    fields: dict[str, Pair],
    counted: tuple[int, str],
    reader: Reader,
    *,
    key: Node | None = None,
) -> Place:
    number, word = counted
    kind = lookup("phases", "kinds").get(word, "phase")
    written = plain_title(node.text) if phase_of(name.title) is None else name.title
    if text_in(fields, "phase").isdecimal() and phase_of(written) is None:
        written = f"{key_words(fields['phase'][0].text).capitalize()} {text_in(fields, 'phase')}: {written}"
    stage = phase_of(written) or PhaseName(name.title, name.title, kind, number, number)
    line = reader.source.line(node.start)
    place = reader.names.draft.phase(stage, line, weeks_in(fields))
    if place.owner is not None:
        for each in (key_of(fields), written, name.title, text_in(fields, "number") or str(len(reader.phases_met) + 1)):
            if each:
                reader.phases.setdefault(each, place)
        reader.phases_met.append(name.title)
        if key is not None:
            reader.phases.setdefault(key.text.strip(), place)
            reader.names.ids.setdefault(key.text.strip(), place.owner)
        if key_of(fields):
            reader.names.name(key_of(fields), place.owner, line)
    return place


def _around(fields: dict[str, Pair], place: Place, reader: Reader) -> Place:
    """The phase that a topic itself names."""
    if place.phase is not None or "phase" not in fields or fields["phase"][1].kind != "text":
        return place
    key, value = fields["phase"]
    text = plain_title(value.text)
    if not text:
        return place
    if text not in reader.phases:
        head = key_words(key.text).capitalize()
        stage = phase_of(text) or phase_of(f"{head} {text}") or stage_of(text, head)
        reader.phases[text] = reader.names.draft.phase(stage, reader.source.line(value.start), None)
    return replace(reader.phases[text], part_of=place.part_of)


class _Said(NamedTuple):
    """What was found about a thing before it is known what it is."""

    value: Node
    key: Node | None
    name: Name
    title: Node
    fields: dict[str, Pair]
    word: str
    own: list[tuple[str, Node]]


def _topic(said: _Said, place: Place, reader: Reader) -> Place | None:
    value, key, name, title, fields, word, own = said
    kind = fields["strength"][1].text if "strength" in fields and fields["strength"][1].kind == "text" else ""
    grouping = means("containers", word) == "sections" or is_grouping(name.title)
    section = means("node_types", kind) == "section" or (bool(own) and grouping)
    state = text_in(fields, "state").casefold()
    found = replace(
        _found(name, title, value, reader),
        planned=name.planned
        or _is_draft(value)
        or "planned" in {lookup("columns", "states").get(each) for each in (state, key_words(state))},
        description=" ".join(text_in(fields, "description").split()) or _bare(value, key),
        hours=name.hours if hours_in(fields) is None else hours_in(fields),
        aliases=(*name.aliases, *aliases_of(fields)),
        resources=resources_in(fields),
    )
    written = key_of(fields) or (key.text.strip() if key is not None and key is not title else "")
    inside = reader.names.topic(found, place, written, section=section, more=_keys(value))
    if inside is not None:
        parent = fields.get("part_of")
        if parent is not None and parent[1].kind == "text" and parent[1].text.strip():
            line = reader.source.line(parent[1].start)
            reader.names.parents.append((len(reader.names.draft.topics) - 1, parent[1].text.strip(), line))
    return inside


def _keys(value: Node) -> tuple[str, ...]:
    """Everything that a thing may be called by elsewhere: its slug besides its number."""
    pairs = [
        each.text.strip() for key, each in all_pairs(value) if each.kind == "text" and means("keys", key.text) == "id"
    ]
    return tuple(text for text in pairs if text and not text.isdigit())


def _is_draft(value: Node) -> bool:
    """Whether a thing is not there yet: `draft: true`, `published: false`."""
    said = {
        (means("flags", key.text), each.text.strip().casefold()) for key, each in value.pairs if each.kind == "text"
    }
    return ("planned", "true") in said or ("there", "false") in said


def _bare(value: Node, key: Node | None) -> str:
    """The text that stands right below a key that names a topic."""
    return " ".join(value.text.split()) if key is not None and value.kind == "text" else ""


def _found(name: Name, title: Node, whole: Node, reader: Reader) -> Found:
    span = reader.source.span(title.start, title.end)
    last = reader.source.span(min(title.start, whole.start), max(title.end, whole.end)).last
    written = title.text if title.text in span.quote else span.quote
    return Found(
        title=name.title,
        line=span.first,
        line_end=max(span.last, last),
        text=written,
        number=name.number,
        planned=name.planned,
        hours=name.hours,
        aliases=name.aliases,
    )
