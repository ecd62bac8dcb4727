"""Which folders are vaults: folders of linked notes, where each file describes one topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePath
from urllib.parse import unquote

from ingest.reading import Text
from ingest.words import table

MIN_NOTES = 3
_DAY = re.compile(
    r"^(?:\d{4}[-_.]?(?:\d{2}|w\d{2})(?:[-_.]?\d{2})?|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th), \d{4})$", re.IGNORECASE
)
_INDEX_STEMS = frozenset({"index", "_index", "readme", "moc", "contents"})
_MAP = re.compile(r"\b(?:moc|map|index|home|hub|dashboard|inbox|start here|readme|table of contents)\b", re.IGNORECASE)
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_PAGE_LINK = re.compile(r"\]\(<?(?![a-z]{2,8}:)([^()<>\s#]{1,200}\.mdx?)(?:#[^()<>\s]{0,200})?>?[)\s]")
MAX_PAGE = 60
"""Lines of a page that is one topic; longer ones may be roadmaps of their own."""
_NOTE_KEY = re.compile(r"^(?:title|aliases)\s*:", re.IGNORECASE)


def vault_folders(texts: Mapping[Path, Text], roots: Iterable[Path]) -> set[Path]:
    """The topmost folders at or below the roots whose Markdown files are linked notes.

    A folder is judged by the files that stand in it; with fewer than three of those, by all files below it.
    """
    found: set[Path] = set()
    for root in roots:
        _search(root, {file: text for file, text in texts.items() if file.is_relative_to(root)}, found)
    return found


def is_index_name(file: PurePath) -> bool:
    """Whether a note's name says that it leads to the others: index, README."""
    return file.stem.casefold() in _INDEX_STEMS


def is_folder_note(file: PurePath) -> bool:
    """Whether a note is called as its folder: it may lead to the notes there, or be one itself."""
    return file.stem.casefold() == file.parent.name.casefold()


def says_map(name: str) -> bool:
    """Whether a note is called "Brewing MOC" or "00 Start Here"."""
    parts = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    return any(f" {each} " in f" {parts} " for each in table("notes")["maps"]["names"])


def is_map_tag(tag: str) -> bool:
    """Whether a tag or type says that a note leads to others: "moc", "type/moc"."""
    return tag.strip("# ").casefold().rpartition("/")[2] in table("notes")["maps"]["tags"]


def is_map_name(name: str) -> bool:
    """Whether a title or a file's name is that of a note that leads to others: "Brewing MOC", "00 Start Here"."""
    return _MAP.search(name.replace("_", " ").replace("-", " ")) is not None or says_map(name)


def is_no_topic(file: PurePath, *titles: str) -> bool:
    """Whether a note's name says that it is about a day, a form to fill in, or a heap of what is to be done."""
    other = table("notes")["other"]
    # Some write the folders into the name, parted by dots: `daily.journal.2021.11.15`.
    first, dot, _ = file.stem.casefold().partition(".")
    return (
        any(_DAY.match(each) for each in (file.stem, *titles))
        or file.parent.name.casefold() in other["folders"]
        or (bool(dot) and first in other["folders"])
        or any(each.casefold() in other["notes"] for each in (file.stem, *titles))
    )


def _search(folder: Path, below: Mapping[Path, Text], found: set[Path]) -> None:
    if len(below) < MIN_NOTES:
        return
    here = [file for file in below if file.parent == folder]
    judged = here if len(here) >= MIN_NOTES else list(below)
    names = {file.name for file in judged if not is_index_name(file)}
    linked = {file for file in judged if is_linked(below[file]) or _leads_to_notes(file, below[file], names)}
    # A few loose files beside a vault do not become notes because of it.
    loose = [file for file in here if file not in linked and not is_index_name(file) and not is_folder_note(file)]
    if _are_notes(judged, linked, below) and len(loose) * 2 <= len(here):
        found.add(folder)
        return
    for child in {folder / file.relative_to(folder).parts[0] for file in below if file.parent != folder}:
        _search(child, {file: text for file, text in below.items() if file.is_relative_to(child)}, found)


def _are_notes(judged: Collection[Path], linked: Collection[Path], texts: Mapping[Path, Text]) -> bool:
    single = sum(_main_headings(texts[file]) <= 1 for file in judged)
    return len(linked) * 2 >= len(judged) and single * 2 > len(judged)


def is_linked(text: Text) -> bool:
    """Whether a text has wikilinks, or a title in front matter."""
    return any("[[" in line and _WIKILINK.search(line) for line in text.lines) or _has_note_keys(text)


def _leads_to_notes(file: Path, text: Text, names: Collection[str]) -> bool:
    """Whether a short text links others of its folder by their files, as the pages of a site do."""
    if len(text.lines) > MAX_PAGE:
        return False
    links = (found for line in text.lines if "](" in line and ".md" in line for found in _PAGE_LINK.findall(line))
    return any((name := PurePath(unquote(each)).name) in names and name != file.name for each in links)


def _has_note_keys(text: Text) -> bool:
    if not text.lines or text.lines[0].rstrip() != "---":
        return False
    for line in text.lines[1:]:
        if line.rstrip() == "---":
            return False
        if _NOTE_KEY.match(line):
            return True
    return False


def _main_headings(text: Text) -> int:
    fenced = False
    count = 0
    for line in text.lines:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        count += not fenced and line.startswith("# ")
    return count
