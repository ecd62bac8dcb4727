"""The web server: Streamlit with our routes and policy. Run by `streamlit run`, which looks for `app` in here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.web.failures import explain
from app.web.routes import MIDDLEWARE, ROUTES

HERE = Path(__file__).parent

app = st.App(HERE / "main.py", routes=ROUTES, middleware=MIDDLEWARE, on_script_error=explain)
