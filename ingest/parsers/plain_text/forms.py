"""The forms that plain text takes: each says how well it explains a document, the best one reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ingest.parsers.outline.draft import Draft
from ingest.parsers.plain_text import headed as bare
from ingest.parsers.plain_text import nested, tables
from ingest.parsers.plain_text.blocks import read_blocks
from ingest.parsers.plain_text.counted import counted, labelled, read_labelled
from ingest.parsers.plain_text.dense import is_marked
from ingest.parsers.plain_text.entries import fielded
from ingest.parsers.plain_text.listed import codes, contents, paged, repeated
from ingest.parsers.plain_text.page import Page
from ingest.parsers.plain_text.pairs import has_signed_headings, read_items, read_pairs, share_of_items, share_of_pairs
from ingest.parsers.plain_text.picks import HEAD, Pick, build, stage_of, with_groups
from ingest.parsers.plain_text.shown import LISTED, shows_blocks
from ingest.parsers.plain_text.stages import stages
from ingest.parsers.plain_text.topics import numbered_lines, read_numbered
from ingest.parsers.plain_text.units import units
from ingest.parsers.wording.titles import is_furniture

CONVINCING = 0.5
MOSTLY = 0.55
"""Of the lines that are no sentences: so many "Title - description" below emoji make an index."""
MIN_ANEW = 2
MIN_TOLD = 2
"""Requirements from which on the items have more to say than a title and a description."""
MIN_TAGS = 5
"""From so many on, tags and buttons are part of a document's skeleton."""
Picks = Mapping[int, Sequence[Pick]]


class Form(NamedTuple):
    """A form of plain text."""

    name: str
    score: Callable[[Page], float]
    """How well it explains the document, from 0 to 1."""
    read: Callable[[Page, Draft], None]
    states: bool = False
    """Reading it finds what is required too."""


def best(page: Page) -> Form | None:
    """The form that explains a document best, or None when none is convincing."""
    scores = [(form.score(page), form) for form in FORMS]
    highest = max(score for score, _ in scores)
    return next(form for score, form in scores if score == highest) if highest >= CONVINCING else None


def coverage(page: Page, picks: Sequence[Pick], *, leaves: bool = False) -> float:
    """How many of the lines that say something the picks explain; a sentence below a pick belongs to it.

    Args:
        page: the document.
        picks: what a form takes.
        leaves: nothing has to explain what stands below "Resources:".
    """
    topics = sum(pick.stage is None and pick.level > HEAD and not is_furniture(pick.title) for pick in picks)
    if topics < 3:  # noqa: PLR2004
        return 0
    taken = {pick.line.number for pick in picks}
    timed = {pick.line.number for pick in picks if pick.hours is not None}
    explained = relevant = 0
    left = False
    for at, line in enumerate(page.lines):
        left = leaves and line.number not in taken and (is_furniture(line.text) or (left and not page.blank_before(at)))
        if line.number in taken:
            explained, relevant = explained + 1, relevant + 1
        elif left:
            continue
        elif line.kind in {"title", "other", "code"} and not nested.is_drawing(line):
            # The first line is the title of the whole; captions that repeat and furniture are no form's.
            relevant += at > 0 and not line.repeated and not is_furniture(line.text)
        elif line.kind == "duration":
            told = any(each.number in timed for each in page.lines[max(0, at - 2) : at])
            explained, relevant = explained + told, relevant + 1
        elif line.kind == "prose" and at and page.lines[at - 1].number not in taken:
            relevant += 1
    return explained / max(1, relevant)


def _form(
    name: str,
    find: Callable[[Page], Picks],
    weight: float = 1,
    *,
    heads: bool = True,
    leaves: bool = False,
    score: Callable[[Page, Picks], float] | None = None,
) -> Form:
    """A form that finds lines; stages and the headings above runs of lines are added to them."""

    def rate(page: Page) -> float:
        picks = find(page)
        if not picks:
            return 0
        said = score(page, picks) if score is not None else 0
        return max(said, weight * coverage(page, with_groups(page, picks, heads=heads), leaves=leaves))

    def read(page: Page, draft: Draft) -> None:
        build(with_groups(page, find(page), heads=heads), page, draft)

    return Form(name, rate, read)


def _grid(name: str, find: Callable[[Page], tables.Grid | None]) -> Form:
    def rate(page: Page) -> float:
        grid = find(page)
        return 0.5 + grid.share / 2 if grid is not None and grid.share > 0.3 else 0  # noqa: PLR2004

    def read(page: Page, draft: Draft) -> None:
        grid = find(page)
        if grid is not None:
            tables.read_grid(grid, draft)

    return Form(name, rate, read)


def _labelled_score(page: Page) -> float:
    if not labelled(page):
        return 0
    # Where a count begins anew in each chapter, and stands apart as headings do, the chapters are not all there is.
    firsts = sum(
        line.text.startswith("1. ") and page.blank_before(at) and page.blank_before(min(at + 1, len(page.lines) - 1))
        for at, line in enumerate(page.lines)
    )
    return 0.96 if firsts < MIN_ANEW else CONVINCING


def _read_labelled(page: Page, draft: Draft) -> None:
    build(read_labelled(page, labelled(page)), page, draft)


def _numbered_score(page: Page) -> float:
    return 0.98 if len(numbered_lines(page.source)) > 2 else 0  # noqa: PLR2004


def _staged(page: Page) -> int:
    return sum(stage_of(line) is not None for line in page.lines)


def _items_score(page: Page) -> float:
    share = share_of_items(_unwrapped(page)) if _staged(page) < 3 else 0  # noqa: PLR2004
    # Of the lines that are no sentences; an item may look like one.
    share *= len(page.lines) / max(1, len(page.lines) - page.kinds("prose", "noise")) if share else 1
    told = sum("equire" in line.text for line in page.lines)
    if share >= MOSTLY and told < MIN_TOLD and not is_marked(page) and has_signed_headings(page.source):
        return LISTED
    return 0.6 + min(share, 1) * 0.4 if share >= 0.3 else 0  # noqa: PLR2004


def _pairs_score(page: Page) -> float:
    if _staged(page) > 1:
        return 0
    share = share_of_pairs(_unwrapped(page))
    tags = page.kinds("noise", "duration") + sum(line.repeated for line in page.lines)
    cleared = share_of_pairs(_without_tags(page)) if tags >= MIN_TAGS else 0
    # Tags, buttons and durations on cards are no pairs; a text that needs them gone is less certain.
    return max(0.5 + share * 0.45 if share >= 0.5 else 0, 0.5 + cleared * 0.35 if cleared >= 0.5 else 0)  # noqa: PLR2004


def _without_tags(page: Page) -> list[str]:
    """The lines of a document with those empty that are buttons, durations, fields or stand in many entries."""
    kinds = {"noise", "duration", "field", "value"}
    gone = {line.number for line in page.lines if line.kind in kinds or line.repeated}
    return ["" if number in gone else raw for number, raw in enumerate(_unwrapped(page), start=1)]


def _unwrapped(page: Page) -> Sequence[str]:
    """The lines of a document, those that are wrapped over several as one."""
    wrapped = [line for line in page.lines if line.last > line.number]
    if not wrapped:
        return page.source
    lines = list(page.source)
    for line in wrapped:
        lines[line.number - 1 : line.last] = [" ".join(line.raw.split()), *[""] * (line.last - line.number)]
    return lines


def _stages_score(page: Page) -> float:
    picks = stages(page)
    counted_ = sum(pick.stage is not None for pick in picks)
    # Stages with topics below each are a shape of their own, whatever else is said about them.
    floor = 0.7 if counted_ > 1 and len(picks) - counted_ >= max(counted_, 3) else 0
    return max(floor, 0.93 * coverage(page, picks))


def _read_stages(page: Page, draft: Draft) -> None:
    build(stages(page), page, draft)


def _apart(page: Page, picks: Picks) -> float:
    """Counted headings over prose: each stands below an empty line or above a sentence."""
    tops = [at for at, group in picks.items() if group[0].level == 0]
    apart = sum(_stands_apart(page, at) for at in tops)
    single = sum(picks[at][0].number == "1" for at in tops) == 1
    if len(tops) < 3 or not single or apart * 10 < len(tops) * 7:  # noqa: PLR2004
        return 0
    if _goes_through(page, picks):
        return 0.95
    return 0.9 if len(tops) * 5 >= sum(line.name for line in page.lines) else CONVINCING


def _goes_through(page: Page, picks: Picks) -> bool:
    """The count does not begin again with each stage, and nothing else below the stages could be a topic."""
    numbers = [group[0].number for group in picks.values()]
    others = [
        line
        for at, line in enumerate(page.lines[1:], start=1)
        if at not in picks and (line.name or line.glyph) and stage_of(line) is None
    ]
    return _staged(page) > 1 and not others and numbers == [str(each) for each in range(1, len(numbers) + 1)]


def _stands_apart(page: Page, at: int) -> bool:
    following = page.lines[at + 1].kind if at + 1 < len(page.lines) else "blank"
    return following in {"prose", "field"} or (
        page.blank_before(at) and at + 1 < len(page.lines) and page.blank_before(at + 1)
    )


def _catalogue(page: Page, picks: Picks) -> float:
    return 0.95 if len(picks) > 2 and len(picks) * 5 >= page.kinds("title", "other") else 0  # noqa: PLR2004


def _paged(page: Page, picks: Picks) -> float:
    return 0.95 if picks and len(paged(page)) * 2 >= len(page.lines) else 0


def _drawn(page: Page, picks: Picks) -> float:
    return 0.95 if len(picks) * 3 >= page.kinds("title", "other") else 0


def _marked(page: Page, _picks: Picks) -> float:
    return 0.85 if page.lines else 0


def _skeletal(_page: Page, picks: Picks) -> float:
    return min(0.9, 0.75 + len(picks) / 100)


def _over_prose(page: Page, picks: Picks) -> float:
    """Bare titles over prose: most of the titles are, and few of them are furniture."""
    names = sum(line.name for line in page.lines)
    kept = sum(not is_furniture(group[0].title) for group in picks.values())
    return 0.55 if kept * 5 >= names * 3 and kept * 3 >= len(picks) * 2 else 0


def _asked(page: Page, picks: Picks) -> float:
    return 0.9 if len(picks) * 4 >= page.kinds("title", "other") else 0


FORMS: Sequence[Form] = (
    Form("numbered", _numbered_score, lambda page, draft: read_numbered(page.source, draft)),
    _grid("columns", tables.columns),
    _grid("cells", tables.cells),
    Form("labelled", _labelled_score, _read_labelled),
    Form("units", lambda page: 0.97 if units(page) else 0, lambda page, draft: build(units(page), page, draft)),
    _form("codes", codes, score=_catalogue),
    _form("repeated", repeated, heads=False, score=lambda _page, picks: 0.97 if picks else 0),
    _form("contents", contents, 0.9, heads=False, score=_paged),
    _form("tree", nested.tree, 0.95, heads=False, score=_drawn),
    _form("boxes", nested.boxes, 0.9, heads=False, score=_drawn),
    Form("items", _items_score, lambda page, draft: read_items(_unwrapped(page), draft)),
    Form("pairs", _pairs_score, lambda page, draft: read_pairs(_without_tags(page), _unwrapped(page), draft)),
    _form("lessons", bare.lessons, 0.96),
    _form("counted", counted, 0.94, leaves=True, score=_apart),
    _form("bullets", nested.bullets, 0.95),
    _form("indented", nested.indented, 0.92, heads=False),
    Form("blocks", shows_blocks, read_blocks, states=True),
    Form("stages", _stages_score, _read_stages),
    _form("capitals", bare.capitals, 0.9, heads=False),
    _form("marked", bare.marked, heads=False, score=_marked),
    _form("skeleton", bare.skeleton, heads=False, score=_skeletal),
    _form("fielded", fielded, heads=False, score=lambda _page, picks: 0.88 if picks else 0),
    _form("questions", bare.questions, score=_asked),
    _form("titles", bare.titles, 0.65, heads=False),
    _form("headed", bare.headed, 0.5, heads=False, score=_over_prose),
)
"""All forms; of equals the first reads the document."""
