"""What the pages say back: toasts after a change, sentences instead of tracebacks, and the notices of an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from app.views import NoticeView
from app.web.plain import plain
from graph.errors import SkilltrailError

log = logging.getLogger("skilltrail.web")

UNEXPECTED = "Something went wrong on this page. Nothing you entered is lost; the log has the details."
_TOASTS = "feedback-toasts"
_FAILURE = "feedback-failure"
_INFORMAL = frozenset({"choice", "no-goal", "phase-advice", "goal-reached"})
"""Notices that are no warning."""
_SHOWN = 3
"""How many notices stand open; more of them go into a drawer."""

P = ParamSpec("P")


def toast(text: str) -> None:
    """Say something at the next run. Titles in it are to be plain already."""
    st.session_state.setdefault(_TOASTS, []).append(text)


def show_toasts() -> None:
    """Say what was left to be said."""
    for text in st.session_state.pop(_TOASTS, []):
        st.toast(text)
    failure = st.session_state.pop(_FAILURE, None)
    if failure:
        st.error(failure, icon=":material/error:")


@contextmanager
def sentences(place: str) -> Iterator[None]:
    """A failure inside becomes a sentence with a way out, never a traceback.

    Args:
        place: name of the part of the page, for the key of its button.
    """
    try:
        yield
    except SkilltrailError as failure:
        st.error(sentence(failure), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", key=f"{place}-again")
    except Exception:
        log.exception("The page %s failed", place)
        st.error(UNEXPECTED, icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", key=f"{place}-again")


def reported(action: Callable[P, None]) -> Callable[P, None]:
    """For callbacks, which run before the page: their failure is shown by it."""

    @wraps(action)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            action(*args, **kwargs)
        except SkilltrailError as failure:
            st.session_state[_FAILURE] = sentence(failure)
        except Exception:
            log.exception("%s failed", action.__name__)
            st.session_state[_FAILURE] = UNEXPECTED

    return wrapped


def show_notices(notices: Iterable[NoticeView], *, without: frozenset[str] = frozenset()) -> None:
    """What a reader of the answer must know, as small lines."""
    found = [notice for notice in notices if notice.code not in without]
    for notice in found[:_SHOWN]:
        _show_notice(notice)
    if len(found) > _SHOWN:
        with st.expander(f"{len(found) - _SHOWN} more notes", type="compact"):
            for notice in found[_SHOWN:]:
                _show_notice(notice)


def _show_notice(notice: NoticeView) -> None:
    icon = ":material/info:" if notice.code in _INFORMAL else ":material/warning:"
    st.caption(f"{icon} {plain(notice.text)}")


def sentence(failure: SkilltrailError) -> str:
    """What happened and what to do, safe to show: titles in it may hold Markdown."""
    return "\n\n".join(plain(part) for part in (failure.message, failure.hint) if part)
