"""The command line: `skilltrail COMMAND`. Data goes to stdout, everything else to stderr.

Nothing heavy is imported at the top of these modules: a command imports what it needs when it runs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.signals import INTERRUPTED, ending_on_signals

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments; None: those of the process.

    Returns:
        0 fine, 1 a document has an error, 2 wrong use, 3 the store cannot be used, 70 a mistake of ours,
        130 interrupted.
    """
    with ending_on_signals() as ending:  # before the imports: Ctrl-C may come in the midst of them
        try:
            from app.cli.boundary import run

            return run(list(sys.argv[1:] if argv is None else argv), ending)
        except KeyboardInterrupt:
            return INTERRUPTED
