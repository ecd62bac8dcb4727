"""Where the graph comes from: sources, documents, and the places in them that name topics and claim requirements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Graph, Origin, Placed, Strength, Value


class Source(Value):
    """A folder (or the uploads) that was given to read."""

    id: str
    root: str
    """Absolute path of the folder; empty for uploads and samples."""
    kind: str = "folder"


class Document(Value):
    """A file that was read."""

    id: str
    source_id: str
    roadmap_id: str
    """The roadmap it describes or is a part of."""
    path: str
    """Inside the source, with /."""
    sha256: str
    family: str
    reader_version: str
    read_at: str
    """ISO 8601, UTC, of the reading that brought today's content."""
    reading: str = ""
    """What the parser read, as JSON, so that an unchanged document is not parsed again."""


class Mention(Value):
    """One place where a document names a topic."""

    id: str
    topic_id: str
    document_id: str
    text: str
    """As written."""
    line_start: int
    line_end: int
    method: str
    """How the text was recognised as this topic: title, alias, link ..."""


class Claim(Value):
    """One piece of evidence that `topic` requires `requires`."""

    id: str
    topic: str
    requires: str
    document_id: str
    rule: str
    origin: Origin
    strength: Strength
    confidence: float
    quote: str
    """Verbatim words of the document."""
    reason: str = ""
    """Why, where the document says."""
    line_start: int = 1
    line_end: int = 1
    choice_id: str | None = None
    """The choice this claim is an option of; None for an unconditional one."""
    choice_min: int = 1
    """How many options of that choice are needed."""


class Resource(Value):
    """A link that teaches a topic."""

    url: str
    title: str
    kind: str = "link"


class Receipt(NamedTuple):
    """A claim as shown to people: with the path of its document."""

    path: str
    line_start: int
    line_end: int
    quote: str
    rule: str
    origin: str
    strength: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A graph with all its evidence: what reading produces and a store keeps."""

    graph: Graph = field(default_factory=Graph)
    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    resources: tuple[Resource, ...] = ()
    teaches: tuple[Placed, ...] = ()
    """(url, topic id, position)"""
    names: tuple[tuple[str, str], ...] = ()
    """The register: (normal form, topic id). Survives re-reading, so that progress keeps its topic."""
