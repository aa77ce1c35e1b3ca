"""The web chat's public HTTP interface: open, send, read and follow a conversation."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from channels.port import Inbound, NotUnderstood, RawRequest, TooLong
from handoff.chat.file_routes import add_file_routes
from handoff.chat.schemas import AcceptedMessage, Events, NewMessage, Opened, event_of
from handoff.chat.services import Bearer, ChatServices, allowed, hash_of
from handoff.chat.stream import follow
from handoff.clean_text import LONGEST
from handoff.http_errors import ApiError, error_responses, read_body
from handoff.inbox import EmptyMessage, UnknownChoice
from handoff.ledger import Ledger, ReusedId
from handoff.ledger.media import MediaFile
from handoff.model import ConversationId, Message, MessageId, State

# 10,000 characters outside the first plane, each written as two escapes, and the rest.
_LARGEST_BODY = 128_000
_MOST_EVENTS = 1_000
_HIGHEST_SEQ = 2_147_483_647
_SEQ = re.compile(r"[0-9]{1,10}")


def router(services: ChatServices) -> APIRouter:
    routes = APIRouter(prefix="/chat", tags=["web chat"])
    _opening(routes, services)
    _sending(routes, services)
    _reading(routes, services)
    add_file_routes(routes, services)
    return routes


def _opening(routes: APIRouter, services: ChatServices) -> None:
    @routes.post(
        "/conversations",
        status_code=201,
        response_model=Opened,
        responses=error_responses(429, 503),
    )
    async def open_conversation(request: Request) -> Opened:
        """Open a conversation. Its first event is the greeting of the digital assistant."""
        place = request.client.host if request.client else "unknown"
        services.limits.hit("open", place)
        token = secrets.token_urlsafe(32)
        channel = services.channel
        opened = await services.inbox.open(channel.name, "", channel.capabilities, hash_of(token))
        await services.came_from(opened.id, place)
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
        id = await allowed(services, conversation_id, authorization)
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
        id = await allowed(services, conversation_id, authorization)
        if "text/event-stream" in accept:
            since = max(since, _seq_in(last_event_id))
            return follow(services.store, services.hints, id, since, hints)
        state, messages, files = await services.store.read(
            lambda ledger: _events(ledger, id, since)
        )
        response = Events(state=state.value, events=[event_of(m, files) for m in messages])
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


Read = tuple[State, Sequence[Message], Mapping[MessageId, Sequence[MediaFile]]]


def _events(ledger: Ledger, id: ConversationId, since: int) -> Read:
    conversation = ledger.conversations.get(id)
    if conversation is None:
        raise ApiError(404, "not_found")
    messages = ledger.messages.seen_by_tenant(id, since, _MOST_EVENTS)
    return conversation.state, messages, ledger.media.by_message([m.id for m in messages])
