"""The blocks of an HTML page as Markdown lines: headings, lists, paragraphs, folded parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.beside import announces, tells_time, with_stage
from ingest.parsers.html.facts import facts_in, only_counts
from ingest.parsers.html.headings import is_titled, write_heading, write_titled, write_toggle
from ingest.parsers.html.main import BLOCKS, HEADINGS, is_toggle, only_links_inside
from ingest.parsers.html.names import listed, names_note, names_of, names_title
from ingest.parsers.html.parts import write_code, write_definitions, write_table
from ingest.parsers.html.runs import (
    SIGNS,
    bullet_sign,
    chips_of,
    is_broken_list,
    joined,
    labelled_of,
    only_jumps,
    parted,
)
from ingest.parsers.html.titles import belongs_to_next
from ingest.parsers.html.words import Words, guarded
from ingest.parsers.html.writing import Here, Page, add, blank, flush_label, let_wait, one_line, put
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, field_of, heading_field

MAX_JOINT = 6
"""Letters of a bullet that may only join others."""
MIN_HEADED = 2
"""Bullets with headings, from which on their list only places them."""
_NESTED = re.compile(r"(?:^|\s)lst-[\w-]{1,60}-([1-8])(?:\s|$)")
"""A list inside of another one, as a word processor exports it: beside it, with its depth in its class."""
_LEVEL = re.compile(r"level([1-9])")


def write_children(page: Page, tag: Tag, here: Here | None = None) -> None:
    """Write everything that stands in an element."""
    here = here or Here()
    chips = chips_of(tag, page.inliner.survey)
    if chips:
        _write_chips(page, chips, here)
        return
    run: list[object] = []
    for node in tag.children:
        if isinstance(node, Tag) and _is_block(page, node):
            _flush(page, run, here)
            run = []
            _write(page, node, here)
        elif isinstance(node, Tag) or type(node) is NavigableString:
            run.append(node)
    _flush(page, run, here)


def _is_block(page: Page, tag: Tag) -> bool:
    survey = page.inliner.survey
    return tag.name in BLOCKS or survey.holds_block(tag) or is_toggle(tag) or id(tag) in survey.cards


def _write(page: Page, tag: Tag, here: Here) -> None:
    if not page.inliner.enter(tag, here.depth) or page.inliner.survey.is_noise(tag):
        page.inliner.skip(tag)
        return
    writer = _WRITERS.get(tag.name)
    if writer is None or tag.name == "p":
        writer = _named_writer(page, tag, here) or writer or write_children
    writer(page, tag, here.deeper())


def _named_writer(page: Page, tag: Tag, here: Here) -> Callable[[Page, Tag, Here], None] | None:
    """What writes an element that only its class or role tells apart."""
    if here.in_list or here.prefix:
        return None
    if tag.get("role") == "heading":
        return write_heading
    names = names_of(tag)
    if names_note(names):
        return _note
    titled = tag.name in {"p", "div"} and names_title(names) and is_titled(page, tag)
    return write_titled if titled or id(tag) in page.inliner.survey.cards else None


def _flush(page: Page, run: Sequence[object], here: Here) -> None:
    """Write a run of words and inline elements."""
    if not any(isinstance(node, Tag) or str(node).strip() for node in run):
        return
    if not here.in_list and only_jumps(run) and not page.is_captioned:
        page.inliner.children(run, here.depth)
        return
    labelled = labelled_of(run)
    words = _labelled(page, *labelled, here) if labelled is not None else page.inliner.children(run, here.depth)
    lines = [line for line in words.lines() if any(map(str.isalnum, line.text))]
    if not lines:
        return
    if len(lines) == 1 and not here.in_list and announces(page, run, lines[0]):
        return
    if len(lines) == 1 and _finds_its_place(page, with_stage(lines[0], run), run, here):
        return
    if is_broken_list(lines):
        _broken_list(page, lines, here)
        return
    _paragraph(page, lines, here)


def _paragraph(page: Page, lines: Sequence[Words], here: Here) -> None:
    blank(page, here)
    if len(lines) > 1 and not page.marker:
        lines = [line for line in lines if not only_counts(line.text)]
    if page.marker and len(lines) > 1 and field_of(lines[1].text) is None:
        lines = [*joined(lines[0], lines[1]), *lines[2:]]
    for at, line in enumerate(lines):
        for piece in parted(line):
            if piece.signs:
                put(page, guarded(piece), here)
            else:
                blank(page, here)
        if at + 1 < len(lines) and _ends_field(line.text, lines[at + 1].text):
            blank(page, here)


def _ends_field(text: str, following: str) -> bool:
    """Whether a line says what is required, and the next line of the paragraph says something else."""
    field = field_of(text)
    if field is None or not field.value or field.kind not in REQUIREMENT_KINDS or text.endswith((",", ";")):
        return False
    return not following[:1].islower() and field_of(following) is None


def _finds_its_place(page: Page, line: Words, run: Sequence[object], here: Here) -> bool:
    """Whether a line belongs to the heading above it or to what follows."""
    if here.in_list or page.marker:
        return False
    text = line.text
    if page.headed and tells_time(page, line, run):
        return True
    if text[0] in SIGNS and len(text) > 1:
        _broken_list(page, [line], here)
        return True
    if page.waiting is not None and heading_field(page.waiting.text.strip("* ")) is not None:
        return False
    if belongs_to_next(text) and not text.rstrip("* ").endswith(":"):
        let_wait(page, line, here)
        return True
    return False


def _labelled(page: Page, label: Tag, values: Sequence[Tag], here: Here) -> Words:
    """The line "Prerequisites: A, B" of boxes that only their borders part."""
    words = Words()
    for at, tag in enumerate((label, *values)):
        piece = one_line(page.inliner.children([tag], here.depth))
        if not piece.signs:
            continue
        if at:
            words.add(": " if at == 1 and not words.text.rstrip("* ").endswith(":") else " " if at == 1 else ", ")
        words.join(piece)
    return words


def _write_chips(page: Page, chips: Sequence[Tag], here: Here) -> None:
    flush_label(page, here)
    blank(page, here)
    for chip in chips:
        page.inliner.enter(chip, here.depth)
        inside = [chip] if chip.name == "a" else list(chip.children)
        words = one_line(page.inliner.children(inside, here.depth))
        if words.signs:
            page.marker = "- "
            put(page, guarded(words), replace(here, prefix=f"{here.prefix}  ", in_list=True))


def _broken_list(page: Page, lines: Sequence[Words], here: Here) -> None:
    bullets = any(bullet_sign(line.text) for line in lines)
    flush_label(page, here)
    blank(page, here)
    if page.marker:
        put(page, guarded(lines[0]), here)
        lines = lines[1:]
    for line in lines:
        sign = bullet_sign(line.text)
        if bullets and not sign:
            put(page, guarded(line), here)
            blank(page, here)
            continue
        page.marker = "- "
        put(page, guarded(line.part(len(sign), len(line.signs)).stripped()), here)


def _note(page: Page, tag: Tag, here: Here) -> None:
    """Write a note that stands out: what its title says it holds is read, its other words are no description."""
    survey = page.inliner.survey
    title = next((each for each in tag.find_all(True, limit=4) if _is_note_title(each)), None)
    named = title is not None and heading_field(" ".join(title.get_text().split()).strip(" :")) is not None
    listing = not named and tag.find(["ul", "ol", "table", "dl"]) is not None
    if listing or (survey.holds_heading(tag) and not _only_asks(tag)):
        write_children(page, tag, here)
        return
    flush_label(page, here)
    blank(page, here)
    quoted = replace(here, prefix="> ")
    if named and title is not None:
        page.inliner.enter(title, here.depth)
        page.waiting = _without_colon(one_line(page.inliner.children(list(title.children), here.depth)))
        title.clear()
    write_children(page, tag, quoted)
    flush_label(page, quoted)
    blank(page, here)


def _only_asks(tag: Tag) -> bool:
    """Whether the headings of a note ask its reader something: "Looking for a mentor?"."""
    return all(each.get_text().strip().endswith("?") for each in tag.find_all(list(HEADINGS)))


def _without_colon(words: Words) -> Words:
    end = len(words.text.rstrip(": "))
    return words.part(0, end)


def _is_note_title(tag: Tag) -> bool:
    return tag.name in {"strong", "b"} or bool(names_title(names_of(tag)))


def _list(page: Page, tag: Tag, here: Here) -> None:
    if only_links_inside(tag, page.inliner.survey) and not page.is_captioned:
        page.inliner.skip(tag)
        return
    flush_label(page, here)
    if not here.in_list and not here.prefix and _places_headings(page, tag):
        for node in tag.children:
            if isinstance(node, Tag):
                _write(page, node, here)
        return
    nested = _NESTED.search(" ".join(names_of(tag)))
    if nested is not None and not here.in_list and page.lines:
        here = replace(here, prefix=f"{here.prefix}{'   ' * int(nested[1])}", in_list=True)
    elif not here.in_list:
        blank(page, here)
    _bullets(page, tag, here)


def _bullets(page: Page, tag: Tag, here: Here) -> None:
    number = _start(tag)
    # Letters tell parts apart, numbers may be steps.
    counted = tag.name == "ol" and str(tag.get("type", "1")) == "1"
    facts = facts_in([node for node in tag.children if isinstance(node, Tag) and node.name == "li"])
    for node in tag.children:
        if not isinstance(node, Tag):
            continue
        if node.name in {"ul", "ol"}:
            # A list in a list without a bullet belongs to the bullet above.
            _write(page, node, replace(here.deeper(), prefix=f"{here.prefix}  ", in_list=True))
        elif not (page.inliner.survey.is_noise(node) or _only_joins(page, node) or id(node) in facts):
            page.inliner.enter(node, here.depth)
            _item(page, node, f"{number}. " if counted else "- ", here)
            number += 1
        else:
            page.inliner.skip(node)


def _only_joins(page: Page, tag: Tag) -> bool:
    """Whether a bullet says nothing but "or"."""
    short = page.inliner.survey.letters(tag) <= MAX_JOINT
    return short and tag.get_text().strip().casefold() in listed("elements", "joints")


def _places_headings(page: Page, tag: Tag) -> bool:
    """Whether a list only places parts that have headings of their own."""
    items = [node for node in tag.children if isinstance(node, Tag) and node.name == "li"]
    headed = sum(map(page.inliner.survey.holds_heading, items))
    return headed >= MIN_HEADED and headed * 2 > len(items)


def _start(tag: Tag) -> int:
    start = str(tag.get("start", "1"))
    return min(int(start), 99_999) if start.isascii() and start.isdigit() else 1


def _item(page: Page, tag: Tag, marker: str, here: Here) -> None:
    page.marker = marker
    width = len(marker)
    inside = replace(here.deeper(), prefix=here.prefix + " " * width, in_list=True, marker=marker)
    write_children(page, tag, inside)
    flush_label(page, inside)
    page.marker = ""


def _loose_item(page: Page, tag: Tag, here: Here) -> None:
    """Write a bullet whose predecessor was not closed: it stands in it, but is meant to stand beside it."""
    if here.in_list:
        page.marker = here.marker
    write_children(page, tag, here)


def _quote(page: Page, tag: Tag, here: Here) -> None:
    flush_label(page, here)
    blank(page, here)
    marker, page.marker = page.marker, ""
    if marker:
        here = replace(here, prefix=here.prefix[: len(here.prefix) - len(marker)] + marker)
    inside = replace(here, prefix=f"{here.prefix}> ")
    write_children(page, tag, inside)
    flush_label(page, inside)


def _details(page: Page, tag: Tag, here: Here) -> None:
    summary = next((each for each in tag.children if isinstance(each, Tag) and each.name == "summary"), None)
    heading = summary is not None and page.inliner.survey.holds_heading(summary)
    if summary is None or heading or here.in_list or here.prefix:
        write_children(page, tag, here)
        return
    flush_label(page, here)
    page.inliner.enter(summary, here.depth)
    words = one_line(page.inliner.children(list(summary.children), here.depth))
    line = Words()
    line.add("<summary>")
    # In HTML nothing is escaped by a stroke, and a tag would end the summary.
    for sign, place in zip(words.signs, words.places, strict=True):
        if sign not in "<*" and not (sign == "\\" and place < 0):
            line.add(sign, [place])
    line.add("</summary>")
    summary.extract()
    _apart(page, line)
    write_children(page, tag, here)
    flush_label(page, here)
    closing = Words()
    closing.add("</details>")
    _apart(page, closing)


def _apart(page: Page, words: Words) -> None:
    for line in (Words(), words, Words()):
        add(page, line)


def _paragraph_element(page: Page, tag: Tag, here: Here) -> None:
    """Write a paragraph; a word processor writes bullets as paragraphs with a sign and a depth."""
    level = _LEVEL.search(str(tag.get("style", ""))) if "mso-list" in str(tag.get("style", "")) else None
    if level is None or here.in_list or here.prefix:
        write_children(page, tag, here)
        return
    words = one_line(page.inliner.children(list(tag.children), here.depth))
    sign = 1 + next((at for at, each in enumerate(words.text) if each == " "), 0)
    prefix = "   " * (int(level[1]) - 1)
    if level[1] == "1" and not any(line.text.lstrip().startswith("- ") for line in page.lines[-1:]):
        blank(page, here)
    page.marker = "- "
    put(page, guarded(words.part(sign, len(words.signs)).stripped()), replace(here, prefix=f"{prefix}  ", in_list=True))


def _button(page: Page, tag: Tag, here: Here) -> None:
    writer = write_children if page.inliner.survey.holds_heading(tag) else write_toggle
    writer(page, tag, here)


def _rule(page: Page, _tag: Tag, here: Here) -> None:
    flush_label(page, here)
    blank(page, here)


def _definitions(page: Page, tag: Tag, here: Here) -> None:
    write_definitions(page, tag, here, write_children)


def _table(page: Page, tag: Tag, here: Here) -> None:
    write_table(page, tag, here, write_children)


_WRITERS: Mapping[str, Callable[[Page, Tag, Here], None]] = {
    **dict.fromkeys(HEADINGS, write_heading),
    "ul": _list,
    "ol": _list,
    "li": _loose_item,
    "dl": _definitions,
    "table": _table,
    "blockquote": _quote,
    "details": _details,
    "pre": write_code,
    "hr": _rule,
    "button": _button,
    "p": _paragraph_element,
}
