"""Paths as people know them."""

from __future__ import annotations

from pathlib import Path


def shown(path: str) -> str:
    """A path relative to the current folder where it stands below it; as it is elsewhere."""
    given = Path(path)
    here = Path.cwd()
    return given.relative_to(here).as_posix() if given.is_absolute() and given.is_relative_to(here) else path
