"""The web chat's public HTTP interface: open, send, read and follow a conversation."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from channels.port import Channel, Inbound, NotUnderstood, RawRequest, TooLong
from handoff.chat.schemas import AcceptedMessage, Events, NewMessage, Opened, event_of
from handoff.chat.stream import follow
from handoff.clean_text import LONGEST, is_plain_id
from handoff.hints import Hints
from handoff.http_errors import ApiError, error_responses, read_body
from handoff.inbox import EmptyMessage, Inbox, UnknownChoice
from handoff.ledger import Ledger, ReusedId, Store
from handoff.model import ConversationId, Message, State
from handoff.rate_limits import RateLimits

# 10,000 characters outside the first plane, each written as two escapes, and the rest.
_LARGEST_BODY = 128_000
_MOST_EVENTS = 1_000
_HIGHEST_SEQ = 2_147_483_647
_SEQ = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class ChatServices:
    store: Store
    inbox: Inbox
    channel: Channel
    hints: Hints
    limits: RateLimits


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def router(services: ChatServices) -> APIRouter:
    routes = APIRouter(prefix="/chat", tags=["web chat"])
    _opening(routes, services)
    _sending(routes, services)
    _reading(routes, services)
    return routes


async def _allowed(
    services: ChatServices, conversation: str, authorization: str | None
) -> ConversationId:
    """The conversation, if this token is its own. A stranger's looks like none at all."""
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise ApiError(401, "unauthorized", headers={"WWW-Authenticate": "Bearer"})
    id = ConversationId(conversation)
    if not is_plain_id(conversation) or not await services.store.read(
        lambda ledger: ledger.tokens.allows(hash_of(token.strip()), id)
    ):
        raise ApiError(404, "not_found")
    return id


Bearer = Annotated[str | None, Header(alias="Authorization", description="Bearer <token>")]


def _opening(routes: APIRouter, services: ChatServices) -> None:
    @routes.post(
        "/conversations",
        status_code=201,
        response_model=Opened,
        responses=error_responses(429, 503),
    )
    async def open_conversation(request: Request) -> Opened:
        """Open a conversation. Its first event is the greeting of the digital assistant."""
        services.limits.hit("open", request.client.host if request.client else "unknown")
        token = secrets.token_urlsafe(32)
        channel = services.channel
        opened = await services.inbox.open(channel.name, "", channel.capabilities, hash_of(token))
        return Opened(conversation_id=opened.id, token=token)


def _sending(routes: APIRouter, services: ChatServices) -> None:
    schema: dict[str, Any] = {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": NewMessage.model_json_schema()}},
        }
    }

    @routes.post(
        "/conversations/{conversation_id}/messages",
        status_code=202,
        response_model=AcceptedMessage,
        responses=error_responses(401, 404, 409, 413, 422, 429, 503),
        openapi_extra=schema,
    )
    async def send_message(
        conversation_id: str, request: Request, authorization: Bearer = None
    ) -> AcceptedMessage:
        """Send a message. 202 means: stored. The same ``client_msg_id`` again is the same message;
        with another body it is refused (409)."""
        id = await _allowed(services, conversation_id, authorization)
        services.limits.hit("message", id)
        body = await read_body(request, _LARGEST_BODY)
        raw = RawRequest("POST", request.url.path, dict(request.headers), body)
        try:
            (inbound,) = services.channel.parse(raw)
            assert isinstance(inbound, Inbound), "our own widget reports nothing else"
            accepted = await services.inbox.receive(inbound, services.channel.capabilities)
        except TooLong as too_long:
            raise ApiError(413, "too_long", limit=LONGEST) from too_long
        except NotUnderstood as wrong:
            raise ApiError(422, "bad_request") from wrong
        except EmptyMessage as empty:
            raise ApiError(422, "empty") from empty
        except UnknownChoice as unknown:
            raise ApiError(422, "unknown_choice") from unknown
        except ReusedId as reused:
            raise ApiError(409, "conflict") from reused
        return AcceptedMessage(seq=accepted.seq)


def _reading(routes: APIRouter, services: ChatServices) -> None:
    @routes.get(
        "/conversations/{conversation_id}/events",
        response_model=Events,
        responses={
            **error_responses(401, 404, 422, 503),
            200: {
                "description": "The events after `since`; as a stream when the client accepts "
                "`text/event-stream` (each event has `id:` = seq and the event as `data:`).",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
        },
    )
    async def read_events(
        conversation_id: str,
        request: Request,
        authorization: Bearer = None,
        since: Annotated[int, Query(ge=0, le=_HIGHEST_SEQ)] = 0,
        hints: Annotated[bool, Query(description="also stream typing and state hints")] = False,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
        last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
    ) -> Any:
        """What happened after ``since``, in order, without gaps."""
        id = await _allowed(services, conversation_id, authorization)
        if "text/event-stream" in accept:
            since = max(since, _seq_in(last_event_id))
            return follow(services.store, services.hints, id, since, hints)
        state, messages = await services.store.read(lambda ledger: _events(ledger, id, since))
        response = Events(state=state.value, events=[event_of(m) for m in messages])
        return Response(
            response.model_dump_json(exclude_none=True),
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )


def _seq_in(last_event_id: str | None) -> int:
    """A browser sends back the last id it got; anything else is not ours and counts for nothing."""
    if last_event_id is None or not _SEQ.fullmatch(last_event_id):
        return 0
    return min(int(last_event_id), _HIGHEST_SEQ)


def _events(ledger: Ledger, id: ConversationId, since: int) -> tuple[State, Sequence[Message]]:
    conversation = ledger.conversations.get(id)
    if conversation is None:
        raise ApiError(404, "not_found")
    return conversation.state, ledger.messages.seen_by_tenant(id, since, _MOST_EVENTS)
