"""The phone line over HTTP. The answer to a request is what the call does next, as XML."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi import Path as InPath
from starlette.requests import HTTPConnection

from channels.port import BadSignature, Inbound, NotUnderstood, RawRequest, TooLong
from handoff.clean_text import LONGEST
from handoff.http_errors import ApiError, error_responses, read_body
from handoff.phone.call import Call
from handoff.phone.line import Line
from handoff.phone.place import GREETING, PREFIX, Place
from handoff.phone.spoken_steps import as_stream, as_xml, read_handed
from handoff.phone.steps import HangUp, Step

log = structlog.get_logger()
_PATIENCE = 13.0
"""Seconds for one answer: the provider hangs up on its own after 15."""
_LARGEST_BODY = 256_000
_HIGHEST_SEQ = 2_147_483_647
MOST_TURNS = 9_999
_REFUSED = error_responses(403, 413, 422)
Turned = Callable[[Call, RawRequest], Awaitable[Step]]

Seq = Annotated[int, Query(ge=0, le=_HIGHEST_SEQ)]
Few = Annotated[int, Query(ge=0, le=9)]


def _place(
    turn: Annotated[int, InPath(ge=1, le=MOST_TURNS)],
    told: Seq = GREETING,
    asked: Seq = 0,
    looked: Few = 0,
    silences: Few = 0,
    unclear: bool = False,
    offer: bool = False,
    done: bool = False,
) -> Place:
    return Place(turn, told, asked, looked, silences, unclear, offer, done)


Here = Annotated[Place, Depends(_place)]


def public_url(asked: HTTPConnection, public_base_url: str) -> str:
    """The address that the provider asked, which is what it signed."""
    url = f"{public_base_url}{asked.url.path}"
    return f"{url}?{asked.url.query}" if asked.url.query else url


@dataclass(frozen=True, slots=True)
class _Door:
    line: Line
    public_base_url: str

    async def genuine(self, request: Request) -> RawRequest:
        """The request, if the provider sent it to the address that we are known by."""
        url = public_url(request, self.public_base_url)
        body = await read_body(request, _LARGEST_BODY)
        raw = RawRequest(request.method, url, dict(request.headers), body)
        try:
            self.line.telephone.verify(raw)
        except BadSignature as forged:
            raise ApiError(403, "foreign_origin") from forged
        return raw

    async def answer(
        self, request: Request, place: Place, turned: Turned, streamed: bool = False
    ) -> Response:
        """``streamed``: from here on the call may go over a stream."""
        raw, telephone = await self.genuine(request), self.line.telephone
        try:
            heard = telephone.heard(raw)
            step = await self._spoken(Call(self.line, heard, place), raw, turned)
        except TooLong as too_long:
            raise ApiError(413, "too_long", limit=LONGEST) from too_long
        except NotUnderstood as wrong:
            raise ApiError(422, "bad_request") from wrong
        xml = as_stream(step, telephone, heard.call) if streamed else as_xml(step, telephone)
        return Response(xml, media_type="text/xml")

    async def _spoken(self, call: Call, raw: RawRequest, turned: Turned) -> Step:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await turned(call, raw)
        except NotUnderstood:
            raise
        except Exception:  # a caller must hear something, whatever is broken
            log.exception("phone_turn_failed")
            return call.trouble()

    def inbound(self, raw: RawRequest) -> Inbound | None:
        events = self.line.telephone.parse(raw)
        return next((event for event in events if isinstance(event, Inbound)), None)

    async def after_stream(self, call: Call, raw: RawRequest) -> Step:
        """What was handed over at its end; else the caller hung up, or the stream broke off."""
        handed = read_handed(self.line.telephone.handed(raw))
        if handed is not None:
            return handed
        if self.line.telephone.heard(raw).over:
            await call.ended()
            return HangUp(())
        return await call.go_on()


def router(line: Line, public_base_url: str) -> APIRouter:
    """Routes of one phone line. ``public_base_url`` is where the provider reaches us."""
    routes = APIRouter(prefix=PREFIX, tags=["phone"], responses=_REFUSED)
    door = _Door(line, public_base_url)

    @routes.post("")
    async def begin(request: Request) -> Response:
        """A new call: the greeting."""
        return await door.answer(request, Place(), lambda call, _: call.begin(), streamed=True)

    @routes.post("/turn/{turn}")
    async def take_turn(request: Request, place: Here) -> Response:
        """What the caller said or pressed. The same turn again says the same again."""
        return await door.answer(request, place, lambda call, raw: call.turn(door.inbound(raw)))

    @routes.post("/wait/{turn}")
    async def wait(request: Request, place: Here) -> Response:
        """The answer was slow: is it there now?"""
        return await door.answer(request, place, lambda call, _: call.wait())

    @routes.post("/rung/{turn}")
    async def rung(request: Request, place: Here) -> Response:
        """How it ended after a person was rung."""
        return await door.answer(request, place, lambda call, _: call.rung(), streamed=True)

    @routes.post("/relayed")
    async def relayed(request: Request) -> Response:
        """A stream has ended. When it broke off, the call goes on without one."""
        return await door.answer(request, Place(), door.after_stream)

    @routes.post("/status", status_code=204)
    async def status(request: Request) -> Response:
        """News of a call; when it is over the log says so."""
        raw = await door.genuine(request)
        try:
            await Call(line, line.telephone.heard(raw), Place()).ended()
        except NotUnderstood as wrong:
            raise ApiError(422, "bad_request") from wrong
        return Response(status_code=204)

    return routes
