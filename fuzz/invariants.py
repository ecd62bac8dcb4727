"""What holds for the reading of any document, however strange."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ingest.reading import Reading, ReadRequirement, ReadTopic, Text


class BrokenRuleError(AssertionError):
    """A reading says what cannot be."""


def check(reading: Reading, text: Text) -> None:
    """Look for what cannot be in a reading.

    Raises:
        BrokenRuleError: the first of it.
    """
    broken = next(_broken(reading, text), None)
    if broken is not None:
        raise BrokenRuleError(broken)
    # Half a surrogate pair, as in the "\\ud800" of a JSON document, cannot be stored or printed.
    reading.to_json()


def _broken(reading: Reading, text: Text) -> Iterator[str]:
    topics = [topic.id for topic in reading.topics]
    phases = [phase.id for phase in reading.phases]
    if len(set(topics)) < len(topics) or len(set(phases)) < len(phases):
        yield "two topics, or two phases, have one id"
    for name, positions in (
        ("topics", [topic.position for topic in reading.topics]),
        ("phases", [phase.position for phase in reading.phases]),
    ):
        if any(a >= b for a, b in zip([0, *positions], positions, strict=False)):
            yield f"the positions of the {name} do not increase"
    titles, ids = {phase.title for phase in reading.phases}, set(topics)
    for topic in reading.topics:
        yield from _broken_topic(topic, ids, titles, len(text.lines))
    known = {*topics, *phases}
    for requirement in reading.requirements:
        yield from _broken_requirement(requirement, known, text)
    lines = [*(problem.line for problem in reading.problems), *(phase.line for phase in reading.phases)]
    if not all(1 <= line <= len(text.lines) for line in lines):
        yield "a problem or a phase stands in a line that is not there"
    if not set(reading.ticked) <= set(topics):
        yield "a topic is ticked that is not there"


def _broken_topic(topic: ReadTopic, ids: set[str], phases: set[str], lines: int) -> Iterator[str]:
    if not topic.title.strip() or not topic.id:
        yield "a topic has no title or no id"
    if not 1 <= topic.line <= topic.line_end <= lines:
        yield f"lines {topic.line}-{topic.line_end} of a topic in a document of {lines}"
    if topic.part_of is not None and (topic.part_of not in ids or topic.part_of == topic.id):
        yield "a topic is part of itself or of nothing"
    if topic.phase is not None and topic.phase not in phases:
        yield "a topic is of a phase that is not there"
    if topic.effort_hours is not None and not (math.isfinite(topic.effort_hours) and topic.effort_hours >= 0):
        yield f"an effort of {topic.effort_hours} hours"


def _broken_requirement(requirement: ReadRequirement, known: set[str], text: Text) -> Iterator[str]:
    first, last = requirement.line_start, requirement.line_end
    if not 1 <= first <= last <= len(text.lines):
        yield f"lines {first}-{last} of a requirement in a document of {len(text.lines)}"
    quote = requirement.quote
    if requirement.origin == "stated" and not (quote.strip() and quote in "\n".join(text.lines[first - 1 : last])):
        yield f"the quote {quote[:60]!r} does not stand in lines {first}-{last}"
    if requirement.topic_id not in known:
        yield "the topic of a requirement is not there"
    if (requirement.requires_id is None) != (requirement.requires_kind == "external"):
        yield "an end of a requirement has an id and is external, or neither"
    if requirement.requires_id is not None and requirement.requires_id not in known:
        yield "what a requirement requires is not there"
    if not requirement.requires.strip() or requirement.choice_min < 1 or not 0 < requirement.confidence <= 1:
        yield "a requirement without title, count or confidence"
