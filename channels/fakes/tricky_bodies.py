"""Bodies that a provider should never send for a file, and a thief might."""

from __future__ import annotations

import contextlib
from enum import StrEnum
from typing import Final

from aiohttp import web

_GIGABYTE: Final = 1024**3
_CHUNK: Final = b"\xff\xd8\xff\xe0" * 16_384


class Trick(StrEnum):
    ENDLESS = "it never ends"
    ONE_GIGABYTE = "it says it is one gigabyte"
    CUT = "it breaks off"


async def tricky(request: web.Request, trick: Trick) -> web.StreamResponse:
    """Answer with it, until the other side has had enough."""
    answer = web.StreamResponse(headers={"Content-Type": "image/jpeg"})
    if trick is Trick.ONE_GIGABYTE:
        answer.content_length = _GIGABYTE
    with contextlib.suppress(ConnectionError):
        await answer.prepare(request)
        while trick is Trick.ENDLESS:
            await answer.write(_CHUNK)
    if request.transport is not None:
        request.transport.abort()
    return answer
