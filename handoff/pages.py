"""Pages, scripts and styles that the browser gets, with strict headers on every answer."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WEB = Path(__file__).resolve().parents[1] / "web"
_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    b"content-security-policy": _CONTENT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


class StrictHeaders:
    """Adds the security headers. Plain ASGI, so that streams pass through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        await self._app(scope, receive, with_headers)


def _add_headers(message: MutableMapping[str, Any]) -> None:
    present = {name.lower() for name, _ in message["headers"]}
    extra = [(name, value) for name, value in _HEADERS.items() if name not in present]
    message["headers"] = [*message["headers"], *extra]


class BuiltFiles(StaticFiles):
    """Static files of which there are none before they are built."""

    async def check_config(self) -> None:
        try:
            await super().check_config()
        except RuntimeError as missing:
            raise HTTPException(404) from missing


class FreshFiles(BuiltFiles):
    """Static files without a version in their name: the browser asks each time if they changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


class SinglePage(BuiltFiles):
    """Static files whose unknown paths are the app's own pages, so a reload finds them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as missing:
            if missing.status_code != 404 or not _is_page(path):
                raise
            response = await super().get_response("index.html", scope)
        if not path.startswith("assets/"):
            response.headers["Cache-Control"] = "no-cache"
        return response


def _is_page(path: str) -> bool:
    """A file that is not there is not a page, nor is an address of the interface."""
    return "." not in path.rsplit("/", 1)[-1] and not path.startswith("api/")


def add_pages(app: FastAPI, demo: bool, chat: str) -> None:
    """Mount the widget, the chat page, the console and, in the demo, the corporation's page.

    ``chat`` is the HTML of the chat page.
    """

    @app.get("/chat", include_in_schema=False)
    async def chat_page() -> Response:
        return HTMLResponse(chat, headers={"Cache-Control": "no-cache"})

    @app.get("/console", include_in_schema=False)
    async def console() -> Response:
        return RedirectResponse("/console/")

    @app.get("/", include_in_schema=False)
    async def home() -> Response:
        if not demo:
            return RedirectResponse("/chat")
        return FileResponse(WEB / "pages" / "index.html", headers={"Cache-Control": "no-cache"})

    app.mount("/widget", FreshFiles(directory=WEB / "widget" / "dist", check_dir=False))
    app.mount("/pages", FreshFiles(directory=WEB / "pages", check_dir=False))
    app.mount(
        "/console", SinglePage(directory=WEB / "console" / "dist", html=True, check_dir=False)
    )
