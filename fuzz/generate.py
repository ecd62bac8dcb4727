"""Documents generated from grammars by hypothesis, tried on a parser."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzz.grammars import GRAMMARS, markdown
from fuzz.trial import Trial, suffixes_of
from ingest.parsers import Parser

BATCH = 2_000
"""Examples of one run of hypothesis, which keeps them all in memory."""


def generate(trial: Trial, parser: Parser, first_seed: int, *, runs: int = 0, seconds: float = 0) -> None:
    """Try documents of a parser's grammar, each with one sign in a few changed; by count, else by time."""
    own = [GRAMMARS[suffix] for suffix in suffixes_of(parser) if suffix in GRAMMARS] or [markdown]
    # One in eight stands in another family's grammar: the wrong suffix, or one kind of document inside another.
    documents = st.one_of(*(own * 7), *GRAMMARS.values()) if len(own) == 1 else st.one_of(*own, *GRAMMARS.values())
    until = time.monotonic() + seconds
    batch = 0
    while trial.tried < runs if runs else time.monotonic() < until:
        wanted = min(BATCH, runs - trial.tried) if runs else BATCH
        _batch(trial, documents, first_seed * 1000 + batch, wanted, until if not runs else None)
        batch += 1


def _batch(trial: Trial, documents: st.SearchStrategy[str], number: int, wanted: int, until: float | None) -> None:
    @seed(number)
    @settings(
        max_examples=wanted,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents, st.integers(0, 255), st.integers(-6, 400))
    def one(document: str, variant: int, cut: int) -> None:
        if until is not None and time.monotonic() > until:
            return
        # Some end in the middle, or lost a sign there.
        if 0 < cut < len(document):
            document = document[:cut] + (document[cut + 1 :] if variant % 2 else "")
        trial.file(document.encode("utf-8", "surrogatepass"), variant)

    one()
