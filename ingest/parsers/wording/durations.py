"""Durations as people write them: hours of effort, weeks of a phase."""

from __future__ import annotations

import re

from ingest.parsers.wording.remembering import remembering

WEEKS_PER_MONTH = 4.345
_HOURS = {"min": 1 / 60, "h": 1.0}
_WEEKS = {"d": 1 / 7, "w": 1.0, "m": WEEKS_PER_MONTH, "y": 52.143}
_UNITS = {
    "min": ("min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"),
    "h": (
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunde",
        "stunden",
        "heure",
        "heures",
        "hora",
        "horas",
        "ora",
        "ore",
        "uur",
        "ч",
        "час",
        "часа",
        "часов",
        "godz",
        "小时",
        "時間",
    ),
    "d": ("day", "days", "tag", "tage", "jour", "jours", "días", "dias", "giorni", "dagen", "дней", "дня", "天"),
    "w": (
        "w",
        "wk",
        "wks",
        "week",
        "weeks",
        "woche",
        "wochen",
        "semaine",
        "semaines",
        "semana",
        "semanas",
        "settimana",
        "settimane",
        "weken",
        "недель",
        "недели",
        "неделя",
        "tygodni",
        "tygodnie",
        "周",
        "週間",
    ),
    "m": (
        "month",
        "months",
        "mo",
        "monat",
        "monate",
        "mois",
        "mes",
        "meses",
        "mese",
        "mesi",
        "maanden",
        "месяца",
        "месяцев",
        "miesiące",
        "miesięcy",
        "个月",
        "か月",
        "ヶ月",
    ),
    "y": ("year", "years", "yr", "yrs", "jahr", "jahre", "ans", "années", "año", "años", "anno", "anni", "jaar"),
}
_UNIT_OF = {word: unit for unit, forms in _UNITS.items() for word in forms}
# Counts are bounded everywhere: a search over a long run of digits or spaces would take the cube of its length.
_DASH = r"(?:\s{0,3}(?:-|\u2013|\u2014|to|bis|a|\u00e0)\s{0,3})"
_COUNT = r"\d{1,6}(?:[.,]\d{1,6})?"
_AMOUNT = re.compile(
    r"(?:(?:about|around|approx\.?|ca\.?|circa|up to|[~\u2248])\s{0,3})?"
    rf"(?<!\d)({_COUNT})(?:{_DASH}({_COUNT}))?\s{{0,3}}[+]?\s{{0,3}}-?\s{{0,3}}([^\W\d_]{{1,20}})\.?",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"^([^\W\d_]{{1,20}})\.?\s{{0,3}}(\d{{1,6}}){_DASH}(\d{{1,6}})$", re.IGNORECASE)
_REST = re.compile(
    r"^(?:\s*(?:of (?:work|study|learning)|total|in total|each|per week|a week|/\s*week"
    r"|est\.?|estimated|effort|study|work|needed))*[\s.]*$",
    re.IGNORECASE,
)


_COMPOUND = re.compile(
    r"(\d{1,3})\s?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?)\.?,?\s{0,2}(?:and\s|und\s|et\s|y\s)?"
    r"(\d{1,2})\s?(?:m|min|mins|minutes?|minuten|minutos)\.?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(\d{1,3})\s?m")
"""How timers write minutes; in other places it is a month or a metre."""
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
"""How long a video is: 12:05, 1:02:33."""


MAX_KEPT = 40
"""Signs of a duration that is kept for the next time it is met."""
_DIGITLESS = re.compile(r"[^0-9]*")


@remembering(MAX_KEPT, 512)
def is_duration(text: str) -> bool:
    """Whether a bracket says nothing but how long something takes: "6 h", "~2 weeks", "Weeks 1-4"."""
    if _DIGITLESS.fullmatch(text):
        return False
    if _COMPOUND.fullmatch(text) or _CLOCK.fullmatch(text):
        return True
    found = _AMOUNT.match(text)
    if found is not None and found[3].casefold() in _UNIT_OF:
        return bool(_REST.match(text[found.end() :]))
    span = _SPAN.match(text)
    return span is not None and span[1].casefold() in _UNIT_OF


@remembering(MAX_KEPT, 512)
def hours_of(text: str) -> float | None:
    """Hours in a text: "6 h" -> 6, "30 min" -> 0.5, "4-6 hours" -> 5; None when it does not say hours."""
    clock = _CLOCK.fullmatch(text.strip(" ()[]"))
    if clock is not None:
        return round(int(clock[1] or 0) + int(clock[2]) / 60 + int(clock[3]) / 3600, 2)
    compound = _COMPOUND.search(text)
    if compound is not None:
        return round(int(compound[1]) + int(compound[2]) / 60, 2)
    found = _first(text, _HOURS)
    return None if found is None else round((found[0] + found[1]) / 2, 2)


def number_of(text: str) -> float | None:
    """A bare number of hours, as in a column called Hours, or a text with a unit."""
    bare = re.fullmatch(rf"(?:[~\u2248]\s{{0,3}})?({_COUNT})(?:{_DASH}({_COUNT}))?", text.strip())
    if bare is None:
        minutes = _MINUTES.fullmatch(text.strip())
        return round(int(minutes[1]) / 60, 2) if minutes is not None else hours_of(text)
    low = _number(bare[1])
    return round((low + (_number(bare[2]) if bare[2] else low)) / 2, 2)


def weeks_of(text: str) -> tuple[float, float] | None:
    """(least, most) weeks in a text: "4 weeks" -> (4, 4), "Weeks 1-3" -> (3, 3), "2 months" -> (8.7, 8.7)."""
    found = _first(text, _WEEKS)
    if found is not None:
        return round(found[0], 1), round(found[1], 1)
    span = _SPAN.match(text.strip())
    unit = _UNIT_OF.get(span[1].casefold()) if span is not None else None
    if span is None or unit not in _WEEKS:
        return None
    weeks = round((int(span[3]) - int(span[2]) + 1) * _WEEKS[unit], 1)
    return (weeks, weeks) if weeks > 0 else None


def weeks_of_span(kind: str, first: int, last: int) -> tuple[float, float] | None:
    """Weeks of a stage that is itself a span of time: week 1 to 3, month 2; None for other kinds."""
    unit = _UNIT_OF.get(kind)
    if unit not in _WEEKS or last < first:
        return None
    weeks = round((last - first + 1) * _WEEKS[unit], 1)
    return weeks, weeks


def _first(text: str, units: dict[str, float]) -> tuple[float, float] | None:
    for found in _AMOUNT.finditer(text):
        unit = _UNIT_OF.get(found[3].casefold())
        if unit in units:
            low = _number(found[1])
            high = _number(found[2]) if found[2] else low
            return low * units[unit], high * units[unit]
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
