"""Run the benchmarks: all, or those named. Exit code 1 when a promise is not held."""

from __future__ import annotations

import platform
import sys
from importlib import import_module

NAMES = ("commands", "reading", "planning", "storing", "browser")


def main(names: list[str]) -> int:
    """Print one line a figure."""
    print(f"Python {platform.python_version()}, {platform.machine()}, one run; ratios are medians of pairs")
    missed = 0
    for name in names or NAMES:
        for figure in import_module(f"bench.{name}").figures():
            print(figure, flush=True)
            missed += not figure.held
    print(f"{missed} promises not held" if missed else "all promises held")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
