"""The phone line over HTTP. The answer to a request is what the call does next, as XML."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi import Path as InPath

from channels.port import BadSignature, NotUnderstood, RawRequest, TooLong
from handoff.clean_text import LONGEST
from handoff.http_errors import ApiError, error_responses, read_body
from handoff.ledger import ReusedId, StoreBusy
from handoff.phone.call import Call, Line
from handoff.phone.place import GREETING, PREFIX, Place

_LARGEST_BODY = 256_000
_HIGHEST_SEQ = 2_147_483_647
_MOST_TURNS = 9_999
_REFUSED = error_responses(403, 409, 413, 422)

Seq = Annotated[int, Query(ge=0, le=_HIGHEST_SEQ)]
Few = Annotated[int, Query(ge=0, le=9)]


def _place(
    turn: Annotated[int, InPath(ge=1, le=_MOST_TURNS)],
    told: Seq = GREETING,
    asked: Seq = 0,
    looked: Few = 0,
    silences: Few = 0,
    unclear: bool = False,
) -> Place:
    return Place(turn, told, asked, looked, silences, unclear)


Here = Annotated[Place, Depends(_place)]


@dataclass(frozen=True, slots=True)
class _Door:
    line: Line
    public_base_url: str

    async def genuine(self, request: Request) -> RawRequest:
        """The request, if the provider sent it to the address that we are known by."""
        url = f"{self.public_base_url}{request.url.path}"
        if request.url.query:
            url = f"{url}?{request.url.query}"
        body = await read_body(request, _LARGEST_BODY)
        raw = RawRequest(request.method, url, dict(request.headers), body)
        try:
            self.line.telephone.verify(raw)
        except BadSignature as forged:
            raise ApiError(403, "foreign_origin") from forged
        return raw

    async def answer(
        self, request: Request, place: Place, step: Callable[[Call], Awaitable[str]]
    ) -> Response:
        raw = await self.genuine(request)
        try:
            xml = await self._spoken(Call(self.line, raw, place), step)
        except TooLong as too_long:
            raise ApiError(413, "too_long", limit=LONGEST) from too_long
        except NotUnderstood as wrong:
            raise ApiError(422, "bad_request") from wrong
        except ReusedId as reused:
            raise ApiError(409, "conflict") from reused
        return Response(xml, media_type="text/xml")

    async def _spoken(self, call: Call, step: Callable[[Call], Awaitable[str]]) -> str:
        try:
            return await step(call)
        except StoreBusy:
            return call.trouble()  # a caller must hear something, whatever is broken


def router(line: Line, public_base_url: str) -> APIRouter:
    """Routes of one phone line. ``public_base_url`` is where the provider reaches us."""
    routes = APIRouter(prefix=PREFIX, tags=["phone"], responses=_REFUSED)
    door = _Door(line, public_base_url)

    @routes.post("")
    async def begin(request: Request) -> Response:
        """A new call: the greeting."""
        return await door.answer(request, Place(), Call.begin)

    @routes.post("/turn/{turn}")
    async def take_turn(request: Request, place: Here) -> Response:
        """What the caller said or pressed. The same turn again says the same again."""
        return await door.answer(request, place, Call.turn)

    @routes.post("/wait/{turn}")
    async def wait(request: Request, place: Here) -> Response:
        """The answer was slow: is it there now?"""
        return await door.answer(request, place, Call.wait)

    @routes.post("/rung/{turn}")
    async def rung(request: Request, place: Here) -> Response:
        """How it ended after a person was rung."""
        return await door.answer(request, place, Call.rung)

    @routes.post("/status", status_code=204)
    async def status(request: Request) -> Response:
        """News of a call; when it is over the log says so."""
        raw = await door.genuine(request)
        try:
            await Call(line, raw, Place()).ended()
        except NotUnderstood as wrong:
            raise ApiError(422, "bad_request") from wrong
        return Response(status_code=204)

    return routes
