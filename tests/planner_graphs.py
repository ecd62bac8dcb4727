"""Small graphs written as text, for tests of the planner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from graph.learner import Goal, Learner, Mark
from graph.model import Choice, Graph, Phase, Placed, Requirement, Roadmap, Topic
from graph.planner import Plan, Situation, plan, situation, suggest

TODAY = date(2026, 3, 2)
R = "roadmap:r"


def phase(number: int, roadmap: str = R) -> str:
    """Id of the n-th phase of a roadmap."""
    return f"{roadmap}#phase/{number}"


def graph_of(
    text: str,
    *,
    hours: Mapping[str, float] | None = None,
    topics: Mapping[str, Mapping[str, object]] | None = None,
    phases: Sequence[str] = (),
    chain: bool = False,
) -> Graph:
    """A graph from sentences separated by ";".

    `docker -> linux, git` docker requires both. `app -> one of react, vue`, `app -> two of a, b, c` choices.
    `app ~> git` git helps with app. `web = html, css` parts. `a -> b @0.5` the confidence. `a` alone: just a topic.
    `phases`: what each phase of one roadmap covers, "a, b"; `chain`: each phase requires the one before.
    """
    names: dict[str, None] = {}
    requires: list[Requirement] = []
    recommends: list[Requirement] = []
    choices: dict[str, Choice] = {}
    parts: list[Placed] = []
    for written in filter(None, (part.strip() for part in text.split(";"))):
        sentence, _, confidence = (part.strip() for part in written.partition("@"))
        sign = next((sign for sign in ("~>", "->", "=") if sign in sentence), "")
        left, _, right = (part.strip() for part in sentence.partition(sign or "->"))
        count = {"one of": 1, "two of": 2}.get(right[:6], 0)
        ends = _list(right[6:] if count else right)
        names.update(dict.fromkeys(name for name in (left, *ends) if "#" not in name))
        needs = [Requirement(left, end, confidence=float(confidence or 1)) for end in ends]
        if count:
            choice_id = f"choice-{len(choices) + 1}"
            choices[choice_id] = Choice(id=choice_id, topic=left, options=tuple(ends), min=count)
        elif sign == "=":
            parts.extend(Placed(end, left, position) for position, end in enumerate(ends))
        else:
            (recommends if sign == "~>" else requires).extend(needs)
    held = [Placed(name, phase(n), p) for n, names_ in enumerate(phases) for p, name in enumerate(_list(names_))]
    names.update(dict.fromkeys(placed.inner for placed in held))
    if chain:
        requires.extend(Requirement(phase(n), phase(n - 1)) for n in range(1, len(phases)))
    given = {name: dict((topics or {}).get(name, {})) for name in names}
    for name, effort in (hours or {}).items():
        given[name]["effort_hours"] = effort
    return Graph(
        topics={name: Topic.model_validate({"id": name, "title": name, **more}) for name, more in given.items()},
        roadmaps={R: Roadmap(id=R, title="R", family="outline")} if phases else {},
        phases={
            phase(n): Phase(id=phase(n), roadmap_id=R, label=f"Phase {n}", title=f"Phase {n}", position=n)
            for n in range(len(phases))
        },
        requires=tuple(requires),
        recommends=tuple(recommends),
        choices=choices,
        parts=tuple(parts),
        covers=tuple(held),
    )


def _list(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def learner_of(
    goal: str = "", *, pins: str = "", postpones: str = "", prefers: str = "", last: str | None = None, **marks: str
) -> Learner:
    """A learner with one goal over the topics named, and marks: `known="a, b"`, `learning=`, `skipped=`, …."""
    given: dict[str, Mark] = {}
    words: dict[str, Mark] = {
        "known": "known",
        "learning": "learning",
        "skipped": "skipped",
        "not_known": "not known",
    }
    for word, names in marks.items():
        given.update(dict.fromkeys(_list(names), words[word]))
    return Learner(
        marks=given,
        goals=(Goal(id="goal", name="Goal", targets=tuple(_list(goal))),) if goal else (),
        pins=frozenset(_list(pins)),
        postpones=frozenset(_list(postpones)),
        prefers=frozenset(_list(prefers)),
        last_topic=last,
    )


def seen(graph: Graph, learner: Learner | None = None, roadmap: str | None = None) -> Situation:
    return situation(graph, learner or Learner(), roadmap=roadmap, today=TODAY)


def path(graph: Graph, learner: Learner | None = None, roadmap: str | None = None) -> list[str]:
    return [entry.topic for entry in planned(graph, learner, roadmap).entries]


def planned(graph: Graph, learner: Learner | None = None, roadmap: str | None = None) -> Plan:
    return plan(seen(graph, learner, roadmap), today=TODAY)


def next_topics(graph: Graph, learner: Learner | None = None) -> list[str]:
    return [suggestion.topic for suggestion in suggest(seen(graph, learner), today=TODAY)]


def notices(here: Situation, code: str) -> list[str]:
    return [notice.text for notice in here.notices if notice.code == code]
