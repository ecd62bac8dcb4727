"""`ingest`, `forget` and `parse` as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.present import Look, count, hours, listed, table
from app.views import DocumentReport, IngestView
from graph.problems import Problem
from ingest.reading import Reading, ReadPhase, ReadRequirement, ReadTopic

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
        lines.insert(0, table([_report(each, vanished) for each in shown], look=look))
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
    holds = [count(view.topics, "topic"), count(view.requirements, "requirement")]
    holds += [count(view.phases, "phase")] if view.phases else []
    lines.append(look.bold(f"{', '.join(holds)} in the graph ({said})"))
    return "\n".join(lines)


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
        }
    )


def parse_text(readings: Sequence[Reading], look: Look) -> str:
    """Each document as an outline: phases, topics, what they need."""
    return "\n\n".join("\n".join(_outline(reading, look)) for reading in readings)


def problems_of(readings: Iterable[Reading]) -> tuple[Problem, ...]:
    """The mistakes found in documents, with their paths."""
    return tuple(Problem(**each.model_dump(), path=reading.path) for reading in readings for each in reading.problems)


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
