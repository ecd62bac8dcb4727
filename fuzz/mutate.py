"""Mutation with coverage, a process of its own: libFuzzer ends the process it runs in.

`python -m fuzz.mutate FAMILY[,FAMILY…] FOLDER [libFuzzer's options]`: the first byte of an input chooses among several.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

# Only what is ours tells new ways: the libraries' own would slow it down and lead away.
with atheris.instrument_imports(include=["ingest", "graph.titles"]):
    from fuzz.trial import CRASHES, Trial, parser_named

EVERY = 200


def main(arguments: list[str]) -> None:
    """Fuzz parsers; the counts of inputs go into a file of the folder, as libFuzzer does not come back."""
    families, folder = arguments[1].split(","), Path(arguments[2])
    trials = [Trial(parser_named(family), CRASHES) for family in families]
    progress = folder / "progress"

    def one(raw: bytes) -> None:
        if not raw:
            return
        trials[raw[0] % len(trials)].take(raw[1:])
        if sum(trial.tried for trial in trials) % EVERY == 0:
            lines = (f"{family} {t.tried} {len(t.found)}" for family, t in zip(families, trials, strict=True))
            progress.write_text("\n".join(lines), encoding="ascii")

    atheris.Setup([arguments[0], *arguments[3:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
