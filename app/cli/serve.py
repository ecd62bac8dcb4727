"""`serve`: the app in a browser, as a child process, so that Streamlit's signals and import paths stay its own."""

from __future__ import annotations

import contextlib
import errno
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click

from app.cli.options import Command, Options
from app.cli.output import say
from app.cli.report import FINE
from app.web.theme import flags
from graph.errors import BadRequestError

SERVER = Path(__file__).resolve().parent.parent / "web" / "server.py"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
ALL_HOSTS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - shown and asked, never bound by default
START_PATIENCE_S = 30.0
STOP_PATIENCE_S = 5.0


@click.command("serve", cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_obj
def serve(options: Options, host: str, port: int, no_browser: bool) -> int:  # noqa: FBT001 - a flag, as click passes it
    """Open the map in a browser. Ctrl-C stops it."""
    from app.settings import environment_for, has_display

    settings = options.settings()
    settings.open().close()  # a wrong address is told now, not by a page
    check_port(host, port)
    if host not in LOCAL_HOSTS:
        say("Anybody who can reach this machine can now read and change the graph.")
    child = subprocess.Popen(  # noqa: S603 - our own program
        serve_command(host, port), env=environment_for(settings), stdout=sys.stderr.fileno(), stdin=subprocess.DEVNULL
    )
    try:
        address = address_of(host, port)
        if _answers(child, address):
            say(f"skilltrail runs at {address} (Ctrl-C stops it)")
            if not no_browser and has_display():
                import webbrowser

                webbrowser.open(address)
        code = child.wait()
    except KeyboardInterrupt:
        return FINE
    finally:
        _stop(child)
    raise BadRequestError(f"The server stopped by itself with code {code}.", "Its words are above.")


def serve_command(host: str, port: int, server: Path = SERVER) -> list[str]:
    """What starts the server. `-P`: the folder that it is started in never stands on the import path."""
    options = flags({"server.address": host, "server.port": str(port)})
    return [sys.executable, "-P", "-m", "streamlit", "run", str(server), *options]


def address_of(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    reachable = ALL_HOSTS.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def check_port(host: str, port: int) -> None:
    """Whether the server can listen there.

    Raises:
        BadRequestError: it cannot, and why.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there it would allow a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            if failure.errno == errno.EADDRINUSE:
                free = f"Choose another one: `skilltrail serve --port {port + 1 if port < 65535 else 8501}`."  # noqa: PLR2004
                raise BadRequestError(f"Port {port} of {host} is in use by another program.", free) from failure
            if failure.errno in (errno.EACCES, errno.EPERM):
                sentence = f"You may not listen at port {port}."
                raise BadRequestError(sentence, "Ports from 1024 are free for all: --port 8501.") from failure
            raise BadRequestError(
                f"This machine has no address “{host}”.", "Leave --host out, or name one it has."
            ) from failure


def _answers(child: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the server answers; False when it ended or does not."""
    until = time.monotonic() + START_PATIENCE_S
    while child.poll() is None and time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()  # noqa: S310 - our own server
            return True
        time.sleep(0.1)
    return False


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the server. After Ctrl-C it got the signal too and is ending by itself; a second one would cut that short."""
    for wait_s, then in ((1.0, child.terminate), (STOP_PATIENCE_S, child.kill), (None, None)):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(wait_s)
            return
        if then is not None:
            then()
