"""What stands in a DOT label: escapes, HTML, the fields of a record."""

from __future__ import annotations

import re

from ingest.parsers.dot.model import without_tags
from ingest.parsers.dot.tokens import Token

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BREAKS = frozenset("nlr")
_PORT = re.compile(r"^\s*<([^<>]*)>")
_FIELD_SIGNS = re.compile(r"\\.|[{}|]", re.DOTALL)


def text_of(token: Token, key: str, graph: str) -> str:
    """The plain text of a label, lines apart.

    Args:
        token: the value as written.
        key: what the node is called, for the escape N.
        graph: what the graph is called, for the escape G.
    """
    if token.kind == "html":
        return without_tags(" ".join(token.value.split()))
    if token.kind == "name":
        return token.value
    return without_tags(_unescaped(token.value, key, graph))


def fields_of_record(label: str, key: str, graph: str) -> tuple[str, dict[str, str]]:
    """(fields as lines, port -> text) of a record's label as written: `{<a> SQL | {joins | <b> views}}`."""
    fields: list[str] = []
    ports: dict[str, str] = {}
    at = 0
    pieces = [found for found in _FIELD_SIGNS.finditer(label) if found[0] in "{}|"]
    for end, after in [*((found.start(), found.end()) for found in pieces), (len(label), len(label))]:
        piece = label[at:end]
        at = after
        port = _PORT.match(piece)
        words = " ".join(_unescaped(piece[port.end() :] if port is not None else piece, key, graph).split())
        if words:
            fields.append(words)
            if port is not None:
                ports[port[1].strip()] = words
    return "\n".join(fields), ports


def _unescaped(text: str, key: str, graph: str) -> str:
    special = {"N": key, "G": graph, "E": "", "H": "", "T": "", "L": ""}
    return _ESCAPE.sub(lambda found: "\n" if found[1] in _BREAKS else special.get(found[1], found[1]), text)
