"""Reading Markdown: time against markdown-it-py alone on the same text, memory against the document's size."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from markdown_it import MarkdownIt

from bench.figures import Figure, paired
from graph.datafiles import data_path
from ingest.parsers import parse
from ingest.parsers.wording.remembering import forget_all
from ingest.reading import Text

NAMES = ("software-engineering-in-phases.md", "backend-outline.md")
MEGABYTES = 10
"""The largest document that is read."""


def figures() -> Iterator[Figure]:
    """The ratios on our phased article and outline, repeated to some 2,000 lines, and to 10 MB."""
    for name in NAMES:
        lines = data_path("roadmaps", name).read_text(encoding="utf-8").splitlines()
        text = _repeated(name, 2_000 // len(lines[1:]) + 1)
        plain = MarkdownIt("commonmark").enable("table")
        ratio, ours, theirs = paired(partial(_parse_anew, text), partial(plain.parse, text.body))
        detail = f"{len(text.lines)} lines: {ours * 1000:.0f} ms, markdown-it-py {theirs * 1000:.0f} ms"
        yield Figure(f"parse Markdown ({name})", ratio, "×", 3, detail)
    for name in NAMES:
        ours, theirs = (_growth(name, library=library) for library in (False, True))
        detail = f"of a {MEGABYTES} MB document's size; markdown-it-py alone {theirs:.1f} ×"
        yield Figure(f"memory to read it ({name})", ours, "×", 10, detail)


def _repeated(name: str, times: int) -> Text:
    """A document with the same headings again and again, each time with another number: no title is met twice."""
    first, *lines = data_path("roadmaps", name).read_text(encoding="utf-8").splitlines()
    made = (f"{line} {time}" if time and line.startswith("#") else line for time in range(times) for line in lines)
    return Text(path=name, lines=(first, *made))


def _parse_anew(text: Text) -> object:
    """Read a document as a fresh process does: nothing is remembered of the time before."""
    forget_all()
    return parse(text)


def _growth(name: str, *, library: bool) -> float:
    """Resident growth of a child process at its peak, by the size of the document; its own start not counted."""
    command = [sys.executable, "-m", "bench.reading", name, *(["library"] if library else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _child(name: str, *, library: bool) -> float:
    one = _repeated(name, 1)
    parse(one)  # so that modules, word lists and patterns are there
    text = _repeated(name, MEGABYTES * 1024 * 1024 // len(one.body.encode()))
    body = text.body
    unit = 1 if sys.platform == "darwin" else 1024
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = MarkdownIt("commonmark").enable("table").parse(body) if library else parse(text)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del kept
    return (after - before) * unit / len(body.encode())


if __name__ == "__main__":
    print(_child(sys.argv[1], library="library" in sys.argv[2:]))
