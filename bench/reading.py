"""Reading Markdown, against markdown-it-py alone on the same text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markdown_it import MarkdownIt

from bench.figures import Figure, paired
from graph.datafiles import data_path
from ingest.parsers import parse
from ingest.reading import Text


def figures() -> Iterator[Figure]:
    """The ratio on our phased article and outline, repeated to some 2,000 lines."""
    for name in ("software-engineering-in-phases.md", "backend-outline.md"):
        lines = data_path("roadmaps", name).read_text(encoding="utf-8").splitlines()
        head, body = lines[:1], lines[1:]
        text = Text(path=name, lines=tuple(head + body * (2_000 // len(body) + 1)))
        plain = MarkdownIt("commonmark").enable("table")
        ratio, ours, theirs = paired(partial(parse, text), partial(plain.parse, text.body))
        detail = f"{len(text.lines)} lines: {ours * 1000:.0f} ms, markdown-it-py {theirs * 1000:.0f} ms"
        yield Figure(f"parse Markdown ({name})", ratio, "×", 3, detail)
