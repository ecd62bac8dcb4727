"""The wheel: built, looked into, and used from a clean environment in a folder far from the checkout."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("skilltrail-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def skilltrail(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment of its own, with the versions of constraints.txt."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), str(wheel)], check=True)
    return folder / "bin" / "skilltrail"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "SKILLTRAIL_STORE": f"embedded://{tmp_path / 'store'}", "PYTHONPATH": ""}


def test_the_wheel_has_three_packages_and_nothing_else_on_top(names: list[str]) -> None:
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"graph", "ingest", "app"}


def test_samples_words_and_the_maps_files_are_inside(names: list[str]) -> None:
    assert "app/_data/roadmaps/backend-outline.md" in names
    assert "app/_data/roadmaps/python-vault/index.md" in names
    assert "app/_data/words/titles.toml" in names
    assert "app/map/assets/vis-network.min.mjs" in names
    assert "app/map/assets/index.mjs" in names
    assert "app/web/main.py" in names


def test_nothing_is_inside_that_does_not_belong(names: list[str]) -> None:
    assert [name for name in names if "__pycache__" in name or name.endswith((".jar", ".pyc"))] == []


def run(command: Path, *arguments: str, environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *arguments], env=environment, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def test_the_command_works_from_any_folder(skilltrail: Path, environment: dict[str, str], tmp_path: Path) -> None:
    shown = run(skilltrail, "--help", environment=environment, folder=tmp_path)
    assert (shown.returncode, "ingest" in shown.stdout) == (0, True)
    read = run(skilltrail, "ingest", "--samples", "--json", environment=environment, folder=tmp_path)
    assert read.returncode == 0, read.stderr
    assert json.loads(read.stdout)["topics"] >= 150
    found = run(skilltrail, "next", "--json", environment=environment, folder=tmp_path)
    assert json.loads(found.stdout)["suggestions"]


@pytest.fixture
def server(skilltrail: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [skilltrail, "serve", "--no-browser", "--port", str(port)],
        env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=30)


def answer(url: str) -> tuple[int, str]:
    """What the server says, once it is up."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server
                return reply.status, reply.read().decode()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_the_app_is_served_from_the_installed_package(server: str) -> None:
    assert answer(f"{server}/health") == (200, "ok")
    status, page = answer(server)
    assert status == 200
    assert "<html" in page
