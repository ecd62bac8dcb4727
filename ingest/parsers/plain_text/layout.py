"""How a plain text was set: words glued together, lines wrapped, contents and index, captions, headings in capitals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.parsers.plain_text.lines import bare
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of
from ingest.parsers.wording.titles import clean

MIN_ENTRIES = 3
MIN_LEADER = 3
MIN_CAPITALS = 4
MAX_RECASED = 300
MAX_WRAPPED = 16
"""Lines that one sentence or field is wrapped over, at most."""
WIDE, FULL = 40, 60
MAX_WIDTH, LONGEST_WORD = 90, 12
"""A line shorter than this was not wrapped, unless its last or the next word says so."""
_LABEL = re.compile(r"(?<=[a-z\d)?!])([A-Z][a-z]{3,14}(?:\s[a-z]{2,10})?):(?=\s|$)")
_BADGE = re.compile(
    r"(?<=[a-z\d)?!])(?:Preview|Free preview|Free|Locked|Unlocked|Start|Watch|Play|Completed|New|Updated"
    r"|Expand all(?: sections)?|Show all)$"
)
_SOON = re.compile(r"(?<=[a-z\d)?!])(?=(?:Coming soon|Not yet available|Work in progress)$)")
_CAPTION = re.compile(
    r"^(?:fig(?:ure)?|table|plate|listing|photo|image|diagram|illustration|exhibit)s?\.?"
    r"\s\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?\s?[:.\u2013\u2014-]",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s[\u203a\u00bb]\s")
_LOOSE_CRUMB = re.compile(r"\s(?:[\u203a\u00bb/>|])\s")
_PAGES = "0123456789, \u2013-"
_FILLER = " .\t\u2026_\u00b7\u2024\u22ef"
_COUNT = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?|(?:[ivxlcIVXLC]{1,6}|[A-Za-z])[.)])\s")
_MARK = re.compile(r"^(?:[^\w\s\"'\u201c\u2018(\[]|o)\s+")
_BULLET = re.compile(r"^[^\w\s\"'\u201c\u2018(\[]\s|^o\s")
_CODE = re.compile(r"[{}=<>|\\]|\(\)")
_OPEN = frozenset(
    {"and", "or", "of", "the", "a", "an", "in", "to", "with", "for", "plus", "either", "both", "&", "is", "are", "on"}
)
"""A line that ends in such a word goes on in the next."""
_JOINTS = frozenset({"and", "or", "plus", "und", "oder", "et", "ou", "y", "e", "o", "&"})
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "vs", "with"}
)
_SPOKEN = re.compile(
    r"^(?:(?:you|we|learners?|students?|readers?|the (?:reader|learner|student))\s)?"
    r"(?:must|should|need to|needs to|have to|has to|ought to)\s(?:first\s|already\s)?"
    r"(?:know|understand|master|learn|read|finish|complete"
    r"|have (?:done|read|passed|learn(?:ed|t)|completed|finished|mastered))"
    r"(?:\s(?:first|already|before|beforehand|by now))?$",
    re.IGNORECASE,
)


def unglued(text: str) -> str:
    """Words that a browser showed apart and the copy glued together: "DataDuration: 2 weeks", "WavesComing soon"."""
    text = _SOON.sub(" ", text) if "oon" in text or "gress" in text or "able" in text else text
    badge = _BADGE.search(text[-40:])
    if badge is not None:
        text = text[: len(text) - len(badge[0])]
    label = _LABEL.search(text) if ":" in text else None
    known = label is not None and field_of(f"{label[1]}: x") is not None
    return f"{text[: label.start()]} {text[label.start() :]}" if label is not None and known else text


def spoken_label(label: str) -> str:
    """The plain word for a label that is said in full: "You must first know" -> "requires"."""
    return "requires" if _SPOKEN.match(label.strip()) else label


def is_aside(text: str) -> bool:
    """Whether a line is the caption of a picture or the path of the page."""
    if _CAPTION.match(text):
        return True
    home = text[:5].casefold().startswith("home ")
    return len(_CRUMB.findall(text[:200])) > 1 or (home and _LOOSE_CRUMB.search(text[:200]) is not None)


class Rows(NamedTuple):
    """A line that may be wrapped over several."""

    first: int
    last: int
    raw: str
    """As in the source, with its line breaks."""


def rows_of(filled: Sequence[tuple[int, str]], noise: Collection[int]) -> Iterator[Rows]:
    """Join the lines of a wrapped sentence or field.

    Args:
        filled: the lines that are not blank, with their numbers from 1.
        noise: the lines that are no text.
    """
    open_: Rows | None = None
    width = _width(filled)
    for number, raw in filled:
        if open_ is not None:
            near = number == open_.last + 1 and number - open_.first < MAX_WRAPPED
            above = open_.raw[open_.raw.rfind("\n") + 1 :]
            if near and number not in noise and open_.first not in noise and _goes_on(open_.raw, above, raw, width):
                open_ = Rows(open_.first, number, f"{open_.raw}\n{raw}")
                continue
            yield open_
        open_ = Rows(number, number, raw)
    if open_ is not None:
        yield open_


def _width(filled: Sequence[tuple[int, str]]) -> int:
    """How wide a page was on which all lines of a document were set; 0 when they end anywhere."""
    lengths = [len(raw.rstrip()) for _, raw in filled]
    width = max(lengths, default=0)
    full = sum(length >= max(FULL, width - LONGEST_WORD) for length in lengths)
    return width if width <= MAX_WIDTH and full * 5 >= len(lengths) else 0


def _goes_on(whole: str, above: str, below: str, width: int) -> bool:
    """Whether a line is the rest of the one above it."""
    head, tail = above.strip(), below.strip()
    if "\f" in below or _indent(below) < _indent(whole) or _CODE.search(head[:400]) or _CODE.search(tail[:400]):
        return False
    field = _is_field(bare(whole)[:400]) and not head.endswith((".", "!", "?", ":"))
    if field and tail[0] == "(" and tail.endswith((")", ").")) and not _COUNT.match(tail):
        return True
    if _COUNT.match(tail) or _BULLET.match(tail) or not tail[0].isalpha() or _is_field(tail):
        return False
    fits = len(above.rstrip()) + len(tail.split(maxsplit=1)[0]) < width
    if width and not field and not fits and not head.endswith((".", "!", "?", ":")):
        return True
    return (field and _field_goes_on(whole, above, below)) or _sentence_goes_on(whole, head, tail, field=field)


def _field_goes_on(whole: str, above: str, below: str) -> bool:
    head, first = above.strip(), below.split(maxsplit=1)[0].casefold()
    hangs = _indent(below) > _indent(whole) and len(head) >= WIDE
    full = len(above) + len(first) >= (FULL if _indent(whole) else WIDE * 2)
    open_ = head.rpartition(" ")[2].casefold() in _OPEN or head.endswith((",", ";"))
    return hangs or full or open_ or first in _JOINTS


def _sentence_goes_on(whole: str, head: str, tail: str, *, field: bool) -> bool:
    if not field and (head.endswith((".", "!", "?", ":", ";", "\u2026")) or _COUNT.match(whole.strip())):
        return False
    whole_line = tail.endswith((".", "!", "?", "\u2026")) or len(tail) >= WIDE
    if len(head) >= FULL and whole_line and head.rpartition(" ")[2] in _OPEN:
        return True
    return tail[0].islower() and len(head) >= WIDE and len(head.split()) > MIN_ENTRIES and whole_line


def _indent(raw: str) -> int:
    wide = raw.partition("\n")[0].lstrip("\f").expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _is_field(text: str) -> bool:
    head, colon, _ = text.lstrip("*-\u2022\u2013 ").partition(":")
    read = field_of(f"{spoken_label(head)}: x") if colon and head[:1].isupper() else None
    return read is not None and read.kind in REQUIREMENT_KINDS


class Contents(NamedTuple):
    """What a list of contents beside the text itself tells."""

    noise: frozenset[int] = frozenset()
    """Its lines, those of an index, and their headings."""
    titles: Mapping[str, str] = {}
    """The titles that stand in the text again: in small letters -> as listed."""


class _Entry(NamedTuple):
    at: int
    number: int
    title: str


def contents_of(filled: Sequence[tuple[int, str]]) -> Contents:
    """The contents whose titles the text repeats; without that, a list of titles and pages may be all there is."""
    runs = [run for run in _runs(filled) if len(run) >= MIN_ENTRIES]
    if not runs:
        return Contents()
    listed = {entry.number for run in runs for entry in run}
    body = {key_of(raw) for number, raw in filled if number not in listed and len(raw) < 2 * WIDE * 2}
    found = [run for run in runs if sum(key_of(each.title) in body for each in run) * 2 >= len(run)]
    if not found:
        return Contents()
    above = {run[0].at - 1 for run in runs if run[0].at} - {entry.at for run in runs for entry in run}
    heads = {at for at in above if len(filled[at][1].split()) < 6}  # noqa: PLR2004
    gone = {key_of(filled[at][1]) for at in heads}
    titles = {key_of(each.title): clean(bare(each.title)).title for run in found for each in run}
    return Contents(
        frozenset(listed | {filled[at][0] for at in heads}),
        {key: title for key, title in titles.items() if key in body and key not in gone},
    )


def listed_before(filled: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The lines of a list of contents without pages: each stands once more below, apart and in the same order."""
    places: dict[str, list[int]] = {}
    for at, (_, raw) in enumerate(filled):
        if len(raw) < 2 * WIDE * 2 and (key := key_of(_MARK.sub("", raw.strip()))):
            places.setdefault(key, []).append(at)
    again = {pair[0]: pair[1] for pair in places.values() if len(pair) == 2}  # noqa: PLR2004
    found: set[int] = set()
    run: list[int] = []
    for at in (*sorted(again), len(filled) + 1):
        if run and (at != run[-1] + 1 or again[at] <= again[run[-1]] or again[run[0]] <= at):
            apart = sum(again[low] + 1 < again[high] for low, high in pairwise(run))
            if len(run) >= MIN_ENTRIES and apart * 2 >= len(run) - 1:
                found.update(filled[each][0] for each in run)
            run = []
        run.append(at)
    return frozenset(found)


def _runs(filled: Sequence[tuple[int, str]]) -> list[list[_Entry]]:
    """The entries that follow each other."""
    runs: list[list[_Entry]] = []
    for at, (number, raw) in enumerate(filled):
        title = _entry(raw)
        if title is None:
            continue
        if runs and runs[-1][-1].at == at - 1:
            runs[-1].append(_Entry(at, number, title))
        else:
            runs.append([_Entry(at, number, title)])
    return runs


def _entry(raw: str) -> str | None:
    """The title of "Sawing ........ 12", "Oak .... 3, 7-9"; None for other lines."""
    text = raw.strip()[:400]
    head = text.rstrip(_PAGES)
    # A Roman number is the page of a preface.
    roman = text.rpartition(" ")
    if head == text and roman[2] and set(roman[2].casefold()) <= set("ivxl"):
        head = roman[0] + " "
    if head == text:
        return None
    tail = text[len(head.rstrip(_FILLER)) :]
    gap = tail.rstrip(_PAGES) if "." in tail or "\u2026" in tail else tail
    leader = gap.count(".") >= MIN_LEADER or "\u2026" in gap or "\t" in tail or tail.startswith(" " * MIN_LEADER)
    title = head.rstrip(_FILLER)
    return title if leader and any(map(str.isalpha, title)) else None


def key_of(text: str) -> str:
    """What a title in the contents and the same one in the text have in common."""
    return " ".join(heading_in(text.strip("\f \t\n")).casefold().split())


def heading_in(text: str) -> str:
    """The words of a heading without its number."""
    return clean(_COUNT.sub("", bare(text)[:400], count=1)).title


def is_capital(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= MIN_CAPITALS and all(map(str.isupper, letters))


def recased(texts: Sequence[str], source: Sequence[str], listed: Mapping[str, str]) -> Mapping[str, str]:
    """Headings in capitals -> as the document writes them elsewhere; empty when it writes few of them elsewhere.

    Args:
        texts: the headings.
        source: all lines.
        listed: the titles of the contents.
    """
    keys = {text: key_of(text) for text in dict.fromkeys(texts)}
    if not 1 < len(keys) <= MAX_RECASED:
        return {}
    mixed = " ".join(" ".join(line for line in source if not is_capital(line)).split())
    low = mixed.casefold() if len(mixed.casefold()) == len(mixed) else mixed.lower()
    found: dict[str, str] = {}
    for text, key in keys.items():
        at = low.find(key) if key else -1
        said = mixed[at : at + len(key)] if at >= 0 else ""
        written = listed.get(key, said)
        if written[:1].isupper() and not is_capital(written):
            found[text] = written
    if len(found) * 2 < len(keys):
        return {}
    acronyms = {word.strip(".,;:()") for word in mixed.split() if word.isupper()}
    return {text: found.get(text) or _capitalised(text, acronyms) for text in keys}


def _capitalised(text: str, acronyms: Collection[str]) -> str:
    words = heading_in(text).split()
    return " ".join(_word(word, at == 0, acronyms) for at, word in enumerate(words))


def _word(word: str, first: bool, acronyms: Collection[str]) -> str:  # noqa: FBT001
    low = word.casefold()
    if word.strip(".,;:()") in acronyms or not set(low) & set("aeiouy"):
        return word
    return low if low in _SMALL and not first else "-".join(part.capitalize() for part in low.split("-"))
