"""Commands as whole processes, cold."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from graph.store import java

SKILLTRAIL = Path(sys.executable).parent / "skilltrail"
TRAINING_PATIENCE_S = 60


def figures() -> Iterator[Figure]:
    """`--help`, and `next` on the samples with the engine's cache trained."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SKILLTRAIL_STORE": f"embedded://{folder}/store"}
        yield Figure("skilltrail --help", _median_ms(["--help"], environment), "ms", 150)
        subprocess.run([SKILLTRAIL, "ingest", "--samples"], env=environment, check=True, capture_output=True)
        subprocess.run([SKILLTRAIL, "goal", "add", "Kubernetes"], env=environment, check=True, capture_output=True)
        trained = _wait_for_cache()
        took = _median_ms(["next"], environment) / 1000
        yield Figure("skilltrail next, cold, embedded store", took, "s", 1, "" if trained else "cache NOT trained")


def _median_ms(arguments: list[str], environment: dict[str, str], runs: int = 9) -> float:
    taken = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run([SKILLTRAIL, *arguments], env=environment, check=True, capture_output=True)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])


def _wait_for_cache() -> bool:
    """The first write trains the cache in the background."""
    until = time.monotonic() + TRAINING_PATIENCE_S
    while time.monotonic() < until and not java.cache_file().exists():
        time.sleep(0.2)
    return java.cache_file().exists()
