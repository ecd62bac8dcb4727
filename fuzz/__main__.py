"""Fuzz the parsers: inputs mutated under coverage, and documents generated from grammars."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
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
    started, total = time.monotonic(), Tried()
    for parser in parsers:
        budget = Budget(options.runs // len(parsers) if options.runs else 0, options.seconds / len(parsers))
        found = _mutate(parser, budget, options.seed)._replace(generated=0)
        made = _generate(parser, budget, options.seed)
        here = Tried(found.mutated, made.generated, found.crashes + made.crashes)
        print(
            f"{parser.family}: {here.mutated} mutated, {here.generated} generated, {here.crashes} crashes", flush=True
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
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def _mutate(parser: Parser, budget: Budget, seed: int) -> Tried:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dictionary(folder / "tokens")
        write_seeds(parser, folder / "corpus")
        CRASHES.mkdir(exist_ok=True)
        limit = (
            f"-runs={round(budget.runs * (1 - GENERATED_SHARE))}"
            if budget.runs
            else f"-max_total_time={max(1, round(budget.seconds * (1 - GENERATED_SHARE)))}"
        )
        command = [
            *(sys.executable, "-m", "fuzz.mutate", parser.family, name, limit, f"-seed={seed}", f"-dict={name}/tokens"),
            *(f"-max_len={MAX_INPUT}", "-timeout=30", "-rss_limit_mb=4096", "-print_final_stats=0", "-verbosity=1"),
            *(f"-artifact_prefix={CRASHES}/{parser.family}-hard-", f"{name}/corpus"),
        ]
        ended = subprocess.run(command, cwd=Path(__file__).parents[1], check=False, capture_output=True, text=True)
        sys.stdout.write(ended.stdout)
        done = _DONE.search(ended.stderr)
        progress = folder / "progress"
        tried, crashes = map(int, progress.read_text(encoding="ascii").split()) if progress.exists() else (0, 0)
        crashes = max(crashes, ended.stdout.count(f"\n  {CRASHES}"))
        if done is None or ended.returncode:
            # A time-out, too much memory, or an import that failed: libFuzzer's last words say which.
            print("\n".join(ended.stderr.splitlines()[-12:]))
            crashes += 1
        return Tried(max(tried, int(done[1]) if done is not None else 0), 0, crashes)


def _generate(parser: Parser, budget: Budget, seed: int) -> Tried:
    trial = Trial(parser)
    if budget.runs:
        generate(trial, parser, seed, runs=round(budget.runs * GENERATED_SHARE))
    else:
        generate(trial, parser, seed, seconds=budget.seconds * GENERATED_SHARE)
    return Tried(0, trial.tried, len(trial.found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
