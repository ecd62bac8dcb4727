"""One measured figure, and how to take it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured against what was promised."""

    name: str
    value: float
    unit: str
    """`×` for a ratio to the baseline, else ms, s or MB."""
    promise: float
    detail: str = ""

    @property
    def held(self) -> bool:
        """Whether the promise was kept."""
        return self.value <= self.promise

    def __str__(self) -> str:
        verdict = "held" if self.held else "NOT HELD"
        promised = f"promised ≤ {self.promise:g} {self.unit:<2}"
        return f"{self.name:<52} {self.value:>9.2f} {self.unit:<2}  {promised}  {verdict}  {self.detail}"


def seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """Median wall time of some runs after a warm-up, without the collector's pauses."""
    work()
    taken = []
    for _ in range(runs):
        gc.collect()
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def paired(ours: Callable[[], object], baseline: Callable[[], object], *, runs: int = 5) -> tuple[float, float, float]:
    """Median of the pairwise ratios, and both medians in s; taken in turn, so that a slow moment hits both."""
    ours()
    baseline()
    pairs = []
    for _ in range(runs):
        gc.collect()
        started = time.perf_counter()
        ours()
        between = time.perf_counter()
        baseline()
        pairs.append((between - started, time.perf_counter() - between))
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )
