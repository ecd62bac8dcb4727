"""Walk and decode: files and folders given by a user become texts, with their mistakes as values."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from graph.problems import Problem
from ingest.parsers.vault.folders import is_linked, vault_folders
from ingest.reading import Text
from ingest.repair import repair

MAX_BYTES = 10 * 1024 * 1024
"""Larger files are not read: no roadmap is that long, and a mistaken path should not fill the memory."""

SUFFIXES: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".txt": "text",
    ".csv": "table",
    ".tsv": "table",
    ".yaml": "data",
    ".yml": "data",
    ".json": "data",
    ".jsonc": "data",
    ".json5": "data",
    ".jsonl": "data",
    ".ndjson": "data",
    ".canvas": "data",
    ".toml": "data",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".html": "html",
    ".htm": "html",
}
"""Suffix in lower case -> family of files; what is not here is not looked at inside a folder."""

MAX_BESIDE = 500
"""Files looked at beside a note that was given by itself."""

SKIPPED_FOLDERS = frozenset({"node_modules", "venv", "__pycache__"})
"""Besides everything whose name begins with a dot."""

STORE_MARKER = "schema.json"
STORE_SUFFIX = ".bucket"
"""Together they tell the folder of an embedded store."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as that of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read."""

    path: str
    """As given, or the folder given joined with the path inside, with /."""
    file: Path
    """Absolute."""
    root: Path
    """Absolute folder that the document's source is: the folder given, else the file's own."""
    family: str
    """From SUFFIXES."""
    sha256: str
    """Of the bytes, in hexadecimal."""
    text: Text
    vault_root: Path | None = None
    """Absolute folder of the vault whose note it is; None when it is no note."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk found, in sorted order."""

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


class _Candidate(NamedTuple):
    path: str
    file: Path
    root: Path


def walk(paths: Sequence[Path]) -> Found:
    """Read the files and folders given; what cannot be read becomes a problem and stops nothing.

    Args:
        paths: files and folders as the user gave them. A file that is met twice is read once.

    Returns:
        The documents, sorted by path, and the problems in the order met.
    """
    problems: list[Problem] = []
    met = chain.from_iterable(_candidates(path, problems) for path in paths)
    candidates = {candidate.file: candidate for candidate in sorted(met, key=lambda each: each.path, reverse=True)}
    documents = [
        document
        for candidate in sorted(candidates.values(), key=lambda each: each.path)
        if (document := _read(candidate, problems)) is not None
    ]
    folders = [path for path in paths if _is_folder(path)]
    return Found(_with_vaults(documents, folders), tuple(problems))


def _is_folder(path: Path) -> bool:
    """As is_dir(), also for a path that the system refuses to look at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def decode(raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file's bytes, with LF line ends and its letters repaired; NBSP stays.

    Problems (no path yet): `empty` (error), `not-text` (error, text is then empty), `not-utf8` (warning),
    `encoding-repaired` (info).
    """
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "", (Problem(severity="error", code="empty", message="the file is empty"),)
    encoding = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    if encoding is None and b"\x00" in raw:
        return "", (_not_text("it holds NUL bytes"),)
    try:
        return _repaired(_lf(raw.decode(encoding or "utf-8")))
    except UnicodeDecodeError:
        return _decode_legacy(raw) if encoding is None else ("", (_not_text(f"it is not valid {encoding}"),))


def _decode_legacy(raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return "", (_not_text("it is neither UTF-8 nor Windows-1252"),)
    message = "the file is not UTF-8; read as Windows-1252"
    legacy = Problem(severity="warning", code="not-utf8", message=message, hint="save it as UTF-8")
    text, problems = _repaired(_lf(text))
    return text, (legacy, *problems)


def _repaired(text: str) -> tuple[str, tuple[Problem, ...]]:
    if "\x00" in text:
        return "", (_not_text("it holds NUL signs"),)
    found = repair(text)
    if not found.changed:
        return text, ()
    lines = "1 line" if found.changed == 1 else f"{found.changed} lines"
    message = f"{lines} held letters of a wrong encoding and were repaired, the first here"
    hint = "quotes show the repaired letters"
    return found.text, (
        Problem(severity="info", code="encoding-repaired", message=message, line=found.first, hint=hint),
    )


def _not_text(why: str) -> Problem:
    return Problem(severity="error", code="not-text", message=f"not a text file: {why}")


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _candidates(path: Path, problems: list[Problem]) -> Iterator[_Candidate]:
    shown = path.as_posix()
    try:
        path.stat()
    except FileNotFoundError:
        if not path.is_symlink():  # a link that leads nowhere is told when it is read
            problems.append(_error("not-found", "no such file or folder", shown))
            return
    except OSError as error:
        problems.append(_error("unreadable", f"the file cannot be read: {error.strerror}", shown))
        return
    if path.is_dir():
        root = path.resolve()
        for file in _files_below(path, problems):
            inside = file.relative_to(path).as_posix()
            yield _Candidate(inside if shown == "." else f"{shown.rstrip('/')}/{inside}", root / inside, root)
    elif path.suffix.lower() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        problems.append(
            _error("unknown-suffix", f"files ending in {path.suffix or 'nothing'} are not read", shown, known)
        )
    else:
        # The folder is resolved, the file is not: a link that the user gave is read under its own name.
        absolute = path.parent.resolve() / path.name
        yield _Candidate(shown, absolute, absolute.parent)


def _files_below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        problems.append(_error("unreadable", f"the folder cannot be read: {error.strerror}", _posix(error.filename)))

    root = folder.resolve()
    for here, folders, files in os.walk(folder, onerror=unreadable):
        if _is_store(files):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        for link in [name for name in folders if (Path(here) / name).is_symlink()]:
            problems.extend(_leaves(Path(here) / link, root))
        for name in sorted(files):
            file = Path(here) / name
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES:
                continue
            outside = _leaves(file, root) if file.is_symlink() else []
            problems.extend(outside)
            if not outside:
                yield file


def _is_store(files: Sequence[str]) -> bool:
    """Whether these are the files of an embedded store, which may stand among the documents."""
    return STORE_MARKER in files and any(name.endswith(STORE_SUFFIX) for name in files)


def _leaves(link: Path, root: Path) -> list[Problem]:
    # realpath, because resolve() raises on links that go round in a circle; reading them says what is wrong.
    if Path(os.path.realpath(link)).is_relative_to(root):
        return []
    message = "a symbolic link that leaves the folder is not followed"
    return [Problem(severity="warning", code="link-outside", message=message, path=link.as_posix())]


def _read(candidate: _Candidate, problems: list[Problem]) -> Document | None:
    try:
        found_file = candidate.file.stat()
        if not stat.S_ISREG(found_file.st_mode):  # a pipe would be waited for
            problems.append(_error("unreadable", "not a regular file", candidate.path))
            return None
        size = found_file.st_size
        raw = candidate.file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        problems.append(_error("unreadable", f"the file cannot be read: {error.strerror}", candidate.path))
        return None
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        problems.append(_error("too-large", f"larger than {limit} MB", candidate.path, "split it"))
        return None
    text, found = decode(raw)
    problems.extend(each.model_copy(update={"path": candidate.path}) for each in found)
    if not text:
        return None
    lines = tuple(text.removesuffix("\n").split("\n"))
    family = SUFFIXES[candidate.file.suffix.lower()]
    digest = hashlib.sha256(raw).hexdigest()
    return Document(
        candidate.path, candidate.file, candidate.root, family, digest, Text(path=candidate.path, lines=lines)
    )


def _with_vaults(documents: Sequence[Document], folders: Iterable[Path]) -> tuple[Document, ...]:
    roots = {folder.resolve() for folder in folders}
    notes = {each.file: each.text for each in documents if each.family == "markdown"}
    alone = {file for file in notes if not roots & set(file.parents) and is_linked(notes[file])}
    for file in alone:
        notes.update({beside: text for beside, text in _beside(file).items() if beside not in notes})
    vaults = vault_folders(notes, roots | {file.parent for file in alone})
    return tuple(_as_note(each, vaults) if each.file in notes else each for each in documents)


def _beside(file: Path) -> dict[Path, Text]:
    """The notes in the folder of a note that was given by itself: they tell whether the folder is a vault."""
    found: dict[Path, Text] = {}
    for each in sorted(file.parent.glob("*.md"))[:MAX_BESIDE]:
        try:
            raw = each.read_bytes() if each.stat().st_size <= MAX_BYTES else b""
        except OSError:
            # The problem belongs to a file that nobody asked for.
            continue
        found[each] = Text(path=each.name, lines=tuple(decode(raw)[0].split("\n")))
    return found


def _as_note(document: Document, vaults: set[Path]) -> Document:
    root = next((folder for folder in document.file.parents if folder in vaults), None)
    if root is None:
        return document
    return replace(document, text=document.text.model_copy(update={"vault": True}), vault_root=root)


def _posix(path: object) -> str:
    return Path(str(path)).as_posix()


def _error(code: str, message: str, path: str, hint: str = "") -> Problem:
    return Problem(severity="error", code=code, message=message, path=path, hint=hint)
