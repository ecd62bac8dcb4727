"""The command line: `skilltrail COMMAND`. Data goes to stdout, everything else to stderr.

Nothing heavy is imported at the top of these modules: a command imports what it needs when it runs.
"""

from app.cli.boundary import main

__all__ = ["main"]
