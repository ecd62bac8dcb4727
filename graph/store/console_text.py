"""The first door of the console, the same on every engine: what a user's text may not say, whatever a plan shows.

A subquery inside CASE or a list comprehension shows up in no operator of a plan, so the text is looked at before.
"""

from __future__ import annotations

import re
from typing import Final

from graph.errors import RefusedQueryError

HARMLESS_PROCEDURES: Final = frozenset(
    {
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
    }
)
"""Procedures that only read the graph or its schema, in lower case."""

CYPHERS_OWN_NAMESPACES: Final = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "duration", "point", "vector", "db"}
)
"""First parts of dotted function names that belong to Cypher. Others come from plugins and may run anything: a function
of APOC takes Cypher as a string, which no plan shows."""

_QUOTED: Final = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`((?:``|[^`])*)`|//[^\r\n]*|/\*.*?\*/""", re.DOTALL)
_ODD_SPACE: Final = re.compile(r"[^\w!-~]")
"""Cypher knows more kinds of white space than Python."""
_OPTIONS: Final = re.compile(r"\W*(EXPLAIN|PROFILE|USE|CYPHER)\b", re.IGNORECASE)
_LOAD_CSV: Final = re.compile(r"\bLOAD\W+CSV\b", re.IGNORECASE)
_CALLED: Final = re.compile(r"(?<![\w.])(CALL\s+)?((?:\w+\s*\.\s*)*\w+)\s*\(", re.IGNORECASE)


def check_text(text: str) -> None:
    """Refuse what the plan would not show.

    Raises:
        RefusedQueryError: the text begins with an option, reads a file, or calls what is not Cypher's own.
    """
    # The server replaces these before it reads quotes, and not always at the right place: what we see is not what runs.
    if "\\u" in text.lower():
        raise RefusedQueryError(r"it holds a \u escape; write the character itself, or pass it as a parameter")
    code = _ODD_SPACE.sub(" ", _QUOTED.sub(_unquoted, text))
    option = _OPTIONS.match(code)
    if option:
        raise RefusedQueryError(f"it begins with {option[1].upper()}")
    if _LOAD_CSV.search(code):
        raise RefusedQueryError("LOAD CSV reads files")
    for call, name in _CALLED.findall(code):
        plain_name = "".join(name.split()).lower()
        if call:
            check_procedure(plain_name)
        elif "." in plain_name and plain_name.partition(".")[0] not in CYPHERS_OWN_NAMESPACES:
            raise RefusedQueryError(f"the function {plain_name} is not one of Cypher's own")


def check_procedure(name: str) -> None:
    """Refuse a procedure, given in lower case, that is not known to be harmless.

    Raises:
        RefusedQueryError: it is not.
    """
    if name not in HARMLESS_PROCEDURES:
        raise RefusedQueryError(f"the procedure {name} is not among those allowed")


def _unquoted(match: re.Match[str]) -> str:
    """A string without its text, a comment as a space, a quoted name as the name when it is a plain one."""
    quoted = match[0]
    if quoted[0] == "`":
        return match[1] if re.fullmatch(r"[\w.]+", match[1]) else "_"
    return " " if quoted[0] == "/" else "''"
