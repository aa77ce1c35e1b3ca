"""Console: photos and PDFs that lie ready to be sent with an answer.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from handoff.console.attaching import MOST_READY, Attaching
from handoff.console.file_schemas import Attachment, AttachmentList
from handoff.console.files import file_view
from handoff.console.given import plain_id
from handoff.console.sessions import StaffSessions
from handoff.http_errors import LARGEST_FILE, error_responses, read_body
from handoff.model import Agent, ConversationId

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def add_attachment_routes(
    routes: APIRouter,
    attaching: Attaching,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: writing"]
    words = attaching.desk.counter.words

    @routes.get("/conversations/{id}/attachments", tags=tags, responses=error_responses(404))
    async def read_attachments(id: Talk, agent: Staff) -> AttachmentList:
        """What this member of staff has ready here, and whether this channel takes files."""
        ready = await attaching.ready(agent, id)
        return AttachmentList(
            can_send=not ready.refusal,
            why_not=words.text(f"error_{ready.refusal}") if ready.refusal else "",
            most=MOST_READY,
            largest=LARGEST_FILE,
            files=[file_view(file) for file in ready.files],
        )

    @routes.post(
        "/conversations/{id}/attachments",
        status_code=201,
        tags=tags,
        responses=error_responses(404, 409, 413),
        openapi_extra=_BODY,
    )
    async def add_attachment(
        id: Talk,
        request: Request,
        agent: Staff,
        name: Annotated[str, Query(max_length=300)] = "",
    ) -> Attachment:
        """One photo or PDF as the raw body, of at most 8 MiB. A photo is kept as a JPEG without
        place, maker and time. Nothing is sent yet; after a day it is removed."""
        raw = await read_body(request, LARGEST_FILE, "file_too_large")
        return Attachment(file=file_view(await attaching.add(agent, id, raw, name)))

    @routes.delete(
        "/conversations/{id}/attachments/{file}",
        status_code=204,
        tags=tags,
        responses=error_responses(404),
    )
    async def drop_attachment(id: Talk, file: str, agent: Staff) -> Response:
        """Take it out of the draft, and off our shelf."""
        await attaching.drop(agent, id, plain_id(file, "file_unknown"))
        return Response(status_code=204)
