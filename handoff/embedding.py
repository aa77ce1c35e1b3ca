"""Which other sites may show our web chat: CORS for those; other pages write nothing here."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handoff.http_errors import ErrorBody, ErrorEnvelope

_API = re.compile(r"/chat/conversations(/.*)?")
_FILES = re.compile(r"/widget/.*")
_OF_TENANTS = re.compile(r"/chat/.*|/u/.*")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}


class NotAnOrigin(ValueError):
    """A setting names something that is not the origin of a site."""


def read_origins(setting: str) -> frozenset[str]:
    """The sites of a comma separated list, each as ``https://www.delinde.nl``.

    Raises:
        NotAnOrigin: one has a path, a wildcard, or no scheme.
    """
    found = [part.strip().rstrip("/").lower() for part in setting.split(",") if part.strip()]
    for origin in found:
        if not _ORIGIN.fullmatch(origin):
            raise NotAnOrigin(f"{origin!r} must look like https://www.example.nl")
    return frozenset(found)


class Embedding:
    """Lets pages of the listed sites use the chat, and refuses writes from all other pages.

    Who sends no ``Origin`` is no page: an app, a test, or a browser that reads from its own site.
    Plain ASGI, so that streams pass through unbuffered.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str], own: str, refusal: str) -> None:
        self._app = app
        body = ErrorBody(code="foreign_origin", message=refusal)
        self._refusal = ErrorEnvelope(error=body).model_dump(exclude_none=True)
        self._origins = origins
        self._own = urlsplit(own).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None:
            await self._app(scope, receive, send)
            return
        shared = _API.fullmatch(scope["path"]) or _FILES.fullmatch(scope["path"])
        if not shared or origin not in self._origins:
            if self._foreign_write(scope, origin):
                await JSONResponse(self._refusal, 403)(scope, receive, send)
                return
            await self._app(scope, receive, send if not shared else _adding(send, _varying))
            return
        if scope["method"] == "OPTIONS":
            headers = {**_PREFLIGHT, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}
            await Response(status_code=204, headers=headers)(scope, receive, send)
            return

        def allow(message: MutableMapping[str, Any]) -> None:
            _varying(message)
            allowed = (b"access-control-allow-origin", origin.encode())
            exposed = (b"access-control-expose-headers", b"Retry-After")
            message["headers"] = [*message["headers"], allowed, exposed]

        await self._app(scope, receive, _adding(send, allow))

    def _foreign_write(self, scope: Scope, origin: str) -> bool:
        if scope["method"] not in _WRITES or not _OF_TENANTS.fullmatch(scope["path"]):
            return False
        # By name only: a proxy in front may speak https where we see http.
        own = {Headers(scope=scope).get("host", ""), self._own}
        return urlsplit(origin).netloc not in own - {""}


def _adding(send: Send, add: Any) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            add(message)
        await send(message)

    return with_headers


def _varying(message: MutableMapping[str, Any]) -> None:
    """A cache in between must not give one site the answer that was made for another."""
    message["headers"] = [*message["headers"], (b"vary", b"Origin")]
