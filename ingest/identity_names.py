"""What documents name: each topic with the forms of its title, ready to be compared across documents."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from graph.titles import bracketed_acronym, is_generic, normal_form, without_numbering
from ingest.identity_rules import Acronyms, acronyms_of, course_code, defines, short_form, widest_form
from ingest.reading import Reading, ReadTopic


class Named(NamedTuple):
    """A topic as one document names it."""

    document: str
    topic: ReadTopic
    mention: str
    """Id of the mention."""
    generic: bool
    form: str
    """Its normal form, qualified by what it stands in when the title is generic: what the register keeps."""
    key: str
    """The form of the widest rule, qualified in the same way."""
    parent: str
    """Title of what it stands in: the topic, section, phase or roadmap."""
    others: tuple[tuple[str, str], ...]
    """(normal form, key) of its aliases."""


def names_in(document: str, reading: Reading, acronyms: Acronyms) -> Iterator[Named]:
    """The topics that a document names."""
    by_id = {topic.id: topic for topic in reading.topics}
    for topic, mention in mentions_of(document, reading):
        above = by_id.get(topic.part_of or "")
        parent = above.title if above else topic.phase or reading.roadmap.title
        form, key = normal_form(topic.title), ""
        generic = is_generic(topic.title)
        if generic:
            key = f"{widest_form(parent, acronyms)} / {form}"
            form = f"{normal_form(parent)} / {form}"
        else:
            key = widest_form(topic.title, acronyms)
        others = tuple((normal_form(alias), widest_form(alias, acronyms)) for alias in _other_names(topic))
        yield Named(document, topic, mention, generic, form, key, parent, others)


def mentions_of(document: str, reading: Reading) -> Iterator[tuple[ReadTopic, str]]:
    """The topics of a reading, each with the id of its mention: made of what is said, not of line numbers."""
    ordinals: dict[str, int] = defaultdict(int)
    for topic in reading.topics:
        if topic.kind == "topic":
            form = normal_form(topic.title)
            ordinals[form] += 1
            yield topic, hashed("m", document, form, str(ordinals[form]))


def acronyms_in(readings: Sequence[tuple[str, Reading]]) -> Acronyms:
    """The acronyms explained anywhere: in titles, and where a requirement names what no document describes."""

    def texts() -> Iterator[tuple[str, tuple[str, ...]]]:
        for _, reading in readings:
            for topic in reading.topics:
                yield topic.title, topic.aliases
            for requirement in reading.requirements:
                if requirement.requires_kind == "external":
                    yield requirement.requires, ()

    return acronyms_of(texts())


def clean_title(title: str) -> str:
    """The title without numbering and without the acronym it gives of itself."""
    acronym = bracketed_acronym(title)
    bare = without_numbering(title)
    return bare.replace(f"({acronym})", "").replace("  ", " ").strip() if acronym else bare


def note_path(document: str, reading: Reading) -> PurePosixPath | None:
    """The path by which links name a note, without its ending; None for documents of several topics."""
    if reading.family not in ("vault", "note") or reading.index:
        return None
    return PurePosixPath(document.partition(":")[2]).with_suffix("")


def hashed(kind: str, *parts: str) -> str:
    """An id that depends on what is said, not on where the lines stand."""
    return kind + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _other_names(topic: ReadTopic) -> Iterator[str]:
    """Aliases, the acronym and the course code of a title; an acronym of its last words alone names something else."""
    acronym, code, dash = bracketed_acronym(topic.title), course_code(topic.title), short_form(topic.title)
    given = (*topic.aliases, *([acronym] if acronym else ()), *([code] if code else ()))
    for alias in dict.fromkeys(given):
        found = defines(alias, clean_title(topic.title) if dash is None else dash[1])
        if not is_generic(alias) and (found is None or found.whole):
            yield alias
