"""Topics with a description: "Title - description", or the sentence in the line below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.parsers.outline.draft import Draft, Place
from ingest.parsers.plain_text.lines import (
    MAX_HEADING_WORDS,
    MAX_LINE,
    bare,
    is_code,
    is_heading,
    is_prose_line,
    title_of,
)
from ingest.parsers.plain_text.topics import found_at, prose_after
from ingest.parsers.wording.fields import field_of
from ingest.parsers.wording.titles import PLANNED, is_furniture, looks_like_title
from ingest.words import words

_ITEM = re.compile(r"^(\S.{0,90}?)\s[-\u2013\u2014]\s(\S.*)$")
_SOON = re.compile(
    rf"^(?:{'|'.join(sorted(map(re.escape, words('planned'))))}|coming next"
    r"|(?:planned|upcoming|future)(?:\s(?:pages?|topics?|chapters?|articles?|notes?|sections?))?)"
    r"\s*[:\u2013\u2014-]\s*(\S.*)$",
    re.IGNORECASE,
)
_LIST = re.compile(r",\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e)\s+")
MAX_TITLE_WORDS = 8


def item_of(line: str) -> tuple[str, str] | None:
    """(title, description) of "Title - description", or None."""
    found = _ITEM.match(line.strip().removeprefix("- ").removeprefix("\u2022 "))
    if found is None or is_code(line) or "\t" in line:
        return None
    head, colon, after = found[1].partition(": ")
    if colon and not head[-1:].isdigit() and not after[:1].isupper():
        # "Loops: again and again - until it is done": the colon comes first.
        return None
    title = title_of(found[1])
    # "dbt Tests" begins as its name does.
    named = title[:1].isupper() or any(word[:1].isupper() for word in title.split()[1:])
    return (title, found[2]) if looks_like_title(title) and named and len(title.split()) <= MAX_TITLE_WORDS else None


def has_sign(line: str) -> bool:
    """Whether an emoji stands in front of a line, whole or broken."""
    return bare(line) != line.strip()


def has_signed_headings(lines: Sequence[str]) -> bool:
    """Whether an emoji stands in front of several headings."""
    return sum(has_sign(line) and is_heading(bare(line)) for line in lines) > 1


def share_of_items(lines: Sequence[str]) -> float:
    """How much of a text is "Title - description"."""
    filled = [line for line in lines if line.strip()]
    items = sum(item_of(line) is not None for line in filled)
    return items / len(filled) if items > 2 else 0  # noqa: PLR2004


def read_items(lines: Sequence[str], draft: Draft) -> None:
    """Add the items, the headings that stand above some, and what is announced."""
    place, ignored, heading = Place(), False, -1
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    signed = has_signed_headings(lines)
    for at, line in enumerate(lines):
        soon, item = _SOON.match(bare(line)), item_of(line)
        if soon is not None:
            for title in planned_titles(soon[1]):
                draft.topic(found_at(title, at, line, planned=True), Place() if ignored else place)
        elif item is not None and not ignored:
            if heading >= 0:
                place, heading = _section(lines, heading, draft), -1
            title, description = item
            planned = PLANNED.match(description) is not None
            draft.topic(found_at(title, at, line, "" if planned else description, planned=planned), place)
        elif item is None and at > first and (is_heading(line) or is_furniture(title_of(line))):
            # Where sections have an emoji, those without one behind "What you'll learn" are the page's too.
            ignored = is_furniture(title_of(line)) or (ignored and signed and not has_sign(line))
            place, heading = Place(), -1 if ignored else at
        elif is_prose_line(line) and at and not is_heading(lines[at - 1]):
            # A sentence that no heading stands above begins a part whose heading was lost.
            place, heading = Place(), -1


def _section(lines: Sequence[str], at: int, draft: Draft) -> Place:
    title = title_of(lines[at])
    return draft.topic(found_at(title, at, lines[at], prose_after(lines, at)), Place(), section=True)


def announced_in(line: str) -> list[str]:
    """The titles that a line announces: "Coming soon: Caching, Load balancing"."""
    found = _SOON.match(bare(line[:MAX_LINE]))
    return planned_titles(found[1]) if found is not None else []


def planned_titles(text: str) -> list[str]:
    """The titles of "Serverless, Container, and DevOps patterns": the last word belongs to all of them."""
    parts = [part.strip(" .") for part in _LIST.split(text) if part.strip(" .")]
    head, _, last = parts[-1].rpartition(" ") if parts else ("", "", "")
    if not head or len(parts) == 1:
        return parts
    single = last[:1].islower() or all(" " not in part for part in parts[:-1])
    return [f"{part} {last}" if single else part for part in parts[:-1]] + parts[-1:]


def _pairs(lines: Sequence[str], *, short: bool = False) -> Iterator[tuple[int, str, str]]:
    at = 0
    filled = [(number, line) for number, line in enumerate(lines) if line.strip()]
    while at + 1 < len(filled):
        (number, line), (_, following) = filled[at], filled[at + 1]
        told = _is_text(following) or (short and _is_short(following))
        title = title_of(line) if told and is_heading(line.rstrip("? ")) else ""
        if title and not is_furniture(title) and field_of(line) is None:
            yield number, title, following.strip()
            at += 2
        else:
            at += 1


def _is_text(line: str) -> bool:
    """Whether a line is a description: sentences, of which the last may lack its full stop, or "Coming soon"."""
    return is_prose_line(line) or without_planned(line)[1] or (len(line.split()) > MAX_HEADING_WORDS and ". " in line)


def _is_short(line: str) -> bool:
    """Whether a line is a short sentence, as some descriptions are: "Charges at rest."."""
    parts = line.split()
    return len(parts) > 1 and line.rstrip().endswith(".") and parts[1].islower()


def share_of_pairs(lines: Sequence[str]) -> float:
    """How much of a text is a title with a sentence below it."""
    filled = sum(1 for line in lines if line.strip())
    pairs = sum(1 for _ in _pairs(lines))
    return pairs * 2 / filled if pairs > 2 else 0  # noqa: PLR2004


def read_pairs(lines: Sequence[str], source: Sequence[str], draft: Draft) -> None:
    """Add the titles with their descriptions; those that a broken emoji sets apart only group the others.

    Args:
        lines: the document; tags and buttons are empty.
        source: the document as it is.
        draft: takes the topics.
    """
    found = {at: (title, description) for at, title, description in _pairs(lines, short=True)}
    groups = _groups(lines, source, found)
    if groups:
        # Other headings stand above the pairs: what the document begins with is its own title.
        first = next((at for at, line in enumerate(lines) if line.strip()), -1)
        highest = min(groups)
        early = [at for at in found if at < highest]
        own = first if first in found else early[0] if len(early) == 1 else -1
        found = {at: each for at, each in found.items() if at != own}
    elif (own := _title_among(lines, found)) >= 0:
        found = {at: each for at, each in found.items() if at != own}
    heads = {at for at in found if has_sign(lines[at])}
    place = group = Place()
    ignored = False
    for at, line in enumerate(lines):
        soon = _SOON.match(bare(line))
        if soon is not None:
            for title in planned_titles(soon[1]):
                draft.topic(found_at(title, at, line, planned=True), place)
        if at in groups:
            title, ignored = title_of(line).rstrip(":"), is_furniture(title_of(line))
            outer = not line.rstrip().endswith(":")
            if not ignored:
                place = draft.topic(found_at(title, at, line), Place() if outer else group, section=True)
            group = place if outer else group
        if at not in found or ignored:
            continue
        section = 1 < len(heads) < len(found) / 2 and at in heads
        title, (description, planned) = found[at][0], without_planned(found[at][1])
        inside = draft.topic(
            found_at(title, at, line, description, planned=planned), Place() if section else place, section=section
        )
        place = inside if section else place


def _title_among(lines: Sequence[str], found: Mapping[int, tuple[str, str]]) -> int:
    """Which pair is the page's own title: the first line, unless it stands where A to Z puts it; -1 for none."""
    first = next((at for at, line in enumerate(lines) if line.strip()), -1)
    titles = [title.casefold() for title, _ in found.values()]
    rising = sum(low <= high for low, high in pairwise(titles))
    sorted_ = rising * 4 >= (len(titles) - 1) * 3 and titles[:1] <= titles[1:2]
    return first if first in found and not sorted_ else -1


def without_planned(description: str) -> tuple[str, bool]:
    """(description, whether it is planned) of "Memory ordering. Coming soon."."""
    head, dot, last = description.strip().rstrip(".!").rpartition(". ")
    found = PLANNED.match(last)
    whole = found is not None and found.end() == len(last)
    return (f"{head}{dot}".strip(), True) if whole else (description, False)


def _groups(lines: Sequence[str], source: Sequence[str], found: Mapping[int, object]) -> frozenset[int]:
    """The headings that stand above pairs, or above a caption ("Relational databases:") that does; at least two."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    groups: set[int] = set()
    for place in range(len(filled) - 2, 0, -1):
        at, below = filled[place], filled[place + 1]
        if at in found or (below not in found and below not in groups) or len(lines[at]) > MAX_LINE:
            continue
        if any(line.strip() for line in source[at + 1 : below]):
            # A tag or a button stands between.
            continue
        title = title_of(lines[at]).rstrip(":")
        if is_heading(bare(lines[at]).rstrip(":")) and field_of(lines[at]) is None and looks_like_title(title):
            groups.add(at)
    return frozenset(groups) if len(groups) > 1 else frozenset()
