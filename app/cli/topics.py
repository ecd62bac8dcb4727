"""`topics`, `show` and `why`."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import click

from app.cli.options import Command, Options
from app.cli.output import look, say, say_empty, say_notices, write, write_json
from app.cli.worlds import load_world

if TYPE_CHECKING:
    from app.services.world import World
    from app.views import TopicRow

STATES = ("active", "planned", "external", "retired")
LEARNER_STATES = ("known", "learning", "skipped", "not known", "assumed", "none")


@click.command("topics", cls=Command)
@click.option(
    "--state", "states", type=click.Choice(STATES), multiple=True, help="How it stands in the documents; repeatable."
)
@click.option(
    "--learner-state",
    "marks",
    type=click.Choice(LEARNER_STATES),
    multiple=True,
    help="What you said of it; repeatable.",
)
@click.option("--roadmap", metavar="NAME", help="Only topics of this roadmap.")
@click.option("--search", metavar="TEXT", help="Only topics with this in a title or alias.")
@click.option("--merged", is_flag=True, help="Which titles became one topic, by which rule; and perhaps the same.")
@click.pass_obj
def topics(
    options: Options,
    states: tuple[str, ...],
    marks: tuple[str, ...],
    roadmap: str | None,
    search: str | None,
    *,
    merged: bool,
) -> None:
    """List topics, by title."""
    if merged:
        if states or marks or roadmap or search:
            raise click.UsageError("--merged is about all topics: give it alone.", click.get_current_context())
        _merged(options)
        return
    from app.cli.format_topics import topics_text
    from app.services.planning import notice_views
    from app.services.topics import topic_rows

    world = load_world(options, options.open())
    rows = _within(world, roadmap, topic_rows(world)) if roadmap else topic_rows(world)
    shown = [row for row in rows if _fits(row, states, marks, search)]
    if options.as_json:
        write_json({"topics": [row.model_dump(mode="json") for row in shown]})
    elif not world.graph.topics:
        say_empty()
    elif shown:
        write(topics_text(shown, look()))
        say_notices(notice for notice in notice_views(world) if notice.code == "incomplete")
    else:
        say(f"None of the {len(world.graph.topics)} topics fits.")


def _merged(options: Options) -> None:
    from app.cli.format_topics import merged_text
    from app.services.reading_merged import merged_view

    view = merged_view(options.open())
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    elif view.merged or view.perhaps:
        write(merged_text(view, look()))
    else:
        say("Every topic is written in one way only, and no two look like the same.")


@click.command("show", cls=Command)
@click.argument("topic")
@click.pass_obj
def show(options: Options, topic: str) -> None:
    """Show everything about one topic, with the evidence for what it requires."""
    from app.cli.format_topics import topic_text
    from app.services.topics import topic_view

    store = options.open()
    view = topic_view(load_world(options, store, names_topics=True), store, topic)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
    else:
        write(topic_text(view, look()))


@click.command("why", cls=Command)
@click.argument("topic")
@click.argument("requires")
@click.pass_obj
def why(options: Options, topic: str, requires: str) -> None:
    """Show why one topic requires another: the words of the documents, or the chain that leads there."""
    from app.cli.format_topics import why_text
    from app.services.topics import why_view

    store = options.open()
    world = load_world(options, store, names_topics=True)
    view = why_view(world, store, topic, requires)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
        return
    titles = {node: world.title(node) for node in (view.topic, view.requires, *view.chain)}
    write(why_text(view, titles, look()))
    if view.status == "none" and why_view(world, store, requires, topic).status != "none":
        say(f"It is the other way round: `skilltrail why {quote(requires)} {quote(topic)}` says why.")


def _within(world: World, name: str, rows: tuple[TopicRow, ...]) -> list[TopicRow]:
    from app.services.lookup import find_roadmap

    roadmap = find_roadmap(world.graph, name)
    return [row for row in rows if roadmap in world.containers.get(row.id, ())]


def _fits(row: TopicRow, states: tuple[str, ...], marks: tuple[str, ...], search: str | None) -> bool:
    wanted = search.casefold() if search else ""
    return (
        (not states or row.state in states)
        and (not marks or (row.learner_state or "none") in marks)
        and any(wanted in title.casefold() for title in (row.title, row.id, *row.aliases))
    )
