"""What a requirement names: "A, B and C - reason", "one of A, B", "Phases 1-3" as single titles with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.choices import outer_alternatives, segments
from ingest.parsers.conditions import without_conditions
from ingest.parsers.fields import choice_at_head, is_nothing
from ingest.parsers.known import End, Known, external_title
from ingest.parsers.numbers import dotted, references
from ingest.parsers.titles import looks_like_title
from ingest.words import lookup

MAX_JOINED = 8
"""Pieces between separators that are tried together as one title."""
MAX_OBJECTS = 200
MAX_ROWS = 8
"""Combinations that "A or (B and C)" may make."""
MAX_VALUE = 2000
_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_JOINT = re.compile(
    r"(\s*;\s*(?:and\s+)?|\s*,\s*(?:and/or\s+|and\s+|or\s+|&\s+)?"
    r"|\s+and/or\s+|\s+(?:and|or|plus|as well as)\s+|\s+[&+]\s+|\n"
    r"|\s+(?-i:und|et|y|e|i|\u0438|oder|ou|o|oppure|\u0438\u043b\u0438)\s+)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"\s+(?:und|et|y|e|i|\u0438|oder|ou|o|oppure|\u0438\u043b\u0438)\s+")
"""Joints of other languages; they are letters in English titles too, so what stands before must be known."""
_BOX = re.compile(r"^\[[ xX]\]\s+")
_SOFTLY = re.compile(
    r"^(.+?)[\s,]+(?:is\s|are\s)?(?:strongly\s|highly\s)?(?:recommended|helpful|optional|useful|preferred|a plus)$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"^(.+?)(?:[\s,]+(?:at the same time|concurrently|in parallel|alongside)"
    r"|\s\((?:(?:may|can) be taken |taken |or )?(?:concurrently|concurrent (?:enrollment|registration))\))$",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"^(?:all of|everything (?:in|from|of)|the whole of)\s+(?=\S)", re.IGNORECASE)
_OPTIONAL = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_OPENING, _CLOSING = "([", ")]"


class Wanted(NamedTuple):
    """One title that is required."""

    end: End
    reason: str = ""
    soft: bool = False
    group: int = 0
    """Those with the same number above 0 are alternatives."""
    need: int = 1
    """How many of the alternatives are needed."""
    together: bool = False
    """It may be learned at the same time."""


class Objects(NamedTuple):
    """What a value was read as."""

    wanted: tuple[Wanted, ...] = ()
    unread: tuple[str, ...] = ()
    """Pieces that are sentences rather than titles."""


def objects_of(value: str, known: Known, owner: str | None, choice: int = 0) -> Objects:
    """Read a value.

    Args:
        value: plain text, wikilinks as written.
        known: what the document names.
        owner: id of the phase or topic that requires, for "all previous phases".
        choice: how many of the values are needed, when the label says so.
    """
    value = _BOX.sub("", " ".join(value[:MAX_VALUE].split()).strip("* "))
    if value[:1] == "[" and value[-1:] == "]" and value[1:2] != "[":
        # Written as in a data file: ["sets", "maps"].
        value = value[1:-1].replace('"', "")
    elif value.endswith((" .", ").")):
        value = value.rstrip(" .")
    value = without_conditions(value)
    single = _single(value, known) if choice == 0 else None
    if single is not None:
        return Objects((single,))
    if is_nothing(value):
        return Objects()
    if known.named(value) is not None:
        return _group([(value, "")], known, owner, choice)
    whole = known.before(_DASH.split(value, maxsplit=1)[0], owner)
    if whole is not None:
        return Objects(tuple(Wanted(end, _reason(value, known)) for end in whole))
    wanted: list[Wanted] = []
    unread: list[str] = []
    for clause, reason in _clauses(value, known):
        part = _clause(clause, reason, known, owner, choice)
        wanted.extend(renumbered(part.wanted, wanted))
        unread.extend(part.unread)
    return Objects(tuple(wanted[:MAX_OBJECTS]), tuple(unread))


def split_reason(text: str, known: Known) -> tuple[str, str]:
    """(objects, reason) at the first dash that is not part of a title."""
    for found in _DASH.finditer(text):
        head = text[: found.start()]
        if head.count("[[") != head.count("]]") or head.count("(") > head.count(")"):
            continue
        following = _DASH.search(text, found.end())
        longer = text[: following.start()] if following is not None else text
        if known.named(longer) is not None and known.named(head) is None:
            continue
        return head, text[found.end() :].strip()
    return text, ""


def _single(value: str, known: Known) -> Wanted | None:
    """The most frequent value, one title with a reason, without the whole grammar."""
    dash = _DASH.search(value)
    head = value[: dash.start()] if dash is not None else value
    end = known.exact.get(head) if ";" not in value else None
    return (
        Wanted(end, value[dash.end() :] if dash is not None else "")
        if end is not None and end.kind != "phase"
        else None
    )


def _reason(value: str, known: Known) -> str:
    return split_reason(value, known)[1]


def _clauses(value: str, known: Known) -> Iterator[tuple[str, str]]:
    """The parts between semicolons with their reasons; a semicolon inside a reason does not part."""
    pieces = [piece.strip() for piece in value.split(";")]
    if len(pieces) == 1:
        yield split_reason(value, known)
        return
    split = [split_reason(piece, known) for piece in pieces if piece]
    first_reason = next((at for at, each in enumerate(split) if each[1]), None)
    later = split[first_reason + 1 :] if first_reason is not None else []
    if any(not reason and known.named(head) is None for head, reason in later):
        heads, reason = split_reason(value, known)
        yield from ((head, reason) for head in heads.split(";"))
        return
    if first_reason == len(split) - 1:
        # "A; B - reason": one reason for all of them.
        split = [(head, split[-1][1]) for head, _ in split]
    yield from split


def _clause(text: str, reason: str, known: Known, owner: str | None, choice: int) -> Objects:
    if is_nothing(text):
        return Objects()
    before = known.before(text, owner)
    if before is not None:
        return Objects(tuple(Wanted(end, reason) for end in before))
    need, rest = choice_at_head(text)
    need = choice or need
    pieces, joints = _pieces(rest, known)
    if (
        reason
        and reason[:1].isupper()
        and not reason.endswith(".")
        and references(rest) is not None
        and looks_like_title(reason)
    ):
        # "Module 01 - Foundations": the title of the stage, no reason.
        reason = ""
    if need or (len(pieces) == 1 and not pieces[0].startswith("(")):
        return _group([(piece, reason) for piece in pieces], known, owner, need)
    later = next((at for at, piece in enumerate(pieces) if at and choice_at_head(piece)[0]), 0)
    if later:
        # "A, and either B or C": what stands in front is needed as it stands there.
        return _both(
            _members(pieces[:later], joints[: later - 1], reason, known, owner),
            _choice_of(pieces[later:], joints[later:], reason, known, owner),
        )
    return _members(pieces, joints, reason, known, owner)


def _choice_of(pieces: Sequence[str], joints: Sequence[str], reason: str, known: Known, owner: str | None) -> Objects:
    """The rest of a list from "either" or "two of" on."""
    need, first = choice_at_head(pieces[0])
    pieces = [first, *pieces[1:]]
    if need == 1 and any("or" in joint.split() for joint in joints):
        return _members(pieces, joints, reason, known, owner)
    return _group([(piece, reason) for piece in pieces], known, owner, need)


def _both(first: Objects, second: Objects) -> Objects:
    wanted = (*first.wanted, *renumbered(second.wanted, first.wanted))
    return Objects(wanted, (*first.unread, *second.unread))


def _members(pieces: Sequence[str], joints: Sequence[str], reason: str, known: Known, owner: str | None) -> Objects:
    parts = outer_alternatives(pieces, joints)
    if len(parts) > 1:
        return _alternatives([_members(part, between, reason, known, owner) for part, between in parts])
    wanted: list[Wanted] = []
    unread: list[str] = []
    for segment, alternatives in segments(pieces, joints):
        read = _alternatives if alternatives else _all_of
        part = read([_one(piece, reason, known, owner) for piece in segment])
        wanted.extend(renumbered(part.wanted, wanted))
        unread.extend(part.unread)
    return Objects(tuple(wanted), tuple(unread))


def _one(piece: str, reason: str, known: Known, owner: str | None) -> Objects:
    """One member of a list; in brackets it is a list itself: "A and (B or C)"."""
    if piece.startswith("(") and piece.endswith(")") and _JOINT.search(piece) and "(" not in piece[1:]:
        return _clause(piece[1:-1], reason, known, owner, 0)
    return _group([(piece, reason)], known, owner, 0)


def _all_of(members: list[Objects]) -> Objects:
    wanted: list[Wanted] = []
    for each in members:
        seen = {(one.end.kind, one.end.id or normal_form(one.end.title)) for one in wanted if not one.group}
        fresh = [
            one
            for one in each.wanted
            if one.group or (one.end.kind, one.end.id or normal_form(one.end.title)) not in seen
        ]
        wanted.extend(renumbered(fresh, wanted))
    return Objects(tuple(wanted), tuple(words for each in members for words in each.unread))


def _alternatives(members: list[Objects]) -> Objects:
    """One of them is needed. "A or (B and C)" is "A or B" together with "A or C"."""
    unread = tuple(words for each in members for words in each.unread)
    filled = [each.wanted for each in members if each.wanted]
    rows = list(product(*filled)) if len(filled) > 1 and prod(map(len, filled)) <= MAX_ROWS else []
    if not rows and len(members) > 1 and any(not each.wanted for each in members):
        # The other alternatives are words that name no topic: what is left helps, but is not the only way.
        helpful = _all_of(members)
        return helpful._replace(wanted=tuple(one._replace(soft=True) for one in helpful.wanted))
    if not rows:
        return _all_of(members)
    # Alternatives inside an alternative are alternatives of the whole.
    if all(one.group or len(each) == 1 for each in filled for one in each):
        rows = [tuple(one for each in filled for one in each)]
    wanted: list[Wanted] = []
    for row in rows:
        options = {(one.end.kind, one.end.id or normal_form(one.end.title)): one for one in row}
        group = max((one.group for one in wanted), default=0) + 1
        wanted += [one._replace(group=group if len(options) > 1 else 0, need=1) for one in options.values()]
    return Objects(tuple(wanted), unread)


def renumbered(found: Iterable[Wanted], after: Sequence[Wanted]) -> list[Wanted]:
    """The same with numbers of groups that follow those of another list."""
    used = max((each.group for each in after), default=0) if after else 0
    if not used:
        return list(found)
    return [each._replace(group=each.group + used if each.group else 0) for each in found]


def _pieces(text: str, known: Known) -> tuple[list[str], list[str]]:
    """The titles of a list and what joins them; known titles that hold a comma or "and" stay whole."""
    named = _named_by_number(text, known)
    if named is not None:
        names, rest = named
        # Its words begin with a space: "Phase 1 or SQL" is a choice.
        rest = f" {rest}" if rest else ""
        following = _JOINT.match(rest)
        if following is None or not rest[following.end() :].strip():
            return names, _between(names, "and")
        more, later = _pieces(rest[following.end() :], known)
        # "Phases 1-2 or SQL": neither of the two is needed for sure.
        joint = ", " if "or" in following[0].split() else "and"
        return names + more, [*_between(names, joint), following[0], *later]
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
                more, later = _pieces("".join(parts[end + 1 :]).strip(), known)
                return pieces + more, joints + later
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
    return "" if rest[:1] in {":", "\u00b7"} else rest


def _parts(text: str, known: Known) -> list[str]:
    """Pieces and separators in turn; nothing inside brackets separates."""
    parts: list[str] = []
    start = depth = at = 0
    for found in _JOINT.finditer(text):
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
    after = _JOINT.search(text, joint.end())
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


def _group(pieces: list[tuple[str, str]], known: Known, owner: str | None, need: int) -> Objects:
    wanted: list[Wanted] = []
    unread: list[str] = []
    seen: set[tuple[str, str]] = set()
    for text, reason in pieces:
        if is_nothing(text):
            continue
        before = known.before(text, owner)
        if before is not None:
            wanted.extend(Wanted(end, reason) for end in before)
            continue
        at_once = _TOGETHER.match(text) if " " in text else None
        end, soft = _end(at_once[1] if at_once is not None else text, known)
        if end is None:
            unread.append(text)
        elif (key := (end.kind, end.id or normal_form(end.title))) not in seen:
            seen.add(key)
            wanted.append(Wanted(end, reason, soft, together=at_once is not None))
    if need and len(wanted) > need:
        wanted = [each._replace(group=1, need=need) for each in wanted]
    return Objects(tuple(wanted), tuple(unread))


def _end(text: str, known: Known) -> tuple[End | None, bool]:
    soft = False
    bracket = _OPTIONAL.search(text) if text.endswith((")", "]")) and not text.endswith("]]") else None
    if bracket is not None and lookup("fields", "values").get(bracket[1].strip().casefold()) == "soft":
        soft, text = True, text[: bracket.start()]
    head, _, tail = text.partition(" ")
    if head.casefold().strip(":") == "optional" and tail and known.find(text) is None:
        soft, text = True, tail
    softly = _SOFTLY.match(text)
    if softly is not None and known.find(text) is None:
        soft, text = True, softly[1]
    points = dotted(text.strip())
    if points is not None and not points[1].strip() and (found := known.numbers.get(points[0][0])) is not None:
        return found, soft
    referred = references(_WHOLE.sub("", text.strip()))
    if referred is not None:
        ref = referred[0][0]
        found = known.numbered(ref.kind, ref.number)
        return found or known.named(text) or End("external", None, external_title(ref.text)), soft
    found = known.named(text)
    if found is not None:
        return found, soft
    title = external_title(text)
    return (End("external", None, title) if looks_like_title(title) else None), soft
