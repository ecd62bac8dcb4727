"""Where the files that the program needs at run time stand: in the wheel under `app/_data`, in a checkout in `data`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent


def data_path(*parts: str) -> Path:
    """A file or folder of ours, in the installed package or in the checkout.

    Raises:
        FileNotFoundError: it is in neither, so the installation is broken.
    """
    for base in (_ROOT / "app" / "_data", _ROOT / "data"):
        path = base.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"The file {'/'.join(parts)} is missing from this installation of skilltrail.")


@cache
def words(name: str) -> dict[str, Any]:
    """A word list: `data/words/NAME.toml`, read once."""
    return tomllib.loads(data_path("words", f"{name}.toml").read_text(encoding="utf-8"))
