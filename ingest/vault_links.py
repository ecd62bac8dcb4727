"""Links between the notes of a vault: what a name in one note means is looked up among all of them.

Each note is read by itself, and its reading is kept so. Only when all of them are there do the names become titles:
then a note that is renamed changes what the others say without being read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.vault.relations import note_links
from ingest.parsers.vault.titles import key_in
from ingest.parsers.wording.inline import target_words
from ingest.parsers.wording.titles import is_furniture
from ingest.reading import Reading, ReadProblem, ReadRequirement, ReadTopic
from ingest.vault_folders import in_folders
from ingest.vault_names import Home, Names, names_of


class Note(NamedTuple):
    """One note of a vault."""

    path: PurePosixPath
    """Inside the vault."""
    reading: Reading
    """As the note says it by itself."""


def linked(notes: Sequence[Note]) -> list[Reading]:
    """The readings of all notes of one vault, in the same order, with the titles that their links mean.

    A name that no note has, or that two notes have, stays as it is written. A note that only leads to another one gives
    it its names and is no topic.
    """
    names = names_of([(note.path, note.reading) for note in notes])
    found = [_linked(at, note.reading, names) for at, note in enumerate(notes)]
    return in_folders([note.path for note in notes], list(_without_furniture(found)))


def _without_furniture(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings without notes that every collection has, "FAQ", when no note has anything to do with them."""
    used = {each.requires for reading in readings for each in reading.requirements}
    used |= {topic.title for reading in readings if reading.index for topic in reading.topics}
    for reading in readings:
        alone = not reading.index and len(reading.topics) == 1 and not reading.requirements
        if alone and is_furniture(reading.topics[0].title) and reading.topics[0].title not in used:
            message = "a note without requirements, called as a part of every collection is, is no topic"
            problem = ReadProblem(severity="info", code="no-topics", message=message)
            yield replace(reading, topics=(), problems=(*reading.problems, problem))
        else:
            yield reading


def _linked(at: int, reading: Reading, names: Names) -> Reading:
    homes = {topic.id: home for topic in reading.topics if (home := _home_of(topic, at, reading, names)) is not None}
    gone = set(_gone(at, reading, homes, names))
    same = {} if reading.index else _doubles(reading, homes)
    wholes = {topic.id: topic.part_of for topic in reading.topics}
    topics = tuple(
        _topic(topic, homes.get(topic.id), names.brought(at) if first else (), _whole(topic, wholes, gone, same))
        for first, topic in _marked(at, reading, names)
        if topic.id not in gone and topic.id not in same
    )
    known = {topic.id: topic for topic in topics}
    titled = {topic.title: topic.id for topic in reversed(topics) if topic.kind == "topic"}
    stated = list(_joined(reading.requirements, names))
    moved = (_requirement(each, known, titled, same, names) for each in stated if not _lost(each, names))
    kept = tuple(each for each in moved if each is not None)
    if topics == reading.topics and kept == reading.requirements:
        return reading
    ticked = tuple(dict.fromkeys(same.get(each, each) for each in reading.ticked if each not in gone))
    problems = (*reading.problems, *(_unknown(each) for each in stated if _lost(each, names)))
    return replace(reading, topics=topics, requirements=kept, ticked=ticked, problems=problems)


def _lost(each: ReadRequirement, names: Names) -> bool:
    """Whether a requirement is the number of no note."""
    return bool(key_in(each.requires)) and _meant(each, names) is None


def _unknown(each: ReadRequirement) -> ReadProblem:
    message = f"\u201c{key_in(each.requires)}\u201d is the id of no note"
    return ReadProblem(severity="warning", code="unread-requirement", message=message, line=each.line_start)


def _joined(requirements: Sequence[ReadRequirement], names: Names) -> Iterator[ReadRequirement]:
    """The requirements, where "A and B" is what one note is called as one."""
    before: ReadRequirement | None = None
    for each in requirements:
        words = _words_of_both(before, each) if before is not None else ""
        if before is not None and words and names.of_words(words) is not None:
            before = replace(before, requires=words, requires_kind="external", requires_id=None, choice=None)
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _words_of_both(one: ReadRequirement, other: ReadRequirement) -> str:
    """Two requirements as they stand in one line, when nothing but a word parts them."""
    if (one.line_start, one.quote, one.topic_id) != (other.line_start, other.quote, other.topic_id):
        return ""
    start = one.quote.find(one.requires)
    end = one.quote.find(other.requires, start + len(one.requires)) if start >= 0 else -1
    between = one.quote[start + len(one.requires) : end].strip() if end >= 0 else ""
    return one.quote[start : end + len(other.requires)] if between == "&" or between.isalpha() else ""


def _marked(at: int, reading: Reading, names: Names) -> Iterator[tuple[bool, ReadTopic]]:
    """The topics, each with whether it is the note's own."""
    own = names.homes[at] is not None
    return ((own and not number, topic) for number, topic in enumerate(reading.topics))


def _home_of(topic: ReadTopic, at: int, reading: Reading, names: Names) -> Home | None:
    """The note that a topic stands for."""
    if topic.kind == "section":
        return None
    if not reading.index and topic is reading.topics[0]:
        return names.homes[at]
    links = list(note_links(topic.text))
    link = links[0] if len(links) == 1 else next((each for each in links if _says(each, topic.title)), None)
    return (names.of_link(*link) if link is not None else None) or names.of_words(topic.text, topic.title)


def _says(link: tuple[str, str], title: str) -> bool:
    """Whether a link is what was read as this title."""
    target, shown = link
    words = target_words(target)
    forms = {normal_form(each) for each in (target, shown, words, target.rpartition("/")[2]) if each}
    return normal_form(title) in forms


def _gone(at: int, reading: Reading, homes: Mapping[str, Home], names: Names) -> Iterator[str]:
    """What is no topic: a redirect, an entry that leads to a map of notes, an id that no note has."""
    for number, topic in enumerate(reading.topics):
        home = homes.get(topic.id)
        if not reading.index and not number:
            if at in names.redirects:
                yield topic.id
        elif home.map if home is not None else (_is_register(topic, names) if reading.index else _is_id(topic)):
            yield topic.id


def _is_register(topic: ReadTopic, names: Names) -> bool:
    """Whether a line of an index names several notes, as "Paper [[1300]], damp [[1310]]"."""
    links = list(note_links(topic.text)) if topic.text.count("[[") > 1 else []
    return bool(links) and all(names.of_link(*link) is not None for link in links)


def _is_id(topic: ReadTopic) -> bool:
    """Whether a topic is only called by an id or a file's name, outside of any link."""
    text = topic.text
    if key_in(topic.title):
        return True
    return text == topic.title and " " not in text and (not text[:1].isupper() or any(map(str.isdigit, text)))


def _doubles(reading: Reading, homes: Mapping[str, Home]) -> dict[str, str]:
    """Topics of one note that turn out to be one: id -> the first one's."""
    first: dict[Home, str] = {}
    return {
        topic.id: before
        for topic in reading.topics
        if (home := homes.get(topic.id)) is not None and (before := first.setdefault(home, topic.id)) != topic.id
    }


def _whole(topic: ReadTopic, wholes: Mapping[str, str | None], gone: set[str], same: Mapping[str, str]) -> str | None:
    """What a topic is part of: the next one up that is left."""
    above = topic.part_of
    passed = {topic.id}
    while above is not None and above in gone and above not in passed:
        passed.add(above)
        above = wholes.get(above)
    above = same.get(above, above) if above is not None else None
    return above if above != topic.id and above not in gone else None


def _topic(topic: ReadTopic, home: Home | None, brought: Sequence[str], whole: str | None) -> ReadTopic:
    if home is None:
        return topic if whole == topic.part_of else replace(topic, part_of=whole)
    aliases = tuple(dict.fromkeys(each for each in (*topic.aliases, *brought) if each != home.title))
    state = home.state
    if (topic.title, topic.state, topic.aliases, topic.part_of) == (home.title, state, aliases, whole):
        return topic
    return replace(topic, title=home.title, state=state, aliases=aliases, part_of=whole)


def _requirement(
    each: ReadRequirement,
    known: Mapping[str, ReadTopic],
    titled: Mapping[str, str],
    same: Mapping[str, str],
    names: Names,
) -> ReadRequirement | None:
    """A requirement with the titles of the notes that it names; None when nothing is left of it.

    Args:
        each: as the note says it.
        known: the topics that are left of the note's reading, by their id.
        titled: their titles -> ids.
        same: topics that turned out to be another one of the note.
        names: the vault's.
    """
    changes: dict[str, object] = {}
    if each.topic_kind in ("topic", "section"):
        topic = known.get(same.get(each.topic_id, each.topic_id))
        if topic is None:
            return None
        changes |= {"topic_id": topic.id, "topic": topic.title}
    if each.requires_kind in ("topic", "section") and each.requires_id is not None:
        wanted = known.get(same.get(each.requires_id, each.requires_id))
        if wanted is None:
            return None
        changes |= {"requires_id": wanted.id, "requires": wanted.title}
    elif each.requires_id is None:
        home = _meant(each, names)
        if home is not None and not home.map:
            changes |= {"requires": home.title, "requires_kind": "topic", "requires_id": titled.get(home.title)}
    if changes.get("topic_id", each.topic_id) == changes.get("requires_id", each.requires_id):
        return None
    return replace(each, **changes)  # type: ignore[arg-type]


def _meant(each: ReadRequirement, names: Names) -> Home | None:
    """The note that a requirement means: by the link that was read, else by its words."""
    for link in note_links(each.quote):
        if _says(link, each.requires):
            found = names.of_link(*link)
            if found is not None:
                return found
    return names.of_words(each.requires)
