"""The map in a real browser: pointer, keys, themes, and nothing that leaves the page."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.web.theme import flags

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parent.parent
PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "tests" / "cases" / "map_server.py")]
    command += [*flags(), f"--server.port={port}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home)}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx.get(f"{address}/health").text == "ok":
                    break
            except httpx.TransportError:
                assert server.poll() is None, (home / "log").read_text()
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page; whatever a test does, nothing may be asked from elsewhere and nothing may be complained about."""
    settings: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
    context = browser.new_context(**settings | getattr(request, "param", {}))
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url.removeprefix("blob:")).netloc))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    ready(page)
    yield page
    assert page.evaluate("window.__xss") is None
    context.close()
    assert hosts <= {urlsplit(url).netloc, ""}
    assert complaints == []


def ready(page: Page) -> Locator:
    root = page.locator(".map[data-ready=true]")
    root.wait_for()
    return root


def where(page: Page, topic: str) -> tuple[float, float]:
    spot = page.locator(".map").evaluate("(root, id) => root.whereIs(id)", topic)
    return spot["x"], spot["y"]


def colour(page: Page, topic: str) -> str:
    """What is painted in a topic's card, right of its middle, where no text stands."""
    return str(
        page.locator(".map").evaluate(
            """(root, id) => {
                const { x, y } = root.whereIs(id);
                const canvas = root.querySelector(".canvas canvas");
                const frame = canvas.getBoundingClientRect();
                const density = canvas.width / frame.width;
                const spot = [(x - frame.x) * density + 60, (y - frame.y) * density + 12];
                return canvas.getContext("2d").getImageData(...spot.map(Math.round), 1, 1).data.join();
            }""",
            topic,
        )
    )


def painted(page: Page) -> None:
    """Wait until what was changed is on the screen."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@contextmanager
def moved(page: Page) -> Iterator[None]:
    """Wait until the camera, moved in the block, has come to rest somewhere else."""
    root = page.locator(".map")
    before = root.get_attribute("data-view") or ""
    yield
    expect(root).not_to_have_attribute("data-view", before)


def python_says(page: Page, text: str) -> None:
    expect(page.get_by_text(text)).to_be_visible(timeout=PATIENCE_MS)


def test_cards_are_drawn_where_the_map_says(page: Page) -> None:
    assert colour(page, "t0") == "227,244,238,255"  # known, light
    assert colour(page, "t1") == "255,255,255,255"  # ready
    x, y = where(page, "t1")
    assert (0 < x < 1280, 0 < y < 900) == (True, True)


def test_a_click_selects_and_python_hears_of_it(page: Page) -> None:
    page.mouse.click(*where(page, "t1"))
    expect(page.locator(".map")).to_have_attribute("data-selected", "t1")
    python_says(page, "selected=t1")
    expect(page.locator(".live")).to_have_text("Topic 1. Ready to learn. 2 h")


def test_python_selects_and_a_click_takes_it_back(page: Page) -> None:
    page.mouse.click(*where(page, "t1"))
    python_says(page, "selected=t1")
    page.get_by_role("button", name="Choose t3").click()
    expect(page.locator(".map")).to_have_attribute("data-selected", "t3")
    page.mouse.click(*where(page, "t1"))
    python_says(page, "selected=t1")


def test_a_double_click_marks_as_known(page: Page) -> None:
    page.mouse.dblclick(*where(page, "t1"))
    python_says(page, "log=toggle:t1")
    expect(page.locator(".legend [data-state=known] .count")).to_have_text("2")
    expect(page.locator(".live")).to_have_text("Topic 1: Known.")
    assert colour(page, "t1") == "227,244,238,255"


def test_a_right_click_sets_a_goal(page: Page) -> None:
    page.mouse.click(*where(page, "t3"), button="right")
    python_says(page, "log=goal:t3")
    expect(page.locator(".legend [data-state=goal] .count")).to_have_text("2")


def test_the_keyboard_is_enough(page: Page) -> None:
    root, canvas = page.locator(".map"), page.get_by_role("application")
    canvas.focus()
    page.keyboard.press("ArrowDown")
    expect(root).to_have_attribute("data-selected", "t1")  # my next topic is where walking begins
    page.keyboard.press("ArrowUp")
    expect(root).to_have_attribute("data-selected", "t0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    python_says(page, "log=toggle:t2")
    expect(canvas).to_be_focused()
    page.keyboard.press("g")
    python_says(page, "log=toggle:t2,goal:t2")
    page.keyboard.press("n")
    expect(root).to_have_attribute("data-selected", "t1")
    page.keyboard.press("Escape")
    python_says(page, "selected=None")


def test_arrows_turn_with_the_map(page: Page, url: str) -> None:
    page.goto(f"{url}/?right=1")
    root = ready(page)
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-selected", "t1")
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-selected", "t2")
    page.keyboard.press("ArrowDown")
    expect(root).to_have_attribute("data-selected", "t2")
    expect(page.locator(".live")).to_have_text("Nothing there.")


def test_one_tab_stop_then_legend_and_tools(page: Page) -> None:
    page.get_by_role("application").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".legend button").first).to_be_focused()
    page.locator(".legend button").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()


def test_a_legend_chip_shows_only_its_state(page: Page) -> None:
    chip = page.locator(".legend [data-state=known]")
    before = colour(page, "t3")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".map")).to_have_attribute("data-filter", "known")
    painted(page)
    assert colour(page, "t3") != before
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")


def test_the_theme_recolours_the_live_map(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".map")).to_have_attribute("data-theme", "dark")
    painted(page)
    assert colour(page, "t0") == "16,51,42,255"


def test_a_hostile_title_is_text_beside_its_card(page: Page) -> None:
    x, y = where(page, "t2")
    page.mouse.move(x - 300, y)
    page.mouse.move(x, y)
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("<img src=x onerror=")
    assert tip.locator("*").count() == 0
    frame = tip.bounding_box()
    assert frame is not None
    assert frame["y"] > y or frame["y"] + frame["height"] < y
    page.mouse.click(x, y)
    expect(page.locator(".live")).to_contain_text("<img src=x")


def test_the_camera_stays_over_reruns_and_page_switches(page: Page) -> None:
    with moved(page):
        page.get_by_role("button", name="Zoom in").click()
    with moved(page):
        page.mouse.move(*where(page, "t1"))
        page.mouse.wheel(0, -200)
    page.mouse.click(*where(page, "t1"))
    python_says(page, "selected=t1")
    spot = where(page, "t1")
    page.mouse.dblclick(*spot)
    python_says(page, "log=toggle:t1")
    assert where(page, "t1") == pytest.approx(spot, abs=1)
    page.get_by_role("link", name="Elsewhere").click()
    python_says(page, "no map here")
    page.get_by_role("link", name="Explore").click()
    ready(page)
    assert where(page, "t1") == pytest.approx(spot, abs=1)


def test_the_minimap_moves_the_view(page: Page) -> None:
    before = where(page, "t11")[1]
    frame = page.locator(".minimap").bounding_box()
    assert frame is not None
    with moved(page):
        page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] - 8)
    assert where(page, "t11")[1] < before - 50


def test_fit_shows_everything_and_hides_the_minimap(page: Page) -> None:
    page.get_by_role("button", name="Fit everything").click()
    expect(page.locator(".minimap")).to_have_class(re.compile("is-needless"))


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "has_touch": True}], indirect=True)
def test_on_a_phone_the_page_can_still_be_scrolled(page: Page) -> None:
    frame = page.locator(".map").bounding_box()
    assert frame is not None
    assert frame["height"] == 430
    assert frame["width"] <= 390
    expect(page.locator(".minimap")).to_be_hidden()
    page.touchscreen.tap(*where(page, "t1"))
    python_says(page, "selected=t1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("page", [{"reduced_motion": "reduce"}], indirect=True)
def test_reduced_motion_jumps(page: Page) -> None:
    before = where(page, "t0")
    page.get_by_role("button", name="Fit everything").click()
    assert where(page, "t0") != before


def test_a_failing_page_says_so_in_one_sentence(page: Page, url: str) -> None:
    page.goto(f"{url}/?fail=1")
    python_says(page, "Something went wrong on this page.")
    assert page.get_by_text("a secret detail").count() == 0
    assert page.get_by_text("Traceback").count() == 0
