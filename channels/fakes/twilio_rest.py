"""The fake Twilio's REST API. The product host is the first part of the path: ``/api/...``."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from aiohttp import web

from channels.fakes.tricky_bodies import Trick, tricky
from channels.fakes.twilio_content import Contents
from channels.fakes.twilio_listing import listing
from channels.fakes.twilio_messages import (
    VERSION,
    File,
    Media,
    Message,
    Messages,
    media_json,
    media_of,
    message_json,
    new_sid,
)
from channels.fakes.twilio_refusals import Refusal, general_refusal, refusal_of

GetFile = Callable[[str], Awaitable[File | None]]
"""Fetches a file from an address; None when it is not to be had there."""
_MEDIA_NOT_FETCHED: Final = 63019
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_STORE_PATH: Final = "/store/{media}"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the fake answers about messages, beside the numbers that always fail."""

    refuses_with: int | None = None
    """An HTTP status that nothing was done for: 429, 500, 503."""
    cuts: bool = False
    """The message is taken, and then the connection is cut without an answer."""
    waits_for: asyncio.Event | None = None
    """The message is taken; the answer comes when this is set."""
    media_trick: Trick | None = None
    """A file is answered with this."""
    media_leads_to: str = ""
    """Set: what a file is redirected to, in place of the store."""
    redirects_media: bool = True
    """A file is answered with the address of a store that takes no credentials."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose API this is."""

    sid: str
    auth_token: str


class Rest:
    """Routes over the messages. ``taken`` is called with each new message of ours."""

    def __init__(
        self,
        account: Account,
        messages: Messages,
        now: Callable[[], datetime],
        behaviour: Callable[[], Behaviour],
        taken: Callable[[Message], None],
        contents: Contents,
        fails_later: Callable[[Mapping[str, str]], int | None],
        get: GetFile,
    ) -> None:
        self._account = account
        self._messages = messages
        self._now = now
        self._behaviour = behaviour
        self._taken = taken
        self._contents = contents
        self._fails_later = fails_later
        self._get = get

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._only_with_credentials])
        base = f"/api/{VERSION}/Accounts/{self._account.sid}/Messages"
        app.router.add_post(f"{base}.json", self._create)
        app.router.add_get(f"{base}.json", self._list)
        app.router.add_get(f"{base}/{{message}}.json", self._fetch)
        app.router.add_get(f"{base}/{{message}}/Media.json", self._list_media)
        # Before the file itself, whose pattern would take ".json" for a part of the name.
        app.router.add_get(f"{base}/{{message}}/Media/{{media}}.json", self._fetch_media)
        app.router.add_get(f"{base}/{{message}}/Media/{{media}}", self._fetch_file)
        app.router.add_delete(f"{base}/{{message}}/Media/{{media}}.json", self._delete_media)
        app.router.add_delete(f"{base}/{{message}}/Media/{{media}}", self._delete_media)
        self._contents.add_routes(app)
        app.router.add_get(_STORE_PATH, self._stored_file)
        return app

    @web.middleware
    async def _only_with_credentials(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        given = request.headers.get("Authorization")
        if request.path.startswith("/store/"):
            # A signed address and credentials at the same time is an error, as at the real store.
            return await handler(request) if given is None else web.Response(status=400)
        pair = f"{self._account.sid}:{self._account.auth_token}".encode()
        right = b"Basic " + base64.b64encode(pair)
        if not hmac.compare_digest((given or "").encode(), right):
            return general_refusal(401).response()
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return general_refusal(404).response()

    async def _create(self, request: web.Request) -> web.Response:
        behaviour = self._behaviour()
        if behaviour.refuses_with is not None:
            return general_refusal(behaviour.refuses_with).response()
        form = {name: str(value) for name, value in (await request.post()).items()}
        refusal = refusal_of(form)
        if "ContentSid" in form and self._contents.get(form["ContentSid"]) is None:
            refusal = refusal or general_refusal(404)
        if refusal is not None:
            return refusal.response()
        message = await self._with_media(self._new(form))
        self._messages.put(message)
        self._taken(message)
        if behaviour.waits_for is not None:
            await behaviour.waits_for.wait()
        if behaviour.cuts and request.transport is not None:
            request.transport.abort()
        return web.json_response(message_json(message), status=201)

    async def _with_media(self, message: Message) -> Message:
        """Fetch the file that a message names. The real one does so a moment later."""
        address = message.form.get("MediaUrl")
        if address is None:
            return message
        file = await self._get(address)
        if file is None:
            return replace(message, fails_with=_MEDIA_NOT_FETCHED)
        return replace(message, media=(Media(new_sid("ME"), file, self._now()),))

    def _new(self, form: dict[str, str]) -> Message:
        moment, service = self._now(), "MessagingServiceSid" in form
        return Message(
            sid=new_sid("MM" if "MediaUrl" in form else "SM"),
            account_sid=self._account.sid,
            sender=form.get("From"),
            recipient=form["To"],
            body=self._contents.body_of(form),
            direction="outbound-api",
            status="accepted" if service else "queued",
            created=moment,
            updated=moment,
            status_callback=form.get("StatusCallback", ""),
            form=form,
            fails_with=self._fails_later(form),
        )

    async def _list(self, request: web.Request) -> web.Response:
        behaviour = self._behaviour()
        if behaviour.refuses_with is not None:
            return general_refusal(behaviour.refuses_with).response()
        if behaviour.waits_for is not None:
            await behaviour.waits_for.wait()
        try:
            page = listing(self._messages, request.query, self._account.sid)
        except ValueError as wrong:
            return Refusal(400, 20001, f"Bad request: {wrong}").response()
        return web.json_response(page)

    async def _fetch(self, request: web.Request) -> web.Response:
        return web.json_response(message_json(self._message(request)))

    async def _list_media(self, request: web.Request) -> web.Response:
        message = self._message(request)
        found = [media_json(message, one) for one in message.media]
        place = {"page": 0, "page_size": 50, "start": 0, "end": max(len(found) - 1, 0)}
        uri = f"{message.uri}/Media.json"
        pages = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
        return web.json_response({"media_list": found, "uri": uri, **place, **pages})

    async def _fetch_media(self, request: web.Request) -> web.Response:
        return web.json_response(media_json(self._message(request), self._media(request)))

    async def _fetch_file(self, request: web.Request) -> web.StreamResponse:
        media, behaviour = self._media(request), self._behaviour()
        if behaviour.media_trick is not None:
            return await tricky(request, behaviour.media_trick)
        if behaviour.redirects_media or behaviour.media_leads_to:
            store = behaviour.media_leads_to or f"{request.url.origin()}/store/{media.sid}"
            return web.Response(status=307, headers={"Location": store})
        return web.Response(body=media.file.content, content_type=media.file.content_type)

    async def _stored_file(self, request: web.Request) -> web.Response:
        wanted = request.match_info["media"]
        found = (media_of(message, wanted) for message in self._messages)
        media = next((one for one in found if one is not None), None)
        if media is None:
            return web.Response(status=404)
        return web.Response(body=media.file.content, content_type=media.file.content_type)

    async def _delete_media(self, request: web.Request) -> web.Response:
        names = request.match_info
        if not self._messages.drop_media(names["message"], names["media"]):
            raise web.HTTPNotFound
        return web.Response(status=204)

    def _message(self, request: web.Request) -> Message:
        message = self._messages.get(request.match_info["message"])
        if message is None:
            raise web.HTTPNotFound
        return message

    def _media(self, request: web.Request) -> Media:
        media = media_of(self._message(request), request.match_info["media"])
        if media is None:
            raise web.HTTPNotFound
        return media
