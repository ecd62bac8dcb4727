"""The page of the map's tests, behind the routes and the policy of the real server."""

from pathlib import Path

import streamlit as st

from app.web.failures import explain
from app.web.routes import MIDDLEWARE, ROUTES

app = st.App(Path(__file__).parent / "map_page.py", routes=ROUTES, middleware=MIDDLEWARE, on_script_error=explain)
