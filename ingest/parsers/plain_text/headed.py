"""Plain text of bare titles: lessons with durations, capitals, marked headings, a skeleton under each, lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.parsers.plain_text.page import Line, Page
from ingest.parsers.plain_text.picks import HEAD, Pick, pick_of, stage_of
from ingest.parsers.wording.durations import hours_of, is_duration
from ingest.parsers.wording.titles import clean, is_furniture

MIN_TOPICS = 3
SIXTY = (1, 60, 3600)
MIN_CAPITALS = 4
_ASKS = re.compile(
    r"^(?:what (?:is|are|does)|explain|describe|compare|(?:what is the )?difference between"
    r"|how (?:does|do) (?!i\b|we\b|you\b))",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:i|my|me|we|you|your|this course|this page|this roadmap)\b", re.IGNORECASE)

Picks = Mapping[int, Sequence[Pick]]


def lessons(page: Page) -> Picks:
    """The titles that have a duration behind them or in the next line."""
    found: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines):
        if line.kind not in {"title", "other"} or stage_of(line) is not None:
            continue
        pick = pick_of(line)
        if pick is None or not line.text[:1].isalnum():
            continue
        following = next((each for each in page.lines[at + 1 : at + 3] if each.kind != "noise"), None)
        if pick.hours is None and following is not None and following.kind == "duration":
            pick = replace(pick, hours=_hours(following.text))
        elif pick.hours is None and not _ends_in_clock(line.text):
            continue
        found[at] = [pick]
    return found if len(found) >= MIN_TOPICS else {}


def _hours(text: str) -> float | None:
    parts = text.strip("()").split(":")
    if all(part.isdecimal() for part in parts) and len(parts) > 1:
        seconds = sum(int(part) * SIXTY[power] for power, part in enumerate(reversed(parts)))
        return round(float(seconds) / 3600, 2)
    text = next((part for part in text.split(" \u00b7 ") if is_duration(part)), text)
    both = re.match(r"(\d{1,2})\s?h\w*,?\s(\d{1,2})\s?m", text)
    return round(int(both[1]) + int(both[2]) / 60, 2) if both is not None else hours_of(text)


def _ends_in_clock(text: str) -> bool:
    return re.search(r"\d:\d\d\)?$", text[-8:]) is not None


def capitals(page: Page) -> Picks:
    """Bare lines below headings in capitals."""
    heads = {at for at, line in enumerate(page.lines) if _is_capital(line)}
    if len(heads) < 2:  # noqa: PLR2004
        return {}
    first = min(heads)
    title_only = first == 0 and (page.blank_before(1) or 1 in heads)
    heads -= {first} if title_only and len(heads) > 2 else set()  # noqa: PLR2004
    first = min(heads)
    found: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines):
        if at in heads and stage_of(line) is None:
            found[at] = [Pick(line, clean(line.text).title.rstrip(":"), HEAD)]
        elif at > first and line.kind in {"title", "other"} and stage_of(line) is None and (pick := pick_of(line)):
            found[at] = [pick]
    filled = sum(at + 1 in found and at + 1 not in heads for at in heads)
    return found if filled * 3 >= len(heads) * 2 else {}


def _is_capital(line: Line) -> bool:
    letters = [char for char in line.text if char.isalpha()]
    capital = len(letters) >= MIN_CAPITALS and all(map(str.isupper, letters)) and not line.glyph
    return capital and line.kind in {"title", "other"} and len(line.text.split()) < 8  # noqa: PLR2004


def marked(page: Page) -> Picks:
    """Headings behind which a wiki put its mark, with the bullets below them."""
    heads = [at for at, line in enumerate(page.lines) if line.marked]
    if len(heads) < 2:  # noqa: PLR2004
        return {}
    found: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines):
        below = line.glyph and at > heads[0] and line.kind == "title"
        pick = pick_of(line, level=1 if below else 0) if line.marked or below else None
        if pick is not None:
            found[at] = [pick]
    return found


def skeleton(page: Page) -> Picks:
    """The titles above the first of the captions that repeat: "Why this matters", "Key concepts", "Exercise"."""
    captions = Counter(line.text for line in page.lines if line.repeated)
    places: dict[str, list[int]] = {caption: [] for caption in captions}
    for at, line in enumerate(page.lines):
        if line.text in places:
            places[line.text].append(at)
    best: dict[int, Sequence[Pick]] = {}
    for caption, count in captions.items():
        found: dict[int, Sequence[Pick]] = {}
        for at in places[caption]:
            above = _title_above(page, at, captions)
            pick = pick_of(page.lines[above], split=False) if above is not None else None
            if above is not None and pick is not None:
                found[above] = [pick]
        apart = sum(page.blank_before(at) or page.lines[at - 1].kind != "title" for at in found)
        # Most of the captions have a title of their own above them.
        if len(found) > len(best) and len(found) * 3 >= count * 2 and apart * 3 >= len(found) * 2:
            best = found
    return best if len(best) >= MIN_TOPICS else {}


def _title_above(page: Page, at: int, captions: Mapping[str, int]) -> int | None:
    for above in range(at - 1, max(-1, at - 4), -1):
        line = page.lines[above]
        if line.text in captions:
            return None
        if line.name and stage_of(line) is None and not is_furniture(clean(line.text).title):
            return above
        if line.kind not in {"prose", "duration", "field", "value", "noise"}:
            return None
    return None


def headed(page: Page) -> Picks:
    """Bare titles with prose below them, in a longer text."""
    found: dict[int, Sequence[Pick]] = {}
    for at, line in enumerate(page.lines[:-1]):
        if not line.name or line.glyph or stage_of(line) is not None or at == page.first():
            continue
        pick = pick_of(line, split=False) if page.lines[at + 1].kind in {"prose", "field"} else None
        if pick is not None:
            found[at] = [pick]
    return found if len(found) > MIN_TOPICS else {}


def questions(page: Page) -> Picks:
    """Questions that ask what something is, below the headings that sort them."""
    asked = [at for at, line in enumerate(page.lines) if line.text.endswith("?") and line.kind != "noise"]
    telling = [
        at
        for at in asked
        if _ASKS.match(clean(page.lines[at].text).title) and not _PERSONAL.search(page.lines[at].text)
    ]
    if len(asked) < MIN_TOPICS or len(telling) * 2 < len(asked):
        return {}
    return {at: [Pick(page.lines[at], clean(page.lines[at].text).title)] for at in telling}


def titles(page: Page) -> Picks:
    """A list of titles, one per line, in paragraphs perhaps, of which the first line heads the others."""
    names = [at for at, line in enumerate(page.lines) if line.name and stage_of(line) is None]
    if len(names) <= MIN_TOPICS:
        return {}
    starts = [at for at in range(len(page.lines)) if page.blank_before(at)]
    sizes = [end - start for start, end in zip(starts, [*starts[1:], len(page.lines)], strict=True)]
    # The title of the document may be a paragraph of its own.
    body = sizes[1:] if sizes and sizes[0] == 1 else sizes
    grouped = len(body) > 1 and min(body, default=0) > 2  # noqa: PLR2004
    alone = page.blank_before(1) and len(starts) < len(page.lines)
    found: dict[int, Sequence[Pick]] = {}
    for at in names:
        pick = pick_of(page.lines[at], level=HEAD if grouped and at in starts else 0)
        if pick is not None and not (at == 0 and alone and not (grouped and sizes[0] > 1)):
            found[at] = [pick]
    return found
