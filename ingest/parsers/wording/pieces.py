"""The titles of a list and what joins them: "A, B and C", "Phases 1-3 or SQL"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ingest.parsers.wording.known import Known
from ingest.parsers.wording.numbers import dotted, references

MAX_JOINED = 8
"""Pieces between separators that are tried together as one title."""
JOINT = re.compile(
    r"(\s*;\s*(?:and\s+)?|\s*,\s*(?:and/or\s+|and\s+|or\s+|plus\s+|&\s+)?"
    r"|\s*(?:[\u3001\uff0c\uff1b]|\u6216\u8005?|\u307e\u305f\u306f)\s*"
    r"|\s+and/or\s+|\s+(?:and|or|plus|as well as)\s+|\s+[&+/]\s+|\n"
    r"|\s+(?-i:und|sowie|et|y|e|i|\u0438|oder|ou|o|oppure|\u0438\u043b\u0438)\s+)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"\s+(?:und|sowie|et|y|e|i|\u0438|oder|ou|o|oppure|\u0438\u043b\u0438)\s+")
"""Joints of other languages; they are letters in English titles too, so what stands before must be known."""
_OPENING, _CLOSING = "([", ")]"


def pieces_of(text: str, known: Known) -> tuple[list[str], list[str]]:
    """The titles of a list and what joins them; known titles that hold a comma or "and" stay whole."""
    named = _named_by_number(text, known)
    if named is not None:
        names, rest = named
        # Its words begin with a space: "Phase 1 or SQL" is a choice.
        rest = f" {rest}" if rest else ""
        following = JOINT.match(rest)
        if (
            following is None
            and (later := JOINT.search(rest)) is not None
            and len(rest[: later.start()].split()) <= MAX_JOINED
        ):
            # "1.1 Networking, 1.2 Processes": the title behind the number says the same again.
            rest = rest[later.start() :]
            following = JOINT.match(rest)
        if following is None or not rest[following.end() :].strip():
            return names, _between(names, "and")
        more, joined = pieces_of(rest[following.end() :], known)
        # "Phases 1-2 or SQL": neither of the two is needed for sure.
        joint = ", " if "or" in following[0].split() else "and"
        return names + more, [*_between(names, joint), following[0], *joined]
    parts = _parts(text, known)
    pieces: list[str] = []
    joints: list[str] = []
    at = 0
    while at < len(parts):
        end = _longest(parts, at, known)
        pieces.append("".join(parts[at:end]).strip())
        if end < len(parts):
            joints.append(parts[end])
            if _named_by_number(parts[end + 1].strip(), known) is not None:
                more, joined = pieces_of("".join(parts[end + 1 :]).strip(), known)
                return pieces + more, joints + joined
        at = end + 1
    return [piece for piece in pieces if piece], joints


def _between(names: Sequence[str], joint: str) -> list[str]:
    return [joint] * (len(names) - 1)


def _named_by_number(text: str, known: Known) -> tuple[list[str], str] | None:
    referred = references(text)
    if referred is not None:
        return [each.text for each in referred[0]], _after_reference(referred[1])
    points = dotted(text)
    if points is None or (points[0][0] not in known.numbers and text[:1].isdigit()):
        return None
    # A single one keeps its word, for when the document has no such number.
    names = list(points[0]) if len(points[0]) > 1 else [text[: len(text) - len(points[1])].strip()]
    return names, _after_reference(points[1])


def _after_reference(rest: str) -> str:
    """What follows a reference, without the title that may explain it: "(Basics, Systems)" or ": Systems"."""
    rest = rest.strip()
    if rest.startswith("("):
        return rest.partition(")")[2].strip()
    if rest[:1] not in {":", "\u00b7"}:
        return rest
    # In "Module 1: Tasting, Module 2: Regions" another reference follows the title.
    joints = islice(JOINT.finditer(rest), MAX_JOINED)
    return next((rest[each.start() :] for each in joints if references(rest[each.end() :]) is not None), "")


def _parts(text: str, known: Known) -> list[str]:
    """Pieces and separators in turn; nothing inside brackets separates."""
    parts: list[str] = []
    start = depth = at = 0
    for found in JOINT.finditer(text):
        between = text[at : found.start()]
        depth += sum(between.count(sign) for sign in _OPENING) - sum(between.count(sign) for sign in _CLOSING)
        at = found.start()
        if depth <= 0 and (not _FOREIGN.fullmatch(found[0]) or bool(parts) or _names(text, start, found, known)):
            parts += [text[start : found.start()], found[0]]
            start = at = found.end()
            depth = 0
    return [*parts, text[start:]]


def _names(text: str, start: int, joint: re.Match[str], known: Known) -> bool:
    """Whether what stands on either side of a joint is known."""
    after = JOINT.search(text, joint.end())
    right = text[joint.end() : after.start() if after is not None else len(text)]
    return known.named(text[start : joint.start()].strip()) is not None or known.named(right.strip()) is not None


def _longest(parts: list[str], at: int, known: Known) -> int:
    """Where the longest known title that begins at a piece ends; the next separator when there is none."""
    for end in range(min(len(parts), at + 2 * MAX_JOINED - 1), at + 1, -2):
        if known.named("".join(parts[at:end]).strip()) is not None:
            return end
    # A single sign like & in "Q&A" has no spaces and is never a joint; "A & B" that nobody knows stays one title.
    while at + 2 < len(parts) and parts[at + 1].strip() in {"&", "+"} and known.find(parts[at].strip()) is None:
        at += 2
    return at + 1
