"""References in prose of plain text: to earlier chapters and stages, and to what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.parsers.wording.inline import Wiki, wikilinks
from ingest.parsers.wording.numbers import Reference, references

_ASSUMES = re.compile(
    r"\bthis\s(phase|module|part|stage|chapter|course|section|level|unit)"
    r"\s(?:assumes|requires|builds on|presupposes)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_EARLIER = re.compile(
    r"\b(?:in\s(chapter\s\d{1,3}),?\syou\s(?:have\s)?(?:already\s)?(?:learned|learnt|saw|met|built|used|wrote|studied)"
    r"|you\s(?:have\s)?(?:already\s)?(?:learned|learnt|saw|met|built|used|wrote|studied)\s[^.;:]{0,60}?\sin\s(chapter\s\d{1,3}))\b",
    re.IGNORECASE,
)
_GATE = re.compile(
    r"\bbefore\s(?:moving|going|you\smove|you\sgo)\s(?:on\s)?to\s(phase|module|part|stage|level|step|week|unit)\s(\d{1,3}),?\s(?:you\smust|make\ssure|complete|finish|you\sshould|you\sneed)",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\bbefore\s(?:moving|going|you\smove|you\sgo)\son\sto\s", re.IGNORECASE)
MAX_AROUND = 1000
"""Signs before and behind a position that are looked at for the ends of its sentence."""
_END = re.compile(r"[.!?](?=\s|$)")


class Referred(NamedTuple):
    """References that one sentence makes, with the sentence."""

    references: tuple[Reference, ...]
    quote: str
    owner: str = ""
    """"phase" when the sentence speaks of the stage it stands in, else empty."""


def assumed_in(line: str) -> Referred | None:
    """The chapters in brackets of "This phase assumes you can: ... (Ch 19), ... (Ch 20-23)."."""
    found = _ASSUMES.search(line)
    if found is None:
        return None
    sentence = _sentence(line, found.start())
    refs = [ref for bracket in _BRACKET.finditer(sentence) for ref in _all(bracket[1])]
    return Referred(tuple(refs), sentence, found[1].casefold()) if refs else None


def earlier_in(line: str) -> Iterator[Referred]:
    """The chapters of "In Chapter 15 you learned ..." and "You used it in Chapter 13"."""
    if "hapter" not in line:
        return
    for found in _EARLIER.finditer(line):
        refs = _all(found[1] or found[2])
        yield Referred(tuple(refs), _sentence(line, found.start()))


def gate_in(line: str) -> tuple[str, int, str] | None:
    """(kind, number, quote) of "Before moving to Phase 8, you must ...": the stage that requires this one."""
    found = _GATE.search(line)
    return (found[1].casefold(), int(found[2]), _sentence(line, found.start())) if found is not None else None


def onward_in(line: str) -> tuple[tuple[Wiki, ...], str]:
    """The links of "before moving on to [[a]] and [[b]]", which require this page, with the sentence."""
    found = _ONWARD.search(line)
    if found is None:
        return (), ""
    sentence = _sentence(line, found.start())
    return wikilinks(line[found.end() : line.find(sentence) + len(sentence)]), sentence


def _all(text: str) -> list[Reference]:
    read = references(text.strip())
    return list(read[0]) if read is not None else []


def _sentence(line: str, at: int) -> str:
    """The sentence of a line that holds a position; of one without end, what stands around it."""
    start = first = max(0, at - MAX_AROUND)
    for end in _END.finditer(line, first, at + MAX_AROUND):
        if end.end() > at:
            return line[start : end.end()].strip()
        start = end.end()
    return line[start : at + MAX_AROUND].strip()
