"""The command `skilltrail` itself: which commands there are. A command's module is imported when it is called."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from app.cli.options import Group


class Entry(NamedTuple):
    """A command in the table: one line of help, so that --help needs no import."""

    name: str
    where: str
    """module:attribute"""
    help: str


SECTIONS: dict[str, Sequence[Entry]] = {
    "Documents": (
        Entry("ingest", "app.cli.documents:ingest", "Read roadmaps into the graph."),
        Entry("parse", "app.cli.documents:parse", "Show what would be read from documents; nothing is stored."),
        Entry("forget", "app.cli.documents:forget", "Take back what a document or source brought."),
    ),
    "Topics": (
        Entry("topics", "app.cli.topics:topics", "List topics."),
        Entry("show", "app.cli.topics:show", "Show everything about one topic."),
        Entry("why", "app.cli.topics:why", "Show why one topic requires another."),
    ),
    "Your path": (
        Entry("next", "app.cli.planning:next_", "What to learn next, and why."),
        Entry("path", "app.cli.planning:path", "The whole way to your goals, in order."),
        Entry("mark", "app.cli.learning:mark", "Say what you know, are learning or skip."),
        Entry("goal", "app.cli.goals:goal", "Set, take back and list goals."),
        Entry("learner", "app.cli.learning:learner", "Show and set a learner's profile."),
    ),
    "Graph and app": (
        Entry("query", "app.cli.console:query", "Ask the graph in Cypher."),
        Entry("status", "app.cli.console:status", "Where the graph is kept and what is in it."),
        Entry("serve", "app.cli.serve:serve", "Open the map in a browser."),
    ),
}
COMMANDS = {entry.name: entry for entries in SECTIONS.values() for entry in entries}


class LazyGroup(Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """The names, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click calls it
        """The command, imported now."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.where.partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name after a typo."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            raise click.UsageError(f"There is no command “{args[0]}”.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table, section by section."""
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(entry.name, entry.help) for entry in entries])


def _print_version(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ARG001
    if not value or context.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"skilltrail {version('skilltrail')}")
    context.exit()


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Read roadmaps into one prerequisite graph, and plan your path through it.

    \b
    Begin with:
      skilltrail ingest --samples     read our sample roadmaps, or FOLDER for your own
      skilltrail next                 what to learn now, and why
      skilltrail serve                the map in a browser
    """  # noqa: D301 - \b keeps click from wrapping the lines
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
