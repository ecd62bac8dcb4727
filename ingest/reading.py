"""What a parser makes of one document: the shape that `skilltrail parse --json` prints.

A reading names things as the document does; which titles are the same topic is decided later, across documents.
The values are slotted dataclasses, since a large document has tens of thousands of them; what a store kept is checked
by pydantic when it is read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar, Literal, Self

from pydantic import ConfigDict, TypeAdapter

from graph.model import Strength
from graph.problems import Severity

EndKind = Literal["topic", "phase", "section", "external"]


class _Value:
    """What the values of a reading share."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values, called as it is for the pydantic values beside which these stand."""
        return replace(self, **update)  # type: ignore[type-var]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProblem(_Value):
    """A mistake found while reading; its path is the document's."""

    severity: Severity
    code: str
    message: str
    line: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRoadmap(_Value):
    """The document as a whole."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPhase(_Value):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResource(_Value):
    """A link given for a topic."""

    url: str
    title: str
    kind: str = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTopic(_Value):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequirement(_Value):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(_Value):
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
    ticked: tuple[str, ...] = ()
    """Ids of the topics ticked in a task list."""
    keys: tuple[str, ...] = ()
    """Numbers by which the other notes of a vault may call this one."""
    order: float | None = None
    """Where a note stands among those of its folder, as its front matter says."""

    @classmethod
    def from_json(cls, kept: str) -> Reading:
        """Read back what `to_json` wrote.

        Raises:
            pydantic.ValidationError: it is not the JSON of a reading.
        """
        return _adapter().validate_json(kept)

    def to_json(self) -> str:
        """As a store keeps it: what has its usual value is left out.

        Raises:
            UnicodeEncodeError: a text holds half a surrogate pair, which nothing can store.
        """
        return _adapter().dump_json(self, exclude_defaults=True).decode()

    def to_dict(self) -> dict[str, Any]:
        """As `parse --json` prints it: everything, as plain values."""
        found: dict[str, Any] = _adapter().dump_python(self, mode="json", exclude={"index", "ticked", "keys", "order"})
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(_Value):
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


@cache
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)
