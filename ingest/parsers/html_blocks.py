"""The blocks of an HTML page as Markdown lines: headings, lists, tables, definitions, folded parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.fields import field_of
from ingest.parsers.html_inline import Inliner, Words, guarded
from ingest.parsers.html_main import is_noise, only_links_inside
from ingest.parsers.html_rows import rows_of
from ingest.parsers.titles import looks_like_title

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "blockquote",
        "details",
        "summary",
        "pre",
        "hr",
        "address",
        "center",
        "hgroup",
        "fieldset",
        "form",
        "search",
        "aside",
        "nav",
        "footer",
        "figure",
        "tbody",
        "tr",
        "td",
    }
)
_LAYOUT = ["table", "h1", "h2", "h3"]
_DRAWINGS = {"mermaid": "mermaid", "dot": "dot", "graphviz": "dot", "gv": "dot"}
_BULLETS = ("\u2022", "\u00b7", "\u2023", "\u25aa", "\u25cf", "\u25e6", "\u2013", "- ", "+ ", "\\* ")
MIN_BROKEN = 3
"""Short lines between `<br>` that make a list without bullets."""
MAX_BROKEN_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Here:
    """Where in the page an element stands."""

    prefix: str = ""
    depth: int = 0
    in_list: bool = False
    width: int = 2
    """Of the marker of the list's bullets."""

    def deeper(self) -> _Here:
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class Page:
    """A page on its way to Markdown."""

    inliner: Inliner
    lines: list[Words] = field(default_factory=list)
    marker: str = ""
    """Of the bullet whose first line comes next."""


def write_children(page: Page, tag: Tag, here: _Here | None = None) -> None:
    """Write everything that stands in an element."""
    here = here or _Here()
    run: list[object] = []
    for node in tag.children:
        if isinstance(node, Tag) and _is_block(node):
            _flush(page, run, here)
            run = []
            _write(page, node, here)
        elif isinstance(node, Tag) or type(node) is NavigableString:
            run.append(node)
    _flush(page, run, here)


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS or (tag.name not in {"br", "input"} and tag.find(list(_BLOCKS)) is not None)


def _write(page: Page, tag: Tag, here: _Here) -> None:
    if not page.inliner.enter(tag, here.depth) or is_noise(tag):
        page.inliner.skip(tag)
        return
    _WRITERS.get(tag.name, write_children)(page, tag, here.deeper())


def _flush(page: Page, run: Sequence[object], here: _Here) -> None:
    words = page.inliner.children(run, here.depth)
    lines = [line for line in words.lines() if line.text.strip("\\ ")]
    if not lines:
        return
    if _is_broken_list(lines):
        _broken_list(page, lines, here)
        return
    _blank(page, here)
    for line in lines:
        _put(page, guarded(line), here)


def _is_broken_list(lines: Sequence[Words]) -> bool:
    """Whether lines between `<br>` are a list: with bullets, or several short titles."""
    texts = [line.text for line in lines]
    if sum(text.startswith(_BULLETS) for text in texts) >= max(2, len(texts) - 1):
        return True
    short = all(
        looks_like_title(text) and len(text.split()) <= MAX_BROKEN_WORDS and field_of(text) is None for text in texts
    )
    return short and len(texts) >= MIN_BROKEN and not any(text.endswith(",") for text in texts)


def _broken_list(page: Page, lines: Sequence[Words], here: _Here) -> None:
    bullets = any(line.text.startswith(_BULLETS) for line in lines)
    _blank(page, here)
    if page.marker:
        _put(page, guarded(lines[0]), here)
        lines = lines[1:]
    for line in lines:
        sign = next((each for each in _BULLETS if line.text.startswith(each)), "")
        if bullets and not sign:
            _put(page, guarded(line), here)
            _blank(page, here)
            continue
        page.marker = "- "
        _put(page, guarded(line.part(len(sign), len(line.signs)).stripped()), here)


def _put(page: Page, words: Words, here: _Here) -> None:
    """Write one line; a bullet that waits for its first line gets it."""
    line = Words()
    if page.marker:
        line.add(here.prefix[: len(here.prefix) - len(page.marker)] if here.in_list else here.prefix)
        line.add(page.marker)
        page.marker = ""
    else:
        line.add(here.prefix)
    line.join(words)
    page.lines.append(line)


def _blank(page: Page, here: _Here) -> None:
    if not page.marker and page.lines:
        line = Words()
        line.add(here.prefix.rstrip())
        page.lines.append(line)


def _heading(page: Page, tag: Tag, here: _Here) -> None:
    words = _one_line(page.inliner.children(list(tag.children), here.depth))
    if not words.text.strip("\\ "):
        return
    _blank(page, here)
    line = Words()
    if here.in_list:
        line.add("**")
        line.join(words)
        line.add("**")
    else:
        line.add(f"{'#' * int(tag.name[1])} ")
        line.join(words)
        # Signs at the end would be taken for the end of the heading.
        line.add(" #" if words.text.endswith("#") else "")
    _put(page, line, here)
    _blank(page, here)


def _one_line(words: Words) -> Words:
    return Words([" " if sign == "\n" else sign for sign in words.signs], list(words.places)).stripped()


def _list(page: Page, tag: Tag, here: _Here) -> None:
    if only_links_inside(tag):
        page.inliner.skip(tag)
        return
    if not here.in_list:
        _blank(page, here)
    number = _start(tag)
    for node in tag.children:
        if not isinstance(node, Tag):
            continue
        if node.name in {"ul", "ol"}:
            # A list in a list without a bullet belongs to the bullet above.
            _write(page, node, replace(here.deeper(), prefix=f"{here.prefix}  ", in_list=True))
        elif not is_noise(node):
            page.inliner.enter(node, here.depth)
            _item(page, node, f"{number}. " if tag.name == "ol" else "- ", here)
            number += 1
        else:
            page.inliner.skip(node)


def _start(tag: Tag) -> int:
    start = str(tag.get("start", "1"))
    return min(int(start), 99_999) if start.isascii() and start.isdigit() else 1


def _item(page: Page, tag: Tag, marker: str, here: _Here) -> None:
    page.marker = marker
    width = len(marker)
    write_children(page, tag, replace(here.deeper(), prefix=here.prefix + " " * width, in_list=True, width=width))
    page.marker = ""


def _loose_item(page: Page, tag: Tag, here: _Here) -> None:
    """Write a bullet whose predecessor was not closed: it stands in it, but is meant to stand beside it."""
    if here.in_list:
        page.marker = "-".ljust(here.width)
    write_children(page, tag, here)


def _definitions(page: Page, tag: Tag, here: _Here) -> None:
    if not here.in_list:
        _blank(page, here)
    inside = replace(here.deeper(), prefix=f"{here.prefix}  ", in_list=True)
    term: Words | None = None
    for node in _terms(tag):
        page.inliner.enter(node, here.depth)
        if node.name == "dt":
            _term(page, term, inside)
            term = _one_line(page.inliner.children(list(node.children), here.depth))
        elif any(isinstance(each, Tag) and _is_block(each) for each in node.children):
            _term(page, term, inside, colon=True)
            term = None
            write_children(page, node, inside)
        elif term is not None:
            words = _one_line(page.inliner.children(list(node.children), here.depth))
            _term(page, term, inside, words, colon=True)
            term = None
        else:
            write_children(page, node, inside)
    _term(page, term, inside)


def _terms(tag: Tag) -> Iterator[Tag]:
    for node in tag.children:
        if isinstance(node, Tag) and node.name in {"dt", "dd"}:
            yield node
        elif isinstance(node, Tag) and node.name == "div":
            yield from (each for each in node.children if isinstance(each, Tag) and each.name in {"dt", "dd"})


def _term(page: Page, term: Words | None, here: _Here, meaning: Words | None = None, *, colon: bool = False) -> None:
    if term is None or not term.text.strip("\\ *:"):
        return
    line = Words()
    bold = "**" in term.text
    line.add("" if bold else "**")
    line.join(term)
    line.add("" if bold else "**")
    line.add(":" if colon and not term.text.endswith(":") else "")
    if meaning is not None and meaning.text:
        line.add(" ")
        line.join(meaning)
    page.marker = "- "
    _put(page, line, here)


def _table(page: Page, tag: Tag, here: _Here) -> None:
    if here.in_list or tag.find(_LAYOUT) is not None:
        for cell in tag.find_all(["td", "th"]):
            if cell.find_parent("table") is tag:
                page.inliner.enter(cell, here.depth)
                write_children(page, cell, here)
        return
    rows = rows_of(tag, page.inliner, here.depth)
    if not rows:
        return
    _blank(page, here)
    width = max(map(len, rows))
    for at, cells in enumerate(rows):
        line = Words()
        line.add("| ")
        for index in range(width):
            line.join(cells[index] if index < len(cells) else Words())
            line.add(" | ")
        _put(page, line, here)
        if at == 0:
            rule = Words()
            rule.add(f"|{'---|' * width}")
            _put(page, rule, here)


def _quote(page: Page, tag: Tag, here: _Here) -> None:
    _blank(page, here)
    marker, page.marker = page.marker, ""
    if marker:
        here = replace(here, prefix=here.prefix[: len(here.prefix) - len(marker)] + marker)
    write_children(page, tag, replace(here, prefix=f"{here.prefix}> "))


def _details(page: Page, tag: Tag, here: _Here) -> None:
    summary = next((each for each in tag.children if isinstance(each, Tag) and each.name == "summary"), None)
    heading = summary is not None and summary.find(list(_HEADINGS)) is not None
    if summary is None or heading or here.in_list or here.prefix:
        write_children(page, tag, here)
        return
    page.inliner.enter(summary, here.depth)
    words = _one_line(page.inliner.children(list(summary.children), here.depth))
    line = Words()
    line.add("<summary>")
    # In HTML nothing is escaped by a stroke, and a tag would end the summary.
    for sign, place in zip(words.signs, words.places, strict=True):
        if sign not in "<*" and not (sign == "\\" and place < 0):
            line.add(sign, [place])
    line.add("</summary>")
    summary.extract()
    page.lines += [Words(), line, Words()]
    write_children(page, tag, here)
    closing = Words()
    closing.add("</details>")
    page.lines += [Words(), closing, Words()]


def _code(page: Page, tag: Tag, here: _Here) -> None:
    names = " ".join(str(each.get("class", "")) for each in (tag, *tag.find_all("code", limit=3))).casefold()
    language = next((name for word, name in _DRAWINGS.items() if _has_word(names, word)), "")
    if not language or here.prefix:
        page.inliner.skip(tag)
        return
    fence = Words()
    fence.add("```")
    opening = Words()
    opening.add(f"```{language}")
    page.lines += [Words(), opening]
    line = Words()
    for node in tag.descendants:
        if isinstance(node, Tag):
            page.inliner.enter(node, here.depth)
        elif type(node) is NavigableString:
            raw = str(node)
            for sign, place in zip(raw, page.inliner.source.find(raw), strict=True):
                if sign == "\n":
                    page.lines.append(line)
                    line = Words()
                else:
                    line.add(sign, [place])
    page.lines += [line, fence, Words()]


def _has_word(names: str, word: str) -> bool:
    return any(name.strip("[]',").removeprefix("language-").removeprefix("lang-") == word for name in names.split())


def _rule(page: Page, _tag: Tag, here: _Here) -> None:
    _blank(page, here)


_WRITERS: Mapping[str, Callable[[Page, Tag, _Here], None]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    "ul": _list,
    "ol": _list,
    "li": _loose_item,
    "dl": _definitions,
    "table": _table,
    "blockquote": _quote,
    "details": _details,
    "pre": _code,
    "hr": _rule,
}
