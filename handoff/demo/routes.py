"""The page with the demo's phones, and what it asks. Only mounted when there are phones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from channels.fakes.twilio import File
from handoff.demo.calls import NotNow
from handoff.demo.phones import DeviceOff, Phones
from handoff.demo.providers import Device
from handoff.demo.schemas import NUMBER, Answered, CallStep, TroubleWanted, Written
from handoff.demo.views import ChoiceView
from handoff.http_errors import ApiError
from handoff.pages import WEB

PAGE = "/demo/phones"
_FILES = WEB / "pages" / "demo"
_LOOK_ANYWAY = 15.0
_GATHER_SECONDS = 0.03
_ENDINGS = {"taken": "completed", "busy": "busy", "no-answer": "no-answer"}
# The page may listen, when the visitor lets it; every other page may not.
_PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
Number = Annotated[str, Query(pattern=NUMBER)]


def router(phones: Phones) -> APIRouter:
    """Routes of the page."""
    routes = APIRouter(prefix="/demo", include_in_schema=False)

    @routes.get("/phones")
    async def page() -> Response:
        return FileResponse(_FILES / "phones.html", headers=_PAGE_HEADERS)

    @routes.get("/api/stream")
    async def stream(number: Number) -> EventSourceResponse:
        """All devices of one number, again at each change."""
        return EventSourceResponse(_screens(phones, number), ping=15, headers=_STREAM_HEADERS)

    @routes.get("/api/files/{name}")
    async def file(name: str) -> Response:
        found = phones.file(name)
        if found is None:
            raise ApiError(404, "not_found")
        return Response(found.content, media_type=found.content_type)

    @routes.post("/api/{device}/messages")
    async def write(device: Device, written: Written) -> Answered:
        """A message from a phone, on its way through the provider to the product."""
        try:
            return Answered(status=await _write(phones, device, written))
        except DeviceOff as off:
            raise ApiError(404, "not_found") from off

    @routes.post("/api/call")
    async def call(asked: CallStep) -> Response:
        """A step of a caller; the answer comes over the stream."""
        if phones.calls is None:
            raise ApiError(404, "not_found")
        try:
            await _call(phones, asked)
        except NotNow as not_now:
            raise ApiError(409, "conflict") from not_now
        return Response(status_code=204)

    @routes.put("/api/{device}/trouble")
    async def trouble(device: Device, wanted: TroubleWanted) -> Response:
        """Break the provider of one device, or mend it."""
        try:
            phones.make_trouble(device, wanted.trouble)
        except DeviceOff as off:
            raise ApiError(404, "not_found") from off
        return Response(status_code=204)

    return routes


async def _screens(phones: Phones, number: str) -> AsyncIterator[ServerSentEvent]:
    with phones.bell.listening(number) as bell:
        reading = asyncio.create_task(phones.opened(number))
        before = ""
        try:
            while True:
                now = phones.view(number).model_dump_json()
                if now != before:
                    yield ServerSentEvent(now, sep="\n")
                before = now
                await _rung(bell)
        finally:
            reading.cancel()


async def _rung(bell: asyncio.Event) -> None:
    """Wait for the bell, and a moment for more of it; look anyway after a while."""
    try:
        async with asyncio.timeout(_LOOK_ANYWAY):
            await bell.wait()
            await asyncio.sleep(_GATHER_SECONDS)
    except TimeoutError:
        return
    bell.clear()


async def _write(phones: Phones, device: Device, written: Written) -> int:
    choice = written.choice
    tapped = None if choice is None else ChoiceView(**choice.model_dump())
    match device:
        case Device.WHATSAPP:
            return await phones.whatsapp(
                written.number, written.name, written.text, _files(written), tapped
            )
        case Device.SMS:
            return await phones.sms(written.number, written.text)
        case Device.TELEGRAM:
            return await phones.telegram(
                written.number, written.name, written.text, written.photo, tapped
            )
        case Device.PHONE:
            raise ApiError(404, "not_found")


def _files(written: Written) -> list[File]:
    files = [File("image/jpeg", written.photo)] if written.photo else []
    if written.voice_note:
        files.append(File("audio/ogg", (_FILES / "voice-note.ogg").read_bytes()))
    return files


async def _call(phones: Phones, asked: CallStep) -> None:
    assert phones.calls is not None
    if asked.step == "dial":
        await phones.calls.dial(asked.number)
        return
    call = phones.calls.of(asked.number)
    match asked.step:
        case "say":
            await call.say(asked.words)
        case "press":
            await call.press(asked.key)
        case "silent":
            await call.be_silent()
        case "hang-up":
            await call.hang_up()
        case ending:
            await call.ringing_ends(_ENDINGS[ending])
