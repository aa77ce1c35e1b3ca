"""What the web chat's routes share: the parts they use, and whose conversation it is."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header

from channels.port import Channel
from handoff.chat.uploads import Uploads
from handoff.clean_text import is_plain_id
from handoff.hints import Hints
from handoff.http_errors import ApiError
from handoff.inbox import Inbox
from handoff.ledger import Store
from handoff.model import ConversationId
from handoff.rate_limits import RateLimits

Bearer = Annotated[str | None, Header(alias="Authorization", description="Bearer <token>")]


@dataclass(frozen=True, slots=True)
class ChatServices:
    store: Store
    inbox: Inbox
    channel: Channel
    hints: Hints
    limits: RateLimits
    uploads: Uploads
    came_from: Callable[[ConversationId, str], Awaitable[None]]
    """Keeps, hashed, from where somebody writes, for the limits on tries of identity."""


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def allowed(
    services: ChatServices, conversation: str, authorization: str | None
) -> ConversationId:
    """The conversation, if this token is its own. A stranger's looks like none at all.

    Raises:
        ApiError: 401 without a token, 404 for any conversation it does not open.
    """
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise ApiError(401, "unauthorized", headers={"WWW-Authenticate": "Bearer"})
    id = ConversationId(conversation)
    if not is_plain_id(conversation) or not await services.store.read(
        lambda ledger: ledger.tokens.allows(hash_of(token.strip()), id)
    ):
        raise ApiError(404, "not_found")
    return id
