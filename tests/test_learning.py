"""What a learner may say, and what is refused before anything is written."""

from __future__ import annotations

import math

import pytest
from archives import chain

from app.services import learning
from graph.errors import BadRequestError, UnknownGoalError, UnknownTopicError
from graph.store.changes import difference
from graph.store.rows import Rows, to_rows
from graph.store.store import Store


@pytest.fixture
def filled(embedded: Store) -> Store:
    embedded.apply(difference(Rows(), to_rows(chain(["docker", "kubernetes"])), 0))
    return embedded


@pytest.mark.parametrize("weight", [0.0, -1.0, math.nan, math.inf])
def test_a_weight_that_is_no_positive_number_is_refused_and_nothing_is_written(filled: Store, weight: float) -> None:
    with pytest.raises(BadRequestError):
        learning.add_goal(filled, filled.snapshot().graph, "me", "Docker", weight=weight)
    assert filled.learner_ids() == ()


def test_one_wrong_name_among_several_marks_nothing(filled: Store) -> None:
    with pytest.raises(UnknownTopicError) as unknown:
        learning.mark(filled, filled.snapshot().graph, "me", ["docker", "kubernets"], "known")
    assert unknown.value.nearest == ("Kubernetes",)
    assert filled.learner_ids() == ()


def test_a_goal_is_taken_back_by_any_of_its_names(filled: Store) -> None:
    graph = filled.snapshot().graph
    for name in ("Docker", "docker", "me:docker"):
        learning.add_goal(filled, graph, "me", "Docker")
        assert learning.remove_goal(filled, "me", name).id == "me:docker"
    with pytest.raises(UnknownGoalError):
        learning.remove_goal(filled, "me", "Docker")


@pytest.mark.parametrize("hours", [0.0, -3.0, 500.0, math.nan, math.inf])
def test_hours_that_no_week_has_are_refused(filled: Store, hours: float) -> None:
    with pytest.raises(BadRequestError):
        learning.set_hours_per_week(filled, "me", hours)
