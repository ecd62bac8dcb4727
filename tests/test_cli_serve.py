"""`serve`: the command line of the server, the port, and a real start where the web part is there."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.cli import main
from app.cli.serve import address_of, serve_command
from app.settings import environment_for, has_display, settings
from app.web.theme import OPTIONS


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_the_server_is_a_child_of_our_own_python() -> None:
    command = serve_command("127.0.0.1", 8501, Path("/x/server.py"))
    assert command[:6] == [sys.executable, "-P", "-m", "streamlit", "run", "/x/server.py"]
    flags = dict(flag.split("=", 1) for flag in command[6:])
    assert (flags["--server.address"], flags["--server.port"]) == ("127.0.0.1", "8501")
    assert flags["--browser.gatherUsageStats"] == "false"
    assert flags["--server.headless"] == "true"


def test_streamlit_knows_all_the_options() -> None:
    from streamlit import config

    assert OPTIONS.keys() <= config.get_config_options().keys()


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("0.0.0.0", "http://127.0.0.1:1"), ("::1", "http://[::1]:1")],  # noqa: S104
)
def test_the_address_can_be_opened_here(host: str, address: str) -> None:
    assert address_of(host, 1) == address


def test_the_child_uses_the_same_store_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = environment_for(settings("embedded:./x", "anna", {}), {"PATH": "/bin"})
    assert made == {"PATH": "/bin", "SKILLTRAIL_STORE": f"embedded://{tmp_path}/x", "SKILLTRAIL_LEARNER": "anna"}


@pytest.mark.skipif(sys.platform != "linux", reason="a display has no variable elsewhere")
def test_no_browser_without_a_display() -> None:
    assert not has_display({})
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"})


def test_a_port_in_use_is_said(store_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--store", store_url, "--port", str(port)]) == 2
    err = capfd.readouterr().err
    assert err.splitlines()[0] == f"skilltrail: Port {port} of 127.0.0.1 is in use by another program."
    assert f"--port {port + 1}" in err


def test_an_address_of_somebody_else_is_said(store_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--store", store_url, "--host", "192.0.2.1"]) == 2
    assert "This machine has no address “192.0.2.1”." in capfd.readouterr().err


def test_a_bad_store_is_said_before_anything_starts(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--store", "nonsense"]) == 2
    assert "The store address 'nonsense' cannot be used" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_starts_from_any_folder_and_ends_with_us(
    tmp_path: Path, free_port: int, number: signal.Signals, code: int
) -> None:
    command = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())", "serve", "--no-browser"]
    command += ["--port", str(free_port), "--store", "embedded:./here"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        while "skilltrail runs at" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        assert f"http://127.0.0.1:{free_port}" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/") as page:
            assert page.status == 200
        process.send_signal(number)
        assert process.wait(30) == code
        assert process.stdout is not None
        assert process.stdout.read() == ""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", free_port)):
                return
        time.sleep(0.1)
    pytest.fail("the server still listens")
