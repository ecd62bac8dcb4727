"""`ingest`, `forget` and `parse` as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from app.present import Look, count, hours, listed, table
from app.views import DocumentReport, IngestView, RequirementName
from graph.problems import Problem
from ingest.reading import Reading, ReadPhase, ReadRequirement, ReadTopic

DETAILED = 10
"""Documents up to which each says by name what changed in it; all the names are in the JSON."""
NAMES_SHOWN = 4
PAIRS_SHOWN = 2
DETAIL = "    "
UNCHANGED_SHOWN = 10
"""Unchanged documents listed one by one before they are only counted."""


def ingest_text(view: IngestView, look: Look, vanished: str = "vanished") -> str:
    """What happened to each document, and the sums."""
    unchanged = [each for each in view.documents if each.status == "unchanged"]
    shown = view.documents
    lines = []
    if len(unchanged) > UNCHANGED_SHOWN:
        shown = tuple(each for each in view.documents if each.status != "unchanged")
        lines.append(f"unchanged  {count(len(unchanged), 'document')}")
    if shown:
        rows = table([_report(each, vanished) for each in shown], look=look).split("\n")
        detailed = sum(any(_changes(each)) for each in shown) <= DETAILED
        for at, each in enumerate(shown):
            below = [look.dim(f"{DETAIL}{line}") for line in _changes(each)] if detailed else []
            rows[at] = "\n".join([rows[at], *below])
        lines.insert(0, "\n".join(rows))
    changes = [
        f"{sign}{count(number, thing)}"
        for sign, number, thing in (
            ("+", view.topics_added, "topic"),
            ("−", view.topics_removed, "topic"),
            ("+", view.requirements_added, "requirement"),
            ("−", view.requirements_removed, "requirement"),
        )
        if number
    ]
    said = ", ".join(changes) or ("updated" if view.written else "nothing changed")
    said += "; dry run, nothing written" if view.dry_run else ""
    holds = [count(view.topics, "topic"), count(view.requirements, "requirement")]
    holds += [count(view.phases, "phase")] if view.phases else []
    lines.append(look.bold(f"{', '.join(holds)} in the graph ({said})"))
    if view.ticks_imported is not None:
        lines.append(_ticks(view.ticks_imported, dry_run=view.dry_run))
    return "\n".join(lines)


def watched_lines(view: IngestView) -> Iterator[str]:
    """One line for each document that is new, changed or gone."""
    for each in view.documents:
        if each.status != "unchanged":
            yield "  ".join([each.status, each.path, "; ".join(_changes(each)) or "no topic or requirement changed"])
    if view.ticks_imported:
        yield _ticks(view.ticks_imported, dry_run=False)


def merged(views: Sequence[IngestView]) -> IngestView:
    """Several readings, one after the other, as one: the sums of the last, the changes of all."""
    last = views[-1]
    return last.model_copy(
        update={
            "documents": tuple(each for view in views for each in view.documents),
            "problems": tuple(each for view in views for each in view.problems),
            "topics_added": sum(view.topics_added for view in views),
            "topics_removed": sum(view.topics_removed for view in views),
            "requirements_added": sum(view.requirements_added for view in views),
            "requirements_removed": sum(view.requirements_removed for view in views),
            "written": any(view.written for view in views),
            "doubles": tuple(dict.fromkeys(each for view in views for each in view.doubles)),
            "ticks_imported": tuple(each for view in views for each in view.ticks_imported or ())
            if last.ticks_imported is not None
            else None,
        }
    )


def parse_text(readings: Sequence[Reading], look: Look) -> str:
    """Each document as an outline: phases, topics, what they need."""
    return "\n\n".join("\n".join(_outline(reading, look)) for reading in readings)


def problems_of(readings: Iterable[Reading]) -> tuple[Problem, ...]:
    """The mistakes found in documents, with their paths."""
    return tuple(Problem(**asdict(each), path=reading.path) for reading in readings for each in reading.problems)


def _changes(each: DocumentReport) -> Iterator[str]:
    """What is different in one document, a line for each kind of change; a document that vanished only says so."""
    renamed = [f"{moved.before} → {moved.now}" for moved in each.topics_renamed if moved.sure]
    fresh = {moved.now for moved in each.topics_renamed if moved.sure}
    needs = [[_pair(pair) for pair in pairs] for pairs in _requirements(each)]
    for label, names, most in (
        ("+", [title for title in each.topics_added if title not in fresh], NAMES_SHOWN),
        ("+", needs[0], PAIRS_SHOWN),
        ("renamed", renamed, NAMES_SHOWN),
        ("changed", each.topics_changed, NAMES_SHOWN),
        ("kept as retired", each.topics_retired, NAMES_SHOWN),
        ("−", each.topics_removed, NAMES_SHOWN),
        ("−", needs[1], PAIRS_SHOWN),
        ("proposed", needs[2], PAIRS_SHOWN),
    ):
        if names:
            yield f"{label} {listed(names, shown=most)}"


def _pair(pair: RequirementName) -> str:
    return f"{pair.topic} needs {pair.requires}" + (" or another" if pair.choice else "")


def _requirements(each: DocumentReport) -> tuple[tuple[RequirementName, ...], ...]:
    return each.requirements_added, each.requirements_removed, each.requirements_proposed


def _ticks(titles: Sequence[str], *, dry_run: bool) -> str:
    if not titles:
        return "No tick was new."
    would = "Would be marked" if dry_run else "Marked"
    return f"{would} as known, because ticked: {count(len(titles), 'topic')} ({listed(titles, shown=NAMES_SHOWN)})"


def _report(each: DocumentReport, vanished: str) -> tuple[str, ...]:
    if each.status == "vanished":
        return vanished, each.path, "", ""
    return each.status, each.path, count(each.topics, "topic"), count(each.requirements, "requirement")


def _outline(reading: Reading, look: Look) -> Iterator[str]:
    topics = [topic for topic in reading.topics if topic.kind == "topic"]
    sums = f"{count(len(topics), 'topic')}, {count(len(reading.requirements), 'requirement')}"
    yield f"{look.bold(reading.path)}  {reading.family}  “{reading.roadmap.title}”  {sums}"
    needs: dict[str, list[ReadRequirement]] = {}
    for requirement in reading.requirements:
        needs.setdefault(requirement.topic_id, []).append(requirement)
    depth: dict[str, int] = {}
    phases = {phase.title: phase for phase in reading.phases}
    shown: str | None = None
    for topic in reading.topics:
        if topic.phase != shown and topic.phase in phases:
            shown = topic.phase
            yield from _phase(phases[shown], needs, look)
        depth[topic.id] = depth.get(topic.part_of or "", 0) + 1
        indent = "  " * (depth[topic.id] + bool(topic.phase))
        yield indent + _topic(topic, look)
        yield from (look.dim(f"{indent}  {_need(each)}") for each in needs.get(topic.id, ()))


def _phase(phase: ReadPhase, needs: dict[str, list[ReadRequirement]], look: Look) -> Iterator[str]:
    title = phase.label if phase.label == phase.title else f"{phase.label}: {phase.title}"
    yield f"  {look.bold(title)}"
    yield from (look.dim(f"    {_need(each)}") for each in needs.get(phase.id, ()))


def _topic(topic: ReadTopic, look: Look) -> str:
    notes = [hours(topic.effort_hours), "planned" if topic.state == "planned" else ""]
    notes.append(f"also {listed(topic.aliases)}" if topic.aliases else "")
    title = f"[{topic.title}]" if topic.kind == "section" else topic.title
    return "  ".join([title, *(look.dim(note) for note in notes if note)])


def _need(each: ReadRequirement) -> str:
    verb = {"hard": "needs", "soft": "is helped by", "together": "goes together with"}[each.strength]
    sure = "" if each.origin == "stated" else f", inferred {each.confidence:g}"
    choice = f", one of {each.choice}" if each.choice else ""
    return f"{verb} {each.requires} (line {each.line_start}, {each.rule}{sure}{choice})"
