"""`mark` and `learner`: what a learner says of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from app.cli.options import Command, Group, Options
from app.cli.output import look, say, write, write_json
from app.cli.worlds import load_world
from app.present import count, hours, listed

if TYPE_CHECKING:
    from graph.learner import Learner

WORDS = ("known", "learning", "skipped", "unknown", "clear")
SAID = {
    "known": "Marked as known",
    "learning": "Marked as being learned",
    "skipped": "Marked as skipped",
    "unknown": "Marked as not known",
    "clear": "Marks taken off",
}
"""What was marked -> how the answer begins."""


@click.command("mark", cls=Command)
@click.argument("word", type=click.Choice(WORDS))
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC...")
@click.pass_obj
def mark(options: Options, word: str, topics: tuple[str, ...]) -> None:
    """Say that you know topics, are learning or skipping them; `clear` takes it back.

    A mark holds in every roadmap. What a known topic requires is assumed known; `unknown` stops that.
    When one of the names is wrong, nothing is marked.
    """
    from app.services.learning import MARK_WORDS
    from app.services.learning import mark as mark_topics

    store = options.open()
    world = load_world(options, store, names_topics=True)
    marked = mark_topics(store, world.graph, world.learner.id, topics, MARK_WORDS[word])
    titles = [world.title(topic) for topic in marked]
    if options.as_json:
        named = [{"id": topic, "title": title} for topic, title in zip(marked, titles, strict=True)]
        write_json({"learner": world.learner.id, "mark": MARK_WORDS[word], "topics": named})
    else:
        write(f"{SAID[word]}: {', '.join(titles)}")


@click.group("learner", cls=Group)
def learner() -> None:
    """Show and set a learner's profile."""


@learner.command("show")
@click.pass_obj
def learner_show(options: Options) -> None:
    """Pace, goals and marks."""
    store = options.open()
    found = store.learner(options.settings().learner)
    if options.as_json:
        write_json(learner_json(found))
    else:
        write(learner_text(found))
    if not found.version:
        say("Nothing is stored for this learner yet; the first mark or goal does it.")


@learner.command("list")
@click.pass_obj
def learner_list(options: Options) -> None:
    """All learners in the store."""
    ids = options.open().learner_ids()
    if options.as_json:
        write_json({"learners": list(ids)})
    elif ids:
        write("\n".join(ids))
    else:
        say("No learner has written anything yet.")


@learner.command("set")
@click.option("--hours-per-week", type=float, required=True, metavar="N", help="How much time there is to learn.")
@click.pass_obj
def learner_set(options: Options, hours_per_week: float) -> None:
    """Set how much time there is."""
    from app.services.learning import set_hours_per_week

    found = set_hours_per_week(options.open(), options.settings().learner, hours_per_week)
    if options.as_json:
        write_json(learner_json(found))
    else:
        write(f"{found.id}: {hours(found.hours_per_week)} a week")


def learner_json(found: Learner) -> dict[str, Any]:
    """The shape of `learner show --json`; marks by kind, ids sorted."""
    from graph.learner import MARKS

    return {
        "id": found.id,
        "name": found.name,
        "hours_per_week": found.hours_per_week,
        "days_off": list(found.days_off),
        "timezone": found.timezone,
        "goals": [goal.model_dump(mode="json") for goal in found.goals],
        "marks": {kind: sorted(found.marked(kind)) for kind in MARKS},
    }


def learner_text(found: Learner) -> str:
    """`learner show`."""
    from graph.learner import MARKS

    marks = [f"{len(found.marked(kind))} {kind}" for kind in MARKS if found.marked(kind)]
    lines = [look().bold(f"{found.name} ({found.id})" if found.name else found.id)]
    off = f", {count(len(found.days_off), 'day')} off" if found.days_off else ""
    lines.append(f"  {hours(found.hours_per_week)} a week{off}")
    lines.append(f"  goals: {listed([goal.name for goal in found.goals]) or 'none'}")
    lines.append(f"  marks: {', '.join(marks) or 'none'}")
    return "\n".join(lines)
