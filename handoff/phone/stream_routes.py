"""The phone line over a WebSocket: opened by the provider, in a mode that streams a call."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query, WebSocket
from fastapi import Path as InPath
from starlette.websockets import WebSocketDisconnect

from channels.port import BadSignature, NotUnderstood
from handoff.phone.line import Line
from handoff.phone.place import GREETING, PREFIX, Place
from handoff.phone.routes import MOST_TURNS, Seq, public_url
from handoff.phone.stream import Stream, StreamClosed

log = structlog.get_logger()
_REFUSED, _BAD_DATA, _TOO_BIG = 1008, 1007, 1009
_LARGEST_FRAME = 64_000


def _here(turn: Annotated[int, InPath(ge=1, le=MOST_TURNS)], told: Seq = GREETING) -> Place:
    return Place(turn, told)


class _Frames:
    """The ``Socket`` port over a WebSocket that was accepted."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def receive(self) -> str:
        try:
            text = await self._socket.receive_text()
        except (WebSocketDisconnect, RuntimeError, KeyError) as gone:
            raise StreamClosed from gone  # also when it was bytes, which nobody sends
        if len(text) > _LARGEST_FRAME:
            await self._socket.close(_TOO_BIG)
            raise StreamClosed
        return text

    async def send(self, message: str) -> None:
        try:
            await self._socket.send_text(message)
        except (WebSocketDisconnect, RuntimeError) as gone:
            raise StreamClosed from gone


def stream_router(line: Line, public_base_url: str) -> APIRouter:
    """The WebSocket of one phone line. A stream that was not signed is never accepted."""
    routes = APIRouter(prefix=PREFIX)

    @routes.websocket("/relay/{turn}")
    async def relay(
        socket: WebSocket,
        place: Annotated[Place, Depends(_here)],
        call: Annotated[str, Query(min_length=1, max_length=100)],
    ) -> None:
        try:
            url = public_url(socket, public_base_url)
            line.telephone.verify_stream(url, dict(socket.headers))
        except BadSignature:
            await socket.close(_REFUSED)  # before accept: the handshake is answered with 403
            return
        await socket.accept()
        try:
            await Stream(line, _Frames(socket), call, place).run()
        except NotUnderstood as strange:
            log.warning("phone_stream_refused", why=str(strange))
            await socket.close(_BAD_DATA)
            return
        await _close(socket)

    return routes


async def _close(socket: WebSocket) -> None:
    try:
        await socket.close()
    except RuntimeError:
        return  # the other side was first
