"""How Streamlit is told to run and look: the options of `streamlit run` that belong to the product."""

from __future__ import annotations

from collections.abc import Mapping

THEME = {
    "theme.baseRadius": "10px",
    "theme.showWidgetBorder": "true",
    "theme.paddingTop": "1.2rem",
    "theme.paddingBottom": "1rem",
    # Both themes are named, else nobody could switch. The dark primary is dark enough for white text on a button.
    "theme.light.primaryColor": "#0072B2",
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F4F5F7",
    "theme.light.textColor": "#14171C",
    "theme.light.borderColor": "#DDE1E7",
    "theme.dark.primaryColor": "#1F7DC0",
    "theme.dark.linkColor": "#7CC4F0",
    "theme.dark.backgroundColor": "#0F1115",
    "theme.dark.secondaryBackgroundColor": "#1A1D23",
    "theme.dark.textColor": "#F2F4F7",
    "theme.dark.borderColor": "#2C313A",
}

OPTIONS = {
    # Also keeps Streamlit from asking another host for this machine's address when it starts.
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "logger.hideWelcomeMessage": "true",
    # A string that stands alone in a script is a comment to us and would be a paragraph to Streamlit.
    "runner.magicEnabled": "false",
    "server.runOnSave": "false",
    # Streamlit repeats a message by its hash from this size on; its own 10 kB would send the graph of a small map
    # again with every click.
    "global.minCachedMessageSize": "2000",
    **THEME,
}
"""Option -> value; the port is the caller's."""


def flags(more: Mapping[str, str] | None = None) -> list[str]:
    """The options as arguments of `streamlit run`; those in `more` win."""
    return [f"--{name}={value}" for name, value in {**OPTIONS, **(more or {})}.items()]
