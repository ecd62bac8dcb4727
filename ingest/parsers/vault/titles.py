"""What a note is called: by its file, which may hold an id or a namespace, and by numbers that only the vault knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.parsers.outline.draft import Claim, Piece
from ingest.parsers.wording.inline import target_words

KEY = "note-id "
"""In front of a number by which a note calls another one, until the other notes are there."""
_STAMP = re.compile(r"(\d{8,17})[\s_.-]++(?=\S*[^\W\d])")
_NUMERIC_LINK = re.compile(r"\[\[\s*(\d{1,17})\s*(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_NUMBERS = re.compile(r"\d{1,17}(?:\s*[,;]\s*\d{1,17})*")
_NUMBER = re.compile(r"\d+")


def file_stem(path: str) -> str:
    """A file's name without its ending; an outliner writes the namespaces of a page into it: `a___b`, `a%2Fb`."""
    stem = PurePosixPath(path).name.rpartition(".")[0] or path
    return stem.replace("___", "/").replace("%2F", "/").replace("%2f", "/")


def file_title(path: str) -> str:
    """A file's name as a title, without a time stamp and namespace in front."""
    stem = without_stamp(file_stem(path).rpartition("/")[2])
    words = target_words(stem)
    return words if " " in words else words.replace("_", " ")


def without_stamp(title: str) -> str:
    """A title without the time that some write in front of it: "202011201230 Ink"."""
    found = _STAMP.match(title)
    return title[found.end() :] if found is not None else title


def keys_of(path: str, *names: str) -> tuple[str, ...]:
    """The numbers by which other notes may call this one: its id, and the time in its file's name and title."""
    stamps = (_STAMP.match(each) for each in (PurePosixPath(path).name, *names))
    numbers = (*(each for each in names if each.isascii() and each.isdigit()), *(found[1] for found in stamps if found))
    return tuple(dict.fromkeys(_plain(each) for each in numbers))


def key_in(title: str) -> str:
    """The number by which a title calls another note; empty for other titles."""
    found = _NUMBER.match(title, len(KEY)) if title.startswith(KEY) else None
    return _plain(found[0]) if found is not None else ""


def with_keys(value: str, *, bare: bool = False) -> str:
    """A value in which the numbers of other notes are marked as such.

    Args:
        value: as written.
        bare: it is front matter, where a number needs no brackets.
    """
    head, dash, reason = value.partition(" \u2013 ")
    if bare and _NUMBERS.fullmatch(head.strip()):
        return _NUMBER.sub(lambda found: f"[[{KEY}{found[0]}]]", head) + dash + reason
    return _NUMERIC_LINK.sub(rf"[[{KEY}\1]]", value) if "[[" in value else value


def keyed(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of a note with the numbers of other notes marked."""
    for claim in claims:
        pieces = tuple(_keyed(piece, bare=claim.rule == "front-matter") for piece in claim.pieces)
        yield claim if pieces == claim.pieces else replace(claim, pieces=pieces)


def _keyed(piece: Piece, *, bare: bool) -> Piece:
    return piece._replace(value=with_keys(piece.value, bare=bare))


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
