"""`next` and `path`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli.options import Command, Options
from app.cli.output import look, say_empty, say_notices, write, write_json
from app.cli.worlds import load_world

if TYPE_CHECKING:
    from app.views import NoticeView

DEFAULT_LIMIT = 5


@click.command("next", cls=Command)
@click.option("--limit", type=click.IntRange(min=1), default=DEFAULT_LIMIT, show_default=True, help="How many at most.")
@click.option("--in", "within", metavar="ROADMAP", help="Inside this roadmap: what its phases require binds too.")
@click.option(
    "--goal", "goals", multiple=True, metavar="NAME", help="Toward this instead of your own goals; repeatable."
)
@click.pass_obj
def next_(options: Options, limit: int, within: str | None, goals: tuple[str, ...]) -> None:
    """What to learn next, and why.

    The first one is also the first step of `skilltrail path`.
    """
    from app.cli.format_planning import next_text
    from app.services.planning import next_view

    world = load_world(options, options.open(), within=within, goals=goals)
    view = next_view(world, limit)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    elif not world.graph.topics:
        say_empty()
    else:
        write(next_text(view, look()))
        say_notices(_telling(view.notices, done=not view.suggestions))


@click.command("path", cls=Command)
@click.argument("goals", nargs=-1, metavar="[GOAL]...")
@click.option("--in", "within", metavar="ROADMAP", help="Inside this roadmap: what its phases require binds too.")
@click.pass_obj
def path(options: Options, goals: tuple[str, ...], within: str | None) -> None:
    """The whole way to your goals, in order.

    A GOAL is a topic, phase, section or roadmap; those given stand in for your own goals in this answer.
    """
    from app.cli.format_planning import path_json, path_text
    from app.services.planning import path_view

    world = load_world(options, options.open(), within=within, goals=goals)
    view = path_view(world)
    if options.as_json:
        write_json(path_json(view))
    elif not world.graph.topics:
        say_empty()
    else:
        write(path_text(view, world.graph.topics, world.learner.hours_per_week, look()))
        say_notices(_telling(view.notices, done=not view.entries))


def _telling(notices: tuple[NoticeView, ...], *, done: bool) -> list[NoticeView]:
    """The notices that add to the answer: when nothing is left to learn, it says so itself."""
    return [notice for notice in notices if not (done and notice.code == "goal-reached")]
