"""Console: looking at a photo, listening to a voice note, downloading a file.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

import re
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from handoff.console.files import Files
from handoff.console.given import plain_id
from handoff.console.sessions import StaffSessions
from handoff.http_errors import error_responses
from handoff.ledger.media import FileKind, MediaFile
from handoff.model import Agent

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "audio/ogg": "ogg",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/wav": "wav",
}


def add_file_routes(routes: APIRouter, files: Files, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: reading"]
    body = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}

    @routes.get(
        "/files/{id}",
        tags=tags,
        response_class=Response,
        responses={
            **error_responses(404),
            200: {**body, "description": "the file"},
            206: {**body, "description": "a part of it"},
            416: {"description": "no such part"},
        },
    )
    async def read_file(
        id: str, agent: Staff, range: Annotated[str | None, Header()] = None
    ) -> Response:
        """A file of a tenant. Photos and sound may be shown in the page; the rest is downloaded."""
        file, content = await files.look(agent, plain_id(id, "file_unknown"))
        return _part(content, range, file.content_type, _headers(file))


def _headers(file: MediaFile) -> dict[str, str]:
    shown = "attachment" if file.kind is FileKind.FILE else "inline"
    name = f"{file.id[:8]}.{_ENDINGS.get(file.content_type, 'bin')}"
    return {
        "Content-Disposition": f'{shown}; filename="{name}"',
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        # Opened by itself it is a picture or a sound, and never a page that does something.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
    }


def _part(content: bytes, asked: str | None, kind: str, headers: dict[str, str]) -> Response:
    """The whole, or the part that a player asks for to jump to a moment."""
    found = _RANGE.fullmatch(asked or "")
    if found is None:
        return Response(content, media_type=kind, headers=headers)
    start, size = int(found[1]), len(content)
    end = min(int(found[2]) if found[2] else size - 1, size - 1)
    if start > end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    place = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return Response(content[start : end + 1], 206, {**headers, **place}, media_type=kind)
