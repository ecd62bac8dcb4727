"""Word lists: what people call phases, prerequisites, columns and furniture; a word is added without code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from graph.datafiles import data_path


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/words/NAME.txt`: one per line, `#` begins a comment.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    lines = (line.split("#", 1)[0].strip() for line in _read(f"{name}.txt").splitlines())
    return frozenset(line.casefold() for line in lines if line)


@cache
def table(name: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The sections of `data/words/NAME.toml`: section -> key -> words.

    Raises:
        FileNotFoundError: the installation is broken.
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
    return data_path("words", file_name).read_text(encoding="utf-8")
