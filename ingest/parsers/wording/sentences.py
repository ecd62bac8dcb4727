"""Sentences that state a requirement: "Docker requires Processes and Filesystem: an image is a filesystem."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.parsers.wording.inline import plain
from ingest.parsers.wording.known import End, Known
from ingest.parsers.wording.numbers import references
from ingest.parsers.wording.objects import Objects, objects_of
from ingest.parsers.wording.remembering import remembering
from ingest.words import lookup

_VERB = re.compile(
    r"\s(?:also\s+|directly\s+)?(requires?|needs?|depends?\s+(?:up)?on|builds?\s+(?:up)?on|assumes?)\s", re.IGNORECASE
)
_SHOUTED = ("EQUIRE", "EED", "EPEND", "UILD", "SSUME")
_LEAD = re.compile(r"^[\s>*_(-]*(?:requires|depends\s(?:up)?on|builds\s(?:up)?on|assumes)\s", re.IGNORECASE)
THIS = "This topic"
"""The subject of a sentence that has none."""
_THIS = re.compile(
    r"^this\s+(?:topic|chapter|module|section|phase|course|week|part|stage|lesson|unit|step|level|note|term|page|month|sprint|block|year|semester)$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?=\s+[\"'(*_`\[]*[A-Z\u00c0-\u00de\u0410-\u042f])")
_BECAUSE = re.compile(r"\s*(?::\s+|,?\s+(?:because|since|as)\s+|\s+(?:\u2013|\u2014|--?)\s+)")
_NO = re.compile(r"^(?:no|not|nothing|none)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:complete|finish|master|do)\s(?:each|every)\s(\w+)\s(?:\w+\s)?before\s(?:moving|going|starting|you\s(?:move|go|start))\b"
    r"[^.!?\n]{0,40}\bnext\b[^.!?\n]{0,20}[.!?]?",
    re.IGNORECASE,
)
MAX_SENTENCE, MAX_KEPT = 500, 2000
_STAGE = (
    r"(?:part|phase|stage|module|level|unit|term|semester|week|step|month|chapter|course|section|sprint|block|year)"
)
_ONE = rf"{_STAGE}\s+(?:\d{{1,3}}|[A-Z]|[IVX]{{1,5}}|one|two|three|four|five|six)"
_FIRST = re.compile(
    r"\b(?:must|have to|need to|has to)\s+(?:have\s+)?(?:first\s+)?(?:finish|complete|pass|master)(?:ed)?\s+"
    rf"(?:all of\s+)?(?P<objects>{_ONE})\s+before\s+(?:you\s+|they\s+|we\s+)?(?:can\s+|may\s+)?"
    rf"(?:begin|start|enter|open|mov|go)(?:s|e|n?ing)?\s+(?:with\s+|on\s+to\s+|to\s+)?(?P<subject>{_ONE}|this\s+{_STAGE})\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"\b(?:begin|start|enter|open)(?:ed)?\s+(?:with\s+)?(?P<subject>{_ONE}|this\s+{_STAGE})\s+only\s+(?:when|after|once|if)\s+"
    rf"(?:you\s+(?:have\s+)?(?:finished|completed|passed|mastered)\s+)?(?:(?:everything|all)\s+(?:in|of|from)\s+)?"
    rf"(?P<objects>{_ONE})\b",
    re.IGNORECASE,
)


_UNTIL = re.compile(
    r"\b(?:do not|don't|never|should not|must not)\s+(?:start|begin|enter|open|attempt|move on to|go on to)\s+"
    rf"(?:with\s+)?(?P<subject>{_ONE}|this\s+{_STAGE})\s+(?:until|before|unless)\s+(?:you(?:'ve|\s+have)?\s+)?"
    rf"(?:finish|complet|pass|master|do)(?:e|ed|ing|ne)?\s+(?:(?:everything|all)\s+(?:in|of|from)\s+)?"
    rf"(?P<objects>{_ONE})\b",
    re.IGNORECASE,
)
_YOU_NEED = re.compile(
    r"^you(?:'ll|\s+will|\s+should|\s+must)?\s+(?:need(?:\s+to\s+(?:know|understand|have\s+(?:read|completed|finished)))?"
    r"|know|understand|have\s+(?:read|completed|finished))\s+(?P<objects>\S.{0,200}?),?\s+"
    r"(?:first|beforehand|before\s+(?:this|starting|you\s+start)(?:\s\w+)?)$",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence that may state a requirement."""

    subject: str
    objects: str
    reason: str
    colon: bool
    """The reason stands behind a colon."""
    quote: str
    """As written."""
    start: int
    """Where it begins in the source."""


@remembering(MAX_KEPT, 16)
def sentences_of(source: str) -> Sequence[Sentence]:
    """The sentences of a paragraph's source that have the form of a requirement.

    Who looks for a description asks just before who looks for requirements.

    Args:
        source: the source lines of the paragraph, joined by line breaks.
    """
    # Plain words are looked for first: most paragraphs have none of them.
    return tuple(_sentences(source)) if _may_state(source) else ()


def _sentences(source: str) -> Iterator[Sentence]:
    if not (_VERB.search(source) or _LEAD.match(source)):
        return
    for start, written in _split(source):
        words = " ".join(plain(written).split())
        lead = _LEAD.match(words)
        # "Requires weeks 1-4.": what it stands in is meant.
        words = f"{THIS} {words[:1].lower()}{words[1:]}" if lead is not None else words
        verb = _VERB.search(words)
        if verb is None or len(words) > MAX_SENTENCE:
            continue
        subject, rest = words[: verb.start()].strip(" \"'*>-"), words[verb.end() :].rstrip(".! ")
        because = _BECAUSE.search(rest)
        objects, reason = (rest[: because.start()], rest[because.end() :]) if because is not None else (rest, "")
        if subject and not _NO.match(objects):
            colon = because is not None and because[0].strip() == ":"
            reason = f"{reason}." if reason and written.rstrip().endswith(".") else reason
            for each in _subjects(subject) if subject[-1].isdigit() else (subject,):
                yield Sentence(each, objects, reason, colon, written, start)


def _may_state(source: str) -> bool:
    """Whether a stem of one of the verbs stands in a text; looked for one by one it takes less than in one pattern."""
    if "equire" in source or "eed" in source or "epend" in source or "uild" in source or "ssume" in source:
        return True
    return ("D" in source or "E" in source) and any(stem in source for stem in _SHOUTED)


def _subjects(text: str) -> Sequence[str]:
    """The subjects of "Chapters 3 and 4 require Chapter 2", each by itself."""
    named = references(text)
    return [each.text for each in named[0]] if named is not None and not named[1].strip() else [text]


_BEFOREHAND = ("first", "beforehand", "before")
_GATES = (("before", _FIRST), ("only", _ONLY), ("until", _UNTIL), ("before", _UNTIL), ("unless", _UNTIL))
"""A word that such a sentence has, and its form."""


def gates_of(source: str) -> Iterator[Sentence]:
    """The sentences that close a stage until another is done: "You must finish Stage 1 before you begin Stage 2"."""
    if "before" not in source and "only" not in source and "un" not in source:
        return
    patterns = [pattern for word, pattern in _GATES if word in source]
    for start, written in _split(source) if patterns else ():
        words = " ".join(plain(written).split()).replace("\u2019", "'")
        found = next((each for pattern in patterns if (each := pattern.search(words))), None)
        if found is not None and len(words) <= MAX_SENTENCE:
            yield Sentence(found["subject"], found["objects"], "", colon=False, quote=written, start=start)


def firsts_of(source: str) -> Iterator[Sentence]:
    """The sentences that tell the reader what comes before: "You need Loops first"."""
    if "ou" not in source or not any(word in source for word in _BEFOREHAND):
        return
    for start, written in _split(source):
        words = " ".join(plain(written).split()).replace("\u2019", "'").rstrip(".! ")
        found = _YOU_NEED.match(words) if len(words) <= MAX_SENTENCE else None
        if found is not None and not _NO.match(found["objects"]):
            yield Sentence(THIS, found["objects"], "", colon=False, quote=written, start=start)


class Order(NamedTuple):
    """A sentence that makes each stage require the one before it."""

    kind: str
    """phase, module, week."""
    quote: str
    start: int


def each_before_next(source: str) -> Order | None:
    """What "Complete each stage before moving to the next" says, or None."""
    if "next" not in source or "before" not in source:
        return None
    found = _ORDER.search(source)
    kind = lookup("phases", "kinds").get(found[1].casefold()) if found is not None else None
    return Order(kind, found[0], found.start()) if found is not None and kind is not None else None


def requirement_of(sentence: Sentence, known: Known, owner: End | None) -> tuple[End, Objects] | None:
    """Who requires what, or None when the sentence only looks like a requirement.

    The subject is a title of the document or "This chapter"; the objects are titles of the document too, or stand
    capitalised in front of a colon.
    """
    if _THIS.match(sentence.subject):
        subject = owner
    else:
        subject = known.find(sentence.subject) or (
            known.find(sentence.subject[4:]) if sentence.subject.startswith("The ") else None
        )
    if subject is None and (named := references(sentence.subject)) is not None and not named[1].strip():
        subject = known.numbered(named[0][0].kind, named[0][0].number)
    if subject is None or subject.id is None:
        return None
    objects = objects_of(sentence.objects, known, subject.id)
    if sentence.subject == THIS:
        # "Requires Level 2, and either a drill or a shift.": what the document names is required.
        unsure = bool(objects.unread) or any(
            each.end.kind == "external" and not each.end.title[:1].isupper() for each in objects.wanted
        )
        sure = tuple(each for each in objects.wanted if not each.group and each.end.kind != "external")
        objects = Objects(sure) if unsure else objects
    if not objects.wanted or objects.unread:
        return None
    strangers = [each.end.title for each in objects.wanted if each.end.kind == "external"]
    trusted = sentence.colon and all(title[:1].isupper() or not title[:1].isalpha() for title in strangers)
    return (subject, objects) if not strangers or trusted else None


def _split(source: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _END.finditer(source):
        yield from _trimmed(source, start, end.end())
        start = end.end()
    yield from _trimmed(source, start, len(source))


def _trimmed(source: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    text = source[start:end]
    begin = start + len(text) - len(text.lstrip(" \t\n>"))
    if text.strip(" \t\n>"):
        yield begin, source[begin:end].rstrip()
