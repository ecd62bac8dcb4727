"""Sentences that name what is to be finished first: "Complete Chapters 1–3 before you start this part."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.numbers import Reference, references
from ingest.parsers.references import Referred

_KINDS = r"(?:chapters?|ch\.|phases?|modules?|parts?|stages?|weeks?|levels?|units?|lessons?|lectures?|steps?)"
_REFERRED = re.compile(rf"\b{_KINDS}\s?\d{{1,3}}\b", re.IGNORECASE)
_THIS = r"this\s(phase|module|part|stage|chapter|course|section|level|unit|lesson|week)"
_FINISH = re.compile(
    rf"\b{_THIS}\s(?:assumes|requires|builds\s(?:up)?on|presupposes|depends\son)\b"
    r"|\b(?:complete|finish|read|review|revisit|work\sthrough)\s(?=[^.!?]{1,80}?\b(?:first\b|before\s(?:you\s)?(?:start|begin|mov|read|attempt|continu|this\b)))"
    r"|\byou\s(?:should|must|need\sto)\shave\s(?:already\s)?(?:completed|finished|read|done)\s"
    r"|\b(?:building|builds)\s(?:up)?on\s(?=chapters?\s\d|phases?\s\d|modules?\s\d)"
    r"|\b(?:after|once\syou\s(?:have\s)?)\s?(?:completing|finishing|complete|completed|finished|finish)\s(?=[^.!?]{1,60},\s(?:start|begin|continue|move|you\scan\sstart))",
    re.IGNORECASE,
)
_THIS_LATER = re.compile(rf"\b{_THIS}\b", re.IGNORECASE)
_LEARNED = "learned|learnt|saw|seen|met|built|used|wrote|written|studied|covered|introduced|discussed"
_VERB = rf"(?:have\s)?(?:already\s)?(?:{_LEARNED})"
_EARLIER = re.compile(
    rf"\bin\s({_KINDS}\s?\d[^.!?]{{0,40}}?),?\s(?:you|we)\s{_VERB}\b"
    rf"|\b(?:you|we)\s{_VERB}\s(?:[^.;:!?]{{0,60}}?\s)?in\s({_KINDS}\s?\d[^.!?;:]{{0,30}})",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?=\s|$)")
_STAGE = r"((?:the\s)?[\w-]{1,30}(?:\s[\w-]{1,30}){0,3}?)"
_DONE = (
    r"(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:fully\s|successfully\s)?"
    r"(?:completed?|finished|passed|done|mastered|over|behind\s\w+)\b"
)
_ENTERED = (
    re.compile(
        r"\b(?:no\s(?:one|[\w-]{1,30})|nobody|(?:you|[\w-]{1,30})\s(?:cannot|can't|can\snot|may\snot|must\snot))\s"
        r"(?:enters?|starts?|begins?|attends?|joins?|(?:moves?|goes|go|passes|pass)\s(?:on\s)?(?:in)?to)\s"
        rf"{_STAGE}\s(?:before|until|unless)\s{_STAGE}\s{_DONE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^{_STAGE}\s(?:(?:can|may|will)\s)?(?:only\s)?(?:be\s)?(?:begins?|starts?|opens?|follows?|entered|started|begun)\s"
        rf"(?:only\s)?(?:after|once|when)\s{_STAGE}(?:\s{_DONE}|[.!]?$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:can|may|to)\s(?:only\s)?(?:start|begin|enter|open|attempt|take)\s{_STAGE}\s"
        rf"(?:only\s)?(?:after|once|when)\s{_STAGE}(?:\s{_DONE}|[.!]?$)",
        re.IGNORECASE,
    ),
)
_ENTERS = re.compile(r"\b(?:before|until|unless|after|once|when)\b", re.IGNORECASE)
MAX_SENTENCE = 500


def finished_in(line: str) -> Iterator[Referred]:
    """The sentences of a line that say which chapters or stages come first, with what they name."""
    if not _REFERRED.search(line):
        return
    start = 0
    for end in (*(found.end() for found in _END.finditer(line)), len(line)):
        sentence, start = line[start:end].strip(), end
        if len(sentence) > MAX_SENTENCE or not sentence:
            continue
        found = _FINISH.search(sentence)
        refs = _references(sentence[found.end() :]) if found is not None else []
        if found is None or not refs:
            continue
        later = _THIS_LATER.search(sentence)
        owner = found[1] or (later[1] if later is not None else "")
        yield Referred(tuple(refs), sentence, owner.casefold())


def entered_in(line: str) -> Iterator[tuple[str, str, str]]:
    """(later stage, earlier stage, sentence) of "Nobody enters the second year before the first year is completed"."""
    if not _ENTERS.search(line):
        return
    start = 0
    for end in (*(found.end() for found in _END.finditer(line)), len(line)):
        sentence, start = line[start:end].strip(), end
        if not 0 < len(sentence) <= MAX_SENTENCE:
            continue
        for pattern in _ENTERED:
            found = pattern.search(sentence)
            if found is not None:
                yield found[1], found[2], sentence
                break


def learned_in(line: str) -> Iterator[Referred]:
    """The sentences that say what was learned in which chapters: "In Chapters 4 and 5 we saw ..."."""
    if not _REFERRED.search(line):
        return
    start = 0
    for end in (*(found.end() for found in _END.finditer(line)), len(line)):
        sentence, start = line[start:end].strip(), end
        found = _EARLIER.search(sentence) if 0 < len(sentence) <= MAX_SENTENCE else None
        read = references(found[1] or found[2]) if found is not None else None
        if read is not None:
            yield Referred(tuple(read[0]), sentence)


def _references(text: str) -> list[Reference]:
    """All references in the words up to what the sentence goes on to: "before", "you can start"."""
    text = re.split(r"\b(?:before|first|you can|so that|then)\b", text, maxsplit=1)[0]
    found: list[Reference] = []
    at = 0
    while (begin := _REFERRED.search(text, at)) is not None:
        read = references(text[begin.start() :])
        if read is None:
            at = begin.end()
            continue
        found.extend(read[0])
        at = len(text) - len(read[1])
    return found
