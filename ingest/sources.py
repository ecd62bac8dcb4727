"""Which source a file belongs to, and what its document and roadmap are called."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from graph.evidence import Source
from graph.model import ROADMAP_MARK
from graph.titles import slug

SAMPLES = Source(id="samples", root="samples", kind="samples")
"""Our own sample roadmaps: the same source wherever the program is installed."""


def source_for(file: Path, given: Path, known: Sequence[Source]) -> Source:
    """The known source that contains a file, the deepest one first; else a new one for the folder that was given.

    Args:
        file: absolute path of the document.
        given: absolute folder that was given, or the file's own folder.
        known: sources in the store.
    """
    folders = [source for source in known if source.kind == "folder" and file.is_relative_to(source.root)]
    if folders:
        return max(folders, key=lambda source: len(source.root))
    return Source(id=_source_id(given, known), root=given.as_posix(), kind="folder")


def document_id(source: Source, path: str) -> str:
    """Source and path inside it."""
    return f"{source.id}:{path}"


def roadmap_id(source: Source, path: str) -> str:
    """The roadmap of a document, or of a vault's folder: made of the path, so that a new title changes nothing.

    Args:
        source: where it stands.
        path: of the file or folder inside the source; "." is the source's own folder.
    """
    stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
    parts = [slug(part) for part in stem.split("/") if part and part != "."]
    return ROADMAP_MARK + "/".join([source.id, *parts])


def _source_id(folder: Path, known: Sequence[Source]) -> str:
    name = slug(folder.name or "root")
    if all(source.id != name for source in (*known, SAMPLES)):
        return name
    return f"{name}-{hashlib.sha256(folder.as_posix().encode()).hexdigest()[:6]}"
