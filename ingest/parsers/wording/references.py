"""References in prose of plain text: to earlier chapters and stages, and to what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.parsers.wording.inline import Wiki, wikilinks
from ingest.parsers.wording.numbers import Reference, references

_ASSUMES = re.compile(
    r"\bthis\s(phase|module|part|stage|chapter|course|section|level|unit)"
    r"\s(?:assumes|requires|builds on|presupposes)\b"
    r"|\byou\s(?:should|must|need\sto)\s(?:already\s)?(?:know|understand|be\sable|be\scomfortable|have\sread)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_EARLIER = re.compile(
    r"\b(?:in\s(chapter\s\d{1,3}),?\syou\s(?:have\s)?(?:already\s)?(?:learned|learnt|saw|met|built|used|wrote|studied)"
    r"|you\s(?:have\s)?(?:already\s)?(?:learned|learnt|saw|met|built|used|wrote|studied)\s[^.;:]{0,60}?\sin\s(chapter\s\d{1,3}))\b",
    re.IGNORECASE,
)
_WIKI = r"\[\[[^\[\]\n]{1,200}\]\]"
LINKS = rf"{_WIKI}(?:(?:\s?,\s?(?:and\s|or\s)?|\s(?:and|or|&|plus)\s){_WIKI}){{0,20}}"
"""Links that stand together: "[[A]], [[B]] and [[C]]"."""
_YOU_DO = r"(?:can\s(?:already\s)?do|(?:already\s)?(?:know|understand)|have\s(?:already\s)?read)"
ASSUMES = rf"assumes(?:\s(?:that\s)?you\s{_YOU_DO})?"
_ONWARD = re.compile(
    r"(?:\b(?P<hard>before\s(?:moving|going|you\smove|you\sgo)\son\sto"
    r"|(?:read|learn|finish|complete|master|study|know|understand|needed|need|required|essential|do|practi[cs]e)"
    r"(?:\s(?:this|it|that|these|those|here))?(?:\s(?:first|well|only|right))?\sbefore"
    r"(?:\s(?:reading|starting|learning|attempting|tackling|trying|opening|you\s(?:read|start|learn|attempt|tackle|try|open)))?"
    r"|(?:prerequisites?|groundwork|foundations?|basis|required|needed|necessary|essential|indispensable|prepares(?:\syou)?"
    r"|preparation|mandatory)\s(?:reading\s)?(?:for|of))"
    r"|\b(?P<soft>(?:helpful|useful|handy|recommended)\s(?:for|before)))"
    rf"\s(?P<links>{LINKS})",
    re.IGNORECASE,
)
MAX_AROUND = 1000
"""Signs before and behind a position that are looked at for the ends of its sentence."""
_END = re.compile(r"[.!?](?=\s|$)")


class Referred(NamedTuple):
    """References that one sentence makes, with the sentence."""

    references: tuple[Reference, ...]
    quote: str
    owner: str = ""
    """What the sentence calls whom it speaks of: phase, chapter; empty when it speaks to the reader."""


def assumed_in(line: str) -> Referred | None:
    """The chapters in brackets of "This phase assumes you can: ... (Ch 19), ...", "You should know ... (Ch 1)"."""
    found = _ASSUMES.search(line)
    if found is None:
        return None
    sentence = _sentence(line, found.start())
    refs = [ref for bracket in _BRACKET.finditer(sentence) for ref in _all(bracket[1])]
    return Referred(tuple(refs), sentence, (found[1] or "").casefold()) if refs else None


def earlier_in(line: str) -> Iterator[Referred]:
    """The chapters of "In Chapter 15 you learned ..." and "You used it in Chapter 13"."""
    if "hapter" not in line:
        return
    for found in _EARLIER.finditer(line):
        refs = _all(found[1] or found[2])
        yield Referred(tuple(refs), _sentence(line, found.start()))


class Onward(NamedTuple):
    """What a sentence says of the pages that require this one."""

    links: tuple[Wiki, ...]
    quote: str
    soft: bool


def onward_in(line: str) -> Iterator[Onward]:
    """The links of "before moving on to [[a]] and [[b]]", "Required for [[a]]; helpful for [[b]]".

    "[[x]] is required for [[a]]" says nothing of this page.
    """
    if "[[" not in line:
        return
    for found in _ONWARD.finditer(line):
        sentence = _sentence(line, found.start())
        begin = line.find(sentence)
        subject = line[max(begin, line.rfind(";", begin, found.start())) : found.start()] if begin >= 0 else ""
        if "[[" not in subject:
            yield Onward(wikilinks(found["links"]), sentence, found["soft"] is not None)


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
