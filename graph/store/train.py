"""Train the Java machine's ahead-of-time cache: `python -m graph.store.train TARGET`, run once in the background.

Does what a first command does, in a throw-away folder, so that the classes it needs are in the cache. The result is
moved into place only when it is complete; a marker file keeps a second trainer away, and is ignored once it is old.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from graph.store import java


def main(target: Path) -> int:
    """Write the cache to `target`; 0 also when another trainer is at it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if java.being_trained(target):
        return 0
    marker = java.training_marker(target)
    marker.touch()
    unfinished = target.with_suffix(f".{os.getpid()}")
    try:
        java.in_java(lambda: java.start_training(unfinished))
        with tempfile.TemporaryDirectory() as folder:
            _exercise(Path(folder) / "store")
        _shut_down()
        if unfinished.is_file():
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
        marker.unlink(missing_ok=True)
    return 0


def _exercise(folder: Path) -> None:
    from graph.store.embedded_engine import EmbeddedEngine  # noqa: PLC0415 - after the machine was started for training
    from graph.store.store import Store  # noqa: PLC0415

    store = Store(EmbeddedEngine(folder))
    store.warm_up()
    store.close()


def _shut_down() -> None:
    """End the Java machine, which is when it writes the cache."""
    import jpype  # noqa: PLC0415 - running by now

    jpype.shutdownJVM()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
