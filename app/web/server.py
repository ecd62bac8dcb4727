"""The web server: Streamlit with our routes and policy. Run by `streamlit run`, which looks for `app` in here."""

from __future__ import annotations

import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import streamlit as st

from app.settings import settings
from app.web.failures import explain
from app.web.routes import MIDDLEWARE, ROUTES
from graph.errors import SkilltrailError

HERE = Path(__file__).parent


def warm_up() -> None:
    """Start the store's engine and load what draws the map, so that the first visitor does not wait for them."""
    with suppress(SkilltrailError):  # the page will say so
        store = settings().open()
        store.state()
        store.close()
    for name in ("app.map.layout", "app.map.network"):
        import_module(name)


threading.Thread(target=warm_up, daemon=True).start()

app = st.App(HERE / "main.py", routes=ROUTES, middleware=MIDDLEWARE, on_script_error=explain)
