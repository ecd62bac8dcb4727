"""Ctrl-C and SIGTERM end the program in order, wherever it is: the engine is closed, and there is no traceback."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

INTERRUPTED = 130
TERMINATED = 128 + signal.SIGTERM
AGAIN_S = 0.02
"""When a signal is looked at again that came where Python would lose it."""


class Ending:
    """Whether a signal asked for the end: what fails from then on is no mistake."""

    def __init__(self) -> None:
        self.asked = False

    def take(self, number: int, frame: FrameType | None) -> None:
        """Raise what ends the program, but not where Python would lose it."""
        if sys.platform != "win32" and _would_be_lost(frame):
            # A timer of the system: to start a thread could mean to wait for a lock that is held right here.
            signal.signal(signal.SIGALRM, lambda _, later: self.take(number, later))
            signal.setitimer(signal.ITIMER_REAL, AGAIN_S)
            return
        self.asked = True
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        # By itself, SIGTERM would just stop the process.
        raise SystemExit(TERMINATED)


@contextlib.contextmanager
def ending_on_signals() -> Iterator[Ending]:
    """SIGINT and SIGTERM raise as long as this lasts. Where SIGINT is ignored, as for a job behind &, it stays so."""
    ending = Ending()
    if threading.current_thread() is not threading.main_thread():
        yield ending
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    if before[signal.SIGINT] is not signal.default_int_handler:
        del before[signal.SIGINT]
    for number in before:
        signal.signal(number, ending.take)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _would_be_lost(frame: FrameType | None) -> bool:
    """Whether Python imports, which swallows it or makes another error of it, or starts a thread of a pool.

    A thread that its pool does not know of is waited for without end when Python ends.
    """
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib") or code.co_name == "_adjust_thread_count":
            return True
        frame = frame.f_back
    return False
