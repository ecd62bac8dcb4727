"""The options that every command has, accepted before and after its name, and what they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from app.settings import Settings
    from graph.store.store import Store


@dataclass(slots=True)
class Options:
    """What was given on the command line for all commands; filled while click reads it, the last one wins."""

    store_url: str | None = None
    learner: str | None = None
    as_json: bool = False
    debug: bool = False

    def settings(self) -> Settings:
        """The settings: options first, then the environment."""
        from app.settings import settings

        return settings(self.store_url, self.learner)

    def open(self) -> Store:
        """The store, closed when the command ends, however it ends.

        Raises:
            BadStoreUrlError: the address has an unknown form.
        """
        store = self.settings().open()
        click.get_current_context().call_on_close(store.close)
        return store


class Command(click.Command):
    """A command that also takes the options of all commands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_parameters())


class Group(click.Group):
    """A group of commands that take the options of all commands, as it does itself."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_parameters())


def common_parameters() -> list[click.Parameter]:
    """The options of all commands; what is given is kept in `Options`, not passed to the command."""
    return [
        _common(
            ["--store"], "store_url", metavar="URL", help="Where the graph is kept: embedded:…, neo4j://… or bolt://…"
        ),
        _common(["--learner"], "learner", metavar="ID", help="For whom to plan; “me” unless given."),
        _common(["--json", "as_json"], "as_json", is_flag=True, help="Print data as JSON."),
        _common(["--debug"], "debug", is_flag=True, help="Show the traceback of a failure."),
    ]


def _common(names: list[str], field: str, **settings: Any) -> click.Option:
    return click.Option(names, callback=_kept_as(field), expose_value=False, **settings)


def _kept_as(field: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ARG001 - as click calls it
        if value:
            setattr(context.ensure_object(Options), field, value)

    return keep
