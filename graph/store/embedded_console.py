"""The console of the embedded engine: a user's query runs in a child process that reads only and can be killed.

The engine's own time limit works between rows, not inside one expression, so only a process of its own can be stopped
at any moment. The child speaks JSON lines and opens the folder for reading with each query, which takes no lock.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import BadQueryError, QueryTimeoutError, RefusedQueryError, StoreFailedError, StoreLockedError
from graph.store.base import Table

OPEN_PATIENCE_S = 15.0
"""How long the child may take to open the folder: it waits ten seconds for a process that is writing."""
START_ALLOWANCE_S = 20.0
"""Added to the first query's limit: the child has to start a Java machine."""


class ConsoleWorker:
    """The child process of one folder: started by the first query, started again after it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def run(self, text: str, parameters: Mapping[str, Any], *, max_rows: int, timeout_s: float) -> Table:
        """Ask the child; kill it when it does not answer in time.

        Raises:
            RefusedQueryError: the text would write or read files.
            BadQueryError: the text is not understood.
            QueryTimeoutError: no answer within `timeout_s` seconds.
            StoreLockedError: the folder could not be opened for reading.
        """
        question = {"text": text, "parameters": dict(parameters), "max_rows": max_rows}
        with self._lock:
            process = self._running()
            assert process.stdin is not None  # noqa: S101 - opened as a pipe below
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            answer = self._answer(OPEN_PATIENCE_S, StoreLockedError(str(self._folder), OPEN_PATIENCE_S))
            if answer["status"] == "opened":
                answer = self._answer(timeout_s, QueryTimeoutError(timeout_s))
        return _table(answer, str(self._folder))

    def close(self) -> None:
        """End the child; harmless when there is none."""
        with self._lock:
            self._kill()

    def _running(self) -> subprocess.Popen[str]:
        """The child, ready: starting it is not counted against a query's time."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._answers = queue.Queue()
        process = subprocess.Popen(  # noqa: S603 - our own module, our own path
            [sys.executable, "-P", "-m", "graph.store.embedded_worker", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C in the terminal is ours to handle
        )
        self._process = process
        threading.Thread(target=_listen, args=(process, self._answers), daemon=True).start()
        try:
            self._answers.get(timeout=START_ALLOWANCE_S)
        except queue.Empty:
            self._kill()
            raise StoreFailedError(str(self._folder), "the query process did not start") from None
        return process

    def _answer(self, patience_s: float, late: Exception) -> dict[str, Any]:
        """The child's next line; when it does not come in time, the child is killed and `late` raised."""
        try:
            line = self._answers.get(timeout=patience_s)
        except queue.Empty:
            self._kill()
            raise late from None
        if not line:
            self._kill()
            raise StoreFailedError(str(self._folder), "the query process ended unexpectedly")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Pass the child's lines on; an empty one says that it ended."""
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    for line in process.stdout:
        answers.put(line)
    answers.put("")


def _table(answer: dict[str, Any], where: str) -> Table:
    match answer["status"]:
        case "refused":
            raise RefusedQueryError(answer["why"])
        case "bad":
            raise BadQueryError(answer["why"])
        case "locked":
            raise StoreLockedError(where, answer["waited_s"])
        case "failed":
            raise StoreFailedError(where, answer["why"])
    return Table(
        columns=tuple(answer["columns"]),
        rows=tuple(answer["rows"]),
        truncated=answer["truncated"],
        elapsed_ms=answer["elapsed_ms"],
    )
