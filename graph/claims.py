"""From claims to requirements: today's verdict on each pair, over all that speaks for and against it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.evidence import Claim
from graph.model import Choice, Requirement

OPPOSITE_WEIGHT = 0.5
"""How much of its own confidence a claim for the opposite direction takes away."""

Pair = tuple[str, str]


class Requirements(NamedTuple):
    """The verdicts, each sorted by its ends."""

    requires: tuple[Requirement, ...]
    recommends: tuple[Requirement, ...]
    proposed: tuple[Requirement, ...]
    choices: Mapping[str, Choice]


def requirements(claims: Iterable[Claim], contents: Mapping[str, str] | None = None) -> Requirements:
    """Weigh all claims.

    Stated hard claims make accepted hard requirements, stated soft ones (and "together") recommendations, inferred
    ones proposals, whatever their confidence. A pair that is accepted as hard is not also recommended or proposed.

    Args:
        claims: all of them.
        contents: document id -> hash of its content, so that copies of a document count once. None: no copies.
    """
    pairs: dict[Pair, list[Claim]] = defaultdict(list)
    options: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        (options[claim.choice_id] if claim.choice_id else pairs[claim.topic, claim.requires]).append(claim)
    confidence = {pair: _noisy_or(found, contents or {}) for pair, found in pairs.items()}
    hard, soft, inferred = [], [], []
    for pair, found in sorted(pairs.items()):
        against = confidence.get((pair[1], pair[0]), 0.0)
        made = _requirement(pair, found, round(confidence[pair] * (1 - OPPOSITE_WEIGHT * against), 4))
        stated = [claim for claim in found if claim.origin != "inferred"]
        if any(claim.strength == "hard" for claim in stated):
            hard.append(made)
        elif stated:
            soft.append(made)
        else:
            inferred.append(made)
    return Requirements(tuple(hard), tuple(soft), tuple(inferred), _choices(options, contents or {}))


def choice_id(topic: str, options: Sequence[str], minimum: int) -> str:
    """The same alternatives of the same topic are one choice, whoever states them."""
    text = "\n".join((topic, str(minimum), *sorted(options)))
    return "choice:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _noisy_or(claims: Sequence[Claim], contents: Mapping[str, str]) -> float:
    """1 - Π(1 - c), one count for each document content and rule (Pearl 1988, section 4.3.2)."""
    best: dict[tuple[str, str], float] = {}
    for claim in claims:
        key = (contents.get(claim.document_id, claim.document_id), claim.rule)
        best[key] = max(best.get(key, 0.0), claim.confidence)
    doubt = 1.0
    for value in best.values():
        doubt *= 1 - value
    return 1 - doubt


def _requirement(pair: Pair, claims: Sequence[Claim], confidence: float) -> Requirement:
    origin = "stated" if any(claim.origin == "stated" for claim in claims) else claims[0].origin
    reason = next((claim.reason for claim in _strongest_first(claims) if claim.reason), "")
    return Requirement(*pair, origin, confidence, len(claims), reason)


def _strongest_first(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (-claim.confidence, claim.document_id, claim.line_start))


def _choices(options: Mapping[str, list[Claim]], contents: Mapping[str, str]) -> Mapping[str, Choice]:
    made = {}
    for choice, claims in sorted(options.items()):
        order = list(dict.fromkeys(claim.requires for claim in claims))
        reason = next((claim.reason for claim in _strongest_first(claims) if claim.reason), "")
        made[choice] = Choice(
            id=choice,
            topic=claims[0].topic,
            options=tuple(order),
            min=claims[0].choice_min,
            confidence=round(_noisy_or(claims, contents), 4),
            claims=len(claims),
            reason=reason,
        )
    return made
