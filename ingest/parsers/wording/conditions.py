"""What a catalogue asks for besides the course itself: a mark, or an equivalent."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_GRADE = re.compile(
    r",?\s*\(?\b(?:(?:(?:both|each|all)\s+)?(?:with\s+)?(?:an?\s+)?(?:minimum\s+|min\.?\s+|passing\s+|final\s+)?(?:grade|mark)\s+(?:of\s+)?"
    r"(?:at least\s+)?[A-F1-6][+-]?(?!\w)"
    r"(?:\s+or\s+(?:better|higher|above))?|(?<=\()[A-F][+-]?\s+or\s+(?:better|higher|above))\)?(?:\s+in\s+(?:each|both|all)\b)?"
)
"""What mark a course must be passed with."""
_BETTER = re.compile(
    r",?\s*\(?\b(?:(?:both|each|all)\s+)?(?:with\s+)?(?:(?:at\s+least|minimum|min\.?)\s+)?(?:an?\s+)?(?<![\w+#])[A-F][+-]?"
    r"\s+or\s+(?:better|higher|above)\b\)?(?=\s*(?:$|[,;.)]|and\b|or\b|in\s+(?:each|both|all|these)\b))"
    r"(?:\s*in\s+(?:each|both|all|these)\b)?"
)
"""The same without the word for it: "CS 101, C- or better"."""
_EQUIVALENT = re.compile(
    r",?\s*\(?\bor\s+(?:(?:an?|the|its|their)\s+)?equivalents?(?:\s+courses?)?\b"
    r"(?!\s(?!and\b|or\b|plus\b)\w)\)?",
    re.IGNORECASE,
)
"""Who knows the same from elsewhere meets the same requirement."""
_GRADED = re.compile(
    r"^(?:an?\s+)?(?:minimum\s+)?(?:grade|mark)\s+of\s+(?:at least\s+)?[A-F][+-]?"
    r"(?:\s+or\s+(?:better|higher|above))?\s+in\s+(?=\S)",
    re.IGNORECASE,
)

_LEAVE = re.compile(
    r"(?:[,;]?\s*\b(?:or|and|with|plus)\s+|[,;]\s*)?(?:(?:written|prior)\s+)?\b(?:(?:permission|consent|approval)\s+(?:of|by|from)\s+"
    r"(?:the\s+)?\w+(?:'s)?|(?:instructor|department(?:al)?|faculty|program)(?:'s)?\s+(?:permission|consent|approval))\b",
    re.IGNORECASE,
)
"""Who may let somebody in without the courses."""
_STANDING = re.compile(
    r"(?:[,;]?\s*\b(?:or|and|with|plus)\s+|[,;]\s*)?\b(?:freshman|sophomore|junior|senior|graduate|upper[- ]division"
    r"|(?:first|second|third|fourth)[- ]year)\s+(?:class\s+)?(?:standing|status)(?:\s+or\s+(?:above|higher))?\b",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"(?:[,;]?\s*\b(?:or|and|und|et|y|with|plus)\s+|[,;]\s*)?\b(?:mindestens|mind\.|minimum(?:\sof)?|min\.|at\sleast|au\smoins|al\smenos)"
    r"\s\d{1,3}\s?(?:lp|ects|cp|credits?|credit\s(?:points|hours)|units?|leistungspunkte|cr\u00e9ditos|cr\u00e9dits)\b"
    r"(?![-\s]?(?!(?:and|or|und|oder|et|ou|y|o)\s)\w)",
    re.IGNORECASE,
)
"""How far somebody must have come, whatever the courses were."""
_TAUGHT = re.compile(
    r",?\s+as\s(?:discussed|described|covered|explained|taught|introduced|shown)\s(?:in|by)\s[^,;]{2,100}"
    r"|\s+\((?:see|study|read|cf\.|siehe|voir|ver|v\u00e9ase)\s[^()]{2,100}\)",
    re.IGNORECASE,
)
"""Where what is required can be learned: "HTML, as discussed in First steps"."""
_COUNTED = re.compile(r"\d\s?(?:lp|ects|cp|cr[e\u00e9]|unit|leistung)", re.IGNORECASE)
_ALSO = re.compile(r"\s?\((?:and|plus)\s([^()]{2,80})\)")
_LOOSE = re.compile(r"^(?:and|or|plus|und|oder|et|ou)\s+|\s+(?:and|or|plus|und|oder|et|ou)$", re.IGNORECASE)
"""What joined something that was taken away."""
_PASSED = re.compile(
    r"(?<=[\w)])\s\(?(?:erfolgreich\s)?(?:bestanden|abgeschlossen|besucht|passed|completed|valid\u00e9e?s?|aprobad[oa]s?|aprovad[oa]s?)\)?"
    r"(?=\s*(?:$|[,;.]|(?:and|or|und|oder|et|ou|y|e)\s))"
)
"""That a course is not only attended."""
_OR_ALSO = re.compile(
    r"(^|[,;]\s?|\b(?:and|und|et|y)\s)((?:(?!\b(?:and|und|et|y|or)\b)[^,;()]){2,80}?)\s?\((?:or|oder|ou)\s((?=[^\W_a-z])[^()]{2,80})\)"
)
"""An alternative in brackets belongs to the title before them alone."""
_DONE = ("bestanden", "abgeschlossen", "besucht", "passed", "completed", "valid\u00e9", "aprobad", "aprovad")
_ASKED = ("ermission", "onsent", "pproval", "tanding", "status")


_HINTS = re.compile(
    rf"[\d(;]|quivalent|grade|etter|igher| as |{'|'.join((*_ASKED, *_DONE))}",
)


def without_conditions(value: str) -> str:
    """The courses alone: "STAT 101 (grade C or better) or equivalent" requires STAT 101."""
    bare = _without_conditions(value).strip(" ,;")
    return _LOOSE.sub("", bare) if len(bare) < len(value) else bare


def _without_conditions(value: str) -> str:
    if _HINTS.search(value) is None:
        # Most requirements are titles and nothing else.
        return value
    if "quivalent" in value or "; or " in value:
        value = _EQUIVALENT.sub("", value)
        dash = _DASH.search(value)
        end = dash.start() if dash is not None else len(value)
        value = value[:end].replace("; or ", ", or ") + value[end:]
    if "grade" in value or "etter" in value or "igher" in value:
        value = _BETTER.sub("", _GRADE.sub("", _GRADED.sub("", value)))
    if any(word in value for word in _ASKED):
        value = _STANDING.sub("", _LEAVE.sub("", value))
    if " as " in value or "(" in value:
        value = _TAUGHT.sub("", value)
    if _COUNTED.search(value) is not None:
        value = _CREDITS.sub("", value)
    if any(word in value for word in _DONE):
        value = _PASSED.sub("", value)
    if "(or " in value or "(ou " in value or "(oder " in value:
        value = _OR_ALSO.sub(lambda found: f"{'; ' if found[1] else ''}{found[2]} or {found[3]}", value)
    if "(and " in value or "(plus " in value:
        value = _ALSO.sub(r", \1", value)
    return value
