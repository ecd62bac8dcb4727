"""What a column or field of states says: which topics are only announced, and which words are a learner's progress."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ingest.parsers.wording.titles import trim
from ingest.words import lookup


def announcing(said: Iterable[str]) -> Collection[str]:
    """The words of a column of states that announce a topic, as `state_of` gives them.

    "In progress" beside "Done" is how far somebody has come with a topic that is there.
    """
    states = lookup("columns", "states")
    found = {state_of(each) for each in said}
    progress = any(states.get(each) == "done" for each in found)
    return {each for each in found if states.get(each) in ({"planned"} if progress else {"planned", "learning"})}


def state_of(text: str) -> str:
    """A state without signs around it: "in progress" of "🔄 In Progress"."""
    return " ".join(trim(text).casefold().strip(" .!()").split()) or text.strip()
