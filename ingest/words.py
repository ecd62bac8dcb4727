"""Word lists: what people call phases, prerequisites, columns and furniture. Data, so that a word is added without code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE.parent / "data" / "words", _PACKAGE.parent / "app" / "_data" / "words")
"""In the checkout and in the installed wheel."""


class WordsMissingError(FileNotFoundError):
    """The installation is damaged: a word list is not where it belongs."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The word list {name} is missing from the installation; install skilltrail again.")


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/words/NAME.txt`: one per line, `#` begins a comment.

    Raises:
        WordsMissingError: no such list.
    """
    lines = (line.split("#", 1)[0].strip() for line in _read(f"{name}.txt").splitlines())
    return frozenset(line.casefold() for line in lines if line)


@cache
def table(name: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The sections of `data/words/NAME.toml`: section -> key -> words.

    Raises:
        WordsMissingError: no such table.
    """
    sections = tomllib.loads(_read(f"{name}.toml"))
    return {
        section: {key: tuple(str(value) for value in values) for key, values in entries.items()}
        for section, entries in sections.items()
    }


@cache
def lookup(name: str, section: str) -> Mapping[str, str]:
    """One section of a table turned round: word -> key, in lower case."""
    return {word.casefold(): key for key, entries in table(name)[section].items() for word in entries}


def _read(file_name: str) -> str:
    for place in _PLACES:
        path = place / file_name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise WordsMissingError(file_name)
