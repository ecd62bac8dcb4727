"""What a requirement names: "A, B and C - reason", "one of A, B", "Phases 1-3" as single titles with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.wording.choices import outer_alternatives, segments
from ingest.parsers.wording.conditions import without_conditions
from ingest.parsers.wording.fields import choice_at_head, is_nothing
from ingest.parsers.wording.known import End, Known, external_title
from ingest.parsers.wording.numbers import dotted, references
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.pieces import JOINT, pieces_of
from ingest.parsers.wording.titles import looks_like_title
from ingest.words import lookup

MAX_OBJECTS = 200
MAX_ROWS = 8
"""Combinations that "A or (B and C)" may make."""
MAX_VALUE = 2000
MAX_NESTED = 5
"""Brackets inside of one that holds a list."""
_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_KEYCAP = re.compile(r"([0-9])\ufe0f?\u20e3")
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_BOX = re.compile(r"^\[[ xX]\]\s+")
_SOFTLY = re.compile(
    r"^(.+?)[\s,]+(?:is\s|are\s)?(?:strongly\s|highly\s)?(?:recommended|helpful|optional|useful|preferred|a plus)"
    r"(?:,?\sbut\s(?:is\s)?not\s(?:strictly\s)?(?:needed|required|necessary|essential|mandatory))?$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"^(.+?)(?:[\s,]+(?:at the same time|concurrently|in parallel|alongside)"
    r"|\s\((?:(?:may|can) be taken |taken |or )?(?:concurrently|concurrent (?:enrollment|registration))\)"
    r"|\s\((?:auch )?(?:parallel(?: m\u00f6glich)?|gleichzeitig|en parall\u00e8le|en paralelo"
    r"|simult\u00e1neamente)\))$",
    re.IGNORECASE,
)
_LINK_REASON = re.compile(r"(\[\[[^\[\]\n]{1,200}\]\])\s*(?::\s+(.+)|\(([^()]+)\)\.?)$")
MIN_SPACES = 2
"""In brackets behind a link, from which on they hold a reason."""
_WHOLE = re.compile(r"^(?:all of|everything (?:in|from|of)|the whole of)\s+(?=\S)", re.IGNORECASE)
_OPTIONAL = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")


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
    value = without_conditions(_BOX.sub("", " ".join(value[:MAX_VALUE].split()).strip("* ")))
    if "\u20e3" in value:
        value = _KEYCAP.sub(r"\1", value)
    if value.startswith("[["):
        value = _with_dash(value)
    if choice and ";" in value and not _DASH.search(value):
        value = value.replace(";", ",")
    single = _single(value, known) if choice == 0 else None
    if single is not None:
        return Objects((single,))
    value = _bare(value)
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
    return Objects(_of_one_strength(wanted[:MAX_OBJECTS]), tuple(unread))


def _with_dash(value: str) -> str:
    """A link and the reason behind its colon or in brackets, with the dash that a reason has elsewhere."""
    found = _LINK_REASON.match(value)
    if found is None or "[[" in (found[2] or found[3]):
        return value
    if found[3] and (found[3].count(" ") < MIN_SPACES or _TOGETHER.match(value) or _SOFTLY.match(found[3])):
        return value
    return f"{found[1]} \u2013 {found[2] or found[3]}"


def _bare(value: str) -> str:
    """The value without the signs around it: a list as in a data file, a stop behind a bracket or space."""
    if value[:1] == "[" and value[-1:] == "]" and value[1:2] != "[":
        return value[1:-1].replace('"', "")
    return value.rstrip(" .") if value.endswith((" .", ").")) else value


def _of_one_strength(wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Alternatives of which one is optional are optional together: "A or B (optional)" requires neither."""
    if not any(each.soft for each in wanted):
        return tuple(wanted)
    soft = {each.group for each in wanted if each.group and each.soft}
    return tuple(each._replace(soft=True) if each.group in soft else each for each in wanted)


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
    pieces = [_AND.sub("", piece.strip()) for piece in value.split(";")]
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
    pieces, joints = pieces_of(rest, known)
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
    if piece.startswith("(") and piece.endswith(")") and JOINT.search(piece) and _is_one_bracket(piece):
        return _clause(piece[1:-1], reason, known, owner, 0)
    return _group([(piece, reason)], known, owner, 0)


def _is_one_bracket(text: str) -> bool:
    """Whether the bracket that a text begins with ends where the text does: "(A or (B and C))"."""
    inner = text[1:-1]
    if inner.count("(") > MAX_NESTED:
        return False
    depth = 0
    for sign in inner:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


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
    if not rows and len(filled) > 1:
        # Too many combinations to say which: none of them is the only way.
        helpful = _all_of([Objects(tuple(one._replace(soft=True, group=0) for one in each)) for each in filled])
        return helpful._replace(unread=unread)
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
    elif need and unread:
        # What could be chosen instead is not known: what is left is not the only way.
        wanted = [each._replace(soft=True) for each in wanted]
    return Objects(tuple(wanted), tuple(unread))


def _end(text: str, known: Known) -> tuple[End | None, bool]:
    soft = False
    bracket = _OPTIONAL.search(text) if text.endswith((")", "]")) and not text.endswith("]]") else None
    if bracket is not None and lookup("fields", "values").get(bracket[1].strip().casefold()) == "soft":
        soft, text = True, text[: bracket.start()]
    head, _, tail = text.partition(" ")
    if tail and lookup("fields", "values").get(head.casefold().strip("():[]")) == "soft" and known.find(text) is None:
        soft, text = True, tail
    softly = _SOFTLY.match(text)
    if softly is not None and known.find(text) is None:
        soft, text = True, softly[1]
    if text.isdecimal() and (found := known.numbers.get(text.lstrip("0"))) is not None:
        return found, soft
    points = dotted(text.strip())
    if points is not None and not points[1].strip() and (found := known.numbers.get(points[0][0])) is not None:
        return found, soft
    referred = references(_WHOLE.sub("", text.strip()))
    if referred is not None:
        ref = referred[0][0]
        found = known.numbered(ref.kind, ref.number)
        return found or known.named(text) or End("external", None, external_title(ref.text)), soft
    found = known.named(text)
    stage = phase_of(text) if found is None and text.startswith("\u7b2c") else None
    if stage is not None:
        # Chinese writes the number in front of its word.
        found = known.numbered(stage.kind, stage.first)
    if found is not None:
        return found, soft
    title = external_title(text)
    return (End("external", None, title) if looks_like_title(title) else None), soft
