"""Topics with a description: "Title - description", or the sentence in the line below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parsers.draft import Draft, Place
from ingest.parsers.fields import field_of
from ingest.parsers.plain_lines import bare, is_code, is_heading, is_prose_line, title_of
from ingest.parsers.plain_topics import found_at, prose_after
from ingest.parsers.titles import is_furniture, looks_like_title

_ITEM = re.compile(r"^(\S.{0,90}?)\s[-\u2013\u2014]\s(\S.*)$")
_SOON = re.compile(r"^(?:coming soon|planned|upcoming)\s*[:\u2013\u2014-]\s*(\S.*)$", re.IGNORECASE)
_LIST = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def item_of(line: str) -> tuple[str, str] | None:
    """(title, description) of "Title - description", or None."""
    found = _ITEM.match(line.strip().removeprefix("- ").removeprefix("\u2022 "))
    if found is None or is_code(line):
        return None
    title = title_of(found[1])
    return (title, found[2]) if looks_like_title(title) and title[:1].isupper() and len(title.split()) <= 8 else None  # noqa: PLR2004


def share_of_items(lines: Sequence[str]) -> float:
    """How much of a text is "Title - description"."""
    filled = [line for line in lines if line.strip()]
    items = sum(item_of(line) is not None for line in filled)
    return items / len(filled) if items > 2 else 0  # noqa: PLR2004


def read_items(lines: Sequence[str], draft: Draft) -> None:
    """Add the items, the headings above them and what is announced."""
    place, ignored = Place(), False
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, line in enumerate(lines):
        soon, item = _SOON.match(bare(line)), item_of(line)
        if soon is not None and not ignored:
            for title in planned_titles(soon[1]):
                draft.topic(found_at(title, at, line, planned=True), place)
        elif item is not None and not ignored:
            draft.topic(found_at(item[0], at, line, item[1]), place)
        elif item is None and soon is None and at > first and (is_heading(line) or is_furniture(title_of(line))):
            ignored = is_furniture(title_of(line))
            place = (
                Place()
                if ignored
                else draft.topic(found_at(title_of(line), at, line, prose_after(lines, at)), Place(), section=True)
            )
        elif is_prose_line(line) and at and not is_heading(lines[at - 1]):
            # A sentence that no heading stands above begins a part whose heading was lost.
            place = Place()


def planned_titles(text: str) -> list[str]:
    """The titles of "Serverless, Container, and DevOps patterns": the last word belongs to all of them."""
    parts = [part.strip(" .") for part in _LIST.split(text) if part.strip(" .")]
    head, _, last = parts[-1].rpartition(" ") if parts else ("", "", "")
    if not head or len(parts) == 1:
        return parts
    return [part if part.endswith(last) else f"{part} {last}" for part in parts]


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    at = 0
    filled = [(number, line) for number, line in enumerate(lines) if line.strip()]
    while at + 1 < len(filled):
        (number, line), (_, following) = filled[at], filled[at + 1]
        if (
            is_heading(line)
            and is_prose_line(following)
            and not is_furniture(title_of(line))
            and field_of(line) is None
        ):
            yield number, title_of(line), following.strip()
            at += 2
        else:
            at += 1


def share_of_pairs(lines: Sequence[str]) -> float:
    """How much of a text is a title with a sentence below it."""
    filled = sum(1 for line in lines if line.strip())
    pairs = sum(1 for _ in _pairs(lines))
    return pairs * 2 / filled if pairs > 2 else 0  # noqa: PLR2004


def read_pairs(lines: Sequence[str], draft: Draft) -> None:
    """Add the titles with their descriptions; those that a broken emoji sets apart only group the others."""
    found = {at: (title, description) for at, title, description in _pairs(lines)}
    heads = {at for at in found if bare(lines[at]) != lines[at].strip()}
    place = Place()
    for at, line in enumerate(lines):
        soon = _SOON.match(bare(line))
        if soon is not None:
            for title in planned_titles(soon[1]):
                draft.topic(found_at(title, at, line, planned=True), place)
        if at not in found:
            continue
        section = 1 < len(heads) < len(found) / 2 and at in heads
        inside = draft.topic(
            found_at(found[at][0], at, line, found[at][1]), Place() if section else place, section=section
        )
        place = inside if section else place
