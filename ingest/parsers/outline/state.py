"""What the readers of a document pass to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parsers.outline.blocks import Block
from ingest.parsers.outline.draft import Draft
from ingest.parsers.outline.shape import Shape


@dataclass(frozen=True, slots=True)
class Walk:
    """A document on its way."""

    shape: Shape
    draft: Draft
    large: bool = False
    """Of a large document what has been read is let go: it makes room for what it became."""

    def below(self, block: Block) -> Iterator[Block]:
        """What stands in a block, in order; it can be asked for once only."""
        if not self.large:
            yield from block.children
            return
        children = list(reversed(block.children))
        block.let_go()
        while children:
            child = children.pop()
            yield child
            self.shape.forget(child)
