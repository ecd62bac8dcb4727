"""Printing: data to stdout, everything else to stderr."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.present import Look

if TYPE_CHECKING:
    from app.views import NoticeView
    from graph.problems import Problem

MAX_WARNINGS = 20
"""Warnings printed before the rest is only counted; errors are all printed."""
EMPTY_STORE = "Nothing has been read into this store yet."
EMPTY_STORE_HINT = "`skilltrail ingest --samples` reads our sample roadmaps, `skilltrail ingest FOLDER` reads your own."
# A title may hold what a terminal obeys; colours are ours and stay.
_CONTROLS = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")


class ReaderGoneError(Exception):
    """Whoever read our output has stopped: the command ends, silently."""


def write(text: str) -> None:
    """Print data for people.

    Raises:
        ReaderGoneError: the other end of the pipe is closed.
    """
    _out(_CONTROLS.sub("", text))


def write_json(value: Any) -> None:
    """Print data for programs; numbers that JSON has no word for become null.

    Raises:
        ReaderGoneError: the other end of the pipe is closed.
    """
    _out(json.dumps(_finite(value), ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print what is not data."""
    sys.stderr.write(_CONTROLS.sub("", text) + "\n")


def say_empty() -> None:
    """What to do while the store is empty."""
    say(EMPTY_STORE)
    say(EMPTY_STORE_HINT)


def say_notices(notices: Iterable[NoticeView]) -> None:
    """What must be known beside an answer."""
    for notice in notices:
        say(f"note: {notice.text}")


def say_problems(problems: Sequence[Problem]) -> None:
    """Mistakes in documents, so that editors can jump: errors first, not too many of the others."""
    errors = [problem for problem in problems if problem.severity == "error"]
    others = [problem for problem in problems if problem.severity != "error"]
    others.sort(key=lambda problem: problem.severity != "warning")
    for problem in (*errors, *others[:MAX_WARNINGS]):
        say(str(problem))
    if len(others) > MAX_WARNINGS:
        say(f"… and {len(others) - MAX_WARNINGS} more (use --json)")


def look() -> Look:
    """How wide and colourful stdout is."""
    import shutil

    from app.settings import colour_wanted

    if not sys.stdout.isatty():
        return Look()
    return Look(colour=colour_wanted(), width=shutil.get_terminal_size().columns)


def _out(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as gone:
        raise ReaderGoneError from gone


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list | tuple) else value
