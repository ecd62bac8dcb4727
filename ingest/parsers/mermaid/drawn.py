"""What all readers of Mermaid begin with, and how those that keep a state go through a script."""

from __future__ import annotations

from typing import Protocol

from ingest.parsers.dot.model import Cluster, Drawing
from ingest.parsers.mermaid.lines import Script, Statement


class Reader(Protocol):
    """Reads one statement after the other."""

    def take(self, statement: Statement) -> None:
        """Read a statement."""

    def finish(self) -> Drawing:
        """What was read, once all statements are."""


def empty(source: str, script: Script) -> Drawing:
    """A drawing with its title and remarks, and nothing drawn yet."""
    return Drawing(source, "mermaid", script.title, clusters=[Cluster(0, 0, 0)], remarks=script.comments)


def drawn_by(reader: Reader, script: Script) -> Drawing:
    """The drawing that a reader makes of a script."""
    for statement in script.statements:
        reader.take(statement)
    return reader.finish()
