"""What is needed for a goal, in which order, and what comes next: pure functions over a graph and a learner.

`situation` works out once what the others answer from; `suggest`, `plan`, `states` and `frontier` read it. All take an
optional `index` (`build`), which is otherwise kept for the graph asked last.
"""

from graph.planner.assumed import assumed
from graph.planner.explain import chain
from graph.planner.index import DEFAULT_EFFORT_HOURS, Index, build, index_of
from graph.planner.plan import plan
from graph.planner.repair import proposed_cuts
from graph.planner.results import Cut, Entry, Notice, Plan, Reason, ResolvedChoice, Situation, State, Suggestion
from graph.planner.situation import situation
from graph.planner.states import states
from graph.planner.suggest import frontier, suggest
from graph.planner.targets import EVERYTHING

__all__ = [
    "DEFAULT_EFFORT_HOURS",
    "EVERYTHING",
    "Cut",
    "Entry",
    "Index",
    "Notice",
    "Plan",
    "Reason",
    "ResolvedChoice",
    "Situation",
    "State",
    "Suggestion",
    "assumed",
    "build",
    "chain",
    "frontier",
    "index_of",
    "plan",
    "proposed_cuts",
    "situation",
    "states",
    "suggest",
]
