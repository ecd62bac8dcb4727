"""Boxes that name a document's lessons for short: "L02: Builds" is the second one, however long its title is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.titles import normal_form
from ingest.reading import Reading, ReadTopic

MIN_ALIKE = 3
"""Numbers that a drawing and its document share."""
_LINE = re.compile(
    r"(?:#{1,6}\s+\W{0,4}|[|>\s*-]{0,12})(?:[A-Za-z]{1,8}[ .-]?)?0{0,2}(\d{1,3})(?=[\s.):|\u2013\u2014-])"
)
_BOX = re.compile(r"[\[({\"|>]\s?(?:[A-Za-z]{1,8}[ .-]?)?0{0,2}(\d{1,3})(?=[\s.):\u00b7|\u2013\u2014-])")


def named_alike(drawn: Reading, reading: Reading, lines: Sequence[str]) -> Reading:
    """A drawing with the document's titles, where the numbers of both surely count the same things.

    They do when every number of the drawing is one of the document's, some titles are the same, and none is at
    another number.
    """
    boxes = _counted((each, _BOX.search(each.text)) for each in drawn.topics)
    if len(boxes) < max(MIN_ALIKE, len(drawn.topics)):
        return drawn
    chapters = _counted((each, _LINE.match(lines[each.line - 1])) for each in reading.topics if each.kind == "topic")
    at = {normal_form(each.title): number for number, each in chapters.items()}
    known = {number: at[form] for number, each in boxes.items() if (form := normal_form(each.title)) in at}
    if not known or not boxes.keys() <= chapters.keys() or any(number != place for number, place in known.items()):
        return drawn
    titles = {each.id: chapters[number].title for number, each in boxes.items()}
    return drawn.model_copy(
        update={"topics": tuple(each.model_copy(update={"title": titles[each.id]}) for each in drawn.topics)}
    )


def _counted(found: Iterable[tuple[ReadTopic, re.Match[str] | None]]) -> dict[int, ReadTopic]:
    """Number -> topic; numbers that several have are left out."""
    made: dict[int, ReadTopic] = {}
    twice: set[int] = set()
    for topic, match in found:
        number = int(match[1]) if match is not None else None
        if number is None:
            continue
        if number in made:
            twice.add(number)
        made[number] = topic
    return {number: topic for number, topic in made.items() if number not in twice}
