"""The files that the browser loads for the map, and the name under which they are served."""

from __future__ import annotations

import hashlib
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"


def _version() -> str:
    """A hash of all files: part of their address, so browsers may keep them for a year."""
    digest = hashlib.blake2s(digest_size=6)
    for file in sorted(ASSETS.iterdir()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


VERSION = _version()
ROUTE = f"map/{VERSION}"
"""Address of the folder, relative to the page."""
