"""What a parser makes of one document: the shape that `skilltrail parse --json` prints.

A reading names things as the document does; which titles are the same topic is decided later, across documents.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.model import Strength, Value
from graph.problems import Severity

EndKind = Literal["topic", "phase", "section", "external"]


class ReadProblem(Value):
    """A mistake found while reading; its path is the document's."""

    severity: Severity
    code: str
    message: str
    line: int = 1
    hint: str = ""


class ReadRoadmap(Value):
    """The document as a whole."""

    title: str


class ReadPhase(Value):
    """A stage of the document."""

    id: str
    """Slug, unique among the phases of the document."""
    label: str
    """As written: "Phase 1"."""
    title: str
    """Without label, numbering and emoji; the label when there is no title."""
    position: int
    """From 1, in the document's order."""
    weeks_min: float | None = None
    weeks_max: float | None = None
    line: int = 1


class ReadResource(Value):
    """A link given for a topic."""

    url: str
    title: str
    kind: str = "link"


class ReadTopic(Value):
    """A thing the document says to learn (`topic`), or a heading that only groups (`section`)."""

    id: str
    """Slug, unique among the topics and sections of the document."""
    title: str
    """As written, without numbering, emoji and markup."""
    kind: Literal["topic", "section"] = "topic"
    state: Literal["active", "planned"] = "active"
    line: int
    line_end: int
    position: int
    """From 1, in the document's order, over topics and sections together."""
    part_of: str | None = None
    """Id of the topic or section that it stands in."""
    phase: str | None = None
    """Title of its phase."""
    description: str = ""
    effort_hours: float | None = None
    aliases: tuple[str, ...] = ()
    resources: tuple[ReadResource, ...] = ()
    text: str = ""
    """The title as it stands in the line, markup included: what a mention quotes."""


class ReadRequirement(Value):
    """One claim of the document: `topic` requires `requires`."""

    topic: str
    """Title of a topic, phase or section of this document."""
    topic_kind: Literal["topic", "phase", "section"] = "topic"
    topic_id: str
    """Its id in this reading."""
    requires: str
    """Title as the document's own topic, phase or section has it; as written when it is external."""
    requires_kind: EndKind = "topic"
    requires_id: str | None = None
    """Its id in this reading; None when external."""
    origin: Literal["stated", "inferred"] = "stated"
    strength: Strength = "hard"
    confidence: float = 1.0
    rule: str
    """Name of the rule that read it, kebab-case."""
    line_start: int
    line_end: int
    quote: str
    """A verbatim piece of the decoded source lines, markup included."""
    reason: str = ""
    """Why, where the document says; plain text."""
    choice: str | None = None
    """Requirements with the same choice are alternatives; unique in the document."""
    choice_min: int = 1
    """How many of the alternatives are needed."""


class Reading(Value):
    """All that was read from one document."""

    path: str
    """As given, or the folder given joined with the path inside."""
    family: str
    roadmap: ReadRoadmap
    phases: tuple[ReadPhase, ...] = ()
    topics: tuple[ReadTopic, ...] = ()
    requirements: tuple[ReadRequirement, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    index: bool = False
    """True for a vault's index note: its phases and order are the folder's."""
    ticked: tuple[str, ...] = Field(default=())
    """Ids of the topics ticked in a task list."""


class Text(Value):
    """A decoded document, ready for a parser."""

    path: str
    lines: tuple[str, ...]
    """Decoded, repaired, without line ends."""
    vault: bool = False
    """True when the document is one note of a folder of linked notes: it describes one topic, named by its title."""

    @property
    def body(self) -> str:
        """The lines as one string that ends in a newline."""
        return "\n".join(self.lines) + "\n"
