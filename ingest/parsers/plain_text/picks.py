"""Picks: the lines that a recogniser takes for topics, groups and stages, and how they become a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.parsers.outline.draft import Draft, Found, Place
from ingest.parsers.outline.labels import told
from ingest.parsers.plain_text.lines import is_title
from ingest.parsers.plain_text.page import REPEATED, Line, Page
from ingest.parsers.plain_text.values import values_in
from ingest.parsers.wording.durations import hours_of, is_duration, weeks_of
from ingest.parsers.wording.fields import field_of
from ingest.parsers.wording.phases import PhaseName, phase_of
from ingest.parsers.wording.titles import clean, is_furniture, is_grouping, looks_like_title
from ingest.words import lookup

STAGE, HEAD = -2, -1
MAX_TITLE_WORDS = 9
_PAUSES = frozenset(
    {"agenda", "any questions", "break", "day off", "exam", "final exam", "finals", "holiday", "lunch", "midterm"}
    | {
        "midterm exam",
        "midterm examination",
        "final examination",
        "no class",
        "questions",
        "reading week",
        "rest day",
        "review day",
        "thank you",
        "the end",
    }
)
"""What schedules and slides put between the topics."""
_ABOUT = re.compile(r"\s(?:--?|\u2013|\u2014)\s|:\s")
_SPAN = re.compile(r"(?<!\s)\s*[(\[]([^\W\d_]{3,12})\.?\s\d{1,2}(?:\s?[-\u2013]\s?\d{1,2})?[)\]]\s*$")
"""When it is taught: "Regression (Week 3)"."""
_EFFORT = re.compile(
    r"(?<![\s,|\u00b7\u2022\u2013\u2014-])[\s,|\u00b7\u2022\u2013\u2014-]*\(?(~?\d{1,3}(?:[.,]\d)?(?:\s?[-\u2013]\s?\d{1,3})?\s?(?:h|hrs?|hours?|mins?|minutes))\)?\.?$"
    r"|(?<![\s,|\u00b7\u2022])[\s,|\u00b7\u2022]+\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?$",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"(?<!\s)\s*[(\[]?\b\d{1,2}(?:\.\d)?\s(?:credits?|credit hours?|units?|cr\.?|ects|points)\b[)\]]?", re.IGNORECASE
)


_ORDINAL = re.compile(
    r"^(?:the\s)?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))\s([a-z]{3,10})"
    r"(?:\s?[:.\u00b7\u2013\u2014-]\s?(\S.*)?)?$",
    re.IGNORECASE,
)
_MORE_SPANS = frozenset({"season", "grade", "cycle", "unit"})
_LATER = re.compile(
    r"^(?:\W{0,3})(?:this (?:chapter|lesson|section|unit|part) (?:is|will be) )?"
    r"(?:coming|to come|to follow|follows|available|planned|due|appears|appearing"
    r"|(?:to be |will be )?(?:added|written|published))\s"
    r"(?:soon|later|in (?:the|a|an) (?:next|later|future|coming|second|revised)\s\w+"
    r"|for (?:the|a) (?:next|later|future)\s\w+|next\s\w+)[.!]?$",
    re.IGNORECASE,
)
"""Said below a title: what it names does not exist yet."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One line, or piece of a line, that means something."""

    line: Line
    title: str
    level: int = 0
    description: str = ""
    hours: float | None = None
    number: str = ""
    aliases: tuple[str, ...] = ()
    planned: bool = False
    ticked: bool = False
    stage: PhaseName | None = None
    only_groups: bool = False

    @property
    def rich(self) -> bool:
        """Whether it says more than a title."""
        return bool(self.description) or self.hours is not None or bool(self.aliases)


def pick_of(line: Line, text: str | None = None, level: int = 0, *, split: bool = True) -> Pick | None:
    """The topic that a line names, or None when it names none.

    Args:
        line: where it stands.
        text: the piece of the line; all of it when None.
        level: depth; deeper ones are part of the one above.
        split: what follows a dash or colon is a description.
    """
    head, _ = values_in(line.text if text is None else text)
    head = _CREDITS.sub("", head)
    effort = _EFFORT.search(head)
    hours = hours_of(effort[1]) if effort is not None and effort[1] else None
    head = head[: effort.start()] if effort is not None else head
    span = _SPAN.search(head)
    if span is not None and lookup("phases", "kinds").get(span[1].casefold()) in lookup("phases", "spans"):
        head = head[: span.start()]
    name = clean(head)
    title, description = name.title, ""
    about = _ABOUT.search(title) if split else None
    if about is not None and about.start() > 1 and looks_like_title(title[: about.start()]):
        title, description = title[: about.start()].strip(), title[about.end() :].strip()
    sentence = description == "" and head.rstrip().endswith((".", "!", ";")) and len(title.split()) > 3  # noqa: PLR2004
    if (
        sentence
        or title.casefold().strip(" ?!.") in _PAUSES
        or not is_title(title)
        or len(title.split()) > MAX_TITLE_WORDS
        or is_duration(title)
    ):
        return None
    hours = name.hours if name.hours is not None else hours
    return Pick(line, title, level, description, hours, name.number, name.aliases, name.planned, name.ticked)


def stage_of(line: Line) -> Pick | None:
    """The stage that a line heads, or None: a sentence about a stage has no separator behind its number."""
    if line.kind not in {"title", "other", "duration"} or len(line.text.split()) > 2 * MAX_TITLE_WORDS:
        return None
    text = values_in(line.text)[0].strip() if "(" in line.text else line.text
    stage = phase_of(text) or ordinal_stage(text)
    if stage is None:
        return None
    rest = text[len(stage.label) :].lstrip()
    if (
        rest
        and rest[0] not in ":\u2013\u2014-\u00b7|.(["
        and (len(rest.split()) > MAX_TITLE_WORDS or not rest[0].isupper())
    ):
        return None
    if rest[:1] not in {"", ":", "(", "["} and not looks_like_title(stage.title):
        return None
    if line.kind == "other" and not looks_like_title(stage.title.replace(":", " "), strong=True):
        return None
    return Pick(line, stage.title, STAGE, stage=stage)


def ordinal_stage(text: str) -> PhaseName | None:
    """The stage of "Second Year" or "First semester: Basics"; "First steps" is none."""
    found = _ORDINAL.match(text)
    kind = found[2].casefold() if found is not None else ""
    if found is None or (lookup("phases", "kinds").get(kind) != kind and kind not in _MORE_SPANS):
        return None
    value = lookup("phases", "numbers").get(found[1].casefold()) or found[1].rstrip("stndrhSTNDRH")
    number = int(value) if str(value).isdigit() else 0
    title = clean(found[3] or "").title
    return (
        PhaseName(found[0][: found.end(2)], title or found[0][: found.end(2)], kind, number, number) if number else None
    )


def announced(page: Page) -> frozenset[int]:
    """Where a list of contents names the stages: their heads stand directly one below the other and come again."""
    at_label: dict[str, list[int]] = {}
    for at, line in enumerate(page.lines):
        pick = stage_of(line)
        if pick is not None and pick.stage is not None:
            at_label.setdefault(pick.stage.label.casefold(), []).append(at)
    early = {at for places in at_label.values() if len(places) > 1 for at in places[:-1]}
    return frozenset(at for at in early if at + 1 in early or at - 1 in early)


def with_groups(page: Page, picks: Mapping[int, Sequence[Pick]], *, heads: bool = True) -> list[Pick]:
    """All that the picks stand in as well: stages, and the bare lines directly above a run of picks."""
    found: list[Pick] = []
    seen: set[str] = set()
    listed = announced(page)
    labels = Counter(line.text.partition(": ")[0] for line in page.lines if ": " in line.text)
    left = False
    for at, line in enumerate(page.lines):
        stage = stage_of(line) if at not in picks and at not in listed else None
        left = stage is None and _is_left(page, at, picks, left=left)
        if at in picks:
            found.extend(picks[at])
        elif stage is not None and stage.stage is not None and stage.stage.label not in seen:
            seen.add(stage.stage.label)
            found.append(_titled(page, at, stage, picks))
        elif labels[line.text.partition(": ")[0]] >= REPEATED:
            # "Term: Spring" stands in every entry.
            continue
        elif heads and (_leaves_out(page, at) or _is_group(page, at, picks, left=left)):
            found.append(Pick(line, clean(line.text).title.rstrip(":"), HEAD))
    return found


def _titled(page: Page, at: int, stage: Pick, picks: Mapping[int, Sequence[Pick]]) -> Pick:
    """A stage whose title stands in the line below its label, above the first of its topics."""
    name = stage.stage
    if name is None or name.title != name.label or at + 1 in picks or at + 2 not in picks:
        return stage
    line = page.lines[at + 1]
    title = clean(line.text).title
    if not line.name or line.glyph or is_furniture(title):
        return stage
    return replace(stage, title=title, stage=name._replace(title=title))


def _is_left(page: Page, at: int, picks: Mapping[int, Sequence[Pick]], *, left: bool) -> bool:
    """Whether a line heads nothing: it stands below "Resources:" or a caption that repeats, and no topic between."""
    if at in picks:
        return is_furniture(picks[at][0].title)
    line = page.lines[at]
    return is_furniture(line.text) or line.repeated or (left and not page.blank_before(at))


def _leaves_out(page: Page, at: int) -> bool:
    """Whether a caption over bullets says that they are no topics: "Exercises:"."""
    line, below = page.lines[at], page.lines[at + 1 : at + 2]
    return not line.glyph and bool(below and below[0].glyph) and is_furniture(line.text)


def _is_group(page: Page, at: int, picks: Mapping[int, Sequence[Pick]], *, left: bool) -> bool:
    line = page.lines[at]
    if is_furniture(line.text) and told(line.text) == "announce":
        # "Courses" above the courses.
        return False
    return (is_furniture(line.text) or (line.name and not left)) and _heads_run(page, at, picks)


def _heads_run(page: Page, at: int, picks: Mapping[int, Sequence[Pick]]) -> bool:
    below = at + 1
    while below < min(len(page.lines), at + 4) and _stands_between(page.lines[below], picks.get(below)):
        below += 1
    if below not in picks or (is_furniture(page.lines[at].text) and not _can_be_left(picks, below)):
        return False
    if page.lines[at].glyph and page.lines[at].glyph == page.lines[below].glyph:
        return False
    first = page.first()
    return at > first or (
        not page.blank_before(first + 1)
        and any(_is_head(page, near, picks) for near in range(first + 1, len(page.lines)))
    )


def _stands_between(line: Line, pick: Sequence[Pick] | None) -> bool:
    """Whether a line may stand between a heading and what it heads: text, but no bullets of its own."""
    said = line.kind in {"field", "value", "noise"} or (line.kind == "prose" and not line.glyph)
    return said and pick is None


def _can_be_left(picks: Mapping[int, Sequence[Pick]], at: int) -> bool:
    """Whether a run may stand below furniture: it is not counted, or has a count of its own, as exercises have."""
    number = picks[at][0].number
    return number == "" or (number == "1" and sum(group[0].number == "1" for group in picks.values()) > 1)


def _is_head(page: Page, at: int, picks: Mapping[int, Sequence[Pick]]) -> bool:
    """Whether another bare line heads a run as the first line does: without such, the first is the document's title."""
    line = page.lines[at]
    return at not in picks and at + 1 in picks and line.name and ": " not in line.text and stage_of(line) is None


def build(picks: Sequence[Pick], page: Page, draft: Draft) -> None:
    """Write the picks into the draft, in order; the deeper is part of the one above it."""
    open_: list[tuple[int, Place]] = []
    base, ignored = Place(), 99
    taken = {pick.line.number for pick in picks}
    at_line = {line.number: at for at, line in enumerate(page.lines)}
    for number, pick in enumerate(picks):
        if pick.level > ignored:
            continue
        ignored = 99
        if pick.stage is not None:
            base, open_ = draft.phase(pick.stage, pick.line.number, _weeks(page, at_line[pick.line.number])), []
            continue
        while open_ and open_[-1][0] >= pick.level:
            open_.pop()
        if is_furniture(pick.title):
            ignored = pick.level
            continue
        children = _children(picks, number)
        section = pick.only_groups or (bool(children) and not pick.hours and _only_groups(pick, children))
        place = open_[-1][1] if open_ else base
        described = (
            pick
            if pick.description or section
            else replace(pick, description=below(page, at_line[pick.line.number], taken))
        )
        if _is_later(page, at_line[pick.line.number]):
            described = replace(described, planned=True, description=pick.description)
        open_.append((pick.level, draft.topic(_found(described), place, section=section)))


def _children(picks: Sequence[Pick], at: int) -> list[Pick]:
    found: list[Pick] = []
    for below in range(at + 1, len(picks)):
        each = picks[below]
        if each.level <= picks[at].level:
            break
        if not found or each.level <= found[0].level:
            found.append(each)
    return found


def _only_groups(pick: Pick, children: Sequence[Pick]) -> bool:
    rich = sum(each.rich for each in children)
    return is_grouping(pick.title) or (rich * 2 >= len(children) and not pick.rich)


def _found(pick: Pick) -> Found:
    line = pick.line
    return Found(
        title=pick.title,
        line=line.number,
        line_end=line.number,
        text=line.raw.strip(),
        number=pick.number,
        planned=pick.planned,
        ticked=pick.ticked,
        description=pick.description,
        hours=pick.hours,
        aliases=pick.aliases,
    )


def below(page: Page, at: int, taken: Collection[int] = ()) -> str:
    """The first sentence below a title; fields and durations may stand between, the lines of other topics not."""
    for line in page.lines[at + 1 : at + 5]:
        if line.number in taken:
            return ""
        if not line.glyph and _is_said(line):
            return line.raw.strip()
        tag = line.repeated and " " not in line.text
        if line.kind not in {"field", "value", "duration"} and not tag:
            return ""
    return ""


def _is_said(line: Line) -> bool:
    """Whether a line is a sentence or several, of which the last may be a label: "Fires. Prerequisites: Wood"."""
    short = line.kind == "other" and line.text.endswith(".")
    return line.kind == "prose" or short or (len(line.text.split()) > MAX_TITLE_WORDS and ". " in line.text)


def _is_later(page: Page, at: int) -> bool:
    following = page.lines[at + 1 : at + 2]
    return bool(following) and _LATER.match(following[0].text) is not None


def _weeks(page: Page, at: int) -> tuple[float, float] | None:
    for line in page.lines[at + 1 : at + 6]:
        field = field_of(line.text) if line.kind == "field" else None
        said = field.value if field is not None and field.kind in {"duration", "effort"} else line.text
        if (field is not None or line.kind == "duration") and (weeks := weeks_of(said)) is not None:
            return weeks
        if stage_of(line) is not None:
            return None
    return None
