"""What the readers of a document pass to each other."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.parsers.draft import Draft
from ingest.parsers.shape import Shape


@dataclass(frozen=True, slots=True)
class Walk:
    """A document on its way."""

    shape: Shape
    draft: Draft
