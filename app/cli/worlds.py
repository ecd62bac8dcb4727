"""The graph as the learner of a command sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.cli.options import Options
from app.cli.output import EMPTY_STORE, EMPTY_STORE_HINT
from graph.errors import UsageError

if TYPE_CHECKING:
    from app.services.world import World
    from graph.store.store import Store


class NothingReadError(UsageError):
    """A topic was named, and there are none."""

    code = "nothing-read"
    hint = EMPTY_STORE_HINT

    def __init__(self) -> None:
        super().__init__(EMPTY_STORE)


def today() -> date:
    """The day where the command runs."""
    return datetime.now().astimezone().date()


def load_world(
    options: Options,
    store: Store,
    *,
    within: str | None = None,
    goals: Sequence[str] = (),
    names_topics: bool = False,
) -> World:
    """Load graph and learner.

    Args:
        options: of the command.
        store: open.
        within: name of the roadmap whose phases bind.
        goals: names of goals asked for instead of the learner's own.
        names_topics: True when the command names topics, which an empty store cannot have.

    Raises:
        NothingReadError: topics are named, and the store is empty.
        UnknownRoadmapError, UnknownTopicError, AmbiguousTopicError: one of the names.
    """
    from app.services.lookup import find_roadmap
    from app.services.planning import goal_for
    from app.services.world import World

    learner = options.settings().learner
    snapshot = store.snapshot()
    if not snapshot.graph.topics and (names_topics or within or goals):
        raise NothingReadError
    roadmap = find_roadmap(snapshot.graph, within) if within else None
    wanted = tuple(dict.fromkeys(goal_for(snapshot.graph, learner, name) for name in goals)) or None
    return World(snapshot, store.learner(learner), today(), roadmap, wanted)
