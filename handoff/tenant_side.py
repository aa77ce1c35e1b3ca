"""What tenants' browsers talk to, put together: web chat, photos, and which sites may use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from fastapi import FastAPI

from channels.port import Channel
from handoff.chat.routes import router as chat_router
from handoff.chat.services import ChatServices
from handoff.chat.uploads import Uploads
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.embedding import Embedding, read_origins
from handoff.file_links.routes import FileLinks
from handoff.file_links.routes import router as file_link_router
from handoff.hints import Hints
from handoff.inbox import Inbox
from handoff.ledger import Store
from handoff.media.shelf import Shelf
from handoff.photo_links.routes import PhotoLinkServices
from handoff.photo_links.routes import router as photo_link_router
from handoff.rate_limits import RateLimits
from handoff.settings import Settings
from handoff.verification.assembly import places_on


class Hub(Protocol):
    """What this side needs of the product."""

    @property
    def settings(self) -> Settings: ...

    @property
    def channels(self) -> Mapping[str, Channel]: ...

    @property
    def counter(self) -> Counter: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def store(self) -> Store: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def hints(self) -> Hints: ...


def add_tenant_side(app: FastAPI, hub: Hub, limits: RateLimits) -> None:
    """Add the routes of the web chat and of links for photos, and who may call them."""
    settings = hub.settings
    shelf = Shelf(settings.shelf)
    uploads = Uploads(hub.store, hub.inbox, shelf, hub.clock)
    webchat = hub.channels["webchat"]
    places = places_on(settings, hub.store, hub.clock)
    services = ChatServices(
        hub.store, hub.inbox, webchat, hub.hints, limits, uploads, places.came_from
    )
    app.include_router(chat_router(services))
    links = PhotoLinkServices(hub.store, uploads, hub.channels, hub.clock, limits)
    app.include_router(photo_link_router(links))
    app.include_router(file_link_router(FileLinks(hub.store, shelf, hub.clock)))
    origins = read_origins(settings.widget.allowed_origins)
    refusal = hub.counter.words.text("error_foreign_origin")
    app.add_middleware(Embedding, origins=origins, own=settings.public_base_url, refusal=refusal)
