"""Definition lists, tables and drawings of an HTML page as Markdown lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bs4 import Tag
from bs4.element import NavigableString

from ingest.parsers.html.facts import are_facts, fact_lines, heads_rows, is_fact, title_in
from ingest.parsers.html.headings import inner_heading
from ingest.parsers.html.rows import CELLS, cell_words, elsewhere, own, rows_of
from ingest.parsers.html.runs import parted
from ingest.parsers.html.titles import can_head, title_of, without_bold
from ingest.parsers.html.words import Words, guarded
from ingest.parsers.html.writing import Here, Page, add, blank, flush_label, one_line, put
from ingest.parsers.wording.fields import field_of

_PIECES = ["p", "ul", "ol", "h4", "h5", "h6"]
MANY_PIECES = 4
"""Blocks in one cell, from which on its table only places them."""
MIN_GROUPED = 3
"""Rows of a table that begins with the title of a part of it."""
MAX_LAYOUT_ROWS = 2
MAX_NAVIGATION = 2000
"""Letters of a cell from which on it is not only the navigation of a page."""
_DRAWINGS = {"mermaid": "mermaid", "dot": "dot", "graphviz": "dot", "gv": "dot"}
Writer = Callable[[Page, Tag, Here], None]


def write_definitions(page: Page, tag: Tag, here: Here, write_children: Writer) -> None:
    """Write a list of terms as bullets with bold titles."""
    flush_label(page, here)
    if not here.in_list:
        blank(page, here)
    inside = replace(here.deeper(), prefix=f"{here.prefix}  ", in_list=True)
    term: Words | None = None
    survey = page.inliner.survey
    terms = list(_terms(tag))
    if not here.in_list and are_facts([node.get_text() for node in terms if node.name == "dt"]):
        _definition_facts(page, terms, here)
        return
    for node in terms:
        page.inliner.enter(node, here.depth)
        if node.name == "dt":
            _term(page, term, inside)
            term = title_of(one_line(page.inliner.children(list(node.children), here.depth)))
        elif survey.holds_block(node):
            _term(page, term, inside, colon=True)
            term = None
            write_children(page, node, inside)
            flush_label(page, inside)
        elif term is not None:
            words = one_line(page.inliner.children(list(node.children), here.depth))
            _term(page, term, inside, words, colon=True)
            term = None
        else:
            write_children(page, node, inside)
    _term(page, term, inside)


def _definition_facts(page: Page, terms: list[Tag], here: Here) -> None:
    pairs: list[tuple[Words, Words]] = []
    for node in terms:
        page.inliner.enter(node, here.depth)
        if node.name == "dt":
            pairs.append((one_line(page.inliner.children(list(node.children), here.depth)), Words()))
        elif pairs:
            value = pairs[-1][1]
            value.add(", " if value.signs else "")
            value.join(cell_words(node, page.inliner, here.depth, first=False))
    write_lines(page, fact_lines(pairs), here)


def _terms(tag: Tag) -> Iterator[Tag]:
    for node in tag.children:
        if isinstance(node, Tag) and node.name in {"dt", "dd"}:
            yield node
        elif isinstance(node, Tag) and node.name == "div":
            yield from (each for each in node.children if isinstance(each, Tag) and each.name in {"dt", "dd"})


def _term(page: Page, term: Words | None, here: Here, meaning: Words | None = None, *, colon: bool = False) -> None:
    if term is None or not term.text.strip("\\ *:"):
        return
    line = Words()
    line.add("**")
    line.join(without_bold(term))
    line.add("**")
    line.add(":" if colon and not term.text.strip("* ").endswith(":") else "")
    rest = list(parted(meaning)) if meaning is not None and meaning.text else []
    if rest and rest[0].signs:
        line.add(" ")
        line.join(rest[0])
    page.marker = "- "
    put(page, line, here)
    for each in rest[1:]:
        if each.signs:
            put(page, guarded(each), here)
        else:
            blank(page, here)


def write_table(page: Page, tag: Tag, here: Here, write_children: Writer) -> None:
    """Write a table; one that only places blocks as these blocks."""
    flush_label(page, here)
    if here.in_list or _places_blocks(page, tag):
        cells = list(own(tag, CELLS))
        for cell in cells:
            page.inliner.enter(cell, here.depth)
            if len(cells) > 1 and _only_links(page, cell):
                page.inliner.skip(cell)
                continue
            write_children(page, cell, here)
            flush_label(page, here)
        return
    rows = rows_of(tag, page.inliner, here.depth)
    if not rows or _write_facts(page, tag, rows, here):
        return
    for caption, group in _groups(rows, here):
        if caption is not None:
            inner_heading(page, title_of(caption.stripped()), "table", here)
        if group:
            _write_rows(page, group, here)


def _groups(rows: list[list[Words]], here: Here) -> Iterator[tuple[Words | None, list[list[Words]]]]:
    """The parts of a table whose first row is the title of the rows below it; else the whole table."""
    alone = [_is_caption(cells) for cells in rows]
    if here.prefix or not alone[0] or len(rows) < MIN_GROUPED or alone[1]:
        yield None, rows
        return
    head = rows[1]
    named = [cell.text.strip() for cell in head]
    starts = [at for at, each in enumerate(alone) if each]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        body = rows[start + 1 : end]
        repeats = bool(body) and [cell.text.strip() for cell in body[0]] == named
        yield rows[start][0], body if repeats or not body else [list(map(elsewhere, head)), *body]


def _is_caption(cells: list[Words]) -> bool:
    """Whether a row has nothing but a title in its first cell."""
    first, *others = (cell.text.strip() for cell in cells)
    return bool(others) and not any(others) and can_head(first)


def _write_rows(page: Page, rows: list[list[Words]], here: Here) -> None:
    blank(page, here)
    width = max(map(len, rows))
    for at, cells_of_row in enumerate(rows):
        line = Words()
        line.add("| ")
        for index in range(width):
            line.join(cells_of_row[index] if index < len(cells_of_row) else Words())
            line.add(" | ")
        put(page, line, here)
        if at == 0:
            rule = Words()
            rule.add(f"|{'---|' * width}")
            put(page, rule, here)


def _write_facts(page: Page, tag: Tag, rows: list[list[Words]], here: Here) -> bool:
    """Write a table of labels and values as lines; False when it is another table."""
    title = rows[0][0] if len(rows) > 1 and not any(cell.text.strip() for cell in rows[0][1:]) else None
    body = rows[1:] if title is not None else rows
    if here.prefix or any(len(cells) != 2 for cells in body):  # noqa: PLR2004
        return False
    pairs = [(cells[0].stripped(), cells[1]) for cells in body]
    labels = [label.text for label, _ in pairs]
    if not are_facts(labels) or (
        not heads_rows(tag) and field_of(f"{labels[0]}: x") is None and not is_fact(labels[0])
    ):
        return False
    title = title or title_in(pairs)
    if title is not None and can_head(title.text) and title.text.casefold() not in page.heading.casefold():
        inner_heading(page, title_of(title), "table", here)
    write_lines(page, fact_lines(pairs), here)
    return True


def write_lines(page: Page, lines: list[Words], here: Here) -> None:
    """Write each line as a paragraph."""
    for line in lines:
        blank(page, here)
        put(page, line, here)
    blank(page, here)


def _places_blocks(page: Page, table: Tag) -> bool:
    """Whether a table is no table: it holds tables or headings, or a whole text in one of its few rows."""
    if page.inliner.survey.holds_layout(table) or table.get("role") == "presentation":
        return True
    if len(table.find_all("tr", limit=MAX_LAYOUT_ROWS + 1)) > MAX_LAYOUT_ROWS:
        return False
    cells = table.find_all(["td", "th"], limit=MANY_PIECES * MAX_LAYOUT_ROWS)
    return any(len(cell.find_all(_PIECES, limit=MANY_PIECES)) >= MANY_PIECES for cell in cells)


def _only_links(page: Page, cell: Tag) -> bool:
    """Whether a cell is the navigation of a page that a table places."""
    letters = page.inliner.survey.letters
    if letters(cell) > MAX_NAVIGATION:
        return False
    links = cell.find_all("a", href=True)
    return len(links) > 1 and letters(cell) == sum(map(letters, links))


def write_code(page: Page, tag: Tag, here: Here) -> None:
    """Write a drawing as such; other code is not read."""
    names = " ".join(str(each.get("class", "")) for each in (tag, *tag.find_all("code", limit=3))).casefold()
    language = next((name for word, name in _DRAWINGS.items() if _has_word(names, word)), "")
    if not language or here.prefix:
        page.inliner.skip(tag)
        return
    flush_label(page, here)
    fence, opening = Words(), Words()
    fence.add("```")
    opening.add(f"```{language}")
    add(page, Words())
    add(page, opening)
    line = Words()
    for node in tag.descendants:
        if isinstance(node, Tag):
            page.inliner.enter(node, here.depth)
        elif type(node) is NavigableString:
            raw = str(node)
            for sign, place in zip(raw, page.inliner.source.find(raw), strict=True):
                if sign == "\n":
                    add(page, line)
                    line = Words()
                else:
                    line.add(sign, [place])
    for each in (line, fence, Words()):
        add(page, each)


def _has_word(names: str, word: str) -> bool:
    return any(name.strip("[]',").removeprefix("language-").removeprefix("lang-") == word for name in names.split())
