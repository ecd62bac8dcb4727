"""Small archives for tests, written as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.evidence import Archive, Claim, Document, Mention, Resource, Source
from graph.model import Choice, Graph, Phase, Placed, Requirement, Roadmap, Section, Topic

SOURCE = Source(id="notes", root="/home/ada/notes")
ROADMAP = "roadmap:notes/containers"
DOCUMENT = Document(
    id="notes:containers.md", source_id="notes", roadmap_id=ROADMAP, path="containers.md", sha256="a" * 64,
    family="markdown", reader_version="1", read_at="2026-01-01T00:00:00+00:00", reading="{}",
)  # fmt: skip


def topic(topic_id: str, **given: object) -> Topic:
    return Topic.model_validate({"id": topic_id, "title": topic_id.replace("-", " ").capitalize(), **given})


def claim(a: str, b: str, **given: object) -> Claim:
    facts = {
        "id": f"c-{a}-{b}", "topic": a, "requires": b, "document_id": DOCUMENT.id, "rule": "field-line",
        "origin": "stated", "strength": "hard", "confidence": 1.0, "quote": f"Requires: {b}", "line_start": 3,
        "line_end": 3,
    }  # fmt: skip
    return Claim.model_validate({**facts, **given})


def containers() -> Archive:
    """One of everything: Docker needs processes and the filesystem, Kubernetes needs Docker and one of two clouds."""
    topics = [
        topic("docker", summary="Pack a program.", effort_hours=8.0, aliases=("Docker Engine",)),
        topic("filesystem", effort_hours=3.0),
        topic("image-layers"),
        topic("kubernetes", effort_hours=20.0),
        topic("aws"),
        topic("azure", state="planned"),
        topic("processes", effort_hours=5.0),
        topic("yaml", state="external"),
    ]
    phases = [
        Phase(id=f"{ROADMAP}#phase/one", roadmap_id=ROADMAP, label="Phase 1", title="One", position=1, weeks_min=2.0),
        Phase(id=f"{ROADMAP}#phase/two", roadmap_id=ROADMAP, label="Phase 2", title="Two", position=2),
    ]
    section = Section(id=f"{ROADMAP}#section/tools", roadmap_id=ROADMAP, title="Tools", position=1)
    choice = Choice(id="choice:1", topic="kubernetes", options=("aws", "azure"), min=1, reason="It runs somewhere.")
    graph = Graph(
        topics={each.id: each for each in sorted(topics, key=lambda each: each.id)},
        roadmaps={ROADMAP: Roadmap(id=ROADMAP, title="Containers", family="markdown")},
        phases={phase.id: phase for phase in phases},
        sections={section.id: section},
        requires=(
            Requirement("docker", "filesystem", "stated", 1.0, 1, "An image is a filesystem."),
            Requirement("docker", "processes", "stated", 0.9, 1, ""),
            Requirement("kubernetes", "docker", "stated", 1.0, 1, ""),
            Requirement(phases[1].id, phases[0].id, "stated", 1.0, 1, ""),
        ),
        recommends=(Requirement("docker", "yaml", "stated", 1.0, 1, ""),),
        proposed=(Requirement("docker", "aws", "inferred", 0.4, 1, ""),),
        choices={choice.id: choice},
        parts=(Placed("image-layers", "docker", 1),),
        loose_parts=(Placed("yaml", "kubernetes", 2),),
        covers=(
            Placed("filesystem", phases[0].id, 1),
            Placed("docker", phases[1].id, 2),
            Placed("docker", section.id, 2),
            Placed("docker", ROADMAP, 3),
        ),
        inside=(Placed(section.id, phases[1].id, 1),),
    )
    return Archive(
        graph=graph,
        sources=(SOURCE,),
        documents=(DOCUMENT,),
        mentions=(
            Mention(
                id="m1",
                topic_id="docker",
                document_id=DOCUMENT.id,
                text="**Docker**",
                line_start=2,
                line_end=2,
                method="title",
            ),
        ),
        claims=(
            claim("docker", "filesystem", reason="An image is a filesystem."),
            claim("docker", "processes", confidence=0.9),
            claim(phases[1].id, phases[0].id, id="c-phases"),
        ),
        resources=(Resource(url="https://example.org/docker", title="A course", kind="course"),),
        teaches=(Placed("https://example.org/docker", "docker", 1),),
        names=(("docker", "docker"), ("file system", "filesystem")),
    )


def chain(titles: Sequence[str]) -> Archive:
    """Topics of which each requires the one before."""
    topics = {title: topic(title) for title in titles}
    requires = tuple(Requirement(b, a) for a, b in pairwise(titles))
    return Archive(graph=Graph(topics=dict(sorted(topics.items())), requires=tuple(sorted(requires))))
