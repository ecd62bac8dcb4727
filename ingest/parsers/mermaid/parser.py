"""The Mermaid family: flowcharts, mind maps as containment, charts and boards that list what to learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from ingest.parsers.dot.meaning import reading_of
from ingest.parsers.dot.model import Cluster, Drawing
from ingest.parsers.mermaid.boards import draw_board, draw_journey, draw_timeline
from ingest.parsers.mermaid.classes import draw_classes
from ingest.parsers.mermaid.flow import draw_flow
from ingest.parsers.mermaid.lines import Script, script_of
from ingest.parsers.mermaid.mind import draw_mind
from ingest.parsers.mermaid.state import draw_states
from ingest.parsers.mermaid.tasks import draw_tasks
from ingest.reading import Reading, Text

FAMILY = "mermaid"
SUFFIXES = frozenset({".mmd", ".mermaid"})
_KINDS: Mapping[str, Callable[[str, Script], Drawing]] = {
    "mindmap": draw_mind,
    "gantt": draw_tasks,
    "timeline": draw_timeline,
    "journey": draw_journey,
    "kanban": draw_board,
    "classDiagram": draw_classes,
    "classDiagram-v2": draw_classes,
    "stateDiagram": draw_states,
    "stateDiagram-v2": draw_states,
}


def detect(text: Text) -> bool:
    """Whether a document is Mermaid: by its suffix."""
    return PurePosixPath(text.path).suffix.lower() in SUFFIXES


def parse(text: Text) -> Reading:
    """Read a Mermaid file."""
    return reading_of(draw("\n".join(text.lines)), text.path)


def draw(source: str) -> Drawing:
    """Read the drawing of a source; one of another kind is empty, and that is said."""
    script = script_of(source)
    reader = _KINDS.get(script.kind)
    if reader is not None:
        return reader(source, script)
    if script.kind in {"graph", ""}:
        drawing = draw_flow(source, script)
        if not script.kind and script.statements:
            message = "the first line does not say what is drawn; read as a flowchart"
            drawing.problem("mermaid-syntax", message, script.statements[0].start, "write “flowchart TD”")
        return drawing
    empty = Drawing(source, "mermaid", script.title, clusters=[Cluster(0, 0, 0)])
    empty.problem("other-diagram", f"a {script.kind} is not read: it orders no topics", script.kind_at)
    return empty
