"""What our server answers beside Streamlit: the map's files, and a sign of life."""

from __future__ import annotations

import os

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from streamlit import get_option

from app.map.files import ASSETS, ROUTE
from app.web.policy import ContentSecurityPolicy

A_YEAR = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """Files under an address that changes with their content, so a browser never asks twice."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with the file and permission to keep it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = A_YEAR
        return response


async def health(_request: Request) -> Response:
    """Say that the server runs. The store is not touched: a probe must not open, lock or wait for it."""
    return PlainTextResponse("ok")


async def unknown_map_file(_request: Request) -> Response:
    """Refuse a map address of another version; Streamlit would answer it with its page, as a script."""
    return PlainTextResponse("not found", status_code=404)


ROUTES: list[BaseRoute] = [
    Mount(f"/{ROUTE}", HashedFiles(directory=ASSETS)),
    Route("/map/{path:path}", unknown_map_file),
    Route("/health", health),
]

LOCAL = ("127.0.0.1", "localhost")


def hosts(address: str | None) -> list[str]:
    """Names by which the server may be asked for.

    Bound to this machine alone it answers to this machine's names only: a foreign page could let a name of its own
    point at 127.0.0.1 and would otherwise talk to the app as if it were its own. Bound to any other address it is
    meant to be reached by names that we cannot know.
    """
    return list(LOCAL) if address in LOCAL else ["*"]


MIDDLEWARE = [
    Middleware(TrustedHostMiddleware, allowed_hosts=hosts(get_option("server.address")), www_redirect=False),
    Middleware(ContentSecurityPolicy),
]
