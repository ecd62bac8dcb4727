"""Our routes: files that may be kept, a policy that allows no other host, a sign of life without the store."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app.map.files import ASSETS, ROUTE
from app.web.policy import policy_for
from app.web.routes import MIDDLEWARE, ROUTES, hosts

ROOT = Path(__file__).parent.parent


def get(path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8501") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_health_says_ok() -> None:
    answer = get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


@pytest.mark.parametrize("name", sorted(path.name for path in ASSETS.iterdir()))
def test_every_file_is_served_and_may_be_kept(name: str) -> None:
    answer = get(f"/{ROUTE}/{name}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    if name.endswith(".mjs"):
        assert "javascript" in answer.headers["content-type"]


@pytest.mark.parametrize(
    "path", ["/map/000000000000/index.mjs", f"/{ROUTE}/missing.mjs", f"/{ROUTE}/../files.py", "/map/"]
)
def test_other_addresses_are_not_answered_with_a_page(path: str) -> None:
    assert get(path).status_code == 404


def test_every_answer_carries_the_policy() -> None:
    for path in ("/health", f"/{ROUTE}/index.mjs", "/nothing"):
        policy = get(path).headers["content-security-policy"]
        assert "connect-src 'self' ws://localhost:8501 wss://localhost:8501" in policy
        assert "default-src 'self'" in policy


def test_the_policy_names_no_other_host() -> None:
    policy = policy_for("example.test:8501")
    hosts = re.findall(r"(?:https?|wss?)://([^\s;]+)", policy)
    assert set(hosts) == {"example.test:8501"}
    assert "unsafe-eval" not in policy
    assert " ws:;" not in policy
    assert " * " not in policy
    assert re.search(r"script-src [^;]*unsafe-inline", policy) is None


@pytest.mark.parametrize("host", ["", "a b", "x; script-src *", "x\r\ny", "[::1", "*"])
def test_a_host_that_is_none_is_not_copied(host: str) -> None:
    assert "connect-src 'self';" in policy_for(host)


def test_an_ipv6_host_is_one() -> None:
    assert "ws://[::1]:8501" in policy_for("[::1]:8501")


def test_streamlit_finds_the_app_in_the_server_module() -> None:
    # In a process of its own: an App remembers the first script in the whole process.
    code = (
        "from pathlib import Path; import app.web.server as s;"
        "from streamlit.web.server.app_discovery import discover_asgi_app as d;"
        "print(d(Path(s.__file__)).import_string, s.app.script_path.name)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["server:app", "main.py"]


def test_a_server_of_this_machine_answers_to_this_machines_names_only() -> None:
    """A foreign page may let its own name point at 127.0.0.1."""
    assert hosts("127.0.0.1") == ["127.0.0.1", "localhost"]
    assert hosts("0.0.0.0") == ["*"]  # noqa: S104 - what a container listens at
    guarded = Starlette(routes=ROUTES, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts("127.0.0.1"))])

    async def ask(name: str) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url=f"http://{name}:8501") as client:
            return (await client.get("/health")).status_code

    assert asyncio.run(ask("127.0.0.1")) == 200
    assert asyncio.run(ask("evil.example")) == 400
