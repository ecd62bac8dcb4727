"""From a failure to what is printed on stderr and to the exit code: the one table of this front end."""

from __future__ import annotations

import json
import sys

import click

from graph.errors import SkilltrailError, StoreError

FINE = 0
DOCUMENT_ERRORS = 1
WRONG_USE = 2
NO_STORE = 3
UNEXPECTED = 70


def exit_code(failure: SkilltrailError) -> int:
    """Wrong use, or a store that cannot be used."""
    return NO_STORE if isinstance(failure, StoreError) else WRONG_USE


def print_failure(failure: SkilltrailError, *, as_json: bool) -> None:
    """One of ours: it knows its sentence."""
    _print(failure.code, failure.message, failure.hint, as_json=as_json)


def print_click_failure(failure: click.ClickException, *, as_json: bool) -> None:
    """The arguments do not fit the command."""
    context = getattr(failure, "ctx", None)
    hint = f"`{context.command_path} --help` explains the command." if context is not None else ""
    _print("usage", failure.format_message(), hint, as_json=as_json)


def print_unexpected(failure: Exception, *, as_json: bool) -> None:
    """A mistake of ours."""
    words = " ".join(str(failure).split())[:200]
    message = f"Something failed that should not: {type(failure).__name__}" + (f": {words}" if words else "")
    _print("unexpected", message, "Run the command again with --debug to see where; please report it.", as_json=as_json)


def failure_json(code: str, message: str, hint: str) -> str:
    """The shape of an error with --json."""
    return json.dumps({"error": {"code": code, "message": message, "hint": hint}}, ensure_ascii=False)


def _print(code: str, message: str, hint: str, *, as_json: bool) -> None:
    lines = [failure_json(code, message, hint)] if as_json else [f"skilltrail: {message}", *([hint] if hint else [])]
    sys.stderr.write("\n".join(lines) + "\n")
