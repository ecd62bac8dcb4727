"""`ingest`, `parse` and `forget`: documents in."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from app.cli.options import Command, Options
from app.cli.output import look, say, say_problems, write, write_json
from app.cli.progress import progress_bar
from app.cli.report import DOCUMENT_ERRORS, FINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.views import IngestView
    from graph.problems import Problem
    from graph.store.store import Store


class GivenPath(click.Path):
    """A path that was really given: the shell makes an empty word of an unset variable, and "" would be this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click does, but never from nothing."""
        if value == "":
            self.fail("a path is empty.", param, ctx)
        return super().convert(value, param, ctx)


PATHS = GivenPath(path_type=Path)


@click.command("ingest", cls=Command)
@click.argument("paths", nargs=-1, type=PATHS, metavar="[PATH]...")
@click.option("--samples", is_flag=True, help="Read the sample roadmaps that come with skilltrail.")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--watch", is_flag=True, help="Read again whenever the files change, until Ctrl-C.")
@click.option("--import-ticks", is_flag=True, help="Mark as known what task lists have ticked.")
@click.pass_obj
def ingest(
    options: Options,
    paths: tuple[Path, ...],
    *,
    samples: bool,
    dry_run: bool,
    watch: bool,
    import_ticks: bool,
) -> int:
    """Read roadmaps into the graph: files, or folders with all that is below them.

    Reading a folder again takes up what changed there and drops what vanished. What you marked stays, also when a
    topic gets another title. Ticks are only taken over, never taken back.
    """
    from app.cli.format_documents import ingest_text, merged
    from app.services.reading import ingest as ingest_paths
    from app.services.reading import ingest_samples

    if not paths and not samples:
        raise click.UsageError("Give at least one file or folder, or --samples.", click.get_current_context())
    if watch and (dry_run or options.as_json or not paths):
        raise click.UsageError("--watch needs a file or folder, and goes neither with --dry-run nor with --json.")
    store = options.open()
    ticks_for = options.settings().learner if import_ticks else None
    with _saying_what_is_left(dry_run=dry_run), progress_bar("Reading") as progress:
        views = [ingest_samples(store, progress, dry_run=dry_run, ticks_for=ticks_for)] if samples else []
        views += [ingest_paths(store, paths, progress, dry_run=dry_run, ticks_for=ticks_for)] if paths else []
    view = merged(views)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    else:
        write(ingest_text(view, look()))
    code = _reported(_problems(view), as_json=options.as_json)
    return _watch(store, paths, ticks_for) if watch else code


@contextlib.contextmanager
def _saying_what_is_left(*, dry_run: bool) -> Iterator[None]:
    """After Ctrl-C: what is small is written as a whole or not at all, what is large in batches under a marker."""
    try:
        yield
    except KeyboardInterrupt:
        if not dry_run:
            say("Interrupted: what was not finished is not in the graph. Read the documents again to complete it.")
        raise


def _watch(store: Store, paths: tuple[Path, ...], ticks_for: str | None) -> NoReturn:
    """One line for each change, until Ctrl-C."""
    from app.cli.format_documents import watched_lines
    from app.services.reading import ingest as ingest_paths
    from app.services.reading import store_folder
    from app.services.watching import changes
    from graph.errors import PathNotFoundError

    say("Watching for changes; Ctrl-C ends.")
    for _ in changes(paths, store_folder(store)):
        try:
            view = ingest_paths(store, paths, ticks_for=ticks_for)
        except PathNotFoundError as gone:
            say(f"{gone.message} It is read again when it is back.")
            continue
        for line in watched_lines(view):
            write(line)
        say_problems([problem for problem in _problems(view) if problem.severity != "info"])
    # The watcher ends by itself only when it was asked to stop.
    raise KeyboardInterrupt


@click.command("parse", cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATHS, metavar="PATH...")
@click.pass_obj
def parse(options: Options, paths: tuple[Path, ...]) -> int:
    """Show what would be read from documents; nothing is stored, no store is opened.

    Ends with 1 when a document has an error, so that it can guard a repository of roadmaps.
    """
    from app.cli.format_documents import parse_text, problems_of
    from app.services.reading import parse_json, parse_paths

    with progress_bar("Parsing") as progress:
        readings, unread = parse_paths(paths, progress)
    if options.as_json:
        write_json(parse_json(readings, unread))
    elif readings:
        write(parse_text(readings, look()))
    return _reported((*unread, *problems_of(readings)), as_json=options.as_json)


@click.command("forget", cls=Command)
@click.argument("name")
@click.pass_obj
def forget(options: Options, name: str) -> int:
    """Take back exactly what a source or a document brought.

    NAME is a source (`skilltrail status` lists them), a folder, or a document's path. What you marked stays: such
    topics are kept as retired.
    """
    from app.cli.format_documents import ingest_text
    from app.services.reading import forget_documents

    view = forget_documents(options.open(), name)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    else:
        write(ingest_text(view, look(), vanished="forgotten"))
    return FINE


def _problems(view: IngestView) -> list[Problem]:
    from graph.problems import Problem

    return [Problem(**problem) for problem in view.problems]


def _reported(problems: Iterable[Problem], *, as_json: bool) -> int:
    """Say what is wrong with the documents, unless it is in the JSON; the exit code."""
    found = list(problems)
    if not as_json:
        say_problems(found)
    errors = sum(problem.severity == "error" for problem in found)
    if errors and not as_json:
        say(f"{errors} {'error' if errors == 1 else 'errors'}; everything else was read.")
    return DOCUMENT_ERRORS if errors else FINE
