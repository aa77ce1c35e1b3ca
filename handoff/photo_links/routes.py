"""``/u/<token>``: the page behind a link for photos, and the upload from it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from channels.media import MediaRefused
from channels.port import Channel
from handoff.chat.file_routes import photo_refused
from handoff.chat.uploads import Sender, TooManyPhotos, Uploads
from handoff.clock import Clock
from handoff.corporation_pages import filled
from handoff.http_errors import LARGEST_FILE, ApiError, error_responses, read_body
from handoff.ledger import Ledger, ReusedId, Store
from handoff.ledger.photo_links import PhotoLink
from handoff.model import Conversation
from handoff.pages import WEB
from handoff.photo_links.offer import hash_of
from handoff.rate_limits import RateLimits

MOST_AT_ONCE = 3
_ACCOUNT = "photo-link"
_LONGEST_TOKEN = 64


class LinkDead(Exception):
    """Wrong, expired or used: who holds it is told the same."""


class Photos(BaseModel):
    """One upload: a random name for it, and one to three photos in base64."""

    upload: str = Field(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    photos: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1, max_length=MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class PhotoLinkServices:
    store: Store
    uploads: Uploads
    channels: Mapping[str, Channel]
    clock: Clock
    limits: RateLimits


def router(services: PhotoLinkServices) -> APIRouter:
    routes = APIRouter(prefix="/u", tags=["photo link"])

    @routes.get("/{token}", include_in_schema=False)
    async def page(token: str) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            await _opened(services, token, "")
        except LinkDead:
            gone = filled(WEB / "pages" / "photo-gone.html")
            return HTMLResponse(gone, 410, headers)
        return HTMLResponse(filled(WEB / "pages" / "photo.html"), 200, headers)

    @routes.post(
        "/{token}/photos",
        status_code=204,
        responses=error_responses(410, 413, 422, 429, 503),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": Photos.model_json_schema()}},
            }
        },
    )
    async def send_photos(token: str, request: Request) -> Response:
        """Send photos with a link, once. 204 means: they are with the report.

        The same ``upload`` again is the same one, so a lost answer costs nothing.
        """
        services.limits.hit("photo", hash_of(token))
        body = await read_body(request, LARGEST_FILE, "photo_too_large")
        try:
            given = Photos.model_validate_json(body)
            photos = [base64.b64decode(photo, validate=True) for photo in given.photos]
        except ValueError as wrong:
            raise ApiError(422, "photo_unreadable") from wrong
        try:
            await _send(services, token, given.upload, photos)
        except (LinkDead, ReusedId) as dead:
            raise ApiError(410, "photo_link_dead") from dead
        except (MediaRefused, TooManyPhotos) as refused:
            raise photo_refused(refused) from refused
        return Response(status_code=204)

    return routes


async def _opened(
    services: PhotoLinkServices, token: str, upload: str
) -> tuple[PhotoLink, Conversation]:
    def work(ledger: Ledger) -> tuple[PhotoLink, Conversation]:
        link = ledger.photo_links.get(hash_of(token)) if len(token) <= _LONGEST_TOKEN else None
        if link is None or not link.opens(services.clock.now(), upload):
            raise LinkDead
        conversation = ledger.conversations.get(link.conversation)
        if conversation is None or conversation.channel not in services.channels:
            raise LinkDead
        return link, conversation

    return await services.store.read(work)


async def _send(services: PhotoLinkServices, token: str, upload: str, photos: list[bytes]) -> None:
    link, conversation = await _opened(services, token, upload)
    can = services.channels[conversation.channel].capabilities
    sender = Sender(conversation.channel, _ACCOUNT, conversation.address, can)
    name = f"{link.token_hash[:40]}.{upload}"
    if await services.uploads.said(sender, name) is not None:
        return
    files = await services.uploads.keep(conversation.id, photos)
    # Used up only now: a photo that was refused leaves the link for a better one.
    if not await services.store.write(
        lambda ledger: ledger.photo_links.use(link.token_hash, upload)
    ):
        await services.uploads.drop(files)
        raise LinkDead
    await services.uploads.say(sender, name, files)
