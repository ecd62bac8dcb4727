"""The app in a real browser, served as `skilltrail serve` does: one journey, and pictures of every page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, expect

from app.cli.serve import serve_command
from app.services import learning, reading
from graph.store.open import open_store
from graph.titles import slug

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTIFACTS = Path(__file__).parent.parent / "artifacts"
START_PATIENCE_S = 60
PATIENCE_MS = 30_000
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PAGES = {"explore": "/?topic=arrays", "path": "/path", "catalogue": "/catalogue?topic=arrays"}
GOAL = "Retrieval-augmented generation"
KNOWN = ["Programming basics", "Relational model"]
NEXT = re.compile("^Next: ")


@dataclass
class Watched:
    """What a page asked for and complained about."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        if request.url.startswith(("http", "ws")) and urlsplit(request.url).hostname != "127.0.0.1":
            self.strangers.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the address of a page first; that answer is expected.
        probe = "/_stcore/" in message.location["url"] and "404" in message.text
        if message.type == "error" and not probe:
            self.complaints.append(f"{message.text} ({message.location['url']})")


@contextmanager
def served(store_url: str) -> Iterator[str]:
    """The app's server on a free port, until it answers; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "SKILLTRAIL_STORE": store_url, "SKILLTRAIL_AOT": "off"}
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(serve_command("127.0.0.1", port), env=environment, stdin=subprocess.DEVNULL) as server:
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_PATIENCE_S
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")


@contextmanager
def visited(
    browser: Browser, size: ViewportSize = DESK, *, dark: bool = False, density: float = 1
) -> Iterator[Watched]:
    """A visitor; afterwards nothing may have been loaded from elsewhere, and nothing may have failed."""
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", device_scale_factor=density)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    watched = Watched(page)
    page.on("request", watched.on_request)
    page.on("console", watched.on_console)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    yield watched
    context.close()
    assert not watched.strangers
    assert not watched.complaints


def settled(page: Page) -> None:
    """Until no run is under way and every element is there."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0)


def click_on_map(page: Page, topic: str) -> None:
    """Click a card where it is drawn, once no run may draw the map anew and the camera has come to rest."""
    settled(page)
    rest = page.wait_for_function(
        """([selector, topic]) => {
            const find = (node) => {
                for (const each of node.querySelectorAll("*")) {
                    const inside = each.shadowRoot;
                    const found = inside && (inside.querySelector(selector) ?? find(inside));
                    if (found) return found;
                }
                return null;
            };
            const at = find(document)?.whereIs?.(topic);
            const before = globalThis.lastSeen;
            globalThis.lastSeen = at;
            return at && before && Math.abs(at.x - before.x) + Math.abs(at.y - before.y) < 0.5 ? at : null;
        }""",
        arg=[".map", topic],
        polling=200,
    )
    at = rest.json_value()
    page.mouse.click(at["x"], at["y"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the samples, with a goal and a few topics known."""
    url = f"embedded://{tmp_path_factory.mktemp('filled') / 'store'}"
    store = open_store(url)
    reading.ingest_samples(store)
    graph = store.snapshot().graph
    learning.mark(store, graph, "me", KNOWN, "known")
    learning.add_goal(store, graph, "me", GOAL)
    store.close()
    with served(url) as address:
        yield address


def test_from_nothing_to_the_next_topic(browser: Browser, store_url: str) -> None:
    with served(store_url) as address, visited(browser) as watched:
        page = watched.page
        page.goto(address)
        expect(page.get_by_text("Nothing was read yet")).to_be_visible()
        page.get_by_role("button", name="Read the sample roadmaps").click()
        expect(page.get_by_text("Start here")).to_be_visible()

        offered = page.locator('[class*="st-key-explore-start-"] button').first
        goal = offered.inner_text().splitlines()[-1]
        offered.click()
        expect(page.get_by_text(f"Goal: {goal}")).to_be_visible()
        expect(page.get_by_role("radio", name="My path")).to_be_checked()

        following = page.get_by_role("button", name=NEXT)
        title = following.inner_text().splitlines()[-1].removeprefix("Next: ")
        settled(page)
        click_on_map(page, slug(title))
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        expect(page).to_have_url(re.compile(f"topic={slug(title)}"))

        page.get_by_role("button", name="Mark as known").click()
        expect(page.get_by_text(f"{title} is marked as known")).to_be_visible()
        expect(page.get_by_role("button", name="Known", exact=True)).to_be_visible()
        expect(following).to_be_visible()
        expect(following).not_to_have_text(re.compile(re.escape(title)))

        page.get_by_role("link", name="My path").click()
        expect(page.get_by_role("heading", name=f"Path to {goal}")).to_be_visible()
        step = page.locator('[class*="st-key-path-step-"] a').first
        done = step.inner_text()
        page.get_by_role("button", name="Done").first.click()
        expect(page.get_by_text(f"{done} is marked as known")).to_be_visible()
        expect(step).not_to_have_text(done)
        opened = step.inner_text()
        step.click()
        expect(page.locator("h3")).to_have_text(opened)

        page.get_by_role("link", name="Catalogue").click()
        expect(page.get_by_role("heading", name="Catalogue")).to_be_visible()
        expect(page.locator('[data-testid="stDataFrame"] canvas').first).to_be_visible()
        expect(page.locator("h3")).to_have_text(opened)


def test_a_shared_address_shows_the_same_topic_and_view(browser: Browser, filled: str) -> None:
    with visited(browser) as watched:
        page = watched.page
        page.goto(f"{filled}/?topic=sql&view=everything&direction=right")
        expect(page.locator("h3")).to_have_text("SQL")
        expect(page.get_by_role("radio", name="Everything")).to_be_checked()
        expect(page.get_by_role("radio", name="→")).to_be_checked()
        page.locator('[class*="st-key-explore-needs-"] button').first.click()
        expect(page.locator("h3")).to_have_text("Relational model")
        expect(page).to_have_url(re.compile("topic=relational-model"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_pictures(browser: Browser, filled: str, name: str, size: ViewportSize, dark: bool) -> None:  # noqa: FBT001
    with visited(browser, size, dark=dark, density=1 if size is DESK else 2) as watched:
        page = watched.page
        page.goto(filled + PAGES[name])
        expect(page.get_by_text(GOAL).first).to_be_visible()
        if name != "path":
            expect(page.locator(".map canvas, [data-testid='stDataFrame'] canvas").first).to_be_visible()
        settled(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], "the page scrolls sideways"
        ARTIFACTS.mkdir(exist_ok=True)
        device = "desk" if size is DESK else "phone"
        page.screenshot(path=ARTIFACTS / f"{name}_{device}_{'dark' if dark else 'light'}.png", animations="disabled")
