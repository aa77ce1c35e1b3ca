"""Photos in the web chat: sending one, and seeing it again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from channels.media import MediaRefusal, MediaRefused
from handoff.chat.schemas import AcceptedMessage
from handoff.chat.services import Bearer, ChatServices, allowed
from handoff.chat.uploads import Sender, TooManyPhotos
from handoff.clean_text import is_plain_id
from handoff.http_errors import LARGEST_FILE, ApiError, error_responses, read_body
from handoff.ledger import ReusedId
from handoff.ledger.media import FileKind
from handoff.media.shelf import NotOnShelf
from handoff.model import ConversationId

_ONE_DAY = "private, max-age=86400, immutable"
# Said and not enforced by the description: who may not come in hears that first.
_ID: dict[str, Any] = {"minLength": 1, "maxLength": 100, "pattern": "^[A-Za-z0-9_.:-]+$"}
_PHOTO: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def add_file_routes(routes: APIRouter, services: ChatServices) -> None:
    _sending(routes, services)
    _seeing(routes, services)


def _sending(routes: APIRouter, services: ChatServices) -> None:
    @routes.post(
        "/conversations/{conversation_id}/files",
        status_code=202,
        response_model=AcceptedMessage,
        responses=error_responses(401, 404, 409, 413, 422, 429, 503),
        openapi_extra=_PHOTO,
    )
    async def send_photo(
        conversation_id: str,
        request: Request,
        client_msg_id: Annotated[str, Query(json_schema_extra=_ID)] = "",
        authorization: Bearer = None,
    ) -> AcceptedMessage:
        """Send one photo, as the raw body of at most 8 MiB. 202 means: stored, as a message.

        The same ``client_msg_id`` again is the same message, whatever the body. What is kept is a
        JPEG without place, maker and time of the photo.
        """
        id = await allowed(services, conversation_id, authorization)
        services.limits.hit("photo", id)
        if not is_plain_id(client_msg_id):
            raise ApiError(422, "bad_request")
        sender = _sender(services, id)
        try:
            said = await services.uploads.said(sender, client_msg_id)
            if said is None:
                raw = await read_body(request, LARGEST_FILE, "photo_too_large")
                files = await services.uploads.keep(id, [raw])
                said = await services.uploads.say(sender, client_msg_id, files)
        except ReusedId as reused:
            raise ApiError(409, "conflict") from reused
        except (MediaRefused, TooManyPhotos) as refused:
            raise photo_refused(refused) from refused
        return AcceptedMessage(seq=said.seq)


def _seeing(routes: APIRouter, services: ChatServices) -> None:
    @routes.get(
        "/conversations/{conversation_id}/files/{file_id}",
        response_class=Response,
        responses={
            **error_responses(401, 404, 503),
            200: {
                "content": {"image/jpeg": {}, "application/pdf": {}},
                "description": "The photo, or the document of a member of staff.",
            },
        },
    )
    async def see_photo(
        conversation_id: str, file_id: str, authorization: Bearer = None
    ) -> Response:
        """A photo or document of this conversation (``files`` of an event)."""
        id = await allowed(services, conversation_id, authorization)
        try:
            found = await services.uploads.of(id, file_id) if is_plain_id(file_id) else None
        except NotOnShelf:
            found = None
        if found is None:
            raise ApiError(404, "not_found")
        file, content = found
        headers = {"Cache-Control": _ONE_DAY, "Vary": "Authorization"}
        if file.kind is not FileKind.PHOTO:
            headers["Content-Disposition"] = "attachment"
        return Response(content, media_type=file.content_type, headers=headers)


def photo_refused(refused: MediaRefused | TooManyPhotos) -> ApiError:
    """What the sender of a photo is told."""
    if isinstance(refused, TooManyPhotos):
        return ApiError(422, "photo_too_many")
    if refused.reason is MediaRefusal.TOO_LARGE:
        return ApiError(413, "photo_too_large")
    return ApiError(422, "photo_unreadable")


def _sender(services: ChatServices, id: ConversationId) -> Sender:
    channel = services.channel
    return Sender(channel.name, id, id, channel.capabilities)
