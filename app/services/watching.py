"""`ingest --watch`: read again whenever the files change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.documents import SKIPPED_FOLDERS, SUFFIXES

DEBOUNCE_MS = 400
"""How long it must be quiet before files are read: editors write a file in several steps."""


def changes(paths: Sequence[Path], without: Path) -> Iterator[tuple[str, ...]]:
    """The files that changed, again and again, until interrupted.

    Folders are watched, not files: editors replace a file by another one of that name.

    Args:
        paths: files and folders.
        without: the store's own folder: reading must not lead to reading.

    Raises:
        KeyboardInterrupt: somebody has seen enough.
    """
    from watchfiles import watch  # noqa: PLC0415 - only where something is watched

    given = [path.resolve() for path in paths]
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    wanted = lambda _, path: is_wanted(Path(path), given) and not Path(path).is_relative_to(without)  # noqa: E731
    for batch in watch(*folders, watch_filter=wanted, debounce=DEBOUNCE_MS):
        yield tuple(sorted({path for _, path in batch}))


def is_wanted(file: Path, given: Sequence[Path]) -> bool:
    """Whether a file is one that was given, or a document in a folder that was given."""
    if file.suffix.lower() not in SUFFIXES:
        return False
    for path in given:
        if file == path:
            return True
        if file.is_relative_to(path):
            inside = file.relative_to(path).parts
            return not any(part.startswith(".") or part in SKIPPED_FOLDERS for part in inside)
    return False
