"""Mutation with coverage, a process of its own: libFuzzer ends the process it runs in.

`python -m fuzz.mutate FAMILY FOLDER [libFuzzer's options]`
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

# Only what is ours tells new ways: the libraries' own would slow it down and lead away.
with atheris.instrument_imports(include=["ingest", "graph.titles"]):
    from fuzz.trial import CRASHES, Trial, parser_named

EVERY = 500


def main(arguments: list[str]) -> None:
    """Fuzz one parser; the count of inputs goes into a file of the folder, as libFuzzer does not come back."""
    family, folder = arguments[1], Path(arguments[2])
    trial = Trial(parser_named(family), CRASHES)
    progress = folder / "progress"

    def one(raw: bytes) -> None:
        trial.take(raw)
        if trial.tried % EVERY == 0:
            progress.write_text(f"{trial.tried} {len(trial.found)}", encoding="ascii")

    atheris.Setup([arguments[0], *arguments[3:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
