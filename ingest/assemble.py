"""From readings to one graph with its evidence. Pure: the same readings and register give the same archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.claims import choice_id, requirements
from graph.evidence import Archive, Claim, Document, Mention, Resource, Source
from graph.model import PHASE_MARK, SECTION_MARK, Graph, Phase, Placed, Roadmap, Section, Topic
from graph.problems import Problem
from graph.titles import normal_form, slug
from ingest.identity import Earlier, Identities, clean_title, identify
from ingest.identity_names import hashed, mentions_of
from ingest.reading import Reading, ReadPhase, ReadRequirement, ReadTopic


class Assembled(NamedTuple):
    """The graph of all documents."""

    archive: Archive
    problems: tuple[Problem, ...]
    """Mistakes that only show when documents are seen together."""
    topic_ids: Mapping[tuple[str, str], str]
    """(document id, id in its reading) -> topic id."""
    unsure: tuple[tuple[str, str], ...]
    """Pairs of titles, long and short, that may be one."""


@dataclass(slots=True)
class _Draft:
    """What is being put together."""

    identities: Identities
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    named: dict[str, list[ReadTopic]] = field(default_factory=lambda: defaultdict(list))
    roadmaps: dict[str, Roadmap] = field(default_factory=dict)
    phases: dict[str, Phase] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    parts: dict[tuple[str, str], int] = field(default_factory=dict)
    roadmaps_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Topic -> ids of the roadmaps that cover it."""
    listed: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(part, whole) -> ids of the roadmaps that list it so."""
    covers: dict[tuple[str, str], int] = field(default_factory=dict)
    inside: dict[tuple[str, str], int] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    teaches: dict[tuple[str, str], int] = field(default_factory=dict)
    external: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Topics placed so far, by roadmap."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One document with what is looked up in it again and again."""

    document: Document
    reading: Reading
    by_id: Mapping[str, ReadTopic]
    phases: Mapping[str, str]
    """Phase title -> phase id."""

    def section_id(self, local: str) -> str:
        """The id of a section; notes of one vault share a roadmap, so theirs carry the note's name."""
        shared = self.document.family == "vault" and not self.reading.index
        note = f"{slug(self.document.path)}/" if shared else ""
        return f"{self.document.roadmap_id}{SECTION_MARK}{note}{local}"


def assemble(
    sources: Sequence[Source],
    documents: Sequence[tuple[Document, Reading]],
    *,
    held: Mapping[str, Topic],
    earlier: Earlier,
) -> Assembled:
    """Build the graph of all documents.

    Args:
        sources: all sources.
        documents: all documents with what was read from them.
        held: topics on which somebody has a state: retired instead of removed when no document names them any more.
        earlier: the ids that earlier readings gave.
    """
    ordered = sorted(documents, key=_in_order)
    draft = _Draft(identify([(document.id, reading) for document, reading in ordered], earlier))
    pages = [_page(document, reading) for document, reading in ordered]
    for page in pages:
        for topic in page.reading.topics:
            if topic.kind == "topic":
                draft.named[draft.identities.topic_ids[page.document.id, topic.id]].append(topic)
    for page in pages:
        _add_document(draft, page)
    for page in pages:
        _add_claims(draft, page)
    weighed = requirements(draft.claims, {document.id: document.sha256 for document, _ in documents})
    graph = Graph(
        topics=_topics(draft, held),
        roadmaps=draft.roadmaps,
        phases=draft.phases,
        sections=draft.sections,
        requires=weighed.requires,
        recommends=weighed.recommends,
        proposed=weighed.proposed,
        choices=weighed.choices,
        parts=_placed({pair: at for pair, at in draft.parts.items() if _binding(draft, pair)}),
        loose_parts=_placed({pair: at for pair, at in draft.parts.items() if not _binding(draft, pair)}),
        covers=_placed(draft.covers),
        inside=_placed(draft.inside),
    )
    archive = Archive(
        graph=graph,
        sources=tuple(sources),
        documents=tuple(document for document, _ in ordered),
        mentions=tuple(draft.mentions),
        claims=tuple(draft.claims),
        resources=tuple(draft.resources.values()),
        teaches=_placed(draft.teaches),
        names=tuple(sorted(draft.identities.names.items())),
    )
    return Assembled(archive, tuple(draft.problems), draft.identities.topic_ids, draft.identities.unsure)


def _in_order(pair: tuple[Document, Reading]) -> tuple[str, bool, int, str]:
    """The notes of a vault: indexes first, the highest folder's before all; then as the notes' own order says."""
    document, reading = pair
    if reading.index:
        return document.roadmap_id, False, document.path.count("/"), document.id
    first = reading.topics[0].position if reading.topics and document.family == "vault" else 0
    return document.roadmap_id, True, first, document.id


def _add_document(draft: _Draft, page: _Page) -> None:
    document, reading = page.document, page.reading
    roadmap = document.roadmap_id
    if roadmap not in draft.roadmaps:
        draft.roadmaps[roadmap] = Roadmap(id=roadmap, title=reading.roadmap.title, family=reading.family)
    for phase in reading.phases:
        draft.phases.setdefault(page.phases[phase.title], _phase(roadmap, phase))
    mentions = {topic.id: mention for topic, mention in mentions_of(document.id, reading)}
    for topic in reading.topics:
        if topic.kind == "section":
            _add_section(draft, page, topic)
            continue
        topic_id = draft.identities.topic_ids[document.id, topic.id]
        _add_mention(draft, document, topic, topic_id, mentions[topic.id])
        _place(draft, page, topic, topic_id)
        for position, link in enumerate(topic.resources, start=1):
            draft.resources.setdefault(link.url, Resource(url=link.url, title=link.title, kind=link.kind))
            draft.teaches.setdefault((link.url, topic_id), position)


def _page(document: Document, reading: Reading) -> _Page:
    phases = {phase.title: f"{document.roadmap_id}{PHASE_MARK}{phase.id}" for phase in reading.phases}
    return _Page(document, reading, {topic.id: topic for topic in reading.topics}, phases)


def _phase(roadmap: str, phase: ReadPhase) -> Phase:
    return Phase(
        id=f"{roadmap}{PHASE_MARK}{phase.id}",
        roadmap_id=roadmap,
        label=phase.label,
        title=phase.title,
        position=phase.position,
        weeks_min=phase.weeks_min,
        weeks_max=phase.weeks_max,
    )


def _add_section(draft: _Draft, page: _Page, topic: ReadTopic) -> None:
    section = page.section_id(topic.id)
    draft.sections[section] = Section(
        id=section, roadmap_id=page.document.roadmap_id, title=topic.title, position=topic.position
    )
    above = page.by_id.get(topic.part_of or "")
    if above is not None and above.kind == "section":
        draft.inside[section, page.section_id(above.id)] = topic.position
    elif topic.phase is not None and topic.phase in page.phases:
        draft.inside[section, page.phases[topic.phase]] = topic.position


def _place(draft: _Draft, page: _Page, topic: ReadTopic, topic_id: str) -> None:
    roadmap = page.document.roadmap_id
    draft.counts[roadmap] += 1
    draft.covers.setdefault((topic_id, roadmap), draft.counts[roadmap])
    draft.roadmaps_of[topic_id].add(roadmap)
    if topic.phase is not None and topic.phase in page.phases:
        draft.covers.setdefault((topic_id, page.phases[topic.phase]), topic.position)
    above = page.by_id.get(topic.part_of or "")
    if above is None:
        return
    if above.kind == "section":
        draft.covers.setdefault((topic_id, page.section_id(above.id)), topic.position)
        return
    whole = draft.identities.topic_ids[page.document.id, above.id]
    if whole != topic_id and (whole, topic_id) not in draft.parts:
        draft.parts.setdefault((topic_id, whole), topic.position)
        draft.listed[topic_id, whole].add(roadmap)


def _add_mention(draft: _Draft, document: Document, topic: ReadTopic, topic_id: str, mention_id: str) -> None:
    shown = clean_title(_titled(draft.named[topic_id]).title)
    draft.mentions.append(
        Mention(
            id=mention_id,
            topic_id=topic_id,
            document_id=document.id,
            text=topic.text or topic.title,
            line_start=topic.line,
            line_end=topic.line_end,
            method=draft.identities.method(document.id, topic.id, clean_title(topic.title), shown),
        )
    )


def _add_claims(draft: _Draft, page: _Page) -> None:
    document, reading = page.document, page.reading
    choices: dict[str, list[tuple[ReadRequirement, str, str]]] = defaultdict(list)
    ordinals: dict[tuple[str, ...], int] = defaultdict(int)
    for requirement in reading.requirements:
        topic = _end(draft, page, requirement.topic_kind, requirement.topic_id, requirement.topic)
        requires = _end(draft, page, requirement.requires_kind, requirement.requires_id, requirement.requires)
        if topic == requires:
            _note_self(draft, reading, requirement)
        elif requirement.choice:
            choices[requirement.choice].append((requirement, topic, requires))
        else:
            draft.claims.append(_claim(document, requirement, (topic, requires), ordinals))
    for options in choices.values():
        wanted = tuple(dict.fromkeys(requires for _, _, requires in options))
        minimum = options[0][0].choice_min
        # As many options as are needed is no choice: all of them are required.
        made = choice_id(options[0][1], wanted, minimum) if len(wanted) > minimum else None
        for requirement, topic, requires in options:
            draft.claims.append(_claim(document, requirement, (topic, requires), ordinals, made))


def _end(draft: _Draft, page: _Page, kind: str, local: str | None, written: str) -> str:
    """The id of a requirement's end; a topic that no document describes becomes an external one."""
    if local is not None and kind == "phase":
        return f"{page.document.roadmap_id}{PHASE_MARK}{local}"
    if local is not None and kind == "section":
        return page.section_id(local)
    if local is not None:
        return draft.identities.topic_ids[page.document.id, local]
    found = draft.identities.resolve(written)
    if found is None:
        found = draft.identities.external(written)
        draft.external[found] = clean_title(written)
    return found


def _claim(
    document: Document,
    requirement: ReadRequirement,
    pair: tuple[str, str],
    ordinals: dict[tuple[str, ...], int],
    choice: str | None = None,
) -> Claim:
    topic, requires = pair
    key = (document.id, requirement.rule, topic, requires, normal_form(requirement.quote))
    ordinals[key] += 1
    return Claim(
        id=hashed("c", *key, str(ordinals[key])),
        topic=topic,
        requires=requires,
        document_id=document.id,
        rule=requirement.rule,
        origin=requirement.origin,
        strength=requirement.strength,
        confidence=requirement.confidence,
        quote=requirement.quote,
        reason=requirement.reason,
        line_start=requirement.line_start,
        line_end=requirement.line_end,
        choice_id=choice,
        choice_min=requirement.choice_min,
    )


def _note_self(draft: _Draft, reading: Reading, requirement: ReadRequirement) -> None:
    draft.problems.append(
        Problem(
            severity="warning",
            code="self-requirement",
            message=f"“{requirement.topic}” is said to require itself; this is left out",
            path=reading.path,
            line=requirement.line_start,
        )
    )


def _topics(draft: _Draft, held: Mapping[str, Topic]) -> dict[str, Topic]:
    found = {topic_id: _topic(topic_id, named) for topic_id, named in draft.named.items()}
    for topic_id, title in draft.external.items():
        found.setdefault(topic_id, Topic(id=topic_id, title=title, state="external"))
    for topic_id, topic in held.items():
        found.setdefault(topic_id, topic.model_copy(update={"state": "retired"}))
    return dict(sorted(found.items()))


def _titled(named: Sequence[ReadTopic]) -> ReadTopic:
    """The mention whose title a topic has: the first that describes it; what is planned is often only a link."""
    return next((topic for topic in named if topic.state == "active"), named[0])


def _topic(topic_id: str, named: Sequence[ReadTopic]) -> Topic:
    title = clean_title(_titled(named).title)
    others = {clean_title(topic.title) for topic in named} | {alias for topic in named for alias in topic.aliases}
    active = any(topic.state == "active" for topic in named)
    return Topic(
        id=topic_id,
        title=title,
        aliases=tuple(sorted(others - {title})),
        summary=next((topic.description for topic in named if topic.description), ""),
        effort_hours=next((topic.effort_hours for topic in named if topic.effort_hours is not None), None),
        state="active" if active else "planned",
    )


def _binding(draft: _Draft, pair: tuple[str, str]) -> bool:
    """Whether every roadmap that covers the whole lists this part with it (see docs/decisions/007)."""
    return draft.roadmaps_of[pair[1]] <= draft.listed[pair]


def _placed(found: Mapping[tuple[str, str], int]) -> tuple[Placed, ...]:
    return tuple(Placed(inner, outer, position) for (inner, outer), position in found.items())
