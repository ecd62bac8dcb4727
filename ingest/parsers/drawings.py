"""Drawings inside a Markdown document: fenced blocks of Mermaid and DOT add what their arrows state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from graph.titles import normal_form
from ingest.parsers.dot import statements as dot_statements
from ingest.parsers.dot.alike import named_alike
from ingest.parsers.dot.meaning import reading_of
from ingest.parsers.dot.model import Drawing
from ingest.parsers.dot.words import shows_plan
from ingest.parsers.mermaid import parser as mermaid
from ingest.parsers.outline.draft import MAX_TOPICS
from ingest.parsers.wording.inline import plain
from ingest.reading import Reading, ReadPhase, ReadProblem, ReadRequirement, ReadTopic

NOTE_LINES = 3
"""Lines in front of and behind a drawing that may say what its arrows mean."""
MAX_DRAWINGS = 200
"""Of one document that are read: each is compared with all its topics."""
MAX_CAPTIONS = 2
MIN_ANNOUNCED = 8
MANY_TIMES = 3
"""A drawing that is called a roadmap and has so many times the topics of the document is its roadmap."""
SHARE = 2
ANNOUNCED_SHARE = 3
"""Half of the boxes, or a third of a roadmap's, are topics of the document."""
MIN_CHAPTERS = 2
"""Numbered headings, beside which one without a number may be no topic."""
MIN_DRAWN = 4
"""Topics of a drawing that can be a document's roadmap all by itself."""
_NUMBERED = re.compile(r"#{1,6}\s+\W{0,4}\d{1,3}(?!\d)")
_FENCE = re.compile(r"^[\s>]{0,60}(`{3,}|~{3,}|:{3,}(?=\s*(?:mermaid\s*)?$))\s*\{?\.?([\w-]*)")
"""Colons fence drawings too: "::: mermaid"."""
_LANGUAGES: Mapping[str, Callable[[str], Drawing]] = {
    "mermaid": mermaid.draw,
    "dot": dot_statements.draw,
    "graphviz": dot_statements.draw,
    "gv": dot_statements.draw,
}


class Fence(NamedTuple):
    """A fenced block."""

    language: str
    first: int
    """Number of its first line, from 1."""
    last: int
    """Number of its last line; the one before the first where it is empty."""
    heading: int = 0
    """Number of the line of the heading above it; 0 for none."""


class _Picture(NamedTuple):
    """A drawing of a document."""

    drawn: Reading
    caption: str
    """Id of the topic that its heading became; empty when it is none or more than that."""
    announced: bool
    """Words above it call it a roadmap."""


def fenced(language: str, lines: Sequence[str], first_line: int, notes: Sequence[str] = ()) -> Reading | None:
    """Read a fenced block; None when its language draws no graph.

    Args:
        language: the word behind the fence.
        lines: between the fences, as they stand in the document.
        first_line: number of the first of them in the document.
        notes: sentences around the block that may say what its arrows mean.

    Returns:
        Topics, phases, requirements and problems with the document's line numbers.
    """
    draw = _LANGUAGES.get(language.casefold())
    if draw is None or not lines:
        return None
    return moved(reading_of(draw("\n".join(lines)), "", notes), first_line - 1)


def with_drawings(reading: Reading, lines: Sequence[str], fenced_blocks: Sequence[Fence]) -> Reading:
    """A document's reading and what its drawings add to it.

    A drawing belongs to the roadmap when most of its nodes are topics of the document, or when the document has none;
    others only illustrate something. The heading of a drawing that belongs to it names the picture, not a topic.
    """
    found: list[_Picture] = []
    drawings = (fence for fence in fenced_blocks if fence.language.casefold() in _LANGUAGES)
    for fence in islice(drawings, MAX_DRAWINGS):
        drawn = fenced(fence.language, lines[fence.first - 1 : fence.last], fence.first, _notes(fence, lines))
        if drawn is not None and drawn.topics + drawn.phases:
            found.append(_Picture(drawn, _caption(reading, fence, lines), _announced(fence, lines)))
    reading = _without(reading, _illustrated(reading, lines, fenced_blocks))
    if not found:
        return reading
    captions = {picture.caption for picture in found if picture.caption}
    if captions and _only_pictures(reading, found, captions):
        reading = _without(reading, captions)
    for picture, caption, announced in found:
        base = _without(reading, {caption}) if caption and not _draws(picture, caption, reading) else reading
        drawn = named_alike(picture, base, lines)
        if announced and _outweighs(base, drawn, lines):
            reading = joined(_without(base, _asides(base, drawn)), drawn)
        elif _belongs(base, drawn, share=ANNOUNCED_SHARE if announced else SHARE):
            reading = joined(base, drawn)
    return reading


def _illustrated(reading: Reading, lines: Sequence[str], fenced_blocks: Sequence[Fence]) -> set[str]:
    """Headings above nothing but drawings, among chapters that are numbered: they name a picture, not a topic."""
    drawn = {fence.heading for fence in fenced_blocks if fence.language.casefold() in _LANGUAGES}
    if not drawn:
        return set()
    topics = [each for each in reading.topics if lines[each.line - 1].startswith("#")]
    plain_ones = [each for each in topics if _NUMBERED.match(lines[each.line - 1]) is None]
    if len(topics) - len(plain_ones) < MIN_CHAPTERS:
        return set()
    used = {each.part_of for each in reading.topics}
    used |= {end for each in reading.requirements for end in (each.topic_id, each.requires_id)}
    ends = {fence.first - 2: fence.last + 1 for fence in fenced_blocks}
    return {
        each.id
        for each in plain_ones
        if each.line in drawn and each.id not in used and _shows_only(each.line, lines, ends)
    }


def _shows_only(at: int, lines: Sequence[str], ends: Mapping[int, int]) -> bool:
    """Whether nothing but fenced blocks stands below a heading."""
    while at < len(lines) and not lines[at].startswith("#"):
        if at in ends:
            at = ends[at]
        elif lines[at].strip():
            return False
        else:
            at += 1
    return True


def _announced(fence: Fence, lines: Sequence[str]) -> bool:
    """Whether the heading or the lines above a drawing call it a roadmap."""
    opening = fence.first - 2
    above = [lines[fence.heading - 1]] if fence.heading else []
    return shows_plan((*above, *lines[max(0, opening - NOTE_LINES) : opening]))


def _outweighs(reading: Reading, drawn: Reading, lines: Sequence[str]) -> bool:
    """Whether a drawing has many times the topics of a document that does not number its own."""
    if sum(_NUMBERED.match(lines[each.line - 1]) is not None for each in reading.topics) > 1:
        return False
    return len(drawn.topics) >= max(MIN_ANNOUNCED, MANY_TIMES * len(reading.topics))


def _asides(reading: Reading, drawn: Reading) -> set[str]:
    """Topics that are words about the roadmap, as none of them is drawn, and nothing is said that one learns them."""
    boxes = {normal_form(each.title) for each in drawn.topics} | {normal_form(each.title) for each in drawn.phases}
    if reading.phases or any(normal_form(each.title) in boxes for each in reading.topics):
        return set()
    used = {end for each in reading.requirements for end in (each.topic_id, each.requires_id)}
    return {
        each.id
        for each in reading.topics
        if each.id not in used and each.effort_hours is None and not each.resources and each.id not in reading.ticked
    }


def _belongs(reading: Reading, drawn: Reading, *, share: int) -> bool:
    """Whether a drawing shows the document's roadmap: a share of what it has, or the document has nothing else."""
    topics = {normal_form(name) for each in reading.topics for name in (*each.aliases, each.title)}
    phases = {normal_form(name) for each in reading.phases for name in (each.label, each.title)}
    same = sum(not topics.isdisjoint(map(normal_form, (each.title, *each.aliases))) for each in drawn.topics)
    same += sum(not phases.isdisjoint(map(normal_form, (each.title, each.label))) for each in drawn.phases)
    return not reading.topics or share * same >= len(drawn.topics) + len(drawn.phases)


def _caption(reading: Reading, fence: Fence, lines: Sequence[str]) -> str:
    """The id of the topic that the heading above a drawing became, when nothing else makes it one; else nothing."""
    topic = next((each for each in reading.topics if each.line == fence.heading), None) if fence.heading else None
    if topic is None or _NUMBERED.match(lines[fence.heading - 1]) or topic.effort_hours is not None:
        return ""
    between = [line for line in lines[fence.heading : fence.heading + NOTE_LINES + 1] if line.strip()]
    bare = not any(line.strip() for line in lines[fence.heading : fence.first - 1])
    told = bare or (bool(between) and between[0].rstrip().endswith((":", fence.language)))
    if fence.first - fence.heading > NOTE_LINES + 2 or not told:
        return ""
    used = any(each.part_of == topic.id for each in reading.topics)
    used = used or any(topic.id in {each.topic_id, each.requires_id} for each in reading.requirements)
    return "" if used else topic.id


def _draws(drawn: Reading, caption: str, reading: Reading) -> bool:
    """Whether a drawing has the topic of its heading as a node."""
    title = next((normal_form(each.title) for each in reading.topics if each.id == caption), "")
    return any(normal_form(each.title) == title for each in drawn.topics)


def _only_pictures(reading: Reading, found: Sequence[_Picture], captions: set[str]) -> bool:
    """Whether a document has no topics but the headings of a picture or two: then the first one is its roadmap."""
    if reading.phases or len(captions) > MAX_CAPTIONS or {each.id for each in reading.topics} - captions:
        return False
    drawn = any(_draws(picture.drawn, picture.caption, reading) for picture in found)
    return len(found[0].drawn.topics) >= MIN_DRAWN and not drawn


def _without(reading: Reading, dropped: set[str]) -> Reading:
    if not dropped:
        return reading
    kept = (each for each in reading.topics if each.id not in dropped)
    topics = tuple(each.model_copy(update={"position": at}) for at, each in enumerate(kept, start=1))
    return reading.model_copy(update={"topics": topics})


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The fenced blocks of a Markdown document."""
    mark, language, start, heading = "", "", 0, 0
    for at, line in enumerate(lines):
        found = _FENCE.match(line) if "```" in line or "~~~" in line or ":::" in line else None
        if found is None:
            heading = at + 1 if not mark and line.startswith("#") else heading
            continue
        if not mark:
            if found[2] or found[1][0] != ":":
                mark, language, start = found[1], found[2], at + 1
        elif found[1].startswith(mark) and line.strip(" \t>") == found[1]:
            yield Fence(language, start + 1, at, heading)
            mark = ""


def _notes(fence: Fence, lines: Sequence[str]) -> tuple[str, ...]:
    """The lines around a drawing that may say what its arrows mean."""
    opening = fence.first - 2
    return tuple(
        map(
            plain,
            (*lines[max(0, opening - NOTE_LINES) : opening], *lines[fence.last + 1 : fence.last + 1 + NOTE_LINES]),
        )
    )


def moved(reading: Reading, by: int) -> Reading:
    """A reading of lines in front of which others stand."""
    return reading.model_copy(
        update={
            "phases": tuple(each.model_copy(update={"line": each.line + by}) for each in reading.phases),
            "topics": tuple(
                each.model_copy(update={"line": each.line + by, "line_end": each.line_end + by})
                for each in reading.topics
            ),
            "requirements": tuple(
                each.model_copy(update={"line_start": each.line_start + by, "line_end": each.line_end + by})
                for each in reading.requirements
            ),
            "problems": tuple(each.model_copy(update={"line": each.line + by}) for each in reading.problems),
        }
    )


def joined(reading: Reading, drawn: Reading) -> Reading:
    """A document's reading with that of a part of it; what both have stands once."""
    topics = {normal_form(name): each for each in reversed(reading.topics) for name in (*each.aliases, each.title)}
    phases = {normal_form(name): each for each in reversed(reading.phases) for name in (each.label, each.title)}
    named = {each.id: [normal_form(name) for name in (each.title, *each.aliases)] for each in drawn.topics}
    same = {key: topics[form] for key, forms in named.items() for form in reversed(forms) if form in topics}
    same_phases = {
        each.id: stage
        for each in drawn.phases
        if (stage := phases.get(normal_form(each.title)) or phases.get(normal_form(each.label))) is not None
    }
    ids = _new_ids(reading, drawn, same, same_phases)
    titles = {each.title: same_phases[each.id].title for each in drawn.phases if each.id in same_phases}
    new_phases = [
        each.model_copy(update={"id": ids["phase", each.id][0], "position": len(reading.phases) + at})
        for at, each in enumerate((each for each in drawn.phases if each.id not in same_phases), start=1)
    ]
    room = max(0, MAX_TOPICS - len(reading.topics))
    new_topics = [
        each.model_copy(
            update={
                "id": ids["topic", each.id][0],
                "position": len(reading.topics) + at,
                "part_of": ids["topic", each.part_of][0] if each.part_of else None,
                "phase": titles.get(each.phase, each.phase) if each.phase else None,
            }
        )
        for at, each in enumerate((each for each in drawn.topics if each.id not in same), start=1)
    ][:room]
    kept = {each.id for each in (*reading.topics, *new_topics)} | {each.id for each in (*reading.phases, *new_phases)}
    number = len({each.choice for each in reading.requirements if each.choice})
    renamed = (_with_ids(each, ids, f"drawn-{number}-") for each in drawn.requirements)
    return reading.model_copy(
        update={
            "phases": (*reading.phases, *new_phases),
            "topics": (*_with_links(reading, drawn, same), *new_topics),
            "requirements": (
                *reading.requirements,
                *(
                    each
                    for each in renamed
                    if each.topic_id in kept and each.requires_id in kept and each.topic_id != each.requires_id
                ),
            ),
            "problems": _problems(reading, drawn, added=bool(new_topics)),
        }
    )


def _with_links(reading: Reading, drawn: Reading, same: Mapping[str, ReadTopic]) -> Iterator[ReadTopic]:
    """The topics of the document, with the addresses that the drawing has for them."""
    links = {same[each.id].id: each.resources for each in drawn.topics if each.id in same and each.resources}
    for topic in reading.topics:
        known = {each.url for each in topic.resources}
        new = tuple(each for each in links.get(topic.id, ()) if each.url not in known)
        yield topic.model_copy(update={"resources": (*topic.resources, *new)}) if new else topic


def _problems(reading: Reading, drawn: Reading, *, added: bool) -> tuple[ReadProblem, ...]:
    old = (each for each in reading.problems if not (added and each.code == "no-topics"))
    return (*old, *(each for each in drawn.problems if each.code != "no-topics"))


def _new_ids(
    reading: Reading, drawn: Reading, same: Mapping[str, ReadTopic], same_phases: Mapping[str, ReadPhase]
) -> dict[tuple[str, str], tuple[str, str, str]]:
    """(kind, id in the drawing) -> (id, title, kind) in the document."""
    ids: dict[tuple[str, str], tuple[str, str, str]] = {}
    taken = {each.id for each in reading.topics}
    for topic in drawn.topics:
        known = same.get(topic.id)
        made = known.id if known is not None else _free(topic.id, taken)
        taken.add(made)
        found = known or topic
        ids["topic", topic.id] = (made, found.title, found.kind)
    taken = {each.id for each in reading.phases}
    for phase in drawn.phases:
        stage = same_phases.get(phase.id)
        made = stage.id if stage is not None else _free(phase.id, taken)
        taken.add(made)
        ids["phase", phase.id] = (made, (stage or phase).title, "phase")
    return ids


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _with_ids(
    each: ReadRequirement, ids: Mapping[tuple[str, str], tuple[str, str, str]], choices: str
) -> ReadRequirement:
    kinds = {"phase": "phase"}
    topic = ids[kinds.get(each.topic_kind, "topic"), each.topic_id]
    wanted = ids[kinds.get(each.requires_kind, "topic"), each.requires_id or ""]
    return each.model_copy(
        update={
            "topic_id": topic[0],
            "topic": topic[1],
            "topic_kind": topic[2],
            "requires_id": wanted[0],
            "requires": wanted[1],
            "requires_kind": wanted[2],
            "choice": f"{choices}{each.choice}" if each.choice else None,
        }
    )
