"""The one place where an unexpected failure of a page becomes a sentence for the reader and an entry in the log."""

from __future__ import annotations

import logging

import streamlit as st

from graph.errors import SkilltrailError

log = logging.getLogger("skilltrail.web")


def explain(error: Exception) -> bool:
    """Show what happened without a traceback. True: Streamlit shows nothing of its own."""
    if isinstance(error, SkilltrailError):
        st.error("\n\n".join(part for part in (_plain(error.message), _plain(error.hint)) if part))
        return True
    log.error("A page failed", exc_info=error)
    st.error("Something went wrong on this page. Nothing you entered is lost; the log has the details.")
    return True


def _plain(text: str) -> str:
    """Titles may hold Markdown, and `st.error` would read it."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#$:~|!" else letter for letter in text)
