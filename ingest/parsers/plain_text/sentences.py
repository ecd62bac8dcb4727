"""Sentences that name what is to be finished first: "Complete Chapters 1–3 before you start this part."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.parsers.wording.numbers import Reference, number_of_word, references
from ingest.parsers.wording.references import ASSUMES, Referred
from ingest.words import lookup

_KINDS = r"(?:chapters?|chs?\.?|phases?|modules?|parts?|stages?|weeks?|levels?|units?|lessons?|lectures?|steps?"
_KINDS += r"|blocks?|months?|quarters?|terms?|semesters?|years?|tiers?|sprints?)"
_REFERRED = re.compile(rf"\b{_KINDS}\s?\d{{1,3}}\b", re.IGNORECASE)
_THIS = (
    r"this\s(phase|module|part|stage|chapter|course|section|level|unit|lesson|week|block|month|quarter|term|semester)"
)
_FINISH = re.compile(
    rf"\b{_THIS}\s(?:assumes|requires|builds\s(?:up)?on|presupposes|depends\son)\b"
    r"|\b(?:complete|finish|read|review|revisit|work\sthrough)\s(?=[^.!?]{1,80}?\b(?:first\b|before\s(?:you\s)?(?:start|begin|mov|read|attempt|continu|this\b)))"
    r"|\byou\s(?:should|must|need\sto)\shave\s(?:already\s)?(?:completed|finished|read|done)\s"
    r"|\b(?:building|builds)\s(?:up)?on\s(?=chapters?\s\d|phases?\s\d|modules?\s\d)"
    r"|\b(?:after|once\syou\s(?:have\s)?)\s?(?:completing|finishing|complete|completed|finished|finish)\s(?=[^.!?]{1,60},\s(?:start|begin|continue|move|you\scan\sstart))",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"\s*(?:can\s(?:only\s)?be\sread\sonly\safter\s"
    r"|(?:(?:also|both|all|only)\s)?(?:requires?|needs?|assumes?|presupposes?|(?:depends?|relies|rely|builds?)\s(?:up)?on"
    r"|depends?\sonly\son|follows?\sfrom|(?:should|must)\s(?:be\sread|come)\safter)\s(?:only\s)?"
    r"|(?P<before>(?:is|are)\s(?:an?\s)?(?:prerequisites?|required|needed|necessary)\s(?:for|of)\s))",
    re.IGNORECASE,
)
_BE_DONE = re.compile(
    rf"({_KINDS}\s?\d[^.!?;]{{0,40}}?)\s(?:must|should|needs?\sto|has\sto|have\sto)\s(?:be|have\sbeen)\s(?:fully\s)?"
    r"(?:completed?|finished|done|passed|mastered)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_THIS_LATER = re.compile(rf"\b{_THIS}\b", re.IGNORECASE)
_LEARNED = "learned|learnt|saw|seen|met|built|used|wrote|written|studied|covered|introduced|discussed"
_VERB = rf"(?:have\s)?(?:already\s)?(?:{_LEARNED})"
_EARLIER = re.compile(
    rf"\bin\s({_KINDS}\s?\d[^.!?]{{0,40}}?),?\s(?:you|we)\s{_VERB}\b"
    rf"|\b(?:you|we)\s{_VERB}\s(?:[^.;:!?]{{0,60}}?\s)?in\s({_KINDS}\s?\d[^.!?;:]{{0,30}})"
    rf"|\b(?:(?:you|we)(?:\swill|\u2019ll|'ll)?\sneed|this\s(?:chapter|unit|lesson)\s(?:uses|needs|requires|extends|continues))"
    rf"\s[^.;:!?]{{0,60}}?\s(?:from|in|of)\s({_KINDS}\s?\d[^.!?;:]{{0,30}})",
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
_ONWARD = (
    r"before\s(?:you\s)?(?:(?:mov(?:e|ing)|go(?:ing)?|continu(?:e|ing)|proceed(?:ing)?|advanc(?:e|ing))\s(?:on\s)?(?:in)?to"
    r"|start|starting|begin|beginning|enter|entering|attempt|attempting)"
)
_NEXT_STAGE = r"(?:(?:the\s)?next\s(?P<next>[a-z]{4,9})|(?P<kind>[A-Za-z]{4,9})\s(?P<number>\d{1,3}|[IVX]{1,5}))\b"
_MUST = r"(?:you\s(?:must|should|need|have\sto|ought)|make\ssure|be\ssure|ensure|check\sthat|complete|finish|pass)\b"
_GATES = (
    re.compile(rf"\b{_ONWARD}\s{_NEXT_STAGE},?\s{_MUST}", re.IGNORECASE),
    re.compile(rf"^{_MUST}[^.;!?]{{1,200}}?\s{_ONWARD}\s{_NEXT_STAGE}", re.IGNORECASE),
)
_BEFOREHAND = r"(?:first|beforehand|before\s(?:this|starting|you\sstart|reading|you\sread)(?:\s\w+)?)"
_FIRST = (
    re.compile(
        r"^before\s(?:(?:reading\s|starting\s)?this(?:\s\w+)?|that),?\s(?:you\sshould\s)?"
        r"(?:read|learn|know|study|understand|finish|complete|master)\s(?P<objects>\S.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:best\s)?(?:start|read|begin|comes?|learn|learned|studied|study|taken?|tackle|continue)"
        r"(?:\s(?:here|this(?:\s\w+)?|it|right))?\s(?:only\s)?after\s(?P<objects>\S.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:you|you'll|you\u2019ll|learners|readers)\s(?:will\s|should\s|must\s)?"
        r"(?:need(?:\sto\s(?:know|understand|have\sread))?|know|understand|have\sread)\s"
        rf"(?P<objects>\S.*?),?\s{_BEFOREHAND}$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:needs|requires|depends\son|builds\son|{ASSUMES}|prerequisites?)\s(?P<objects>\[\[.*)$", re.IGNORECASE
    ),
    re.compile(
        rf"^(?:read|learn|know|study|understand|finish|complete|master)\s(?P<objects>\S.*?),?\s{_BEFOREHAND}$",
        re.IGNORECASE,
    ),
)
"""Sentences that tell what the topic comes after, without naming the topic."""
_FOR = re.compile(r"(?<=\]\])\s(?:for|to|because|since|so\sthat)\s")
_FIRST_WORDS = re.compile(r"\b(?:after|first|beforehand|before)\b|\[\[", re.IGNORECASE)
MAX_SENTENCE = 500


def finished_in(line: str) -> Iterator[Referred]:
    """The sentences of a line that say which chapters or stages come first, with what they name."""
    if not _REFERRED.search(line):
        return
    for sentence in _sentences(line):
        found = _FINISH.search(sentence)
        refs = _references(sentence[found.end() :]) if found is not None else []
        done = _BE_DONE.search(sentence) if found is None else None
        if done is not None:
            yield Referred(tuple(_references(done[1])), sentence, "stage")
        if found is None or not refs:
            continue
        later = _THIS_LATER.search(sentence)
        owner = found[1] or (later[1] if later is not None else "")
        yield Referred(tuple(refs), sentence, owner.casefold())


def bracketed_in(sentence: str) -> tuple[Reference, ...]:
    """The chapters in the brackets of "you can write tests (Ch 7, Ch 8) and use a shell (Ch 1-2)"."""
    return tuple(ref for bracket in _BRACKET.finditer(sentence) for ref in _references(bracket[1]))


def entered_in(line: str) -> Iterator[tuple[str, str, str]]:
    """(later stage, earlier stage, sentence) of "Nobody enters the second year before the first year is completed"."""
    if not _ENTERS.search(line):
        return
    for sentence in _sentences(line):
        for pattern in _ENTERED:
            found = pattern.search(sentence)
            if found is not None:
                yield found[1], found[2], sentence
                break


class Gate(NamedTuple):
    """What a sentence lets in only after the stage it stands in."""

    kind: str
    number: int
    """0 for the next one."""
    label: str
    """As written: "Part IV"."""
    quote: str


def gate_in(line: str) -> Gate | None:
    """The stage of "Before moving to Phase 8, you must ...", "Make sure you can ... before the next part"."""
    if "before" not in line and "Before" not in line:
        return None
    for sentence in _sentences(line):
        found = next((match for pattern in _GATES if (match := pattern.search(sentence)) is not None), None)
        kind = lookup("phases", "kinds").get((found["next"] or found["kind"]).casefold()) if found is not None else None
        if found is not None and kind is not None:
            number = (number_of_word(found["number"]) or 0) if found["number"] else 0
            return Gate(kind, number, f"{found['kind']} {found['number']}" if found["number"] else "", sentence)
    return None


def first_in(line: str) -> Iterator[tuple[str, str]]:
    """(what comes first, sentence) of "Start here after Loops", "You need Arrays and Loops first"."""
    if not _FIRST_WORDS.search(line):
        return
    for sentence in _sentences(line):
        # "Read Loops first; they come back here."
        said = (sentence.rstrip(".! "), sentence.partition(";")[0])
        found = next((match for words in said for each in _FIRST if (match := each.match(words)) is not None), None)
        if found is not None:
            # "Requires [[Knots]] for the anchor": why is no part of what.
            yield _FOR.split(found["objects"], maxsplit=1)[0], sentence


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for end in (*(found.end() for found in _END.finditer(line)), len(line)):
        sentence, start = line[start:end].strip(), end
        if 0 < len(sentence) <= MAX_SENTENCE:
            yield sentence


def depends_in(line: str) -> Iterator[tuple[Sequence[Reference], Sequence[Reference], str]]:
    """(who, what, sentence) of "Chapters 5 and 6 depend only on Chapter 4", "Chapter 2 is required for Chapter 6"."""
    if not _REFERRED.search(line):
        return
    for sentence in _sentences(line):
        for clause in sentence.split(";"):
            who = references(clause.strip())
            verb = _DEPENDS.match(who[1]) if who is not None else None
            what = references(who[1][verb.end() :].strip()) if who is not None and verb is not None else None
            if who is None or verb is None or what is None:
                continue
            yield (what[0], who[0], sentence) if verb["before"] else (who[0], what[0], sentence)


def learned_in(line: str) -> Iterator[Referred]:
    """The sentences that say what was learned in which chapters: "In Chapters 4 and 5 we saw ..."."""
    if not _REFERRED.search(line):
        return
    for sentence in _sentences(line):
        found = _EARLIER.search(sentence)
        read = references(found[1] or found[2] or found[3]) if found is not None else None
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
