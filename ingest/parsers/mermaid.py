"""The Mermaid family: flowcharts, and mind maps as containment."""

from __future__ import annotations

from pathlib import PurePosixPath

from ingest.parsers.dot_meaning import reading_of
from ingest.parsers.dot_model import Cluster, Drawing
from ingest.parsers.mermaid_flow import draw_flow
from ingest.parsers.mermaid_lines import script_of
from ingest.parsers.mermaid_mind import draw_mind
from ingest.reading import Reading, Text

FAMILY = "mermaid"
SUFFIXES = frozenset({".mmd", ".mermaid"})


def detect(text: Text) -> bool:
    """Whether a document is Mermaid: by its suffix."""
    return PurePosixPath(text.path).suffix.lower() in SUFFIXES


def parse(text: Text) -> Reading:
    """Read a Mermaid file."""
    return reading_of(draw("\n".join(text.lines)), text.path)


def draw(source: str) -> Drawing:
    """Read the drawing of a source; one of another kind is empty, and that is said."""
    script = script_of(source)
    if script.kind == "mindmap":
        return draw_mind(source, script)
    if script.kind in {"graph", ""}:
        drawing = draw_flow(source, script)
        if not script.kind and script.statements:
            message = "the first line does not say what is drawn; read as a flowchart"
            drawing.problem("mermaid-syntax", message, script.statements[0].start, "write “flowchart TD”")
        return drawing
    empty = Drawing(source, "mermaid", script.title, clusters=[Cluster(0, 0, 0)])
    empty.problem("other-diagram", f"a {script.kind} is not read: it orders no topics", script.kind_at)
    return empty
