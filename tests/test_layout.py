"""The shape of the code: what may be called how, and how long a file may be."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = sorted(path for package in ("graph", "ingest", "app") for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400


@pytest.mark.parametrize("path", [*OURS, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_is_longer_than_a_person_reads(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_page_carries_the_name_of_a_package() -> None:
    """Streamlit puts the folder of its script first on the path."""
    taken = {"graph", "ingest", "app", "data", "tests", "bench", *sys.stdlib_module_names}
    assert {path.stem for path in (ROOT / "app" / "web").glob("*.py")} & taken == set()
    assert not (ROOT / "app" / "web" / "pages").exists()


def test_the_folders_of_tests_shadow_no_package() -> None:
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} & {"graph", "ingest", "app"} == set()
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_a_broad_except_stands_only_at_an_outer_boundary() -> None:
    broad = [
        path.relative_to(ROOT).as_posix()
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    # A page's body and its callbacks are two doors: callbacks run before the page.
    assert Counter(broad) == {"app/cli/boundary.py": 1, "app/web/feedback.py": 2}


def test_only_the_settings_read_the_environment() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in OURS}
    reading = [name for name, text in texts.items() if "os.environ" in text or "getenv" in text]
    assert [name for name in reading if name not in {"app/settings.py", "app/cli/serve.py"}] == []


def test_no_file_names_a_package_index() -> None:
    files = [ROOT / name for name in ("pyproject.toml", "constraints.txt", "Makefile", "Dockerfile", ".ci/run")]
    addresses = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if "://" in line]
    assert [line for line in addresses if "://127.0.0.1" not in line] == []
