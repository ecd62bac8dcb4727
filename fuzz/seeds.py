"""What mutation begins with: the documents of the tests and the samples, and the words that mean something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fuzz.grammars import WORDS
from fuzz.trial import suffixes_of
from ingest.parsers import Parser

_REPOSITORY = Path(__file__).resolve().parents[1]
FOLDERS = ("tests/cases/parse", "tests/cases/hostile", "data/roadmaps")
MAX_SEED = 6_000


def seeds(parser: Parser) -> Iterator[bytes]:
    """The documents with a parser's suffixes, the large ones in pieces, each behind a byte for its variant."""
    suffixes = suffixes_of(parser)
    for folder in FOLDERS:
        for file in sorted((_REPOSITORY / folder).rglob("*")):
            if file.suffix in suffixes and file.is_file():
                raw = file.read_bytes()
                for start in range(0, min(len(raw), 3 * MAX_SEED), MAX_SEED):
                    yield bytes([start % 251]) + raw[start : start + MAX_SEED]


def write_seeds(parsers: Sequence[Parser], folder: Path) -> None:
    """Write them as files, each behind a byte for its parser."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, parser in enumerate(parsers):
        for count, raw in enumerate(seeds(parser), start=1):
            (folder / f"{parser.family}-{count:03}").write_bytes(bytes([at]) + raw)


def write_dictionary(file: Path) -> None:
    """Write the tokens in libFuzzer's form."""
    words = {token.encode() for token in WORDS["tokens"]}
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in sorted(words))
    file.write_text("\n".join(lines) + "\n", encoding="ascii")
