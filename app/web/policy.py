"""What a page of ours may load: this server and nothing else, said to the browser with every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


class ContentSecurityPolicy:
    """ASGI middleware that adds the policy, and the few headers that belong to it, to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; change only the head of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = policy_for(Headers(scope=scope).get("host", ""))

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_policy)


@lru_cache(maxsize=32)
def policy_for(host: str) -> str:
    """The policy for pages that were asked for under this host name.

    `'self'` covers the web socket in today's browsers; older ones need it named, and a bare `ws:` would allow any
    host. A host that is none is left out rather than copied into a header.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            # blob: the loader of a component runs from one; the hash: Streamlit's page has one inline line.
            f"script-src 'self' blob: {' '.join(_inline_script_hashes())}".rstrip(),
            f"connect-src 'self'{sockets}",
            "img-src 'self' data: blob:",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles while it runs
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


@lru_cache(maxsize=1)
def _inline_script_hashes() -> tuple[str, ...]:
    """Hashes of the inline scripts in the page that this version of Streamlit ships."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return tuple(f"'sha256-{_sha256(script)}'" for script in _INLINE_SCRIPT.findall(page))


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
