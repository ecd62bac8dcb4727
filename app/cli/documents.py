"""`ingest`, `parse` and `forget`: documents in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.options import Command, Options
from app.cli.output import look, say, say_problems, write, write_json
from app.cli.progress import progress_bar
from app.cli.report import DOCUMENT_ERRORS, FINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.views import IngestView
    from graph.problems import Problem

PATHS = click.Path(path_type=Path)


@click.command("ingest", cls=Command)
@click.argument("paths", nargs=-1, type=PATHS, metavar="[PATH]...")
@click.option("--samples", is_flag=True, help="Read the sample roadmaps that come with skilltrail.")
@click.pass_obj
def ingest(options: Options, paths: tuple[Path, ...], samples: bool) -> int:  # noqa: FBT001 - a flag, as click passes it
    """Read roadmaps into the graph: files, or folders with all that is below them.

    Reading a folder again takes up what changed there and drops what vanished. What you marked stays.
    """
    from app.cli.format_documents import ingest_text, merged
    from app.services.reading import ingest as ingest_paths
    from app.services.reading import ingest_samples

    if not paths and not samples:
        raise click.UsageError("Give at least one file or folder, or --samples.", click.get_current_context())
    store = options.open()
    with progress_bar("Reading") as progress:
        views = [ingest_samples(store, progress)] if samples else []
        views += [ingest_paths(store, paths, progress)] if paths else []
    view = merged(views)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    else:
        write(ingest_text(view, look()))
    return _reported(_problems(view), as_json=options.as_json)


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
