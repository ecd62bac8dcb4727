"""Documents made to be slow: `python -m fuzz.hostile [FAMILY …]` tries them at a larger size than the tests do.

What is compared is CPU time in one process, so a slow machine slows both sides. Where markdown-it-py alone is slower
than linear, what it alone takes too long is taken off: that is bounded by the size of a document only.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from fuzz.trial import parser_named, suffixes_of
from ingest.parsers import PARSERS, Parser
from ingest.reading import Text

TIMES = 10
MOST = 13.0
"""Ten times the input in at most so many times the time: a third for noise and for what grows with a logarithm."""
QUICK_S_PER_SIGN = 1e-6
"""What is read faster than this is not looked at further: Markdown without anything hostile takes as long."""
ENOUGH_S = 0.1
MOST_GROWTH = 32
_WORDS: Any = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
FRAMES: Mapping[str, Sequence[str]] = _WORDS["frames"]
"""Suffix -> where hostile pieces are put."""
Make = Callable[[int], str]


def documents(suffix: str) -> Iterator[tuple[str, Make]]:
    """(name, maker of a document of some size): one long line, and many short ones."""
    for frame in FRAMES.get(suffix, ("{}",)):
        for piece in _WORDS["pieces"]:
            yield f"{frame!r} of {piece!r}", _repeated(frame, piece)
    for frame in {frame for frame in FRAMES.get(suffix, ("{}",)) if frame == "{}" or "\n{}\n" in frame}:
        for line in _WORDS["lines"]:
            yield f"{frame!r} of lines {line!r}", _lined(frame, line)


def _repeated(frame: str, piece: str) -> Make:
    return lambda size: frame.replace("{}", piece * (size // len(piece) // frame.count("{}")))


def _lined(frame: str, line: str) -> Make:
    each = len(line) + 3 * line.count("{}") + 1
    return lambda size: frame.replace(
        "{}", "\n".join(line.replace("{}", str(number)) for number in range(size // each))
    )


def seconds(work: Callable[[], object], runs: int) -> float:
    """CPU time, the least of several runs: noise only adds."""
    taken = []
    for _ in range(runs):
        if runs > 1:  # in the first look, collecting would cost more than reading
            gc.collect()
        gc.disable()
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
        gc.enable()
    return min(taken)


def slow(parser: Parser, suffix: str, size: int) -> Iterator[tuple[str, float, float]]:
    """(name, ratio, seconds) of each document that takes more than it should for ten times the size."""
    for name, make in documents(suffix):
        # A tenth first: what would be quick even if it took the square is not tried.
        small = _reading(parser, _text(make, suffix, size // TIMES), 1)
        if small * TIMES * TIMES < QUICK_S_PER_SIGN * size:
            continue
        large = _reading(parser, _text(make, suffix, size), 1)
        if large < QUICK_S_PER_SIGN * size or large < small * MOST:
            continue
        # What is slow by chance, or only until some bound is reached, is not so at twice the size.
        enough = _long_enough(parser, make, suffix, size)
        found = [_ratio(parser, make, suffix, each) for each in (enough, 2 * enough)]
        if all(ratio > MOST for ratio, _ in found):
            yield name, *found[-1]


def _long_enough(parser: Parser, make: Make, suffix: str, size: int) -> int:
    """A size that takes so long that other work on the machine hardly changes a ratio."""
    largest = size * MOST_GROWTH
    while size < largest and _reading(parser, _text(make, suffix, size), 1) < ENOUGH_S:
        size *= 2
    return size


def _ratio(parser: Parser, make: Make, suffix: str, size: int) -> tuple[float, float]:
    little, text = _text(make, suffix, size // TIMES), _text(make, suffix, size)
    small, large = _reading(parser, little, 4), _reading(parser, text, 2)
    if suffix == ".md" and large > small * MOST:
        large -= max(0.0, _library(text) - TIMES * _library(little))
    return large / small, large


def _text(make: Make, suffix: str, size: int) -> Text:
    return Text(path=f"x{suffix}", lines=tuple(make(size).split("\n")))


def _reading(parser: Parser, text: Text, runs: int) -> float:
    return seconds(lambda: parser.parse(text), runs)


def _library(text: Text) -> float:
    return seconds(lambda: MarkdownIt("commonmark").enable("table").parse(text.body), 2)


def main(families: list[str]) -> None:
    """Print what is slow."""
    for family in families or [each.family for each in PARSERS]:
        parser = parser_named(family)
        for suffix in suffixes_of(parser):
            if suffix in FRAMES:
                for name, ratio, took in slow(parser, suffix, 60_000):
                    print(f"{family} {suffix}: {ratio:.0f} × for {TIMES} ×, {took:.2f} s: {name}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
