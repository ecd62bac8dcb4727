"""Plain text without markup: pages copied from the web."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from ingest.parsers.drawings import with_drawings
from ingest.parsers.markdown.builder import read_blocks
from ingest.parsers.markdown.tokens import MAX_NESTING
from ingest.parsers.outline.draft import Draft
from ingest.parsers.outline.read import read_outline
from ingest.parsers.outline.resolve import requirements_of
from ingest.parsers.plain_text.claims import read_claims
from ingest.parsers.plain_text.drawn import bare_drawings, without
from ingest.parsers.plain_text.forms import best
from ingest.parsers.plain_text.layout import is_capital
from ingest.parsers.plain_text.lines import title_of
from ingest.parsers.plain_text.markup import as_markdown
from ingest.parsers.plain_text.nested import too_deep
from ingest.parsers.plain_text.page import Line, Page, page_of
from ingest.parsers.plain_text.stubs import fold_stubs
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import is_furniture
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text

FAMILY = "text"
_LABEL_WORDS = 2
MAX_ABOVE = 8
"""Lines among which a page's title is looked for below the names of its site."""
_WIDE_GAP = re.compile(r"\t+|(?<=\S) {5,}(?=\S)")


def detect(_text: Text) -> bool:
    """Every text is at least plain text."""
    return True


def parse(text: Text) -> Reading:
    """Read plain text by the form that explains it best; a text in no known form has no topics, and that is said."""
    markdown = as_markdown(text.lines)
    if markdown is not None:
        reading = read_outline(text, read_blocks(markdown), family=FAMILY)
        if reading.topics:
            return reading
    drawings = list(bare_drawings(text.lines))
    reading = _read(text, without(text.lines, drawings))
    return with_drawings(reading, text.lines, drawings) if drawings else reading


def _read(text: Text, lines: Sequence[str]) -> Reading:
    draft = Draft(text.lines)
    page = page_of(_flush(lines))
    deep = too_deep(page)
    if deep is not None:
        draft.problem("too-deep", f"bullets nested deeper than {MAX_NESTING} levels are not read", deep.number)
    form = best(page)
    if form is not None:
        form.read(page, draft)
    if not draft.topics and not draft.phases:
        message = "no form of a roadmap was recognised in this plain text"
        problem = ReadProblem(
            severity="info", code="no-topics", message=message, hint="write headings and bullets in Markdown"
        )
        return Reading(
            path=text.path,
            family=FAMILY,
            roadmap=ReadRoadmap(title=_title(text, page)),
            problems=(*draft.problems, problem),
        )
    fold_stubs(draft)
    read_claims(page, draft, fields=form is None or not form.states)
    requirements = requirements_of(draft)
    taken = {topic.line for topic in draft.topics} | {phase.line for phase in draft.phases}
    return Reading(
        path=text.path,
        family=FAMILY,
        roadmap=ReadRoadmap(title=_title(text, page, taken)),
        phases=tuple(draft.phases),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=tuple(draft.problems),
    )


def _flush(lines: Sequence[str]) -> Sequence[str]:
    """The lines without what stands in front of all of them: an indentation, the sign of a quotation."""
    filled = [line for line in lines if line.strip()]
    if not filled or filled[0][0] not in " \t>":
        return lines
    quoted = all(line.startswith(">") for line in filled)
    cut = 1 if quoted else min(len(line) - len(line.lstrip(" \t")) for line in filled)
    flush = [line[cut:] if line.strip() else "" for line in lines]
    return _flush(flush) if quoted else flush


def _can_head(line: Line) -> bool:
    """Whether a line can be the title of the whole: words, and not "Slide 1" alone."""
    bare_label = len(line.text.split()) == _LABEL_WORDS and line.text.split()[1].isdigit()
    # "Home" and an arrow with "Back to the blog" are the site's.
    site = is_furniture(title_of(line.text)) and (len(line.text.split()) == 1 or not line.raw.strip()[0].isalnum())
    return line.kind not in {"noise", "prose"} and any(map(str.isalpha, line.text)) and not bare_label and not site


def _title_cell(line: Line) -> str:
    """Of a running head with words at both ends, the title is what is not set in capitals as a publisher is."""
    cells = [cell for cell in _WIDE_GAP.split(line.raw.strip()) if cell]
    small = [cell for cell in cells if not is_capital(cell)]
    return line.text if len(cells) != 2 or not small else small[-1]  # noqa: PLR2004


def _subject(page: Page) -> str:
    """What a letter is about."""
    heads = [line.raw.strip() for line in page.lines[:MAX_ABOVE]]
    said = next((head for head in heads if head.startswith("Subject: ")), "")
    return said.removeprefix("Subject: ") if any(head.startswith(("From: ", "Date: ")) for head in heads) else ""


def _title(text: Text, page: Page, taken: Collection[int] = ()) -> str:
    if subject := _subject(page):
        return title_of(subject)
    first = _below_site(page, taken) or next((line for line in page.lines if _can_head(line)), None)
    if page.lines and phase_of(page.lines[0].text) is not None and not _can_head(page.lines[0]):
        # It begins with its first stage: nothing stands above to be a title.
        first = None
    return (title_of(_title_cell(first)) if first is not None else "") or PurePosixPath(text.path).stem


def _below_site(page: Page, taken: Collection[int]) -> Line | None:
    """The title below short names that say where the page stands in its site; None when no button stands there too.

    Args:
        page: the document.
        taken: the lines of its topics and stages.
    """
    above = buttons = 0
    for line in page.lines[:MAX_ABOVE]:
        if line.number in taken or line.kind in {"prose", "field"}:
            return None
        if line.kind == "noise" or not _can_head(line):
            buttons += 1
        elif len(line.text.split()) > _LABEL_WORDS:
            return line if above and buttons else None
        else:
            above += 1
    return None
