"""Where it stands: the receipts of a requirement, the places that name a topic, the links that teach it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import streamlit as st

from app.views import MentionView, ReceiptView, ResourceView
from app.web.plain import plain

LINK_SCHEMES = frozenset({"http", "https"})
_URL_CHARACTERS = "/:?#[]@!$&'*+,;=%~-._"
"""What may stand in a link as it is; brackets and spaces would end it early."""


def show_receipts(receipts: Sequence[ReceiptView]) -> None:
    """The claims of one requirement, closed at first."""
    if not receipts:
        return
    count = "1 receipt" if len(receipts) == 1 else f"{len(receipts)} receipts"
    with st.expander(count, icon=":material/receipt_long:", type="compact"):
        for receipt in receipts:
            st.markdown(f"> {plain(receipt.quote)}")
            place = _place(receipt.path, receipt.line_start, receipt.line_end)
            st.caption(f"{place} · {plain(receipt.rule)} · {receipt.origin} · {receipt.confidence:.0%} sure")


def show_mentions(mentions: Sequence[MentionView]) -> None:
    """The places that name a topic, closed at first."""
    if not mentions:
        return
    count = "1 place" if len(mentions) == 1 else f"{len(mentions)} places"
    with st.expander(f"Mentioned in {count}", icon=":material/description:", type="compact"):
        for each in mentions:
            st.caption(f"{_place(each.path, each.line_start, each.line_end)} · {plain(each.text)}")


def show_resources(resources: Sequence[ResourceView]) -> None:
    """Links that teach a topic. Only web addresses become links: a document may hold others."""
    if not resources:
        return
    st.markdown("**Learn it from**")
    for each in resources:
        title = plain(each.title or each.url)
        if urlsplit(each.url).scheme in LINK_SCHEMES:
            st.markdown(f":material/link: [{title}]({quote(each.url, safe=_URL_CHARACTERS)})")
        else:
            st.markdown(f":material/link: {title}")


def _place(path: str, start: int, end: int) -> str:
    lines = str(start) if start == end else f"{start}–{end}"
    return f"{plain(path)}:{lines}"
