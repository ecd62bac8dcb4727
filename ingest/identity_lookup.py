"""The result of identity: from what documents name, and from what requirements refer to, to ids."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from graph.titles import folded_form, normal_form, slug
from ingest.identity_names import Named, clean_title
from ingest.identity_rules import Acronyms, recognised_by, widest_form


class Identities:
    """Which topic a title, an alias or a reference means."""

    def __init__(
        self,
        acronyms: Acronyms,
        register: Mapping[str, str],
        held: Collection[str],
        unsure: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.acronyms = acronyms
        self.topic_ids: dict[tuple[str, str], str] = {}
        """(document id, id in its reading) -> topic id."""
        self.unsure = unsure
        """Pairs of titles, long and short, that may be one."""
        self._register = register
        self._held = held
        self._rules: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._paths: dict[str, str | None] = {}
        self._folders: set[str] = set()
        self._folded: dict[str, set[str]] = defaultdict(set)
        self._ids: set[str] = set()

    @property
    def names(self) -> dict[str, str]:
        """The register: normal form -> topic id, with all that the register held before."""
        return {**self._register, **self._names}

    def add(self, name: Named, topic_id: str, rule: str) -> None:
        """What a document names is this topic; the rule is said where no form tells why."""
        where = (name.document, name.topic.id)
        self.topic_ids[where] = topic_id
        self._rules[where] = rule
        self._ids.add(topic_id)
        self._learn(name.form, topic_id)
        self.learn_key(name.key, topic_id)

    def add_alias(self, form: str, key: str, topic_id: str) -> None:
        """Another name of a topic, unless a title is written so."""
        if form not in self._names:
            self._learn(form, topic_id)
        self.learn_key(key, topic_id)

    def add_path(self, path: PurePosixPath, topic_id: str) -> None:
        """The file that describes a topic: links name it by its path or the end of it."""
        parts = path.as_posix().casefold().split("/")
        for start in range(len(parts)):
            tail = "/".join(parts[start:])
            self._paths[tail] = topic_id if self._paths.get(tail, topic_id) == topic_id else None
            self._folders.add("/".join(parts[start:-1]))

    def learn_key(self, key: str, topic_id: str) -> None:
        """A form by which references are found; it is not kept in the register."""
        self._keys.setdefault(key, topic_id)

    def method(self, document: str, local: str, title: str, topic_title: str) -> str:
        """Name of the rule by which a title was recognised as a topic."""
        return recognised_by(title, topic_title, self.acronyms) or self._rules[document, local]

    def resolve(self, written: str) -> str | None:
        """The topic that a reference means; None when no document has it.

        As a title or alias first, then by the forms of all rules, then as the path of a note, last without regard to
        case where that is unambiguous.
        """
        for text in self._readings_of(written):
            found = self._names.get(normal_form(text)) or self._keys.get(widest_form(text, self.acronyms))
            found = found or self._paths.get(text.casefold().removesuffix(".md").lstrip("./"))
            if found is not None:
                return found
        candidates = self._folded.get(folded_form(written), set())
        return next(iter(candidates)) if len(candidates) == 1 else None

    def external(self, written: str) -> str:
        """An id for what no document describes: remembered, so that two references to one thing are one topic."""
        text = written.rpartition("/")[2] if self._is_path(written) else written
        form = normal_form(text)
        kept = self._register.get(form, "")
        made = slug(clean_title(text))
        if kept in self._held and kept not in self._ids:
            made = kept
        elif made in self._ids:
            made = f"{made}-{hashlib.sha256(form.encode()).hexdigest()[:8]}"
        self._ids.add(made)
        self._learn(form, made)
        self.learn_key(widest_form(text, self.acronyms), made)
        return made

    def _learn(self, form: str, topic_id: str) -> None:
        self._names.setdefault(form, topic_id)
        self._folded[form.casefold()].add(topic_id)

    def _readings_of(self, written: str) -> Iterator[str]:
        """What a reference may mean: itself, without the place in a page, and the last part of a path."""
        yield written
        page, _, place = written.partition("#")
        if page.strip() and place and not place.startswith(" "):  # "C#" and "C# basics" are titles
            yield page
        else:
            page = written
        if self._is_path(page) and page.rpartition("/")[2].strip():
            yield page.rpartition("/")[2].removesuffix(".md")

    def _is_path(self, written: str) -> bool:
        """Whether a slash stands for a folder: "TCP/IP" is no path, "networks/ip" is one where there is that folder."""
        head, slash, _ = written.rpartition("/")
        return bool(slash) and (head.startswith(".") or written.endswith(".md") or head.casefold() in self._folders)
