"""The map in a real browser: from the click to the panel, and from an empty page to the first map."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from app.cli.serve import serve_command
from bench.figures import Figure
from bench.graphs import layered
from graph.evidence import Archive
from graph.store.changes import difference
from graph.store.open import open_store
from graph.store.rows import Rows, to_rows

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
TOPICS, REQUIREMENTS = 300, 700
CLICKS = 20
LOST_MS = 5_000
"""After so long a click was not taken."""
LOADS = 5
EMPTY_PAGE = "import streamlit as st\nst.text('empty')\n"
READY = """() => {
    const find = (node) => {
        for (const each of node.querySelectorAll("*")) {
            const inside = each.shadowRoot;
            const found = inside && (inside.querySelector(".map[data-ready]") ?? find(inside));
            if (found) return found;
        }
        return null;
    };
    return find(document) !== null;
}"""


def figures() -> Iterator[Figure]:
    """300 topics on screen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"embedded://{folder}/store"
        store = open_store(url)
        graph = layered(TOPICS, REQUIREMENTS)
        store.apply(difference(Rows(), to_rows(Archive(graph=graph)), 0))
        store.close()
        empty = Path(folder) / "empty_page.py"
        empty.write_text(EMPTY_PAGE, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        with _served(url) as ours, _served(url, empty) as bare:
            first = statistics.median(_first_map(browser, ours) - _first_text(browser, bare) for _ in range(LOADS))
            yield Figure(f"first map after an empty page, {TOPICS} topics", first, "s", 1)
            took = list(_clicks(browser, ours, sorted(graph.topics)))
            detail = f"median of {len(took)}; {CLICKS - len(took)} clicks met the page while it drew anew"
            yield Figure(f"map: click to panel, {TOPICS} topics", statistics.median(took), "ms", 200, detail)
        browser.close()


@contextmanager
def _served(store_url: str, script: Path | None = None) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serve_command("127.0.0.1", port) if script is None else serve_command("127.0.0.1", port, script)
    environment = {**os.environ, "SKILLTRAIL_STORE": store_url}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
        except (URLError, OSError):
            if time.monotonic() > until:
                sys.exit(f"{url} does not answer")
            time.sleep(0.1)
        else:
            return


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def _first_map(browser: Browser, address: str) -> float:
    with _page(browser) as page:
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_function(READY, polling="raf")
        return time.perf_counter() - started


def _first_text(browser: Browser, address: str) -> float:
    with _page(browser) as page:
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.get_by_text("empty", exact=True).wait_for()
        return time.perf_counter() - started


def _clicks(browser: Browser, address: str, topics: list[str]) -> Iterator[float]:
    """Milliseconds from the pointer's release to the panel's heading, measured inside the page."""
    with _page(browser) as page:
        page.goto(address)
        page.wait_for_function(READY)
        page.get_by_role("button", name="Fit everything").click()
        for topic in topics[5 : 5 + CLICKS]:
            title = topic.replace("-", " ")
            at = _at_rest(page, topic)
            page.evaluate(WATCH, title)
            page.mouse.click(at["x"], at["y"])
            try:
                page.wait_for_function("() => globalThis.shownAt", timeout=LOST_MS)
            except PlaywrightTimeoutError:
                continue
            yield float(page.evaluate("() => globalThis.shownAt - globalThis.clickedAt"))


def _at_rest(page: Page, topic: str) -> dict[str, float]:
    """Where a card is drawn, once the camera stands still."""
    before: dict[str, float] | None = None
    for _ in range(100):
        at: dict[str, float] | None = page.locator(".map").evaluate("(map, topic) => map.whereIs(topic)", topic)
        if at is not None and at == before:
            return at
        before = at
        page.wait_for_timeout(50)
    sys.exit("the map does not come to rest")


WATCH = """(title) => {
    globalThis.shownAt = globalThis.clickedAt = undefined;
    addEventListener("pointerup", () => { globalThis.clickedAt ??= performance.now(); }, { capture: true, once: true });
    const look = () => {
        const shown = [...document.querySelectorAll("h3, h4, h5")].some((each) => each.textContent.trim() === title);
        if (shown) globalThis.shownAt = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
