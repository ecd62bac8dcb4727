"""Mermaid Gantt charts: tasks are topics, and "after" says what a task requires."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import MAX_NODES, Cluster, Drawing, Edge, Node
from ingest.parsers.mermaid.drawn import empty
from ingest.parsers.mermaid.labels import plain_label
from ingest.parsers.mermaid.lines import Script, Statement
from ingest.parsers.wording.titles import clean, is_pause

_SETTING = re.compile(
    r"(?:dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|inclusiveEndDates|topAxis|weekday|weekend"
    r"|displayMode|click|acc(?:Title|Descr)\b\W)(?:\s|$|:)"
)
_TAGS = frozenset({"done", "active", "crit"})
_NO_TOPICS = frozenset({"milestone", "vert"})
"""Tags of a mere date."""
_AFTER = re.compile(r"after\s+([\w\s-]+)")
_ID = re.compile(r"[^\W\d][\w-]*")


def draw_tasks(source: str, script: Script) -> Drawing:
    """Read a Gantt chart."""
    drawing = empty(source, script)
    drawing.sign = "after"
    after: list[tuple[str, list[str], Statement]] = []
    for statement in script.statements:
        if add_heading(drawing, statement) or _SETTING.match(statement.text):
            continue
        title, colon, data = statement.text.rpartition(":")
        if not colon:
            continue
        fields = [field.strip() for field in data.split(",")]
        tags = {field for field in fields if field in _TAGS | _NO_TOPICS}
        rest = [field for field in fields if field not in tags]
        key = next((field for field in rest[:1] if _ID.fullmatch(field)), f"task {len(drawing.nodes)}")
        if not title.strip() or not add_node(drawing, key, title, statement, done="done" in tags):
            continue
        if tags & _NO_TOPICS or is_pause(clean(plain_label(title)).title):
            # What comes after an exam comes after what was learned for it.
            drawing.nodes[key].label = ""
        wanted = [name for field in rest if (found := _AFTER.fullmatch(field)) for name in found[1].split()]
        after.append((key, wanted, statement))
    for key, wanted, statement in after:
        for name in wanted:
            if name in drawing.nodes:
                drawing.edges.append(Edge(name, key, statement.start, statement.start + len(statement.text)))
    return drawing


def add_heading(drawing: Drawing, statement: Statement) -> bool:
    """Take the title or the section of a chart; whether it was one."""
    word, _, words = statement.text.partition(" ")
    if word == "title":
        drawing.title = drawing.title or plain_label(words)
    elif word == "section":
        number = len(drawing.clusters)
        drawing.clusters.append(Cluster(number, 0, statement.start, f"section {number}", plain_label(words)))
    else:
        return False
    return True


def add_node(drawing: Drawing, key: str, title: str, statement: Statement, *, done: bool = False) -> bool:
    """Add a topic to the last section; whether there was room for it."""
    if len(drawing.nodes) >= MAX_NODES:
        drawing.problem("too-many-topics", f"more than {MAX_NODES} nodes; the rest is not read", statement.start)
        return False
    label = plain_label(title)
    node = Node(key, statement.start, statement.start + len(statement.text), f"[x] {label}" if done else label)
    node.stand(drawing.clusters[-1].number, alone=True)
    drawing.nodes[key] = node
    return True
