"""A plain text as a page of lines: what each line can be, before anybody says what the document is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.parsers.plain_text.glued import labelled_rows, two_cells
from ingest.parsers.plain_text.joined import glued_tables
from ingest.parsers.plain_text.layout import (
    contents_of,
    heading_in,
    is_aside,
    is_capital,
    listed_before,
    recased,
    rows_of,
    spoken_label,
    unglued,
)
from ingest.parsers.plain_text.lines import bare, is_prose_line, is_title
from ingest.parsers.plain_text.values import CODE
from ingest.parsers.wording.durations import is_duration
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of, heading_field
from ingest.parsers.wording.titles import clean
from ingest.words import lookup

Kind = Literal["blank", "noise", "code", "prose", "field", "value", "duration", "title", "other"]

TAB = 4
MAX_VALUES = 12
MAX_LINE = 400
MAX_TIMED, MAX_MARKS = 60, 4
MAX_HEAD, MAX_ABOVE, MIN_SAID = 16, 8, 2
"""Lines at the top of a page, those above its title, and words of one that is said twice."""
_COUNTS = re.compile(r"(?:[^\W\d_]{2,12}\s\d|\d{1,2}[.):]?\s\S|[^:]{2,40}:$)")
"""What has begun with the page itself: a stage, a number, a caption."""
REPEATED = 3
"""A line that stands so often in a document is part of its skeleton, no topic."""
_GLYPH = re.compile(
    r"^(?:[\u2022\u25e6\u25aa\u25ab\u2023\u2043\u2219\u00b7\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u25ba\u25b6\u27a4"
    r"\u27a2\u2756\u2713\u2714\u2705\u2610\u2611\uf0b7\uf0a7\u00a7\u00bb*+\u2013\u2014-]|o(?=\s)"
    # A bullet whose bytes were read as Greek or Thai letters.
    r"|[\u03b2\u0e42][\u0370-\u03ff\u0e00-\u0e7f\u2018\u2019\u20ac]{0,2}(?=\s[A-Z(\d]))\s+(?=\S)"
)
_EDIT = re.compile(r"\s*(?:\[\s?edit(?:\s?\|\s?edit source)?\s?\]|\u00b6|\U0001f517)\s*$", re.IGNORECASE)
_CODE = re.compile(
    r"[{};]\s*$|[=!]=|\w\(\w*\)[;.]|^(?:#|//|--\s|def |class \w+[(:]|import |from \w+ import|return |for .*:$|if .*:$"
    r"|SELECT |\$ )|^[\w.]+ [+-]?= "
)
_PAGE = re.compile(
    r"^(?:[-\u2013\u2014|\s]*(?:page|p\.)?\s*[ivxlc\d]{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?[-\u2013\u2014|\s]*)$",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"^(?:copy(?: code)?|copied!?|try it(?: yourself| out)?|run|run code|edit|edit this page|share|tweet|print"
    r"|download(?: pdf)?|preview|play|menu|search|(?:skip|jump) to .{1,60}"
    r"|saltar al contenido|zum inhalt springen|aller au contenu"
    r"|sign (?:in|up)|log ?in|subscribe|bookmark|like|comment|restack|reply|save|toggle .{1,30}"
    r"|(?:show|read|see|view|learn|load|browse) (?:more|less|all|details)(?: \w{1,20})?"
    r"|(?:all|more) (?:roadmaps|courses|paths|articles|posts)|expand(?: all)?(?: sections)?|collapse(?: all)?"
    r"|back to .{1,30}|previous|next|start(?: learning| now| course)?|enroll(?: now)?|get started"
    r"|\u00a9.{0,120}|copyright .{0,120}|all rights reserved\.?|\d+ (?:likes?|comments?|views?|shares?|claps?)"
    r"|was this (?:page|article|lesson|content) helpful\??|yes|no"
    r"|\u2318\s?k|ctrl\s?\+?\s?k|search\b.{0,30}(?:\u2026|\.\.\.)"
    r"|[ru]/\w+|\d+ (?:yr|mo|day|hour|month|year|week)s?\.? ago|(?:up|down)vote"
    r"|\d+ (?:lectures?|lessons?|sections?|videos?)\b.{0,60}"
    r"|[~\u2248]?\d+\+? (?:phases|stages|steps|modules|topics|skills|courses|units|chapters|resources|projects)"
    r"|[\d.]+ \([\d,.k]+ ratings?\)"
    r"|(?:published|posted|updated|last (?:updated|modified|edited)"
    r"|publi\u00e9 le|mis \u00e0 jour le|publicado el|actualizado el|ver\u00f6ffentlicht am|aktualisiert am)\b.{0,60}"
    r"|\d+ min read|https?://\S+|@\w+)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:[A-Za-z]{3,9},?\s)?(?:[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d{2}"
    r"|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s)?(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4})$"
)
_ONWARD = re.compile(r"^(?:[\u2190\u2039\u00ab]|<-\s)|(?:[\u2192\u203a\u00bb]|\s->)$")
"""An arrow to another page."""
_DIGITS = re.compile(r"\d+")
_CLOCK = re.compile(
    r"^\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?$|^\d{1,2}\s?h(?:rs?|ours?)?,?\s\d{1,2}\s?m(?:in(?:s|utes)?)?\.?$"
)


_DASHES = (" \u03b2 ", " \u0e42 ", " \u00e2 ")
"""What a dash may have become, between two words."""


class Line(NamedTuple):
    """A line and what it can be."""

    number: int
    """From 1."""
    raw: str
    indent: int
    """Columns; a tab goes to the next multiple of four."""
    glyph: str
    """The bullet in front, or empty."""
    text: str
    """Without indentation, bullet, decoration and the marks that a wiki puts behind headings."""
    kind: Kind
    marked: bool = False
    """A wiki's mark stands behind it."""
    repeated: bool = False
    last: int = 0
    """The last line that it is wrapped over."""

    @property
    def name(self) -> bool:
        """Whether it can be a title that stands alone: it begins like one."""
        first = self.text.partition(" ")[0]
        return self.kind == "title" and not self.repeated and (first[:1].isdigit() or any(map(str.isupper, first)))


@dataclass(frozen=True, slots=True)
class Page:
    """A document's lines that are not blank, in order."""

    source: Sequence[str]
    lines: tuple[Line, ...]
    listed: Mapping[str, str] = field(default_factory=dict)
    """The titles of the contents that the text repeats, by their keys."""

    def kinds(self, *kinds: Kind) -> int:
        """How many lines are of these kinds."""
        return sum(line.kind in kinds for line in self.lines)

    def first(self) -> int:
        """Where the text begins: what stands above is the site's."""
        return next((at for at, line in enumerate(self.lines) if line.kind != "noise"), 0)

    def blank_before(self, at: int) -> bool:
        """Whether an empty line stands above a line."""
        return at == 0 or self.lines[at].number - self.lines[at - 1].last > 1


def page_of(source: Sequence[str]) -> Page:
    """Sort the lines of a document."""
    filled = [(number, raw) for number, raw in enumerate(source, start=1) if raw.strip()]
    counts = Counter(raw.strip() for _, raw in filled)
    contents = contents_of(filled)
    noise = _running_heads(source) | contents.noise | listed_before(filled) | _last_cells(filled)
    noise |= _head_of_site(filled)
    told = {**labelled_rows(filled), **glued_tables(filled)}
    noise |= {number for number, text in told.items() if not text}
    dash = _broken_dash(filled)
    lines = [
        _line(
            row.first,
            row.raw,
            counts[row.raw.strip()],
            noise=row.first in noise,
            text=told.get(row.first) if row.first == row.last else None,
            dash=dash,
        )._replace(last=row.last)
        for row in rows_of(filled, noise)
    ]
    _mark_values(lines)
    return Page(source, tuple(_in_small_letters(lines, source, contents.titles)), contents.titles)


def _last_cells(filled: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The lines with the last cell of a row that was broken in front of it: "Essence of Calculus |"."""
    found: set[int] = set()
    for (_, above), (number, raw) in pairwise(filled):
        if raw.rstrip().endswith("|") and not raw.lstrip().startswith("|") and above.lstrip().startswith("|"):
            found.add(number)
    return frozenset(found)


def _in_small_letters(lines: Sequence[Line], source: Sequence[str], listed: Mapping[str, str]) -> list[Line]:
    """Headings in capitals as the document writes them elsewhere."""
    capital = [at for at, line in enumerate(lines) if line.kind in {"title", "other"} and is_capital(line.text)]
    written = recased([lines[at].text for at in capital], source, listed) if capital else {}
    out = list(lines)
    for at in capital:
        text, title = lines[at].text, heading_in(lines[at].text)
        if written.get(text) and text.endswith(title):
            out[at] = lines[at]._replace(text=f"{text[: len(text) - len(title)]}{written[text]}", kind="title")
    return out


def _head_of_site(filled: Sequence[tuple[int, str]]) -> frozenset[int]:
    """What a site puts above a page's title, and between it and the title said again: names, dates, buttons.

    The title is the line of some words that stands twice, and only twice, among the first ones.
    """
    head = [(number, bare(_unmarked(raw))) for number, raw in filled[:MAX_HEAD]]
    often = Counter(text for _, text in head)
    title = next((text for _, text in head if often[text] == 2 and _can_be_said_twice(text)), None)  # noqa: PLR2004
    if title is None:
        return frozenset()
    first, second = (number for number, text in head if text == title)
    said = [text for number, text in head if number < second]
    if title not in said[:MAX_ABOVE] or any(_COUNTS.match(text) and not _DATE.match(text) for text in said):
        return frozenset()
    return frozenset(
        number for number, text in head if number != first and number <= second and not is_prose_line(text)
    )


def _can_be_said_twice(text: str) -> bool:
    words = len(text.split()) > MIN_SAID and is_title(text) and not is_prose_line(text)
    return words and not text[0].isdigit() and field_of(text) is None


def _unmarked(raw: str) -> str:
    found = _GLYPH.match(raw.strip())
    return raw.strip()[found.end() :] if found is not None else raw.strip()


def _broken_dash(filled: Sequence[tuple[int, str]]) -> str:
    """The letter that every dash became when its bytes were read as Greek or Thai; empty when none did."""
    often = (sign for sign in _DASHES if sum(sign in raw for _, raw in filled) >= REPEATED)
    return next(often, "")


def _line(number: int, raw: str, count: int, *, noise: bool, text: str | None = None, dash: str = "") -> Line:
    wide = raw.lstrip("\f\ufeff").expandtabs(TAB)
    wide = wide.replace(dash, " \u2014 ") if dash else wide
    text = text or _text(raw, wide)
    indent = len(wide) - len(wide.lstrip())
    edit = _EDIT.search(text)
    text = text[: edit.start()] if edit is not None else text
    glyph = _GLYPH.match(text)
    text = bare(text[glyph.end() :] if glyph is not None else text)
    empty = noise or not text or is_aside(text) or any(sign.search(text) for sign in (_PAGE, _BUTTON, _DATE))
    empty = empty or _ONWARD.search(raw.strip()) is not None or _BUTTON.match(raw.strip()) is not None
    kind: Kind = "noise" if empty else _kind(text, wide)
    repeated = count >= REPEATED and kind in {"title", "other"}
    return Line(
        number, raw, indent, glyph[0].strip() if glyph is not None else "", text, kind, edit is not None, repeated
    )


def _text(raw: str, wide: str) -> str:
    if "\n" in raw:
        return unglued(" ".join(wide.split())[:MAX_LINE])
    row = two_cells(raw.strip())
    return row if row != raw.strip() else unglued(wide.strip()[:MAX_LINE])


def _kind(text: str, wide: str) -> Kind:
    if is_duration(text) or _CLOCK.match(text) or _is_timed(text):
        return "duration"
    label, colon, value = text.partition(":")
    found = field_of(f"{spoken_label(label)}:{value}") if colon and text[:1].isupper() else None
    if found is not None and (found.kind in REQUIREMENT_KINDS or found.value):
        return "field"
    if _CODE.search(text):
        return "code"
    if is_prose_line(text):
        return "prose"
    title = clean(text).title
    if title and is_title(title) and text[-1] not in ".!;," and len(wide) <= MAX_LINE:
        return "title"
    return "other"


def _is_timed(text: str) -> bool:
    """Whether a line says how long something takes beside its level: "3 hours · beginner"."""
    parts = text.split(" \u00b7 ") if "\u00b7" in text[:MAX_TIMED] else ()
    return (
        1 < len(parts) < MAX_MARKS
        and any(map(is_duration, parts))
        and all(len(part.split()) <= MAX_MARKS for part in parts)
    )


def _running_heads(source: Sequence[str]) -> frozenset[int]:
    """The lines beside a page break that stand beside another one too, numbers aside."""
    breaks = [at for at, raw in enumerate(source) if "\f" in raw] or _numbered_pages(source)
    if not breaks:
        return frozenset()
    beside: dict[int, str] = {}
    for at in [0, *breaks, len(source)]:
        above = [near for near in range(max(0, at - 4), min(at, len(source))) if source[near].strip()][-2:]
        below = [near for near in range(at, min(at + 4, len(source))) if source[near].strip()][:2]
        beside.update((near, _DIGITS.sub("#", source[near].strip())) for near in (*above, *below))
    counts = Counter(beside.values())
    # The very first line is the title of the whole.
    title = next((at for at, raw in enumerate(source) if raw.strip()), -1)
    return frozenset(near + 1 for near, masked in beside.items() if counts[masked] > 1 and near != title)


def _numbered_pages(source: Sequence[str]) -> list[int]:
    """Where pages end whose numbers stand alone and count up; empty when there is but one."""
    pages: list[tuple[int, int]] = []
    for at, raw in enumerate(source):
        text = raw.strip(" \t-\u2013\u2014") if len(raw) < MAX_LINE else ""
        if text.isdecimal() and len(text) < 5 and (not pages or int(text) == pages[-1][1] + 1):  # noqa: PLR2004
            pages.append((at, int(text)))
    return [at for at, _ in pages] if len(pages) > 1 else []


def _mark_values(lines: list[Line]) -> None:
    """Mark what stands below a label that has nothing behind its colon: "Prerequisites" / "SQL" / "Git"."""
    for at, line in enumerate(lines):
        label = requirement_label(line.text) if line.kind in {"title", "field", "other"} else None
        if label is None or (line.repeated and not _starts_value(lines, at)):
            continue
        if any(_is_column(lines[near].text) for near in (at - 1, at + 1) if 0 <= near < len(lines)):
            continue
        lines[at] = line._replace(kind="field")
        for below in values_below(lines, at):
            lines[below] = lines[below]._replace(kind="value")


def requirement_label(text: str) -> str | None:
    """The label that a line consists of, as in "Prerequisites:", or None."""
    head = text.strip().removesuffix(":").strip()
    return head if len(head.split()) < 5 and heading_field(head) is not None else None  # noqa: PLR2004


def values_below(lines: Sequence[Line], at: int) -> list[int]:
    """The lines that are the values of a label that stands alone."""
    found: list[int] = []
    for below in range(at + 1, min(at + 1 + MAX_VALUES, len(lines))):
        line, above = lines[below], lines[below - 1]
        gap = line.number - above.number > 1
        if not found and gap and _stands_alone(lines, below):
            return [below]
        if line.kind not in {"title", "other", "value"} or (gap and not line.glyph) or line.text.endswith(":"):
            break
        if found and line.glyph != lines[found[0]].glyph:
            break
        if not found and not line.glyph and below + 1 < len(lines) and lines[below + 1].text.endswith(":"):
            # "Prerequisites", "Mathematics", "Algebra:": a part of the roadmap, with headings of its own.
            break
        found.append(below)
    bulleted = bool(found) and bool(lines[found[0]].glyph)
    closed = bool(found) and (found[-1] + 1 >= len(lines) or lines[found[-1] + 1].number - lines[found[-1]].number > 1)
    return found if bulleted or (closed and len(found) < MAX_VALUES) else found[:1]


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether course codes stand below a label, apart from all else: "CS 101 or CS 102."."""
    line = lines[at]
    ends = at + 1 == len(lines) or lines[at + 1].number - line.last > 1
    told = not line.glyph and line.kind in {"title", "other", "prose", "value"}
    return ends and told and CODE.search(line.text) is not None


def _starts_value(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].kind in {"title", "other"}


def _is_column(text: str) -> bool:
    return text.strip().casefold() in lookup("columns", "columns")
