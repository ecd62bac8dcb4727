"""Fuzz the parsers: inputs mutated under coverage, and documents generated from grammars."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fuzz.generate import generate
from fuzz.seeds import write_dictionary, write_seeds
from fuzz.trial import CRASHES, Trial
from ingest.parsers import PARSERS, Parser

MAX_INPUT = 4096
GENERATED_SHARE = 0.25
"""Of the time or the runs; generating one costs more than mutating one."""
_DONE = re.compile(r"Done (\d+) runs")


class Tried(NamedTuple):
    """Inputs and what they broke."""

    mutated: int = 0
    generated: int = 0
    crashes: int = 0


def main(arguments: list[str]) -> int:
    """Fuzz, and say how much in the last line; exit code 1 when something broke."""
    options = _options(arguments)
    parsers = [each for each in PARSERS if options.parser in {None, each.family}]
    if not parsers:
        print(f"no parser {options.parser}; there are {', '.join(each.family for each in PARSERS)}", file=sys.stderr)
        return 2
    started = time.monotonic()
    groups = [parsers] if options.together else [[parser] for parser in parsers]
    total = Tried()
    for group in groups:
        budget = Budget(options.runs // len(groups) if options.runs else 0, options.seconds / len(groups))
        for parser, found in zip(group, _mutate(group, budget, options.seed), strict=True):
            made = _generate(parser, Budget(budget.runs // len(group), budget.seconds / len(group)), options.seed)
            here = Tried(found.mutated, made.generated, found.crashes + made.crashes)
            print(
                f"{parser.family}: {here.mutated} mutated, {here.generated} generated, {here.crashes} crashes",
                flush=True,
            )
            total = Tried(*(a + b for a, b in zip(total, here, strict=True)))
    print(f"{time.monotonic() - started:.0f} s, {total.mutated} inputs mutated, {total.generated} generated")
    print(f"{total.mutated + total.generated} inputs tried, {total.crashes} crashes")
    return 1 if total.crashes else 0


class Budget(NamedTuple):
    """How much one parser gets."""

    runs: int
    """0 when the time counts."""
    seconds: float


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="in all, when no --runs are given")
    parser.add_argument("--runs", type=int, default=0, help="inputs in all")
    parser.add_argument("--parser", help="only the parser of this family")
    parser.add_argument("--together", action="store_true", help="one process for all parsers: for a short run")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def _mutate(parsers: Sequence[Parser], budget: Budget, seed: int) -> list[Tried]:
    """Mutate for some parsers in one process, which takes seconds to begin."""
    families = ",".join(parser.family for parser in parsers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dictionary(folder / "tokens")
        write_seeds(parsers, folder / "corpus")
        CRASHES.mkdir(exist_ok=True)
        limit = (
            f"-runs={round(budget.runs * (1 - GENERATED_SHARE))}"
            if budget.runs
            else f"-max_total_time={max(1, round(budget.seconds * (1 - GENERATED_SHARE)))}"
        )
        command = [
            *(sys.executable, "-m", "fuzz.mutate", families, name, limit, f"-seed={seed}", f"-dict={name}/tokens"),
            *(f"-max_len={MAX_INPUT}", "-timeout=30", "-rss_limit_mb=4096", "-print_final_stats=0", "-verbosity=1"),
            *(f"-artifact_prefix={CRASHES}/{parsers[0].family}-hard-", f"{name}/corpus"),
        ]
        ended = subprocess.run(command, cwd=Path(__file__).parents[1], check=False, capture_output=True, text=True)
        sys.stdout.write(ended.stdout)
        found = _progress(folder / "progress", parsers)
        done = _DONE.search(ended.stderr)
        if len(parsers) == 1 and done is not None:
            crashes = max(found[0].crashes, ended.stdout.count(f"\n  {CRASHES}"))
            found = [Tried(max(found[0].mutated, int(done[1])), 0, crashes)]
        if done is None or ended.returncode:
            # A time-out, too much memory, or an import that failed: libFuzzer's last words say which.
            print("\n".join(ended.stderr.splitlines()[-12:]))
            found[0] = found[0]._replace(crashes=found[0].crashes + 1)
        return found


def _progress(file: Path, parsers: Sequence[Parser]) -> list[Tried]:
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    counts = {family: Tried(int(tried), 0, int(crashes)) for family, tried, crashes in map(str.split, lines)}
    return [counts.get(parser.family, Tried()) for parser in parsers]


def _generate(parser: Parser, budget: Budget, seed: int) -> Tried:
    trial = Trial(parser)
    if budget.runs:
        generate(trial, parser, seed, runs=round(budget.runs * GENERATED_SHARE))
    else:
        generate(trial, parser, seed, seconds=budget.seconds * GENERATED_SHARE)
    return Tried(0, trial.tried, len(trial.found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
