"""What the words of a drawing mean: labels of edges, legends, remarks on arrows and styles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from graph.model import Strength
from ingest.words import lookup

Direction = Literal["to-dependent", "to-prerequisite"]
MAX_LABEL_WORDS = 6
"""A longer label is a reason in words."""
MAX_REMARK = 400
_EDGE_SIGNS = " .,:;!()[]*\"'\u201c\u201d\u00ab\u00bb"
_TOGETHER = re.compile(
    r"\b(?:concurrent(?:ly)?|co-?req(?:uisite)?s?|alongside|(?:in )?parallel|together|at the same time"
    r"|simultaneous(?:ly)?|begleitend)\b"
)
_SOFT = re.compile(
    r"\b(?:optional(?:ly)?|recommend(?:ed|s)?|helpful|helps|nice to have|useful|suggest(?:ed|s)?|good to (?:have|know)"
    r"|soft|ideally|(?:easier|better) (?:with|after)|benefits from"
    r"|not (?:strictly )?(?:required|needed)|hilfreich|empfohlen|recommandé|utile|recomendado|útil)\b"
)
_NOTHING = re.compile(
    r"(?:see also|(?:is )?related(?: to)?|(?:is )?similar(?: to)?|same as|compares? (?:with|to)|compare|vs|versus"
    r"|alternative to|unrelated|not related|links? to|inspired by|independent(?: of)?"
    r"|(?:does not|doesn.?t|do not|no longer) (?:requires?|needs?|depends? on))"
)
_HOLDS = re.compile(r"(?:contains?|includes?|consists of|comprises?|covers?|has part|has)")
_PART = re.compile(r"(?:is )?(?:a )?(?:part of|belongs to|subtopic of|contained in|included in)")
_TO_PREREQUISITE = re.compile(
    r"\b(?:requires?|needs?|depends? (?:up)?on|dependent (?:up)?on|builds? (?:up)?on|based on|assumes?|relies on"
    r"|comes after|recommends|has prerequisite|(?:easier|better) (?:with|after)|benefits from"
    r"|benötigt|erfordert|baut auf|nécessite|dépend de|requiere|depende de"
    r"|requer|richiede|требует)(?!\w)"
)
_TO_DEPENDENT = re.compile(
    r"\b(?:(?:required|needed|useful|helpful|recommended) (?:by|for|before)|prereq(?:uisite)?s? (?:of|for|to)|unlocks?"
    r"|enables?|leads? to|precedes|comes before|before|followed by|prepares? (?:you )?for|then|next|opens|helps)\b"
)
_OR = frozenset({"or", "alternative", "alternatively", "alternatives", "either", "any", "xor", "option", "oder", "ou"})
_LEGEND = re.compile(r"(?:cluster[_ ]?)?(?:legend|legende|légende|leyenda|key|how to read)(?:[ _:\d].*)?")
_MARKERS = re.compile(
    r"start|begin|end|finish|finished|stop|done|start here|begin here|you are here|the end|entry|exit|anfang|ende"
    r"|inicio|fin|début"
)
_THEM = r"(?: of (?:them|these|those|the (?:two|three|following|above)|both|two|three))?"
_ENOUGH = r"(?: (?:is|are)? ?(?:enough|sufficient|suffices?|will do|needed|required))?"
_ONE_OF_THEM = re.compile(
    rf"(?:either|any|at least|just|only|pick|choose)[ -](?:one|1)(?: or (?:more|both|the other))?{_THEM}{_ENOUGH}"
    rf"|one or (?:more|both|the other){_THEM}{_ENOUGH}"
    rf"|(?:either|any|one|1) of (?:them|these|those|the (?:two|three|following|above)|two|three){_ENOUGH}"
    r"|(?:one|either|any) (?:is enough|is sufficient|suffices|will do)|either[ /-]or|either way"
    r"|(?:irgend)?ein(?:er?|es) (?:davon|von beiden|genügt|reicht)"
)
_ALL_OF_THEM = re.compile(rf"and|both|all|all{_THEM}{_ENOUGH}|both{_THEM}{_ENOUGH}|und|beides?|alle|et|&")
_DECISION = re.compile(r".*\?|(?:choose|pick|select|decide|wähle)\b.*", re.DOTALL)

_ARROW = r"(?:arrows?|edges?|links?|lines?|-{1,3}>|\u2192|=>)"
_NEEDED = (
    r"(?:pre-?requisites?|prereqs?|requirements?|dependenc(?:y|ies)"
    r"|what (?:it|they|you|a topic) (?:needs?|requires?|depends? on))"
)
_TO_WORDS = r"(?:requires?|needs?|depends? (?:up)?on|builds? (?:up)?on|comes after|is (?:learned |learnt )?after)"
_FROM_WORDS = (
    r"(?:is (?:required|needed) (?:for|by)|is (?:a |the )?prerequisite (?:of|for|to)|is (?:learned |learnt )?before"
    r"|before|comes before|unlocks|leads to|enables|comes first)"
)
_MEANS = r"(?:means?|mean|=|:|reads?(?: as)?|as|denotes?|indicates?|shows?|stands? for)"
_WAY = r"[^\w.;\n]{0,3}(?:\w+[^\w.;\n]+)"
_TO = r"(?:to|towards?|at)[^\w.;\n]+(?:\w+[^\w.;\n]+)"
_LATER = r"(?:dependents?|what (?:it|they|you) (?:unlocks?|enables?|can learn)|next)"
_PAIR = r"\b(\w{1,30})\s*(?:-{1,3}>|\u2192|=>)\s*(\w{1,30})\b[^.;\n]{0,30}?"
_STATED: tuple[tuple[str, Direction], ...] = (
    (rf"{_PAIR}\b\1 {_TO_WORDS} \2\b", "to-prerequisite"),
    (rf"{_PAIR}\b\2 {_FROM_WORDS} \1\b", "to-prerequisite"),
    (rf"{_PAIR}\b\2 {_TO_WORDS} \1\b", "to-dependent"),
    (rf"{_PAIR}\b\1 {_FROM_WORDS} \2\b", "to-dependent"),
    (rf"{_NEEDED}s?\W{{0,3}}\s*(?:-{{1,3}}>|\u2192|=>)", "to-dependent"),
    (rf"(?:-{{1,3}}>|\u2192|=>)\W{{0,3}}{_NEEDED}", "to-prerequisite"),
    (rf"\bfrom (?:\w+ ){{0,2}}{_NEEDED} (?:\w+ )?to", "to-dependent"),
    (rf"{_ARROW}{_WAY}{{0,8}}?{_TO}{{0,3}}?{_NEEDED}", "to-prerequisite"),
    (rf"{_ARROW}\W{{0,4}}(?:\w+ ){{0,2}}{_MEANS}\W{{0,5}}(?:\w+ )?{_TO_WORDS}\b", "to-prerequisite"),
    (rf"{_ARROW}\W{{0,4}}(?:\w+ ){{0,2}}{_MEANS}\W{{0,5}}(?:\w+ )?{_FROM_WORDS}\b", "to-dependent"),
    (rf"{_ARROW}{_WAY}{{0,4}}?{_TO}{{0,2}}?{_LATER}", "to-dependent"),
)
_REMARKS = tuple((re.compile(pattern), direction) for pattern, direction in _STATED)
_DASHED_TOGETHER = re.compile(
    r"\b(?:dashed|dotted)\b[^.;\n]{0,60}?\b(?:co-?req|concurrent|alongside|together|parallel)"
)
_STYLE_PLANNED = re.compile(
    r"\b(dashed|dotted|gr[ae]y(?:ed)?)\b[^.;\n]{0,40}?\b(?:planned|coming soon|not yet|wip|future|to ?do|later)\b"
)
_PLANNED = re.compile(r"\b(?:planned|coming[ _-]?soon|soon|wip|todo|not[ _-]?yet|future|draft)\b")


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


class Remarks(NamedTuple):
    """What a drawing says about its own signs."""

    direction: Direction | None = None
    dashed_together: bool = False
    planned_styles: frozenset[str] = frozenset()
    """dashed, grey"""


def edge_words(label: str) -> EdgeWords:
    """Read the label of an edge."""
    text = " ".join(label.casefold().split()).strip(_EDGE_SIGNS)
    if not text:
        return EdgeWords()
    if len(text.split()) > MAX_LABEL_WORDS:
        return EdgeWords(reason=label)
    if _NOTHING.fullmatch(text):
        return EdgeWords(relation="nothing")
    if _HOLDS.fullmatch(text) or _PART.fullmatch(text):
        return EdgeWords(relation="holds" if _HOLDS.fullmatch(text) else "part")
    strength: Strength | None = "together" if _TOGETHER.search(text) else "soft" if _SOFT.search(text) else None
    direction: Direction | None = None
    if _TO_PREREQUISITE.search(text):
        direction = "to-prerequisite"
    elif _TO_DEPENDENT.search(text):
        direction = "to-dependent"
    choice = _choice(text)
    known = strength or direction or choice or lookup("fields", "labels").get(text)
    return EdgeWords(direction, strength, choice, reason="" if known else label)


def remarks_of(texts: Iterable[str]) -> Remarks:
    """Read comments, legends and labels that are sentences; the first that states the direction decides."""
    direction: Direction | None = None
    together = False
    planned: set[str] = set()
    for text in texts:
        words = " ".join(text[:MAX_REMARK].casefold().replace('"', "").replace("'", "").split())
        if direction is None:
            direction = next((each for pattern, each in _REMARKS if pattern.search(words)), None)
        together = together or bool(_DASHED_TOGETHER.search(words))
        planned |= {"grey" if found[1].startswith("gr") else "dashed" for found in _STYLE_PLANNED.finditer(words)}
    return Remarks(direction, together, frozenset(planned))


def is_legend(name: str) -> bool:
    """Whether a node or cluster is called a legend."""
    return _LEGEND.fullmatch(" ".join(name.casefold().split())) is not None


def is_marker(title: str) -> bool:
    """Whether a title only marks where the drawing begins or ends."""
    return _MARKERS.fullmatch(title.casefold().strip(_EDGE_SIGNS)) is not None


def is_decision(title: str) -> bool:
    """Whether a diamond asks which way to go."""
    return _DECISION.fullmatch(title.casefold().strip()) is not None


def junction_choice(title: str) -> int:
    """How many of the nodes in front of a node "or", "one of", "2 of" are needed; 0 when it is no such node."""
    text = " ".join(title.casefold().split()).strip(_EDGE_SIGNS)
    if text in _OR - {"option", "any"} or _ONE_OF_THEM.fullmatch(text):
        return 1
    return int(lookup("fields", "choices").get(text, "0"))


def is_gate(title: str) -> bool:
    """Whether a node only says that all nodes in front of it are needed: "and", "all of them"."""
    return _ALL_OF_THEM.fullmatch(" ".join(title.casefold().split()).strip(_EDGE_SIGNS)) is not None


def says_planned(classes: str) -> bool:
    """Whether the name of a class says that something is to come."""
    return _PLANNED.search(classes.casefold()) is not None


def _choice(text: str) -> int:
    if text in _OR:
        return 1
    padded = f" {text} "
    return next((int(count) for words, count in lookup("fields", "choices").items() if f" {words} " in padded), 0)
