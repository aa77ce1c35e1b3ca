"""Telegram's Bot API on loopback: enough of it for the real client. It sends nothing to anybody.

The chat decides how a message ends, see ``SPECIAL_CHATS``; every other chat takes it. Calls are
kept in ``calls``. ``channels.fakes.telegram_updates`` makes what Telegram would post to us.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiohttp import web

from channels.fakes.tricky_bodies import Trick, tricky

UNKNOWN_CHAT, BLOCKED, TOO_OFTEN, BROKEN = 400, 403, 429, 500
SILENT, CUT, UNREADABLE, OTHER_SHAPE = 408, 444, 601, 602
SPECIAL_CHATS = {
    UNKNOWN_CHAT: "Bad Request: chat not found",
    BLOCKED: "Forbidden: bot was blocked by the user",
    TOO_OFTEN: "Too Many Requests: retry after 3",
    BROKEN: "Internal Server Error",
}
"""Refusals by chat id.

``SILENT`` never answers, ``CUT`` breaks the connection off; ``UNREADABLE`` and ``OTHER_SHAPE``
answer 200 with no JSON and with JSON of another kind.
"""
_RETRY_AFTER_SECONDS = 3
_LONGEST, _LONGEST_CAPTION = 4_096, 1_024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method that had the right token; ``fields`` as they were sent."""

    method: str
    fields: Mapping[str, str]
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    """Files of a form, by the name of their field."""


@dataclass
class FakeTelegram:
    """``async with FakeTelegram("1:key") as telegram``: up until the block ends."""

    token: str
    username: str = "thuisbalie_bot"
    port: int = 0
    """0: any free one; ``url`` says which."""
    listening: socket.socket | None = None
    """Set: where it is reached is known before it is up, and ``port`` says nothing."""
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    webhook: dict[str, str] = field(default_factory=dict)
    """What ``setWebhook`` was last given."""
    waiting: list[Mapping[str, Any]] = field(default_factory=list)
    """Updates that nobody has taken yet, for ``getUpdates``; ``put`` adds one."""
    rival: bool = False
    """Somebody else fetches for this bot."""
    busy: set[str] = field(default_factory=set)
    """Chats that must be left alone for a while (429), until they are taken out."""
    file_trick: Trick | None = None
    """Set: every file is answered with this."""
    file_leads_to: str = ""
    """Set: where a file is redirected to."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Content by file id, for ``getFile``."""
    delivered: list[Mapping[str, str]] = field(default_factory=list)
    """Fields of each message that somebody got, oldest first; ``sent_file`` names its file, and
    ``sent_name`` is what a document is called."""
    sent_files: dict[str, Upload] = field(default_factory=dict)
    """What came with a message that somebody got."""
    watchers: list[Callable[[], None]] = field(default_factory=list)
    """Called when somebody got a message."""
    trouble: int | None = None
    """Set: every chat ends as this one of ``SPECIAL_CHATS`` does."""
    _closing: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> FakeTelegram:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        if self.listening is not None:
            await web.SockSite(self._runner, self.listening).start()
        else:
            await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        host, self.port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{self.port}"
        return self

    def put(self, update: bytes) -> None:
        """Somebody does something: an update of ``channels.fakes.telegram_updates``."""
        self.waiting.append(json.loads(update))
        self._news.set()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _refused(401, "Unauthorized")
        fields, uploads = await _fields(request)
        call = Call(request.match_info["method"], fields, uploads)
        self.calls.append(call)
        match call.method:
            case "getMe":
                return _done(self._me())
            case "sendMessage":
                return await self._send(call.fields, request)
            case "sendPhoto" | "sendDocument":
                kind = call.method.removeprefix("send").lower()
                return await self._send_file(kind, call.fields, request)
            case "getFile":
                return self._get_file(call.fields.get("file_id", ""))
            case "setWebhook":
                self.webhook = dict(call.fields)
                return _done(True)
            case "deleteWebhook":
                self.webhook = {}
                return _done(True)
            case "getUpdates":
                return await self._get_updates(call.fields)
            case "sendChatAction" | "answerCallbackQuery":
                return _done(True)
        return _refused(404, "Not Found")

    async def _get_updates(self, fields: Mapping[str, str]) -> web.Response:
        if self.webhook.get("url"):
            return _refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self.rival:
            return _refused(409, "Conflict: terminated by other getUpdates request")
        offset = int(fields.get("offset", "0"))
        self.waiting = [one for one in self.waiting if int(one["update_id"]) >= offset]
        if not self.waiting:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(fields.get("timeout", "0"))):
                    await self._news.wait()
        return _done(self.waiting[:100])

    def _me(self) -> dict[str, Any]:
        id = int(self.token.partition(":")[0])
        return {"id": id, "is_bot": True, "first_name": "Thuisbalie", "username": self.username}

    async def _send(self, fields: Mapping[str, str], request: web.Request) -> web.Response:
        text = fields.get("text", "")
        if not text.strip():
            return _refused(400, "Bad Request: message text is empty")
        if len(text) > _LONGEST:
            return _refused(400, "Bad Request: message is too long")
        return await self._to_chat(fields, request, {"text": text})

    async def _send_file(
        self, kind: str, fields: Mapping[str, str], request: web.Request
    ) -> web.Response:
        """A photo or document, whose bytes came in the form."""
        upload = next(iter(self.calls[-1].uploads.values()), None)
        if upload is None or not upload.content:
            return _refused(400, f"Bad Request: there is no {kind} in the request")
        if len(fields.get("caption", "")) > _LONGEST_CAPTION:
            return _refused(400, "Bad Request: message caption is too long")
        id = f"sent-{len(self.calls)}"
        about: dict[str, Any] = {"file_id": id, "file_unique_id": id, "file_name": upload.name}
        shown = [{**about, "width": 1, "height": 1}] if kind == "photo" else about
        said = {"caption": fields.get("caption", ""), kind: shown}
        self.sent_files[id] = upload
        kept = {"sent_file": id} if kind == "photo" else {"sent_file": id, "sent_name": upload.name}
        return await self._to_chat({**fields, **kept}, request, said)

    async def _to_chat(
        self, fields: Mapping[str, str], request: web.Request, said: Mapping[str, Any]
    ) -> web.Response:
        chat = fields.get("chat_id", "")
        id = int(chat) if chat.lstrip("-").isdecimal() else UNKNOWN_CHAT
        id = self.trouble or id
        if chat in self.busy:
            return _refused(TOO_OFTEN, SPECIAL_CHATS[TOO_OFTEN])
        if id in SPECIAL_CHATS:
            return _refused(id, SPECIAL_CHATS[id])
        if id == SILENT:
            await self._closing.wait()
        if id == CUT and request.transport is not None:
            request.transport.abort()
        if id == UNREADABLE:
            return web.Response(text="<html>")
        if id == OTHER_SHAPE:
            return _done({"sent": True})
        self.delivered.append(fields)
        for watcher in self.watchers:
            watcher()
        return _done(self._message(id, said))

    def _message(self, chat: int, said: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "message_id": len(self.calls),
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private"},
            "from": self._me(),
            **said,
        }

    def _get_file(self, file_id: str) -> web.Response:
        if file_id not in self.files:
            return _refused(400, "Bad Request: invalid file_id")
        unique, size = f"u-{file_id}", len(self.files[file_id])
        return _done(
            {
                "file_id": file_id,
                "file_unique_id": unique,
                "file_size": size,
                "file_path": f"photos/{file_id}",
            }
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refused(401, "Unauthorized")
        if self.file_trick is not None:
            return await tricky(request, self.file_trick)
        if self.file_leads_to:
            return web.Response(status=302, headers={"Location": self.file_leads_to})
        content = self.files.get(request.match_info["path"].removeprefix("photos/"))
        return _refused(404, "Not Found") if content is None else web.Response(body=content)


async def _fields(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The Bot API takes a form, JSON or a query; values that are no text are JSON in a form."""
    if request.content_type == "application/json":
        raw = await request.json()
        given = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in raw.items()
        }
        return given, {}
    form = await request.post()
    uploads = {
        name: Upload(value.filename, value.content_type, value.file.read())
        for name, value in form.items()
        if isinstance(value, web.FileField)
    }
    words = {name: str(value) for name, value in form.items() if name not in uploads}
    return {**request.query, **words}, uploads


def _done(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(code: int, description: str) -> web.Response:
    answer: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if code == TOO_OFTEN:
        answer["parameters"] = {"retry_after": _RETRY_AFTER_SECONDS}
    return web.json_response(answer, status=code)
