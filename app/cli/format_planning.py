"""`next` and `path` as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.present import Look, count, hours, listed, pace, pad, width
from app.views import EntryView, GoalView, NextView, PathView, SuggestionView
from graph.model import Topic

EVERYTHING = "everything"
"""Id of the goal that stands in when none is set."""
_SELF_EVIDENT = frozenset({"effort", "order"})
"""Parts of a rank that only break ties: shown when nothing else speaks for a topic."""


def next_text(view: NextView, look: Look) -> str:
    """The suggestions, numbered, each with what speaks for it."""
    if not view.suggestions:
        return f"Nothing is left to learn {_toward(view.goals, 'for')}."
    whom = "you" if view.learner == "me" else view.learner
    lines = [look.bold(f"Next for {whom}, {_toward(view.goals)}:"), ""]
    titles = max(width(each.title) for each in view.suggestions)
    spent = max(len(hours(each.effort_hours)) for each in view.suggestions)
    for each in view.suggestions:
        lines.append(f"{each.rank:>2}. {look.bold(pad(each.title, titles))}  {hours(each.effort_hours):>{spent}}")
        lines += [look.dim(look.prose(reasons, "      "))] if (reasons := _reasons(each)) else []
    return "\n".join(lines)


def path_text(view: PathView, topics: Mapping[str, Topic], hours_per_week: float, look: Look) -> str:
    """The steps, numbered, with headings over topics with parts, and the sum; hours nobody stated have a ~."""
    if not view.entries:
        return f"Nothing is left to learn {_toward(view.goals, 'for')}."
    lines = [look.bold(f"Your path {_toward(view.goals, 'to')}: {count(len(view.entries), 'step')}"), ""]
    heading: str | None = None
    number = max(2, len(str(len(view.entries))))
    spent = max(len(_spent(entry, topics)) for entry in view.entries)
    columns = max(width(entry.title) + (2 if entry.part_of else 0) for entry in view.entries)
    for entry in view.entries:
        if entry.part_of != heading:
            heading = entry.part_of
            lines += [look.bold(f"{' ' * number}  {heading}")] if heading else []
        lines.append(_step(entry, topics, (number, columns, spent), look))
    return "\n".join([*lines, "", f"Total: {pace(view.total_hours, hours_per_week)}"])


def path_json(view: PathView) -> dict[str, Any]:
    """`path --json`: `for` is a word of Python, so the view's field has another name."""
    shape = view.model_dump(mode="json")
    shape["entries"] = [{_json_name(name): value for name, value in entry.items()} for entry in shape["entries"]]
    return shape


def _json_name(field: str) -> str:
    return "for" if field == "for_" else field


def _step(entry: EntryView, topics: Mapping[str, Topic], widths: tuple[int, int, int], look: Look) -> str:
    indent = "  " if entry.part_of else ""
    needs = f"needs {listed([topics[each].title for each in entry.requires])}" if entry.requires else ""
    state = "learning" if entry.state == "learning" else ""
    notes = " · ".join(part for part in (state, needs) if part)
    number, columns, spent = widths
    title = pad(indent + entry.title, columns)
    line = f"{entry.step:>{number}}. {title}  {_spent(entry, topics):>{spent}}"
    return f"{line}   {look.dim(notes)}" if notes else line


def _spent(entry: EntryView, topics: Mapping[str, Topic]) -> str:
    guess = "~" if topics[entry.id].effort_hours is None else ""
    return guess + hours(entry.effort_hours)


def _reasons(suggestion: SuggestionView) -> str:
    spoken = [each for each in suggestion.reasons if each.text]
    telling = [each.text for each in spoken if each.part not in _SELF_EVIDENT]
    guessed = [each.text for each in spoken if each.part == "effort" and "guess" in each.text]
    return " · ".join([*telling, *guessed] or [each.text for each in spoken if each.part == "order"])


def _toward(goals: Sequence[GoalView], word: str = "toward") -> str:
    if any(goal.id == EVERYTHING for goal in goals):
        whole = goals[0].title
        return "through every roadmap" if whole == "Everything" else f"through {whole}"
    return f"{word} {listed([goal.title for goal in goals])}"
