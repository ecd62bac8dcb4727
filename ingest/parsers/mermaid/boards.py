"""Mermaid timelines, journeys and kanban boards: columns and what stands in them."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import Cluster, Drawing
from ingest.parsers.dot.words import says_done
from ingest.parsers.mermaid.drawn import empty
from ingest.parsers.mermaid.labels import plain_label, shaped_at
from ingest.parsers.mermaid.lines import Script, Statement
from ingest.parsers.mermaid.tasks import add_heading, add_node
from ingest.parsers.wording.titles import clean

_ID = re.compile(r"[\w-]*")
_EVENT = re.compile(r"\s:\s|^:\s|\s:$")


def draw_timeline(source: str, script: Script) -> Drawing:
    """Read a timeline: its periods are stages, its events topics."""
    drawing = empty(source, script)
    section = 0
    for statement in script.statements:
        if add_heading(drawing, statement):
            section = len(drawing.clusters) - 1
            continue
        period, *events = (piece.strip() for piece in _EVENT.split(statement.text))
        if period:
            number = len(drawing.clusters)
            drawing.clusters.append(Cluster(number, section, statement.start, f"period {number}", plain_label(period)))
        for event in events:
            if event:
                add_node(drawing, str(len(drawing.nodes)), event, statement)
    return drawing


def draw_journey(source: str, script: Script) -> Drawing:
    """Read a journey: its tasks are topics; how they felt is left out."""
    drawing = empty(source, script)
    for statement in script.statements:
        title = statement.text.split(":", 1)[0]
        if not add_heading(drawing, statement) and ":" in statement.text and title.strip():
            add_node(drawing, str(len(drawing.nodes)), title, statement)
    return drawing


def draw_board(source: str, script: Script) -> Drawing:
    """Read a kanban board: its cards are topics; those in a column called done are learned."""
    drawing = empty(source, script)
    left = min((statement.indent for statement in script.statements), default=0)
    done = False
    for statement in script.statements:
        label = _card(statement)
        if not label:
            continue
        if statement.indent <= left:
            number = len(drawing.clusters)
            drawing.clusters.append(Cluster(number, 0, statement.start, f"column {number}", label))
            done = says_done(clean(label).title)
        else:
            add_node(drawing, str(len(drawing.nodes)), label, statement, done=done)
    return drawing


def _card(statement: Statement) -> str:
    found = _ID.match(statement.text)
    shaped = shaped_at(statement.text, found.end()) if found is not None else None
    return " ".join((shaped.label if shaped is not None else plain_label(statement.text)).split())
