"""The outermost boundary: from arguments to an exit code, and from any failure to a sentence."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType

import click

from app.cli.options import Options
from app.cli.output import ReaderGoneError
from app.cli.report import (
    FINE,
    INTERRUPTED,
    UNEXPECTED,
    WRONG_USE,
    exit_code,
    print_click_failure,
    print_failure,
    print_unexpected,
)
from app.cli.root import cli
from graph.errors import SkilltrailError

TERMINATED = 128 + signal.SIGTERM


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments; None: those of the process.

    Returns:
        0 fine, 1 a document has an error, 2 wrong use, 3 the store cannot be used, 70 a mistake of ours,
        130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = Options()
    _never_fail_to_print()
    with _ending_on_sigterm():
        try:
            return _run(arguments, options)
        except Exception as failure:  # the one place where nothing may pass
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


@contextlib.contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """SIGTERM ends as an exit does, so that the embedded engine is closed; by itself it would just stop the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _exit_now)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit_now(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as `signal` calls it
    raise SystemExit(TERMINATED)


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
