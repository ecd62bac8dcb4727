"""`goal add|remove|list`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from app.cli.options import Group, Options
from app.cli.output import look, say, write, write_json
from app.cli.worlds import load_world
from app.present import table

if TYPE_CHECKING:
    from graph.learner import Goal

DATE = click.DateTime(["%Y-%m-%d"])


@click.group("goal", cls=Group)
def goal() -> None:
    """Set, take back and list goals."""


@goal.command("add")
@click.argument("name")
@click.option("--weight", type=float, default=1.0, show_default=True, help="How much it matters against other goals.")
@click.option("--deadline", type=DATE, metavar="YYYY-MM-DD", help="The day by which it should be reached.")
@click.pass_obj
def goal_add(options: Options, name: str, weight: float, deadline: datetime | None) -> None:
    """Want a topic, phase, section or roadmap. The same goal again changes its weight and deadline."""
    from app.services.learning import add_goal

    store = options.open()
    world = load_world(options, store, names_topics=True)
    day = deadline.date() if deadline else None
    added = add_goal(store, world.graph, world.learner.id, name, weight=weight, deadline=day)
    if options.as_json:
        write_json(_shape(added))
    else:
        write(f"Goal set: {added.name}" + (f", by {day.isoformat()}" if day else ""))


@goal.command("remove")
@click.argument("name")
@click.pass_obj
def goal_remove(options: Options, name: str) -> None:
    """Take a goal back, by its name or id."""
    from app.services.learning import remove_goal

    removed = remove_goal(options.open(), options.settings().learner, name)
    if options.as_json:
        write_json(_shape(removed))
    else:
        write(f"No longer a goal: {removed.name}")


@goal.command("list")
@click.pass_obj
def goal_list(options: Options) -> None:
    """Your goals."""
    goals = options.open().learner(options.settings().learner).goals
    if options.as_json:
        write_json({"goals": [_shape(each) for each in goals]})
    elif goals:
        rows = [(each.name, f"{each.weight:g}", each.deadline.isoformat() if each.deadline else "") for each in goals]
        write(table(rows, ("Goal", "Weight", "Deadline"), right=frozenset({1}), look=look()))
    else:
        say('No goal is set; `skilltrail goal add "…"` sets one.')


def _shape(given: Goal) -> dict[str, Any]:
    """A goal in JSON, its name called title as in `next --json`."""
    shape = given.model_dump(mode="json")
    return {"id": shape["id"], "title": shape["name"], "targets": shape["targets"]} | {
        key: shape[key] for key in ("weight", "deadline")
    }
