"""The one place where an unexpected failure of a page becomes a sentence for the reader and an entry in the log."""

from __future__ import annotations

import logging

import streamlit as st

from app.web.feedback import UNEXPECTED, sentence
from graph.errors import SkilltrailError

log = logging.getLogger("skilltrail.web")


def explain(error: Exception) -> bool:
    """Show what happened without a traceback. True: Streamlit shows nothing of its own."""
    if isinstance(error, SkilltrailError):
        st.error(sentence(error))
        return True
    log.error("A page failed", exc_info=error)
    st.error(UNEXPECTED)
    return True
