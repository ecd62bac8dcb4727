"""A progress bar on stderr, only where somebody looks at it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Report = Callable[[int, int, str], None]
"""Called with (documents done, documents in all, path of the one being read)."""


@contextlib.contextmanager
def progress_bar(doing: str) -> Iterator[Report | None]:
    """A bar that goes away when the work is done; None when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[path]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, path="")
        yield lambda done, total, path: bar.update(task, completed=done, total=total, path=path)
