"""`docker compose up` starts a server and the app, safely: what the files promise, and what Docker makes of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j_server import server_version

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docker-compose.yml"
SERVICES: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))["services"]


def _compose_answers() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    return subprocess.run([docker, "compose", "version"], capture_output=True, check=False, timeout=30).returncode == 0


def _config(env_file: Path) -> subprocess.CompletedProcess[str]:
    # Nothing of this machine's own environment may answer for the file.
    outside = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    command = ["docker", "compose", "--env-file", str(env_file), "-f", str(FILE), "config", "--format", "json"]
    return subprocess.run(command, capture_output=True, text=True, env=outside, check=False, timeout=60)


@pytest.mark.skipif(not _compose_answers(), reason="no compose plugin; the structure is checked below")
def test_docker_compose_accepts_the_file_and_insists_on_a_password(tmp_path: Path) -> None:
    env_file = tmp_path / "env"
    env_file.write_text("NEO4J_PASSWORD=chosen-one\n", "utf-8")
    done = _config(env_file)
    assert done.returncode == 0, done.stderr
    services = json.loads(done.stdout)["services"]
    assert services["neo4j"]["environment"]["NEO4J_AUTH"] == "neo4j/chosen-one"
    assert services["app"]["environment"].items() >= {"SKILLTRAIL_NEO4J_PASSWORD": "chosen-one"}.items()
    assert services["app"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    refused = _config(ROOT / ".env.example")
    assert refused.returncode != 0
    assert "set NEO4J_PASSWORD in .env" in refused.stderr


def test_the_server_is_pinned_to_the_release_the_tests_run() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{server_version()}-community"


def test_the_app_waits_for_a_healthy_server_at_the_address_it_is_given() -> None:
    test = SERVICES["neo4j"]["healthcheck"]["test"]
    assert test[0] == "CMD-SHELL"
    assert "cypher-shell" in test[1]
    assert SERVICES["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["app"]["environment"]["SKILLTRAIL_STORE"] == "neo4j://neo4j:7687"


def test_no_password_stands_in_a_file() -> None:
    wanted = re.compile(r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}")
    assert wanted.fullmatch(SERVICES["neo4j"]["environment"]["NEO4J_AUTH"])
    assert wanted.fullmatch(SERVICES["app"]["environment"]["SKILLTRAIL_NEO4J_PASSWORD"])
    assert re.search(r"^NEO4J_PASSWORD=$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert ".env" in (ROOT / ".dockerignore").read_text("utf-8").splitlines()


def test_the_servers_files_are_closed_to_cypher() -> None:
    settings = SERVICES["neo4j"]["environment"]
    assert settings["NEO4J_dbms_security_allow__csv__import__from__file__urls"] == "false"


def test_ports_are_open_on_this_machine_only() -> None:
    ports = [port for service in SERVICES.values() for port in service["ports"]]
    assert "127.0.0.1:8501:8501" in ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_data_outlives_the_container() -> None:
    volumes = yaml.safe_load(FILE.read_text("utf-8"))["volumes"]
    assert "neo4j-data:/data" in SERVICES["neo4j"]["volumes"]
    assert "neo4j-data" in volumes


def test_the_app_image_runs_the_server_as_an_ordinary_user() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert lines[0] == "FROM python:3.12-slim"
    assert "USER skilltrail" in lines
    assert lines.index("USER skilltrail") < len(lines) - 1
    assert lines[-1] == 'CMD ["skilltrail", "serve", "--host", "0.0.0.0", "--port", "8501"]'
    text = "\n".join(lines)
    assert "/health" in text
    assert "-c constraints.txt ." in text
    assert "index-url" not in text
