"""The outermost boundary: from arguments to an exit code, and from any failure to a sentence."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from app.cli.options import Options
from app.cli.output import ReaderGoneError
from app.cli.report import (
    FINE,
    UNEXPECTED,
    WRONG_USE,
    exit_code,
    print_click_failure,
    print_failure,
    print_unexpected,
)
from app.cli.root import cli
from app.cli.signals import INTERRUPTED, Ending
from graph.errors import SkilltrailError


def run(arguments: list[str], ending: Ending) -> int:
    """Run one command and say what failed; the exit code is told by `app.cli.main`."""
    options = Options()
    _never_fail_to_print()
    try:
        return _run(arguments, options)
    except Exception as failure:  # the one place where nothing may pass
        if ending.asked:
            return INTERRUPTED
        if options.debug:
            raise
        print_unexpected(failure, as_json=options.as_json)
        return UNEXPECTED


def _run(arguments: list[str], options: Options) -> int:
    try:
        result = cli.main(arguments, prog_name="skilltrail", standalone_mode=False, obj=options)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        _close_stdout()
        return FINE
    except click.ClickException as failure:
        # The mistake may stand before --json, which then was not looked at.
        print_click_failure(failure, as_json=options.as_json or "--json" in arguments)
        return WRONG_USE
    except SkilltrailError as failure:
        if options.debug:
            raise
        print_failure(failure, as_json=options.as_json)
        return exit_code(failure)
    return result if isinstance(result, int) else FINE


def _never_fail_to_print() -> None:
    """What a terminal cannot write, or a path that is no text, is printed as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _close_stdout() -> None:
    """Nobody reads any more (`skilltrail topics | head`): what is left in the buffer must not fail at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
