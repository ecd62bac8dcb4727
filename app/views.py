"""What the command line and the pages show: plain values, the JSON shapes of `--json`. No HTML, no colours."""

from __future__ import annotations

from typing import Any

from graph.model import Value
from graph.planner.results import State


class NoticeView(Value):
    """Something to know beside an answer."""

    code: str
    text: str


class GoalView(Value):
    """A goal in the head of an answer."""

    id: str
    title: str


class ReasonView(Value):
    """One part of a suggestion's rank."""

    part: str
    value: float | str
    text: str


class SuggestionView(Value):
    """A topic that can be learned now."""

    id: str
    title: str
    rank: int
    effort_hours: float
    reasons: tuple[ReasonView, ...]


class NextView(Value):
    """`next --json`."""

    learner: str
    goals: tuple[GoalView, ...]
    suggestions: tuple[SuggestionView, ...]
    notices: tuple[NoticeView, ...] = ()


class EntryView(Value):
    """One step of a path."""

    step: int
    id: str
    title: str
    effort_hours: float
    for_: tuple[str, ...]
    """Ids of the goals that need it; `for` in JSON."""
    requires: tuple[str, ...]
    """Ids of the steps that must come before."""
    state: State
    part_of: str | None = None
    """Title of the topic with parts that this step belongs to."""


class CutView(Value):
    """A requirement left out because it closes a cycle."""

    topic: str
    requires: str
    text: str


class PathView(Value):
    """`path --json`."""

    learner: str
    goals: tuple[GoalView, ...]
    entries: tuple[EntryView, ...]
    total_hours: float
    cuts: tuple[CutView, ...] = ()
    notices: tuple[NoticeView, ...] = ()


class ReceiptView(Value):
    """One claim with its place."""

    path: str
    line_start: int
    line_end: int
    quote: str
    rule: str
    origin: str
    confidence: float
    strength: str = "hard"
    reason: str = ""


class WhyView(Value):
    """`why A B --json`."""

    topic: str
    requires: str
    status: str
    """accepted, soft, proposed, choice, indirect (over the chain) or none."""
    strength: str | None
    confidence: float | None
    claims: tuple[ReceiptView, ...]
    chain: tuple[str, ...]
    """Ids from topic down to requires, along hard requirements; empty when there is no way."""
    reason: str = ""


class TopicRow(Value):
    """One row of `topics --json` and of the catalogue."""

    id: str
    title: str
    aliases: tuple[str, ...]
    state: str
    learner_state: str | None
    """known, learning, skipped, not known or assumed; None when nothing is said."""
    roadmaps: tuple[str, ...]
    """Titles."""
    phases: tuple[str, ...]
    """Titles."""
    effort_hours: float | None
    shown_as: State
    """How the map shows it."""
    step: int | None = None
    """Place on the path; None off the path."""
    needs: tuple[str, ...] = ()
    """Titles of what it requires directly."""


class LinkView(Value):
    """A topic named beside another one."""

    id: str
    title: str
    shown_as: State
    reason: str = ""
    strength: str = "hard"
    """hard, soft, proposed or choice."""
    receipts: tuple[ReceiptView, ...] = ()


class ChoiceView(Value):
    """Alternatives of a topic."""

    min: int
    options: tuple[LinkView, ...]
    taken: tuple[str, ...]
    """Ids that today's path takes; empty off the path."""
    reason: str = ""


class MentionView(Value):
    """Where a topic stands in a document."""

    path: str
    line_start: int
    line_end: int
    text: str


class ResourceView(Value):
    """A link that teaches a topic."""

    url: str
    title: str
    kind: str


class TopicView(Value):
    """Everything about one topic: the details panel and `show`."""

    id: str
    title: str
    aliases: tuple[str, ...]
    summary: str
    effort_hours: float | None
    state: str
    learner_state: str | None
    shown_as: State
    step: int | None
    is_goal: bool
    roadmaps: tuple[str, ...]
    phases: tuple[str, ...]
    needs: tuple[LinkView, ...]
    helped_by: tuple[LinkView, ...]
    choices: tuple[ChoiceView, ...]
    unlocks: tuple[LinkView, ...]
    parts: tuple[LinkView, ...]
    part_of: tuple[LinkView, ...]
    advice: tuple[str, ...] = ()
    """What its phases require: shown, never binding for the bare topic."""
    assumed_from: str | None = None
    """Title of the known topic from which this one is assumed; None unless assumed."""
    mentions: tuple[MentionView, ...] = ()
    resources: tuple[ResourceView, ...] = ()


class ProgressView(Value):
    """How far the goals are."""

    goals: tuple[GoalView, ...]
    done: int
    total: int
    hours_left: float
    hours_per_week: float
    weeks_left: int
    """Rounded up."""
    next: SuggestionView | None


class QueryView(Value):
    """`query --json`."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    truncated: bool
    elapsed_ms: float


class RequirementName(Value):
    """A requirement by the titles of its ends."""

    topic: str
    requires: str
    choice: bool = False
    """True when it is one of several alternatives."""


class RenameView(Value):
    """A title that was changed in a document."""

    topic: str
    """Id of the topic under its old title."""
    before: str
    now: str
    sure: bool
    """True: it kept its id. False: it is only proposed that both are one."""
    score: float
    reasons: tuple[str, ...]


class DoubleView(Value):
    """Two topics that are perhaps the same; never merged by themselves."""

    id: str
    title: str
    other_id: str
    other_title: str
    reason: str
    """Name of the rule that found them."""
    text: str
    score: float
    """0 to 1."""
    documents: tuple[str, ...] = ()
    """Paths that name one of them."""


class OtherTitle(Value):
    """Another way in which documents write the title of a topic."""

    title: str
    rule: str
    """The rule by which it was recognised."""
    documents: tuple[str, ...]


class MergedTopic(Value):
    """One topic that documents write in several ways."""

    id: str
    title: str
    documents: tuple[str, ...]
    """Paths of those that write it as its title."""
    others: tuple[OtherTitle, ...]


class MergedView(Value):
    """`topics --merged --json`."""

    merged: tuple[MergedTopic, ...]
    perhaps: tuple[DoubleView, ...]


class DocumentReport(Value):
    """What one document brought."""

    path: str
    status: str
    """new, changed, unchanged, vanished or failed."""
    topics: int = 0
    requirements: int = 0
    topics_added: tuple[str, ...] = ()
    """Titles, as in all that follow."""
    topics_changed: tuple[str, ...] = ()
    topics_retired: tuple[str, ...] = ()
    """Left the document, kept because somebody has a state on them."""
    topics_removed: tuple[str, ...] = ()
    """Left the document."""
    topics_renamed: tuple[RenameView, ...] = ()
    requirements_added: tuple[RequirementName, ...] = ()
    requirements_removed: tuple[RequirementName, ...] = ()
    requirements_proposed: tuple[RequirementName, ...] = ()
    """Inferred, not accepted by anybody."""


class IngestView(Value):
    """`ingest --json`."""

    documents: tuple[DocumentReport, ...]
    topics: int
    requirements: int
    phases: int
    topics_added: int
    topics_removed: int
    requirements_added: int
    requirements_removed: int
    problems: tuple[dict[str, Any], ...] = ()
    written: bool = True
    """False when nothing had to be written."""
    dry_run: bool = False
    """True when nothing was written because it was only asked what would be."""
    doubles: tuple[DoubleView, ...] = ()
    """Topics of documents that were new or changed, and others that are perhaps the same; best first."""
    ticks_imported: tuple[str, ...] | None = None
    """Titles of topics marked as known because a document has them ticked; None when that was not asked for."""


class StatusView(Value):
    """`status --json`."""

    store: str
    engine: str
    version: str
    schema_version: int
    graph_version: int
    incomplete: bool
    topics: int
    requirements: int
    roadmaps: tuple[str, ...]
    sources: tuple[str, ...]
    learners: tuple[str, ...]


class MapNode(Value):
    """A card on the map."""

    id: str
    title: str
    sub: str
    """Second line of the card: hours and where it stands."""
    tooltip: str
    """Plain text, lines separated by newlines."""
    state: State
    step: int | None
    dim: bool = False


class MapEdge(Value):
    """An arrow from what comes first to what needs it."""

    source: str
    """The requirement: drawn above, or left."""
    target: str
    kind: str
    """requires, recommends, proposed, choice, or part (the whole is the source)."""
    on_path: bool = False


class MapView(Value):
    """What the map shows."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    start: str | None
    """Topic the camera begins at; None: everything is fitted."""
    hidden: int = 0
    """Topics left out because the view is capped."""
