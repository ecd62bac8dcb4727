"""What each heading is: stage, topic, section, furniture. The document's own regularity decides what is unclear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeVar

from graph.titles import normal_form
from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.codes import codes_below, has_codes, heads_courses, may_be_code, without_code
from ingest.parsers.outline.entries import Entry, coded_entry, entry_of, late_fields
from ingest.parsers.outline.headings import (
    Role,
    has_phase,
    has_topic_table,
    headings_of,
    plain_role,
    title_of,
)
from ingest.parsers.outline.labels import is_prose, label_of, lists_topics, repeated_labels, repeated_titles, told
from ingest.parsers.outline.overviews import find_overviews
from ingest.parsers.outline.peers import MIN_PEERS, peers_of_topics, stands_among_lists
from ingest.parsers.outline.tables import is_topic_table
from ingest.parsers.outline.votes import topics_among
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, Field, fields_of, late_fields_of
from ingest.parsers.wording.inline import wiki_shown
from ingest.parsers.wording.phases import PhaseName, phase_of, spanned_stage
from ingest.parsers.wording.titles import Name, clean, is_furniture, is_grouping, looks_like_title, may_be_topic

RARELY = 10
"""Of so many bullets one that says more than a title is an exception."""
MAX_KEPT = 5_000
"""Answers of one kind that are kept."""
_Answer = TypeVar("_Answer")
_CONTENT: frozenset[Role] = frozenset({"topic", "section", "phase"})


class Shape:
    """Answers questions about the blocks of one document, each question once.

    Args:
        root: the document.
        grouping: headings only group, because the topics have notes of their own.
    """

    def __init__(self, root: Block, *, grouping: bool = False) -> None:
        self._grouping = grouping
        self._entries: dict[int, Entry] = {}
        self._stages: dict[int, PhaseName | None] = {}
        self._spanned: dict[int, PhaseName] = {}
        self._names: dict[int, Name] = {}
        self._roles: dict[int, Role] = {}
        self._fields: dict[int, tuple[Field, ...]] = {}
        self._topic_items: dict[int, tuple[Block, ...]] = {}
        self.overviews = find_overviews(root)
        """Tables that have no topics."""
        self._root = root
        self._labels = repeated_labels(root)
        self.title = title_of(root)
        """The heading that is the document's own title, or None."""
        self._repeated = repeated_titles(self._below_headings())
        self._assign(root, in_phase=False)
        self.hollow = frozenset(self._hollow(root))
        """Stages that are themselves what there is to learn, because nothing below most of them is."""

    def _below_headings(self) -> dict[int, list[tuple[int, str]]]:
        """Level of a heading with headings below it -> for each of them (number of the upper one, title)."""
        found: dict[int, list[tuple[int, str]]] = {}
        for upper in self._first_headings:
            below = [
                (upper.number, self.name(each).title.casefold()) for each in upper.children if each.kind == "heading"
            ]
            if below:
                found.setdefault(upper.level, []).extend(below)
        return found

    @cached_property
    def _first_headings(self) -> tuple[Block, ...]:
        return tuple(islice(headings_of(self._root), MAX_KEPT))

    @cached_property
    def _coded(self) -> bool:
        return has_codes(self._root)

    @cached_property
    def codes(self) -> dict[int, tuple[int, str]]:
        """Heading -> the paragraph below it that holds its code, and the code."""
        return codes_below(self._root)

    @cached_property
    def counts_headings(self) -> bool:
        """Whether headings have numbers: a number that is referred to is one of theirs then, not a bullet's."""
        return any(self.name(heading).number for heading in self._first_headings)

    @cached_property
    def titles(self) -> frozenset[str]:
        """Normal forms of all headings and bullets that are topics."""
        return frozenset(self._titles(self._root))

    def _titles(self, block: Block) -> Iterator[str]:
        for child in block.children:
            if child.kind == "heading":
                yield normal_form(self.name(child).title)
            elif child.kind == "list":
                yield from (normal_form(self.entry(item).name.title) for item in self.topic_items(child))
            yield from self._titles(child)

    def _hollow(self, root: Block) -> Iterator[int]:
        stages = [heading for heading in headings_of(root) if self._roles.get(heading.number) == "phase"]
        empty = [heading for heading in stages if not self._holds_topics(heading)]
        if len(empty) * 2 <= len(stages):
            return
        for heading in empty:
            name = self.stage(heading)
            named = name is not None and name.title != name.label
            if name is not None and named and not is_grouping(name.title) and not is_furniture(name.title):
                yield heading.number

    def _holds_topics(self, block: Block) -> bool:
        return any(
            (child.kind == "heading" and self.role(child) in {"topic", "section"})
            or (
                child.kind == "heading"
                and self.role(child) in {"phase", "transparent", "schedule"}
                and self._holds_topics(child)
            )
            or (child.kind == "list" and (bool(self.topic_items(child)) or any(map(self.names_topics, child.children))))
            or (
                child.kind == "paragraph"
                and self.names_topics(child)
                and child.inline.text.partition(":")[2].strip() != ""
            )
            or (is_topic_table(child) and child.number not in self.overviews.tables)
            for child in block.children
        )

    def look_everywhere(self) -> None:
        """Find now what needs the whole document, before parts of it are let go."""
        _ = self.codes, self.titles, self._coded, self.counts_headings

    def forget(self, block: Block) -> None:
        """Forget the answers about a block that nobody asks about any more."""
        for answers in (self._entries, self._stages, self._names, self._fields, self._topic_items):
            answers.pop(block.number, None)

    def role(self, heading: Block) -> Role:
        """What a heading is."""
        return self._roles[heading.number]

    def name(self, heading: Block) -> Name:
        """A heading's title and what stands around it."""
        kept = self._names.get(heading.number)
        if kept is not None:
            return kept
        name = clean(wiki_shown(heading.inline.text.replace("\n", " ")))
        coded = may_be_code(name.title) and self._coded
        return _keep(self._names, heading, without_code(name) if coded else name)

    def stage(self, heading: Block) -> PhaseName | None:
        """What a heading says about a stage, or None when it begins none."""
        if heading.number in self._stages:
            return self._stages[heading.number]
        if heading.number in self._spanned:
            return self._spanned[heading.number]
        if self.overviews.stages is not None:
            return self.overviews.stages.get(heading.number)
        return _keep(self._stages, heading, phase_of(heading.inline.text.replace("\n", " ")))

    def entry(self, item: Block) -> Entry:
        """What a bullet says."""
        kept = self._entries.get(item.number)
        if kept is not None:
            return kept
        entry = entry_of(item)
        if self._labels and not entry.fields and label_of(item.inline) in self._labels:
            entry = entry._replace(furniture=True, title=False)
        if may_be_code(entry.name.title) and self._coded:
            entry = coded_entry(entry)
        return _keep(self._entries, item, entry)

    def names_topics(self, block: Block) -> bool:
        """Whether a bullet or paragraph is a label with a list of topics behind it: "**Topics:** A, B"."""
        return lists_topics(block.inline.text)

    def topic_items(self, block: Block) -> tuple[Block, ...]:
        """The bullets of a list that name something to learn; none when most of them are sentences or links."""
        kept = self._topic_items.get(block.number)
        return (
            kept
            if kept is not None
            else _keep(
                self._topic_items,
                block,
                topics_among([(item, self.entry(item)) for item in block.children if item.kind == "item"]),
            )
        )

    def _entries_of(self, block: Block) -> list[tuple[Block, Entry]]:
        return [(item, self.entry(item)) for item in block.children if item.kind == "item"]

    def fields(self, block: Block) -> tuple[Field, ...]:
        """The fields of a heading or bullet, those of its nested bullets and paragraphs included."""
        if not block.children and "\n" not in block.inline.text:
            return ()
        kept = self._fields.get(block.number)
        return kept if kept is not None else _keep(self._fields, block, tuple(self._read_fields(block)))

    def _read_fields(self, block: Block) -> Iterator[Field]:
        if block.kind == "item":
            yield from late_fields(block.inline)
        for child in block.children:
            if child.kind == "paragraph":
                yield from fields_of(child.inline) or late_fields_of(child.inline)
            elif child.kind == "list":
                for item in child.children:
                    yield from self.entry(item).fields
            elif child.kind == "quote":
                yield from self.fields(child)

    def is_rich(self, item: Block) -> bool:
        """Whether a bullet says more than a title: description, effort, fields."""
        entry = self.entry(item)
        return bool(entry.description) or entry.name.hours is not None or bool(self.fields(item))

    def described(self, heading: Block) -> bool:
        """Whether a heading has words of its own that are no fields or caption."""
        return any(child.kind == "paragraph" and is_prose(child) for child in heading.children)

    def _assign(self, block: Block, *, in_phase: bool) -> None:
        headings = [child for child in block.children if child.kind == "heading"]
        if len(headings) > 1 and not in_phase:
            self._find_spanned(headings)
        for heading in headings:
            first = self._first_role(heading, block, in_phase=in_phase)
            self._roles[heading.number] = first
            self._assign(heading, in_phase=in_phase or first == "phase")
        in_this_phase = self._roles.get(block.number) == "phase"
        numbered = [each for each in headings if self.role(each) == "topic" and self.name(each).number]
        plain = [each for each in headings if self.role(each) == "topic" and not self.name(each).number]
        for heading in numbered + plain:
            self._roles[heading.number] = self._second_role(heading, in_phase=in_this_phase)
        if len(headings) > MIN_PEERS:
            self._roles.update(dict.fromkeys(peers_of_topics(headings, self._roles, self.name), "topic"))
        self._judge_beside(headings, numbered, plain)

    def _judge_beside(self, headings: list[Block], numbered: list[Block], plain: list[Block]) -> None:
        """Find among headings without a number those that are no topics, because of what stands beside them."""
        if not plain:
            return
        stages = [each for each in headings if self.role(each) == "phase"]
        if len(stages) > 1 or any(map(self._announces, headings)):
            self._set_aside(plain, "told", self._only_tells)
        counted = not numbered and len(stages) > 1 and self._numbers_all(stages)
        if counted or (len(numbered) > 1 and len(numbered) > len(plain)):
            self._set_aside(plain, "furniture", lambda heading: not self._says_something(heading))

    def _set_aside(self, headings: list[Block], role: Role, judge: Callable[[Block], bool]) -> None:
        for heading in headings:
            if self.role(heading) in {"topic", "section"} and judge(heading):
                self._roles[heading.number] = role

    def _numbers_all(self, stages: list[Block]) -> bool:
        """Whether every heading in the stages has a number: what stands beside them without one is no topic."""
        below = [each for stage in stages for each in stage.children if each.kind == "heading"]
        return len(below) > len(stages) and all(self.name(each).number for each in below)

    def _announces(self, heading: Block) -> bool:
        """Whether a heading says that the topics stand below it: what stands beside it is about the document."""
        role = self.role(heading)
        return (
            role == "schedule"
            or told(self.name(heading).title) == "announce"
            or (role == "transparent" and has_phase(heading))
        )

    def _find_spanned(self, headings: list[Block]) -> None:
        """Note the stages whose span of time stands behind their titles, when there are several."""
        found = {
            each.number: stage
            for each in headings
            if (stage := spanned_stage(each.inline.text)) is not None and self.stage(each) is None
        }
        if len(found) > 1:
            self._spanned.update(found)
            for number in found:
                self._stages.pop(number, None)

    def _only_tells(self, heading: Block) -> bool:
        """Whether nothing stands below a heading that names a topic, an effort or a requirement, but something does."""
        below = heading.children
        if not below or self._stands_alone(heading, beside_words=True):
            return False
        return not any(
            child.kind == "heading" or (child.kind == "list" and self.topic_items(child)) or is_topic_table(child)
            for child in below
        )

    def _first_role(self, heading: Block, upper: Block, *, in_phase: bool) -> Role:
        stage = None if in_phase else self.stage(heading)
        if stage is not None:
            return "phase"
        if self.title is not None and heading.number == self.title.number:
            return "title"
        role = plain_role(heading, self.name(heading).title)
        if (
            role == "furniture"
            and may_be_topic(self.name(heading).title)
            and stands_among_lists(heading, upper, self.title, self.topic_items)
        ):
            role = "topic"
        if self._repeated and role == "topic" and (upper.level, self.name(heading).title.casefold()) in self._repeated:
            return "transparent"
        return role

    def _second_role(self, heading: Block, *, in_phase: bool) -> Role:
        """Topic or section."""
        name = self.name(heading)
        below = [child for child in heading.children if child.kind == "heading" and self.role(child) in _CONTENT]
        items = [item for child in heading.children if child.kind == "list" for item in self.topic_items(child)]
        if self._grouping:
            return "section"
        stage = self.stage(heading) if in_phase else None
        if stage is not None and (below or items or stage.title == stage.label):
            return "section"
        if name.hours is not None or (name.number and in_phase and not below) or name.number.startswith("chapter "):
            return "topic"
        if self._only_ignored(heading):
            return "furniture"
        if not below and not items and not has_topic_table(heading):
            return self._role_alone(heading, name.title)
        return "section" if self._only_groups(heading, below, items) else "topic"

    def _role_alone(self, heading: Block, title: str) -> Role:
        """What a heading is below which no topic stands."""
        if is_grouping(title) and (not heading.children or any(each.kind == "heading" for each in heading.children)):
            return "section"
        return "topic" if looks_like_title(title, strong=True) else "furniture"

    def _only_ignored(self, heading: Block) -> bool:
        """Whether nothing but tables without topics stands below a heading."""
        tables = [child for child in heading.children if child.kind == "table"]
        return bool(tables) and all(
            child.kind == "paragraph" or child.number in self.overviews.tables for child in heading.children
        )

    def _only_groups(self, heading: Block, below: list[Block], items: list[Block]) -> bool:
        title = self.name(heading).title
        if has_topic_table(heading) or is_grouping(title) or told(title) == "announce":
            return True
        if any(self.role(child) == "phase" for child in below):
            return True
        if self._coded and heads_courses(heading, [*below, *items]):
            return True
        own_words = self.described(heading)
        if own_words and not below:
            # It says itself what is to be learned.
            return False
        rich = sum(map(self.is_rich, items))
        if sum(" " in self.entry(item).name.number for item in items) * 2 > len(items):
            # "Lesson 3: Loops" stands by itself.
            rich = len(items)
        rich += sum(
            self.role(child) == "section" or self._stands_alone(child, beside_words=own_words) for child in below
        )
        numbered = sum(bool(self.name(child).number) for child in below)
        if numbered > 1 and numbered * 2 > len(below) and not self.name(heading).number:
            return True
        return rich * 2 >= len(items) + len(below) and (rich > len(items) or self._often_rich)

    @cached_property
    def _often_rich(self) -> bool:
        """Whether bullets that say more than a title are a habit of the document, and no exception."""
        lists = [child for each in self._first_headings for child in each.children if child.kind == "list"]
        items = [item for each in lists[:MAX_KEPT] for item in each.children[:MAX_KEPT]]
        return sum(map(self.is_rich, items)) * RARELY >= len(items)

    def _stands_alone(self, heading: Block, *, beside_words: bool) -> bool:
        if self.name(heading).hours is not None:
            return True
        if any(field.kind in REQUIREMENT_KINDS or field.kind == "effort" for field in self.fields(heading)):
            return True
        return self.described(heading) and not beside_words

    def _says_something(self, heading: Block) -> bool:
        if self._stands_alone(heading, beside_words=True):
            return True
        items = [item for child in heading.children if child.kind == "list" for item in self.topic_items(child)]
        return any(map(self.is_rich, items)) or has_topic_table(heading)


def _keep(answers: dict[int, _Answer], block: Block, answer: _Answer) -> _Answer:
    """Keep an answer. Of a large document only the last ones are: they would take more room than the document."""
    if len(answers) >= MAX_KEPT:
        answers.clear()
    answers[block.number] = answer
    return answer
