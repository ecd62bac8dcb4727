"""How the titles of a list belong together: which are all needed, and which are alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_ALTERNATIVE = frozenset(
    {
        "or",
        "/",
        "and/or",
        "oder",
        "ou",
        "o",
        "oppure",
        "\u0438\u043b\u0438",
        "\u6216",
        "\u6216\u8005",
        "\u307e\u305f\u306f",
    }
)
_TOGETHER = frozenset({"and", "&", "+", "plus", "as well as", ";", "und", "sowie", "et", "y", "e", "i", "\u0438", "\n"})


def segments(pieces: Sequence[str], joints: Sequence[str]) -> Iterator[tuple[Sequence[str], bool]]:
    """(pieces, whether one of them is enough), in order.

    "A, B or C" is one choice. Where "and" stands in the same list it parts what "or" joins: "A, B and C or D" is A, B
    and a choice.

    Args:
        pieces: the titles.
        joints: what stands between each two of them, as written.
    """
    words = [_word(joint) for joint in joints]
    if not any(word in _ALTERNATIVE for word in words):
        yield pieces, False
        return
    start = 0
    for at, word in enumerate(words, start=1):
        if word in _TOGETHER and at < len(pieces):
            yield pieces[start:at], _has_choice(words[start : at - 1])
            start = at
    yield pieces[start:], _has_choice(words[start:])


def outer_alternatives(pieces: Sequence[str], joints: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The parts of "A and B, or C": behind a comma "or" parts more than "and" does. One part for other lists."""
    parts: list[tuple[Sequence[str], Sequence[str]]] = []
    start, together = 0, False
    for at, joint in enumerate(joints):
        word = _word(joint)
        alone = at == start and at + 1 < len(joints) and _word(joints[at + 1]) in _TOGETHER
        if word in _ALTERNATIVE and joint.lstrip()[:1] == "," and (together or alone):
            parts.append((pieces[start : at + 1], joints[start:at]))
            start, together = at + 1, False
        else:
            # "A and B, C, or D": the comma tells that the alternatives began before.
            together = word in _TOGETHER
    return [*parts, (pieces[start:], joints[start:])]


def _has_choice(words: Sequence[str]) -> bool:
    return any(word in _ALTERNATIVE for word in words)


def _word(joint: str) -> str:
    """The word of a joint: ", or " -> "or"; a semicolon or a comma stays one."""
    bare = " ".join(joint.casefold().split())
    words = bare.strip(",; ")
    return words or bare[:1]
