"""A real Neo4j for the tests: one that is given, one in a container, or the same release run by Java.

`SKILLTRAIL_TEST_NEO4J_URI` (with `_USER`, `_PASSWORD`, `_DATABASE`) names a server whose database the tests may empty.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
import yaml
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable

ROOT = Path(__file__).resolve().parent.parent
POM = ROOT / "tests" / "neo4j" / "pom.xml"
GIVEN = "SKILLTRAIL_TEST_NEO4J_URI"
OLDEST_JAVA = 17
FETCH_TIMEOUT_S = 150
START_TIMEOUT_S = 90
STOP_TIMEOUT_S = 2
"""The databases are closed after a third of a second; then Netty waits for ten more, which nobody needs here."""

SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=64m
db.transaction.monitor.check.interval=200ms
dbms.usage_report.enabled=false
"""


class NoNeo4jError(Exception):
    """No server can be had on this machine; the text says why."""


@dataclass(frozen=True)
class Neo4jAddress:
    """Where the server is."""

    url: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"


@contextmanager
def running_neo4j() -> Iterator[Neo4jAddress]:
    """A server that answers, stopped at the end unless it was given.

    Raises:
        NoNeo4jError: there is none and none can be started.
    """
    if os.environ.get(GIVEN):
        yield _given()
    elif _docker_answers():
        with _in_container() as address:
            yield address
    else:
        with _run_by_java() as address:
            yield address


def server_version() -> str:
    """The release that tests/neo4j/pom.xml names."""
    found = re.search(r"<artifactId>neo4j</artifactId>\s*<version>([^<]+)</version>", POM.read_text("utf-8"))
    assert found is not None
    return found[1]


def _given() -> Neo4jAddress:
    address = Neo4jAddress(
        url=os.environ[GIVEN],
        user=os.environ.get("SKILLTRAIL_TEST_NEO4J_USER", "neo4j"),
        password=os.environ.get("SKILLTRAIL_TEST_NEO4J_PASSWORD", ""),
        database=os.environ.get("SKILLTRAIL_TEST_NEO4J_DATABASE", "neo4j"),
    )
    try:
        _ask(address)
    except (DriverError, Neo4jError) as error:
        raise NoNeo4jError(f"{GIVEN} names a server that cannot be used: {error}") from error
    return address


def _ask(address: Neo4jAddress) -> None:
    auth = (address.user, address.password) if address.password else None
    with (
        GraphDatabase.driver(address.url, auth=auth, connection_timeout=5) as driver,
        driver.session(database=address.database) as session,
    ):
        session.run("RETURN 1").consume()  # by itself: unlike a managed transaction it is not retried


def _docker_answers() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    try:
        return subprocess.run([docker, "info"], capture_output=True, timeout=10, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextmanager
def _in_container() -> Iterator[Neo4jAddress]:
    from testcontainers.community.neo4j import Neo4jContainer

    image = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["neo4j"]["image"]
    with Neo4jContainer(image, password=secrets.token_urlsafe(12)) as container:
        yield Neo4jAddress(container.get_connection_url(), container.username, container.password)


@contextmanager
def _run_by_java() -> Iterator[Neo4jAddress]:
    java = _java()
    jars = _jars()
    with tempfile.TemporaryDirectory(prefix="skilltrail-neo4j-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        password = secrets.token_urlsafe(12)
        port = _free_port()
        (home / "conf").mkdir()
        (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=port), "utf-8")
        start = [java, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", str(jars / "*")]
        # Before the first start, or the server makes neo4j/neo4j and asks for a change.
        subprocess.run(
            [*start, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password],
            env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
            capture_output=True,
            timeout=60,
            check=True,
        )
        entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        console = home / "console.log"
        with console.open("wb") as output:
            server = subprocess.Popen([*start, *entry], stdout=output, stderr=subprocess.STDOUT)
        try:
            address = Neo4jAddress(f"bolt://127.0.0.1:{port}", "neo4j", password)
            _wait(address, server, [console, home / "logs" / "neo4j.log"])
            yield address
        finally:
            _stop(server)


def _wait(address: Neo4jAddress, server: subprocess.Popen[bytes], logs: list[Path]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _ask(address)
        except (ServiceUnavailable, Neo4jError):  # a server that is just starting may answer with an error first
            time.sleep(0.2)
        else:
            return
    tail = "\n".join(log.read_text("utf-8", "replace")[-2000:] for log in logs if log.exists())
    state = "did not answer in time" if server.returncode is None else f"ended with code {server.returncode}"
    raise NoNeo4jError(f"the Neo4j server {state}:\n{tail}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(STOP_TIMEOUT_S)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        raise NoNeo4jError(f"no Docker daemon answers, and java is missing (Java {OLDEST_JAVA} or newer is needed)")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < OLDEST_JAVA:
        raise NoNeo4jError(f"no Docker daemon answers, and java is older than {OLDEST_JAVA}")
    return java


def _jars() -> Path:
    """The server's jars in the user's cache, fetched by Maven the first time."""
    cache = Path(platformdirs.user_cache_dir("skilltrail"))
    jars = cache / f"neo4j-{server_version()}"
    cache.mkdir(parents=True, exist_ok=True)
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise NoNeo4jError("no Docker daemon answers, and mvn (Maven) is missing to fetch the server")
    # A lock on every system, let go when the process ends in whatever way: an SQLite file in an exclusive transaction.
    with closing(sqlite3.connect(cache / "neo4j.lock", timeout=FETCH_TIMEOUT_S, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not jars.is_dir():
            _fetch(maven, jars)
    return jars


def _fetch(maven: str, jars: Path) -> None:
    with tempfile.TemporaryDirectory(dir=jars.parent, ignore_cleanup_errors=True) as folder:
        # Maven looks for a settings folder beside the pom, so it gets a copy in a place of its own.
        shutil.copy(POM, folder)
        lib = Path(folder) / "lib"
        command = [maven, "-q", "-B", "-f", str(Path(folder) / POM.name), "dependency:copy-dependencies"]
        try:
            subprocess.run(
                [*command, f"-DoutputDirectory={lib}"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=FETCH_TIMEOUT_S,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise NoNeo4jError(f"mvn could not fetch the server:\n{error.stdout[-2000:]}") from error
        except subprocess.TimeoutExpired as error:
            raise NoNeo4jError(f"mvn did not fetch the server in {FETCH_TIMEOUT_S} seconds") from error
        lib.rename(jars)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main() -> None:
    """Run a server until Ctrl-C and say how to use it."""
    with suppress(KeyboardInterrupt), running_neo4j() as address:
        print(f"export SKILLTRAIL_STORE={address.url}")  # noqa: T201 - for a person
        print(  # noqa: T201
            f"export SKILLTRAIL_NEO4J_USER={address.user} SKILLTRAIL_NEO4J_PASSWORD={address.password}", flush=True
        )
        threading.Event().wait()


if __name__ == "__main__":
    main()
