"""The main script: which pages there are, and what happens when one of them fails."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.web.feedback import sentences

HERE = Path(__file__).parent

# A local picture: the name of an icon would be fetched from another host.
st.set_page_config(page_title="skilltrail", page_icon=str(HERE / "icon.svg"), layout="wide")

st.html(HERE / "style.css")

page = st.navigation(
    [
        st.Page("page_explore.py", title="Explore", icon=":material/account_tree:", url_path="explore", default=True),
        st.Page("page_path.py", title="My path", icon=":material/route:", url_path="path"),
        st.Page("page_catalogue.py", title="Catalogue", icon=":material/table_rows:", url_path="catalogue"),
    ],
    position="top",
)

with sentences("page"):
    page.run()
