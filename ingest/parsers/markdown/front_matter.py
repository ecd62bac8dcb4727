"""The YAML that a Markdown document may begin with, between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from ingest.reading import ReadProblem

MAX_SIGNS = 100_000
MAX_ALIASES = 20
"""Merged into each other, more of them make gigabytes out of a few lines."""
_OPENING = re.compile(r"-{3,}")
_CLOSING = re.compile(r" {0,3}(-{3,})\s*")


class FrontMatter(NamedTuple):
    """What stands in front of a document."""

    values: dict[str, Any]
    lines: tuple[int, int]
    """First and last line, its dashes included; (1, 1) without one."""
    end: int
    """Lines that it takes; 0 without one."""
    problems: tuple[ReadProblem, ...] = ()


NONE = FrontMatter({}, (1, 1), 0)


def front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter; nothing in it raises."""
    opening = _OPENING.match(lines[0]) if lines else None
    if opening is None:
        return NONE
    end = next((at for at, line in enumerate(lines) if at and _closes(line, len(opening[0]))), 0)
    if not end:
        return NONE
    values, problem = _read("\n".join(lines[1:end]), end + 1)
    return FrontMatter(values, (1, end + 1), end + 1, () if problem is None else (problem,))


def _closes(line: str, dashes: int) -> bool:
    if not line[:4].lstrip().startswith(("-", ".")):
        return False
    found = _CLOSING.fullmatch(line)
    return (found is not None and len(found[1]) >= dashes) or line.rstrip() == "..."


def _read(text: str, last: int) -> tuple[dict[str, Any], ReadProblem | None]:
    if len(text) > MAX_SIGNS:
        return {}, _problem(f"front matter of more than {MAX_SIGNS} signs is not read")
    try:
        if text.count("*") > MAX_ALIASES and _aliases(text) > MAX_ALIASES:
            return {}, _problem(f"front matter with more than {MAX_ALIASES} aliases is not read")
        # Not by libyaml, whose recursion ends the process where Python's raises.
        front = yaml.safe_load(text)
    # PyYAML raises ValueError for dates that do not exist.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        said = str(getattr(error, "problem", None) or "not valid YAML")
        return {}, _problem(
            f"the front matter cannot be read: {said}", min(last, 2 + mark.line) if mark is not None else 1
        )
    if front is not None and not isinstance(front, dict):
        message = "the front matter is not a list of names and values"
        return {}, ReadProblem(severity="warning", code="front-matter", message=message)
    return {str(key): value for key, value in (front or {}).items()}, None


def _aliases(text: str) -> int:
    return sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader))


def _problem(message: str, line: int = 1) -> ReadProblem:
    return ReadProblem(severity="error", code="front-matter", message=message, line=line)
