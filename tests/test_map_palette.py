"""Colours of the map: every state in both themes, and texts that can be read."""

import re
from typing import get_args

import pytest

from app.map.files import ASSETS
from graph.planner.results import State

SOURCE = (ASSETS / "palette.mjs").read_text(encoding="utf-8")
STATES = get_args(State)
FAINT = {"locked"}
"""Off the path and not ready: its border recedes on purpose; icon and text do not."""


def theme(name: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    body = SOURCE.split(f"const {name} = ")[1].split("\n};")[0]
    general = dict(re.findall(r'^  (\w+): "(#\w{6})"', body, re.MULTILINE))
    rows = re.findall(r"^    (\w+): \{(.*)\},$", body, re.MULTILINE)
    return general, {
        state: dict(re.findall(r'(\w+): "(#\w{6})"', row)) | ({"muted": "yes"} if "muted: true" in row else {})
        for state, row in rows
    }


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
def test_every_state_has_colours(name: str) -> None:
    assert set(theme(name)[1]) == set(STATES)


def test_every_state_has_a_name_and_an_icon() -> None:
    names = SOURCE.split("export const STATES = {")[1].split("};")[0]
    assert set(re.findall(r"^  (\w+):", names, re.MULTILINE)) == set(STATES)
    icons = (ASSETS / "icons.mjs").read_text(encoding="utf-8").split("const PAINT = {")[1].split("\n};")[0]
    assert set(re.findall(r"^  (\w+)\(", icons, re.MULTILINE)) == set(STATES)


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
@pytest.mark.parametrize("state", STATES)
def test_texts_can_be_read(name: str, state: str) -> None:
    general, looks = theme(name)
    look = looks[state]
    text, sub = ("mutedText", "mutedText") if "muted" in look else ("text", "sub")
    assert contrast(general[text], look["fill"]) >= 5
    assert contrast(general[sub], look["fill"]) >= 5


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
@pytest.mark.parametrize("state", STATES)
def test_borders_and_icons_can_be_seen(name: str, state: str) -> None:
    general, looks = theme(name)
    look = looks[state]
    assert contrast(look["icon"], look["fill"]) >= 3
    assert state in FAINT or round(contrast(look["border"], general["background"]), 1) >= 3.8
