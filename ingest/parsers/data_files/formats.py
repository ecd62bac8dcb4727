"""The three notations: each reads a document into the same tree, with places, or says why it cannot."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping

import yaml
from yaml import events

from ingest.parsers.data_files.relaxed import strict
from ingest.parsers.data_files.tree import MAX_DEPTH, Builder, Node, Source, Unreadable, root_of

MAX_MISSES = 200
"""Texts of a TOML document that are looked for in vain before the search is given up."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
# Valid JSON has been checked before, so that the tokens alone tell its shape.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\],:"]+')
_KEY = re.compile(r"\s*(?:[\w-]+|\"[^\"]*\"|'[^']*')\s*")
_BETWEEN_KEYS = re.compile(r"[=,{}\[\]]")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_yaml(source: Source) -> Node:
    """Read YAML by its events: nothing is constructed, and no recursion follows the document."""
    builder = Builder(source)
    # The mark would be taken for an indentation or lost, depending on the library.
    skip = 1 if source.text.startswith("\ufeff") else 0
    try:
        _follow(source.text[skip:], builder, skip)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        at = skip + (mark.index if mark is not None else int(getattr(error, "position", 0) or 0))
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        raise Unreadable("bad-yaml", f"not valid YAML: {said}", source.line(at)) from None
    except ValueError as error:
        raise Unreadable("bad-yaml", f"not valid YAML: {error}", 1) from None
    return root_of(builder)


def _follow(text: str, builder: Builder, skip: int) -> None:
    anchors: dict[str, Node] = {}
    for event in yaml.parse(text, Loader=_LOADER):
        start, end = _place(event.start_mark) + skip, _place(event.end_mark) + skip
        made: Node | None = None
        if isinstance(event, events.ScalarEvent):
            value = "" if event.implicit[0] and event.value in _NOTHING else event.value
            made = builder.text(value, start, end)
        elif isinstance(event, events.SequenceStartEvent):
            made = builder.open("list", start)
        elif isinstance(event, events.MappingStartEvent):
            made = builder.open("map", start)
        elif isinstance(event, (events.SequenceEndEvent, events.MappingEndEvent)):
            builder.close(end)
        elif isinstance(event, events.AliasEvent):
            builder.repeat(anchors.get(event.anchor or ""), start)
        if made is not None and isinstance(event, events.NodeEvent) and event.anchor:
            anchors[event.anchor] = made


def _place(mark: object) -> int:
    return int(getattr(mark, "index", 0))


def read_json(source: Source) -> Node:
    """Read JSON: checked by the standard library, then its tokens are followed with their places."""
    text = source.text.replace("\ufeff", " ", 1) if source.text.startswith("\ufeff") else source.text
    wrong = _mistake_in(text)
    if wrong is not None:
        text = strict(text)
        if _mistake_in(text) is not None:
            raise Unreadable("bad-json", f"not valid JSON: {wrong.msg}", source.line(wrong.pos))
    builder = Builder(source)
    _follow_tokens(text, 0, builder)
    return root_of(builder)


def _mistake_in(text: str) -> json.JSONDecodeError | None:
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return error
    except RecursionError:
        raise Unreadable("too-deep", f"nested more than {MAX_DEPTH} levels deep", 1) from None
    return None


def read_json5(source: Source) -> Node:
    """Read JSON as a program would write it: names without marks and single quotes are YAML too."""
    try:
        return read_json(source)
    except Unreadable as error:
        text = strict(source.text).replace("\t", " ")
        if error.code != "bad-json" or text.strip("\ufeff \n")[:1] not in {"{", "["}:
            raise
        try:
            return read_yaml(Source(tuple(text[:-1].split("\n"))))
        except Unreadable:
            raise error from None


def read_json_lines(source: Source) -> Node:
    """Read a JSON value per line as a list; a file that is one value in several lines is read as JSON."""
    lines = source.text.removeprefix("\ufeff").split("\n")
    at, builder = len(source.text) - len(source.text.removeprefix("\ufeff")), Builder(source)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
            except json.JSONDecodeError as error:
                if not builder.roots and line.strip() in {"{", "["}:
                    return read_json(source)
                raise Unreadable("bad-json", f"not valid JSON: {error.msg}", number) from None
            except RecursionError:
                raise Unreadable("too-deep", f"nested more than {MAX_DEPTH} levels deep", number) from None
            _follow_tokens(line, at, builder)
        at += len(line) + 1
    return Node("list", 0, at, items=builder.roots)


def _follow_tokens(text: str, offset: int, builder: Builder) -> None:
    for found in _TOKEN.finditer(text):
        piece, start, end = found[0], offset + found.start(), offset + found.end()
        if piece in "{[":
            builder.open("map" if piece == "{" else "list", start)
        elif piece in "}]":
            builder.close(end)
        elif piece[0] == '"':
            builder.text(json.loads(piece) if "\\" in piece else piece[1:-1], start, end)
        else:
            builder.text("" if piece == "null" else piece, start, end)


def read_toml(source: Source) -> Node:
    """Read TOML by the standard library, which keeps no places: they are searched.

    The values come in the order of the document, so each key and text is looked for behind the one before, as it
    would be written there; a table that is opened again later is found from the beginning.
    """
    text = source.text.removeprefix("\ufeff")
    deep = next((at for at, line in enumerate(source.lines, start=1) if _has_deep_key(line)), 0)
    if deep:  # the library takes the square of their number
        raise Unreadable("too-deep", f"a key of more than {MAX_DEPTH} parts", deep)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        at = int(line[1]) if line is not None else len(source.lines)
        raise Unreadable("bad-toml", f"not valid TOML: {error}", min(at, len(source.lines))) from None
    except ValueError as error:  # a number too long for the interpreter
        raise Unreadable("bad-toml", f"not valid TOML: {error}", 1) from None
    except RecursionError:
        raise Unreadable("too-deep", f"nested more than {MAX_DEPTH} levels deep", 1) from None
    builder = Builder(source)
    _Toml(source, builder).value(value)
    return root_of(builder)


def _has_deep_key(line: str) -> bool:
    return line.count(".") > MAX_DEPTH and any(
        all(map(_KEY.fullmatch, piece.split(".", MAX_DEPTH + 1)[: MAX_DEPTH + 1]))
        for piece in _BETWEEN_KEYS.split(line)
        if piece.count(".") > MAX_DEPTH
    )


class _Toml:
    """Walks the values of a TOML document and searches their places."""

    def __init__(self, source: Source, builder: Builder) -> None:
        self._text = source.text
        self._builder = builder
        self._at = 0
        self._misses = 0

    def value(self, value: object) -> None:
        if isinstance(value, dict):
            node = self._builder.open("map", self._at)
            for key, each in value.items():
                start = self._find_key(key)
                self._builder.text(key, start, self._at)
                self.value(each)
            self._close(node)
        elif isinstance(value, list):
            node = self._builder.open("list", self._at)
            for each in value:
                self.value(each)
            self._close(node)
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            start = self._find_text(text, quoted=isinstance(value, str))
            self._builder.text(text, start, self._at)

    def _close(self, node: Node) -> None:
        # Where it begins is not searched: at its first key or value.
        node.start = node.items[0].start if node.items else node.start
        self._builder.close(max(node.start, self._at))

    def _find_key(self, key: str) -> int:
        pattern = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?(?=[ \t]*[=.\]])")
        found = self._search(lambda at: pattern.search(self._text, at))
        if found is None:
            return self._at
        self._at = found.end()
        return found.start()

    def _find_text(self, text: str, *, quoted: bool) -> int:
        if self._misses >= MAX_MISSES:
            return self._at
        first = re.escape(text.split("\n", 1)[0])
        pattern = rf"(?:[\"']|^){first}(?:[\"']|$)" if quoted else rf"(?<![\w.-]){first}(?![\w-])"
        found = re.compile(pattern, re.MULTILINE).search(self._text, self._at)
        if found is None and quoted:  # with escaped signs, near enough to how JSON writes them
            found = re.compile(re.escape(json.dumps(text, ensure_ascii=False))).search(self._text, self._at)
        if found is None or not text:
            self._misses += bool(text)
            return self._at
        # The sign behind the text may begin the next one.
        self._at = found.end()
        return found.start()

    def _search(self, look: Callable[[int], re.Match[str] | None]) -> re.Match[str] | None:
        if self._misses >= MAX_MISSES:
            return None
        found = look(self._at)
        if found is None:
            self._misses += 1
            found = look(0)
        return found


READERS: Mapping[str, Callable[[Source], Node]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".jsonc": read_json,
    ".json5": read_json5,
    ".canvas": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".toml": read_toml,
}
"""Suffix in lower case -> reader."""
