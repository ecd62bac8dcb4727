"""What a catalogue asks for besides the course itself: a mark, or an equivalent."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s(?:\u2013|\u2014|--?)\s")
_GRADE = re.compile(
    r",?\s*\(?\b(?:(?:with\s+)?(?:an?\s+)?(?:minimum\s+|passing\s+|final\s+)?(?:grade|mark)\s+(?:of\s+)?"
    r"(?:at least\s+)?[A-F1-6][+-]?(?!\w)"
    r"(?:\s+or\s+(?:better|higher|above))?|(?<=\()[A-F][+-]?\s+or\s+(?:better|higher|above))\)?(?:\s+in\s+(?:each|both|all)\b)?"
)
"""What mark a course must be passed with."""
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


def without_conditions(value: str) -> str:
    """The courses alone: "STAT 101 (grade C or better) or equivalent" requires STAT 101."""
    if "quivalent" in value or "; or " in value:
        value = _EQUIVALENT.sub("", value)
        dash = _DASH.search(value)
        end = dash.start() if dash is not None else len(value)
        value = value[:end].replace("; or ", ", or ") + value[end:]
    if "grade" in value or "etter" in value or "igher" in value:
        value = _GRADE.sub("", _GRADED.sub("", value))
    return value
