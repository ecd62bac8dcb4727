"""Mistakes in documents: values with a path and a line, collected to the end, never raised."""

from __future__ import annotations

from typing import Literal

from graph.model import Value

Severity = Literal["error", "warning", "info"]


class Problem(Value):
    """One mistake in one document."""

    severity: Severity
    code: str
    """Short, stable, kebab-case: `not-text`, `cycle`, `dangling-reference`."""
    message: str
    path: str = ""
    """As given by the user; empty when the problem belongs to no document."""
    line: int = 1
    hint: str = ""
    """What to do; empty when nothing helps."""

    def __str__(self) -> str:
        """`path:line: error[code]: message (hint)`, so that editors can jump."""
        text = f"{self.path}:{self.line}: {self.severity}[{self.code}]: {self.message}"
        return f"{text} ({self.hint})" if self.hint else text
