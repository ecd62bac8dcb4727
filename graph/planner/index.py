"""A graph as integers: what every question to the planner walks over, built once per graph.

Vertices are the topics, sorted by id, so that a smaller number is a smaller id; after them come the gates of
containers (see `gates`). An edge runs from a vertex to one that must be done before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import Choice, Graph
from graph.planner.gates import Gates, gates_of
from graph.planner.nesting import Nesting, nesting_of
from graph.planner.network import Net, network, widened, without

DEFAULT_EFFORT_HOURS = 4.0
"""Hours a topic takes when no document says: a guess, and called one wherever it is shown."""

NOWHERE = (float("inf"),)
"""The place of a topic that stands in no container: after all others."""


@dataclass(eq=False)
class Index:
    """Adjacency and look-ups of one graph. Fill it by `index_of` or `build`; never change it."""

    graph: Graph
    nesting: Nesting
    gates: Gates
    hours: list[float]
    """Vertex -> hours of the entry it is in a plan; 0 for gates and headings."""
    entry: bytearray
    """Vertex -> 1 when it can be an entry of a plan: a topic without parts, or with effort or text of its own."""
    nets: dict[frozenset[str], Net] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Vertex -> id of its topic or container."""
        return self.gates.names

    @property
    def choices(self) -> Mapping[int, tuple[Choice, ...]]:
        """Vertex -> the choices that must be met before it."""
        return self.gates.choices

    def net(self, scope: frozenset[str]) -> Net:
        """The requirements that bind inside the roadmaps of `scope`, without those cut to break cycles."""
        if scope not in self.nets:
            self.nets[scope] = network(self.graph, self.gates, scope)
        return self.nets[scope]

    def view(self, scope: frozenset[str], whole: frozenset[str]) -> list[tuple[int, ...]]:
        """The edges that bind in `scope`, less what is cut where all of `whole` binds."""
        if scope == whole:
            return self.net(whole).edges
        return without(widened(self.gates, scope), self.net(whole).removed)

    @cached_property
    def rank(self) -> list[int]:
        """Topic vertex -> its place in the authors' order, from 0; ties by title, then id."""
        topics, place, names = self.graph.topics, self.nesting.place, self.names
        order = sorted(
            range(self.gates.topics),
            key=lambda v: (place.get(names[v]) or NOWHERE, topics[names[v]].title, v),
        )
        ranks = [0] * len(order)
        for position, vertex in enumerate(order):
            ranks[vertex] = position
        return ranks

    @cached_property
    def recommends(self) -> dict[int, tuple[int, ...]]:
        """Topic vertex -> topic vertices that help it: soft requirements, and requirements inside one container."""
        found: dict[int, set[int]] = {}
        done = self.gates.done
        pairs = [(need.topic, need.requires) for need in self.graph.recommends]
        for topic, helper in (*pairs, *self.gates.orders):
            if topic in self.graph.topics and helper in self.graph.topics and topic != helper:
                found.setdefault(done[topic], set()).add(done[helper])
        return {vertex: tuple(sorted(helpers)) for vertex, helpers in found.items()}

    @cached_property
    def phases(self) -> dict[int, tuple[str, ...]]:
        """Topic vertex -> ids of the phases it stands in; topics in no phase are left out."""
        nesting, graph, done = self.nesting, self.graph, self.gates.done
        found = {done[topic]: nesting.phases(graph, topic) for topic in nesting.outer if topic in graph.topics}
        return {vertex: phases for vertex, phases in found.items() if phases}

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """Id -> ids it requires as the documents say: topics, phases and sections, nothing cut."""
        found: dict[str, set[str]] = {}
        for need in self.graph.requires:
            found.setdefault(need.topic, set()).add(need.requires)
        return {node: tuple(sorted(needs)) for node, needs in found.items()}


def build(graph: Graph) -> Index:
    """Builds the index of a graph: about a second for 100,000 topics and 500,000 requirements."""
    nesting = nesting_of(graph)
    gates = gates_of(graph, nesting)
    hours = [0.0] * len(gates.names)
    entry = bytearray(len(gates.names))
    for vertex in range(gates.topics):
        topic = graph.topics[gates.names[vertex]]
        if topic.id not in gates.parts or topic.effort_hours is not None or topic.summary:
            entry[vertex] = 1
            hours[vertex] = DEFAULT_EFFORT_HOURS if topic.effort_hours is None else topic.effort_hours
    return Index(graph, nesting, gates, hours, entry)


_last: list[Index] = []
"""The index built last. A graph is big and replaced as a whole, so an older one is never asked for again; it cannot
be referred to weakly, so keeping more would keep graphs alive."""


def index_of(graph: Graph) -> Index:
    """The index of a graph: the one built last when it is of this very graph, else a new one."""
    for index in _last:
        if index.graph is graph:
            return index
    index = build(graph)
    _last[:] = [index]
    return index
