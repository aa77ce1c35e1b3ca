"""The two doors to one file of staff: for a provider the file, for a tenant a page and the file."""

from __future__ import annotations

import asyncio
import html
from dataclasses import dataclass
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from handoff.clock import Clock
from handoff.corporation_pages import filled
from handoff.ledger import Store
from handoff.ledger.media import FileState, MediaFile
from handoff.media.links import Purpose, read_token
from handoff.media.shelf import NotOnShelf, Shelf
from handoff.pages import WEB

log = structlog.get_logger()
_NOT_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
_PLACE_OF_NAME, _PLACE_OF_ADDRESS = "{{file.name}}", "{{file.address}}"


@dataclass(frozen=True, slots=True)
class FileLinks:
    store: Store
    shelf: Shelf
    clock: Clock

    async def opened(self, given: str, purpose: Purpose) -> MediaFile | None:
        """The file behind an address, if it may be had for this now; None for whatever is wrong."""
        token = read_token(given)
        if token is None:
            return None
        file = await self.store.read(lambda ledger: ledger.media.get(token.file))
        if file is None or file.message is None or file.state is not FileState.KEPT:
            return None
        return file if token.opens(file.link_key, purpose, self.clock.now()) else None

    async def content(self, file: MediaFile) -> bytes | None:
        try:
            return await asyncio.to_thread(self.shelf.read, file.id)
        except NotOnShelf:
            return None


def router(links: FileLinks) -> APIRouter:
    routes = APIRouter(prefix="/f", tags=["file link"])

    @routes.api_route("/fetch/{token}", methods=["GET", "HEAD"], include_in_schema=False)
    async def fetch(token: str) -> Response:
        return await _file(links, token, Purpose.FETCH)

    @routes.get("/{token}", include_in_schema=False)
    async def page(token: str) -> Response:
        file = await links.opened(token, Purpose.PAGE)
        if file is None:
            return HTMLResponse(filled(WEB / "pages" / "file-gone.html"), 410, _NOT_KEPT)
        shown = filled(WEB / "pages" / "file.html")
        shown = shown.replace(_PLACE_OF_NAME, html.escape(file.name))
        shown = shown.replace(_PLACE_OF_ADDRESS, f"/f/{token}/file")
        return HTMLResponse(shown, 200, _NOT_KEPT)

    @routes.get("/{token}/file", include_in_schema=False)
    async def download(token: str) -> Response:
        return await _file(links, token, Purpose.PAGE)

    return routes


async def _file(links: FileLinks, token: str, purpose: Purpose) -> Response:
    file = await links.opened(token, purpose)
    content = await links.content(file) if file else None
    if file is None or content is None:
        return Response("", 410, _NOT_KEPT)
    # Whoever may open it has no account here: what can be noted is that it was.
    log.info("file_link_used", file=file.id, purpose=purpose.value)
    shown = "inline" if purpose is Purpose.FETCH else "attachment"
    headers = {
        **_NOT_KEPT,
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, 200, headers, media_type=file.content_type)
