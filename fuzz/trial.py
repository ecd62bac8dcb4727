"""One parser tried on inputs: what it breaks on is counted and kept as a file."""

from __future__ import annotations

import hashlib
import time
import traceback
from pathlib import Path

from fuzz.invariants import BrokenRuleError, check
from ingest.documents import SUFFIXES, decode
from ingest.parsers import PARSERS, Parser
from ingest.reading import Text

CRASHES = Path(__file__).parent / "crashes"
"""Not under version control; what is mended moves to tests/cases/hostile."""
PATIENCE_S = 5.0
"""CPU time for one input of some kilobytes."""
_ROOT = str(Path(__file__).resolve().parents[1])
_NAMES = ("roadmap", "index", "a/b c/01-note")


class TooSlowError(AssertionError):
    """An input took longer than the patience."""


def parser_named(family: str) -> Parser:
    """The parser of a family in the table."""
    return next(each for each in PARSERS if each.family == family)


def suffixes_of(parser: Parser) -> tuple[str, ...]:
    """The suffixes of a parser's documents; Markdown's where it has none of its own, as notes."""
    return tuple(suffix for suffix, family in SUFFIXES.items() if family == parser.family) or (".md",)


class Trial:
    """Tries inputs on one parser.

    Args:
        parser: from the table.
        crashes: the folder where inputs are kept that break it, one for each place in the code.
    """

    def __init__(self, parser: Parser, crashes: Path = CRASHES) -> None:
        self.tried = 0
        self.found: dict[str, Path] = {}
        """What went wrong and where -> the first input that did it."""
        self._parser = parser
        self._crashes = crashes
        self._suffixes = suffixes_of(parser)

    def take(self, raw: bytes) -> None:
        """Try bytes: the first one says how the file is called, the others are the file."""
        if raw:
            self.file(raw[1:], raw[0])

    def file(self, raw: bytes, variant: int = 0) -> None:
        """Try a file's bytes, decoded as the program does it."""
        self.tried += 1
        suffix = self._suffixes[variant % len(self._suffixes)]
        path, vault = f"{_NAMES[variant // 8 % len(_NAMES)]}{suffix}", bool(variant & 64) and suffix == ".md"
        started = time.process_time()
        try:
            self._read(raw, path, vault=vault)
            if time.process_time() - started > PATIENCE_S:
                raise TooSlowError(f"more than {PATIENCE_S:g} s")  # noqa: TRY301 - is kept like all others
        except Exception as error:  # noqa: BLE001 - the one place where all of them are wanted
            self._keep(error, raw, suffix, vault=vault)

    def _read(self, raw: bytes, path: str, *, vault: bool) -> None:
        decoded, _ = decode(raw)
        if not decoded:
            return
        text = Text(path=path, lines=tuple(decoded.removesuffix("\n").split("\n")), vault=vault)
        self._parser.detect(text)
        check(self._parser.parse(text), text)

    def _keep(self, error: Exception, raw: bytes, suffix: str, *, vault: bool) -> None:
        frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.startswith(_ROOT)]
        where = f"{Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else ""
        said = str(error).split("\n")[0][:100]
        words = "".join(sign for sign in said if not sign.isdigit()) if isinstance(error, BrokenRuleError) else ""
        # Of a broken rule the words tell it from others; a recursion ends anywhere.
        place = "" if isinstance(error, RecursionError) else where
        key = f"{type(error).__name__} {place} {words[:24]}"
        if key in self.found:
            return
        self._crashes.mkdir(parents=True, exist_ok=True)
        name = (
            f"{self._parser.family}{'-vault' if vault else ''}-{hashlib.sha256(key.encode()).hexdigest()[:8]}{suffix}"
        )
        self.found[key] = self._crashes / name
        self.found[key].write_bytes(raw)
        print(f"{self._parser.family}: {type(error).__name__} at {where}: {said}\n  {self.found[key]}", flush=True)
