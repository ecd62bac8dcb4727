"""The store, opened once, and the graph as this learner sees it, loaded again only when somebody changed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import streamlit as st

from app.services import topics
from app.services.mapping import map_view
from app.services.neighbours import Mode
from app.services.world import World
from app.settings import Settings, settings
from app.views import MapView, TopicView
from graph.learner import Learner
from graph.store.reader import Snapshot
from graph.store.store import Store


class Versions(NamedTuple):
    """What tells one graph and learner from another."""

    store: str
    """Its address and the id it was made with: counters begin anew in a store that is made again."""
    graph: int
    incomplete: bool
    learner: str
    marks: int
    """Version of the learner."""
    day: date


def store() -> Store:
    """The store that the environment names."""
    return _store(settings())


def learner_id() -> str:
    """For whom the pages plan."""
    return settings().learner


def versions() -> Versions:
    """What is in the store now: two small reads, so that a change by another process shows at once.

    Raises:
        StoreError: the store cannot be used now.
    """
    given = settings()
    found = store().state()
    marks = store().learner_version(given.learner)
    return Versions(
        f"{given.store_url} {found.store_id}", found.version, found.incomplete, given.learner, marks, today()
    )


def world() -> World:
    """The graph and the learner as they are now.

    Raises:
        StoreError: the store cannot be used now.
    """
    return world_at(versions())


def world_at(now: Versions) -> World:
    """The world of these versions: kept with everything that was computed from it."""
    return _world(store(), now)


def details(now: Versions, topic: str) -> TopicView:
    """Everything about one topic, with its evidence."""
    return _details(store(), now, topic)


def today() -> date:
    """The day where the server stands."""
    return datetime.now().astimezone().date()


def map_at(now: Versions, mode: Mode, selected: str | None) -> MapView:
    """The map of these versions; only the view around a topic depends on the selected one."""
    return _map(store(), now, mode, selected if mode == "around" else None)


@st.cache_resource(show_spinner=False, hash_funcs={Settings: hash})
def _store(given: Settings) -> Store:
    return given.open()


# The keys of the caches are the versions: what is kept can never be out of date, only no longer asked for. Python's own
# `hash` does for them, and takes a tenth of the time of Streamlit's.


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Versions: hash})
def _world(_store: Store, now: Versions) -> World:
    snapshot = _snapshot(_store, now.store, now.graph, now.incomplete)
    return World(snapshot, _learner(_store, now.store, now.learner, now.marks), now.day)


@st.cache_resource(show_spinner="Loading the graph…", max_entries=2)
def _snapshot(_store: Store, url: str, version: int, incomplete: bool) -> Snapshot:  # noqa: ARG001, FBT001 - the key
    return _store.snapshot()


@st.cache_resource(show_spinner=False, max_entries=8)
def _learner(_store: Store, url: str, learner: str, version: int) -> Learner:  # noqa: ARG001 - the key
    return _store.learner(learner)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={Versions: hash})
def _details(_store: Store, now: Versions, topic: str) -> TopicView:
    return topics.topic_view(world_at(now), _store, topic)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs={Versions: hash})
def _map(_store: Store, now: Versions, mode: Mode, selected: str | None) -> MapView:
    return map_view(world_at(now), mode, selected)
