"""The names of a vault's notes: file, title, aliases and id, and what notes that only redirect are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from graph.titles import normal_form
from ingest.parsers.vault.folders import is_map_name
from ingest.parsers.vault.parser import REDIRECT
from ingest.parsers.vault.titles import key_in
from ingest.parsers.wording.inline import target_words
from ingest.reading import Reading

_SUFFIXES = (".md", ".markdown", ".mdx", ".html")
ROUNDS = 5
"""How long a chain of redirects may be."""


class Home(NamedTuple):
    """The note that a name means."""

    title: str
    state: Literal["active", "planned"] = "active"
    map: bool = False
    """It only leads to others."""


class _Table:
    """Names of one kind; those that two notes have name none of them."""

    def __init__(self) -> None:
        self._found: dict[str, Home | None] = {}

    def add(self, name: str, home: Home) -> None:
        before = self._found.setdefault(name, home)
        if before is not None and before.title != home.title:
            self._found[name] = None

    def get(self, name: str) -> Home | None:
        return self._found.get(name)


@dataclass(slots=True)
class Names:
    """All names of a vault."""

    homes: Sequence[Home | None]
    """What each note is; None for a map, a day, a redirect."""
    redirects: set[int] = field(default_factory=set)
    """Notes whose target is there."""
    _brought: dict[str, list[str]] = field(default_factory=dict)
    _paths: _Table = field(default_factory=_Table)
    _titles: _Table = field(default_factory=_Table)
    _aliases: _Table = field(default_factory=_Table)
    _keys: _Table = field(default_factory=_Table)

    def brought(self, at: int) -> Sequence[str]:
        """The names that redirects give to a note."""
        home = self.homes[at]
        return self._brought.get(home.title, ()) if home is not None else ()

    def of_link(self, target: str, shown: str = "") -> Home | None:
        """The note that a link leads to; some write `[[shown|target]]`."""
        if target.isascii() and target.isdigit() and (found := self._keys.get(target.lstrip("0"))) is not None:
            return found
        return self._of_path(target) or self.of_words(target, target_words(target)) or self._of_path(shown)

    def of_words(self, *texts: str) -> Home | None:
        """The note that is called so: by its title, its file or another name."""
        for text in texts:
            key = key_in(text)
            if key:
                return self._keys.get(key)
            form = normal_form(text)
            found = self._titles.get(form) or self._of_path(text) or self._aliases.get(form)
            if found is not None:
                return found
        return None

    def add_keys(self, keys: Iterable[str], home: Home) -> None:
        """Learn the numbers of a note."""
        for key in keys:
            self._keys.add(key, home)

    def add_note(self, path: PurePosixPath, home: Home, titles: Iterable[str], aliases: Iterable[str]) -> None:
        """Learn what a note is called."""
        parts = _path_form(path.as_posix()).split("/")
        for start in range(len(parts)):
            self._paths.add("/".join(parts[start:]), home)
        for title in titles:
            self._titles.add(normal_form(title), home)
        for alias in aliases:
            self._aliases.add(normal_form(alias), home)

    def add_redirect(self, at: int, path: PurePosixPath, home: Home, called: Sequence[str]) -> None:
        """Learn that a note is another name of this one."""
        self.redirects.add(at)
        self._brought.setdefault(home.title, []).extend(called)
        self.add_note(path, home, (), called)

    def _of_path(self, text: str) -> Home | None:
        name = _path_form(text)
        while name.startswith(("./", "../", "/")):
            name = name.partition("/")[2]
        return self._paths.get(name) if name else None


def _path_form(path: str) -> str:
    """A path as links may write it: in any case, with spaces or hyphens, with or without its ending."""
    name = unicodedata.normalize("NFC", path).strip().casefold().rstrip("/")
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name.replace("___", "/").replace("%2f", "/").replace("-", " ").replace("_", " ")


def names_of(notes: Sequence[tuple[PurePosixPath, Reading]]) -> Names:
    """The names of all notes of a vault."""
    names = Names([_home(reading) for _, reading in notes])
    waiting: dict[int, Reading] = {}
    for at, (path, reading) in enumerate(notes):
        home = names.homes[at]
        if home is not None:
            own = reading.topics[0]
            names.add_note(path, home, (own.title,), own.aliases)
            names.add_keys(reading.keys, home)
        elif _is_redirect(reading):
            waiting[at] = reading
        elif not reading.index or is_map_name(path.stem) or is_map_name(reading.roadmap.title):
            home = Home(reading.roadmap.title, map=True)
            names.add_note(path, home, (reading.roadmap.title,), ())
    _follow(names, waiting, notes)
    return names


def _follow(names: Names, waiting: Mapping[int, Reading], notes: Sequence[tuple[PurePosixPath, Reading]]) -> None:
    left = dict(waiting)
    for _ in range(ROUNDS):
        met = {at: home for at, reading in left.items() if (home := _target(reading, names)) is not None}
        for at, home in met.items():
            own = left.pop(at).topics[0]
            called = [each for each in (own.title, *own.aliases) if normal_form(each) != normal_form(home.title)]
            names.add_redirect(at, notes[at][0], home, called)
        if not met:
            break
    homes = list(names.homes)
    for at, reading in left.items():
        # A redirect to what is not there: a topic like any other.
        own = reading.topics[0]
        homes[at] = Home(own.title, own.state)
        names.add_note(notes[at][0], Home(own.title, own.state), (own.title,), own.aliases)
    names.homes = homes


def _home(reading: Reading) -> Home | None:
    if reading.index or not reading.topics or _is_redirect(reading):
        return None
    return Home(reading.topics[0].title, reading.topics[0].state)


def _is_redirect(reading: Reading) -> bool:
    return bool(reading.topics) and any(each.code == REDIRECT for each in reading.problems)


def _target(reading: Reading, names: Names) -> Home | None:
    """The note that a redirect leads to: it is among its names."""
    own = reading.topics[0]
    found = (names.of_link(alias) for alias in reversed(own.aliases))
    return next((home for home in found if home is not None and not home.map), None)
