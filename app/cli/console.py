"""`query` and `status`: the store for power users."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from app.cli.options import Command, Options
from app.cli.output import look, say, say_empty, write, write_json
from app.present import Look, count, listed, table

if TYPE_CHECKING:
    from app.views import QueryView, StatusView

MAX_ROWS = 1_000
TIMEOUT_S = 10.0


@click.command("query", cls=Command)
@click.argument("text")
@click.option("--param", "-p", "parameters", multiple=True, metavar="K=V", help="A parameter, V as JSON or text.")
@click.option("--max-rows", type=click.IntRange(min=1), default=MAX_ROWS, show_default=True, help="More are left out.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=TIMEOUT_S, show_default=True, help="In seconds."
)
@click.pass_obj
def query(options: Options, text: str, parameters: tuple[str, ...], max_rows: int, timeout: float) -> None:
    """Ask the graph in Cypher. It only reads; `-` takes the text from stdin.

    \b
    For example:
      skilltrail query 'MATCH (t:Topic)-[:REQUIRES*]->(p:Topic) WHERE t.title = $title
                        RETURN DISTINCT p.title' --param title=Kubernetes
    """  # noqa: D301 - \b keeps click from wrapping the lines
    from app.services.status import query as ask

    given = dict(parameter(each) for each in parameters)
    text = sys.stdin.read() if text == "-" else text
    if not text.strip():
        raise click.UsageError("The query is empty.", click.get_current_context())
    store = options.open()
    view = ask(store, text, given, max_rows=max_rows, timeout_s=timeout)
    if options.as_json:
        write_json(view.model_dump(mode="json"))
        return
    if view.columns:
        write(query_text(view, look()))
    elif not store.state().version:
        say_empty()
    cut = f"; there are more, --max-rows {max_rows} left them out" if view.truncated else ""
    say(f"{count(len(view.rows), 'row')} in {view.elapsed_ms:.0f} ms{cut}")


@click.command("status", cls=Command)
@click.pass_obj
def status(options: Options) -> None:
    """Where the graph is kept and what is in it."""
    from app.services.status import status as status_of

    view = status_of(options.open())
    if options.as_json:
        write_json(view.model_dump(mode="json"))
        return
    write(status_text(view, look()))
    if view.incomplete:
        say("The graph is incomplete: a large write was interrupted. Read the documents again to complete it.")
    if not view.topics:
        say_empty()


def parameter(given: str) -> tuple[str, Any]:
    """`k=v`, v as JSON where it is JSON, as text elsewhere.

    >>> parameter("n=5"), parameter("title=C=C++"), parameter('ids=["a"]')
    (('n', 5), ('title', 'C=C++'), ('ids', ['a']))

    Raises:
        click.BadParameter: there is no `=`.
    """
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"“{given}” is not of the form name=value.")
    try:
        return name, json.loads(value, parse_constant=_no_number)
    except ValueError:
        return name, value


def query_text(view: QueryView, look: Look) -> str:
    """The rows as a table."""
    rows = [[_cell(row.get(column)) for column in view.columns] for row in view.rows]
    return table(rows, view.columns, look=look)


def status_text(view: StatusView, look: Look) -> str:
    """What the store is and holds, a line each."""
    rows = [
        ("Store", view.store),
        ("Engine", f"{view.engine} {view.version}"),
        ("Graph", f"version {view.graph_version}, schema {view.schema_version}"),
        ("Holds", f"{count(view.topics, 'topic')}, {count(view.requirements, 'requirement')}"),
        ("Roadmaps", listed(view.roadmaps, shown=10) or "none"),
        ("Sources", listed(view.sources, shown=10) or "none"),
        ("Learners", listed(view.learners, shown=10) or "none"),
    ]
    return table([(look.dim(name), text) for name, text in rows])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _no_number(constant: str) -> Any:
    raise ValueError(constant)
