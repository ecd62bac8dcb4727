"""What the words of a drawing mean: labels of edges, and titles of nodes that are no topics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from graph.model import Strength
from ingest.words import lookup, table

Direction = Literal["to-dependent", "to-prerequisite"]
MAX_LABEL_WORDS = 6
"""A longer label is a reason in words."""
_EDGE_SIGNS = " .,:;!()[]*\"'\u201c\u201d\u00ab\u00bb"
_THEM = r"(?: of (?:them|these|those|the (?:two|three|following|above)|both|two|three))?"
_ENOUGH = r"(?: (?:is|are)? ?(?:enough|sufficient|suffices?|will do|needed|required))?"
_ONE_OF_THEM = re.compile(
    rf"(?:either|any|at least|just|only|pick|choose)[ -](?:one|1)(?: or (?:more|both|the other))?{_THEM}{_ENOUGH}"
    rf"|one or (?:more|both|the other){_THEM}{_ENOUGH}"
    rf"|(?:either|any|one|1) of (?:them|these|those|the (?:two|three|following|above)|two|three){_ENOUGH}"
    r"|(?:one|either|any) (?:is enough|is sufficient|suffices|will do)|either[ /-]or|either way"
    r"|(?:irgend)?ein(?:er?|es) (?:davon|von beiden|genügt|reicht)"
)
_OR_KEY = re.compile(r"(?:^|[\d\W_])or(?:$|[\d\W_])")
_ALL_OF_THEM = re.compile(rf"all{_THEM}{_ENOUGH}|both{_THEM}{_ENOUGH}")


class EdgeWords(NamedTuple):
    """What the label of an edge says."""

    direction: Direction | None = None
    """None: as the drawing has it."""
    strength: Strength | None = None
    choice: int = 0
    """How many of the alternatives are needed; 0 when it is none."""
    relation: Literal["requires", "nothing", "holds", "part"] = "requires"
    reason: str = ""
    """The label itself when it is none of the known words."""


_NO_WORDS = EdgeWords()


def one_of(listed: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(sorted((re.escape(word).replace(r"\ ", " ") for word in listed), key=len, reverse=True))


def edge_words(label: str) -> EdgeWords:
    """Read the label of an edge."""
    return _read_label(label) if label else _NO_WORDS


@lru_cache(maxsize=4096)
def _read_label(label: str) -> EdgeWords:
    text = " ".join(label.casefold().replace("_", " ").split()).strip(_EDGE_SIGNS)
    if not text:
        return _NO_WORDS
    if len(text.split()) > MAX_LABEL_WORDS:
        return EdgeWords(reason=label)
    whole = _meaning("edges").get(text)
    if whole == "nothing":
        return EdgeWords(relation="nothing")
    if whole is not None:
        return EdgeWords(relation="holds" if whole == "holds" else "part")
    strength = strength_in(text)
    direction = _direction(text)
    choice = _choice(text)
    known = strength or direction or choice or lookup("fields", "labels").get(text)
    if not known and "-" in text and " " not in text:
        # "part-of" as a name
        spaced = _read_label(text.replace("-", " "))
        return EdgeWords(reason=label) if spaced.reason else spaced
    return EdgeWords(direction, strength, choice, reason="" if known else label)


def strength_in(text: str) -> Strength | None:
    """How strong the words of a label or legend, in lower case, make an arrow."""
    return "together" if _says("together", text) else "soft" if _says("soft", text) else None


def known_words(names: str) -> str:
    """Those of an edge's classes that say something about it: "recommended" in "thin recommended"."""
    return next((name for name in names.split() if edge_words(name) != _NO_WORDS._replace(reason=name)), "")


def is_legend(name: str) -> bool:
    """Whether a node or cluster is called a legend."""
    words = " ".join(name.casefold().replace("_", " ").split()).removeprefix("cluster").strip()
    return bool(words) and _legend().fullmatch(words) is not None


def is_marker(title: str) -> bool:
    """Whether a title only marks where the drawing begins or ends."""
    text = title.casefold().strip(_EDGE_SIGNS)
    if text in _node_words("marker"):
        return True
    first, *rest = text.split() or [""]
    return first in _node_words("marks") and bool(rest) and _node_words("marked").issuperset(rest)


def is_root(title: str, key: str) -> bool:
    """Whether a box is called after the drawing, or is the person who learns: "Data Engineer Roadmap", "Me"."""
    text = title.casefold().strip(_EDGE_SIGNS)
    if text in _node_words("root") or key.casefold() == "root":
        return True
    return any(text == word or text.endswith(f" {word}") for word in _node_words("whole"))


def is_aside(classes: str) -> bool:
    """Whether the class of a box says that it is no topic: an outcome, a note."""
    return bool(classes) and not _node_words("aside").isdisjoint(classes.casefold().split())


def is_or(key: str, classes: str) -> bool:
    """Whether a box without words chooses, as its class says, or its name: `cs101or102`."""
    chooses = not _node_words("choices").isdisjoint(classes.casefold().split())
    return chooses or _OR_KEY.search(key.casefold()) is not None


def is_open(title: str) -> bool:
    """Whether what hangs on a box of a mind map is a topic though the box is none: "Introduction"."""
    return title.casefold().strip(_EDGE_SIGNS) in _node_words("through")


def is_decision(title: str) -> bool:
    """Whether a diamond asks which way to go."""
    text = title.casefold().strip()
    return text.endswith("?") or text.split(" ", 1)[0].strip(_EDGE_SIGNS) in _node_words("decision")


@lru_cache(maxsize=4096)
def junction_choice(title: str) -> int:
    """How many of the nodes in front of a node "or", "one of", "2 of" are needed; 0 when it is no such node."""
    text = " ".join(title.casefold().split()).strip(_EDGE_SIGNS)
    if text in _node_words("or") or _ONE_OF_THEM.fullmatch(text):
        return 1
    return int(lookup("fields", "choices").get(text, "0"))


def is_gate(title: str) -> bool:
    """Whether a node only says that all nodes in front of it are needed: "and", "all of them"."""
    text = " ".join(title.casefold().split()).strip(_EDGE_SIGNS)
    return text in _node_words("all") or (text[:3] in {"all", "bot"} and _ALL_OF_THEM.fullmatch(text) is not None)


def states_needs(texts: Iterable[str], labels: Iterable[str]) -> bool:
    """Whether words call the arrows of a drawing prerequisites, or half of them say so themselves."""
    if any(_inside("sure").search(text.casefold()) for text in texts):
        return True
    said = [bool(_inside("sure").search(label.casefold())) for label in labels]
    return 2 * sum(said) >= max(1, len(said))


def shows_plan(texts: Iterable[str]) -> bool:
    """Whether words around a drawing call it a roadmap."""
    return any(_plan().search(text.casefold()) for text in texts)


def is_state(line: str, *kinds: str) -> bool:
    """Whether a line of a box only says that it is planned, or optional."""
    text = line.casefold().strip(_EDGE_SIGNS)
    return any(text in _node_words(kind) for kind in kinds)


def says_planned(text: str) -> bool:
    """Whether a class or an entry of a legend says that something is to come."""
    return bool(text) and _tag("planned").search(text.casefold()) is not None


def says_optional(text: str) -> bool:
    """Whether a class or an entry of a legend says that something may be left out."""
    return bool(text) and _tag("optional").search(text.casefold()) is not None


def says_done(title: str) -> bool:
    """Whether a column of a board holds what is learned already."""
    return title.casefold().strip(_EDGE_SIGNS) in _node_words("done")


def _direction(text: str) -> Direction | None:
    """The longer words decide: "benötigt für" says the opposite of "benötigt"."""
    found = {key: _inside(key).search(text) for key in ("to_prerequisite", "to_dependent")}
    size = {key: len(match[0]) if match is not None else 0 for key, match in found.items()}
    if not any(size.values()):
        return None
    return "to-dependent" if size["to_dependent"] > size["to_prerequisite"] else "to-prerequisite"


def _choice(text: str) -> int:
    if text in table("drawings")["edges"]["or"]:
        return 1
    padded = f" {text} "
    return next((int(count) for words, count in lookup("fields", "choices").items() if f" {words} " in padded), 0)


@cache
def _meaning(section: str) -> dict[str, str]:
    """The words that are the whole label -> what they mean."""
    found = table("drawings")[section]
    return {word: key for key in ("nothing", "holds", "part") for word in found[key]}


def _says(kind: str, text: str) -> bool:
    return _inside(kind).search(text) is not None


@cache
def _inside(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(table('drawings')['edges'][kind])})(?!\w)")


@cache
def _plan() -> re.Pattern[str]:
    words = table("drawings")["remarks"]["plan"]
    # Where nothing stands between words, they are found inside others.
    joined = one_of(word for word in words if word[0] > "\u2e80")
    return re.compile(rf"(?<!\w)(?:{one_of(word for word in words if word[0] <= chr(0x2E80))})(?!\w)|{joined}")


@cache
def _node_words(kind: str) -> frozenset[str]:
    return frozenset(table("drawings")["nodes"][kind])


@cache
def _legend() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(_node_words('legend'))})(?:[ :\d].*)?")


@cache
def _tag(kind: str) -> re.Pattern[str]:
    words = one_of(_node_words(kind)).replace(" ", "[ _-]?")
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
