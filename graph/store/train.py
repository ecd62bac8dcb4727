"""Train the Java machine's ahead-of-time cache: `python -m graph.store.train TARGET`, run once in the background.

A child process does what a first command does, in a throw-away folder, so that the classes it needs are in the cache.
Java writes the cache while its process ends, so this parent waits for that and then moves the file into place: a cache
is there whole or not at all. A marker keeps a second trainer away, and is ignored once it is old.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from graph.store import java

PATIENCE_S = 120.0
CHILD = "--child"


def main(target: Path) -> int:
    """Write the cache to `target`; 0 also when another trainer is at it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if java.being_trained(target):
        return 0
    marker = java.training_marker(target)
    marker.touch()
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        command = [sys.executable, "-P", "-m", "graph.store.train", CHILD, str(unfinished)]
        with contextlib.suppress(subprocess.TimeoutExpired):  # then there is no file, and the next write tries again
            subprocess.run(  # noqa: S603 - our own module
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=PATIENCE_S
            )
        if unfinished.is_file():
            unfinished.replace(target)
    finally:
        for left in target.parent.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)
        marker.unlink(missing_ok=True)
    return 0


def child(output: Path) -> None:
    """Exercise the store on a machine that records, and end it through Java, which writes `output` on its way out."""
    java.in_java(lambda: java.start_training(output))
    with tempfile.TemporaryDirectory() as folder:
        _exercise(Path(folder) / "store")
    import jpype  # noqa: PLC0415 - running by now

    java.in_java(lambda: jpype.JClass("java.lang.Runtime").getRuntime().exit(0))


def _exercise(folder: Path) -> None:
    from graph.store.embedded_engine import EmbeddedEngine  # noqa: PLC0415 - after the machine was started for training
    from graph.store.store import Store  # noqa: PLC0415

    store = Store(EmbeddedEngine(folder))
    store.warm_up()
    store.close()


if __name__ == "__main__":
    if sys.argv[1] == CHILD:
        child(Path(sys.argv[2]))
    sys.exit(main(Path(sys.argv[1])))
