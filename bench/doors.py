"""The two clients: our web chat (POST, then the event stream) and the peer's REST channel."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp

from bench.messages import ConnectionBroke, Conversation, Message, now

_OPEN_PATIENCE = 10.0
_BROKEN = (aiohttp.ClientError, TimeoutError, OSError)


class RefusedByServer(Exception):
    """The server answered with something else than this benchmark may expect."""


def new_session() -> aiohttp.ClientSession:
    """A session that notes when a request's body has been written."""
    trace = aiohttp.TraceConfig()
    trace.on_request_chunk_sent.append(_note_written)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        trace_configs=[trace],
        timeout=aiohttp.ClientTimeout(total=None),
    )


async def _note_written(
    _session: aiohttp.ClientSession, context: SimpleNamespace, _params: object
) -> None:
    message = context.trace_request_ctx
    if isinstance(message, Message) and message.written_at is None:
        message.written_at = now()


class RestDoor:
    """The peer: the answer is the response to the request."""

    def __init__(self, address: str) -> None:
        self._url = f"{address}/webhooks/rest/webhook"
        self._session = new_session()

    async def open(self) -> Conversation:
        return _RestConversation(self._session, self._url)

    async def close(self) -> None:
        await self._session.close()


class _RestConversation:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.key = uuid.uuid4().hex
        self._session = session
        self._url = url

    async def ask(self, message: Message, patience: float) -> None:
        message.conversation = self.key
        body = {"sender": self.key, "message": message.text, "metadata": {"bench_id": message.id}}
        try:
            async with asyncio.timeout(patience):
                async with self._session.post(
                    self._url, json=body, trace_request_ctx=message
                ) as reply:
                    bubbles = await reply.json()
        except TimeoutError:
            message.trouble = "no answer in time"
            return
        except _BROKEN as broke:
            raise ConnectionBroke(str(broke)) from broke
        if reply.status != 200:
            message.trouble = f"refused: {reply.status}"
            return
        message.accepted_at = now()
        if any(bubble.get("text") for bubble in bubbles):
            message.answered_at = message.accepted_at
        else:
            message.trouble = "an empty answer"

    async def close(self) -> None:
        return None


class WebChatDoor:
    """Ours: the public web-chat interface, as the widget uses it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = new_session()
        self._opened: dict[str, _WebChatConversation] = {}

    async def open(self) -> Conversation:
        url = f"{self._address}/chat/conversations"
        try:
            async with asyncio.timeout(_OPEN_PATIENCE):
                async with self._session.post(url, json={}) as reply:
                    body = await reply.json()
        except _BROKEN as broke:
            raise ConnectionBroke(str(broke)) from broke
        if reply.status != 201:
            raise RefusedByServer(f"{reply.status}: {body}")
        conversation = _WebChatConversation(self._session, url, body)
        self._opened[conversation.key] = conversation
        await conversation.listen()
        return conversation

    async def stored(self, key: str) -> dict[str, Any]:
        """State and events of a conversation that this door opened, as the server knows them."""
        return await self._opened[key].stored()

    async def close(self) -> None:
        for conversation in self._opened.values():
            await conversation.close()
        await self._session.close()


class _WebChatConversation:
    def __init__(self, session: aiohttp.ClientSession, url: str, opened: Mapping[str, str]) -> None:
        self.key = opened["conversation_id"]
        self._session = session
        self._url = f"{url}/{self.key}"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._events: list[tuple[float, dict[str, Any]]] = []
        self._changed = asyncio.Event()
        self._broken = False
        self._reader: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Open the event stream and keep reading it until closed."""
        connected = asyncio.Event()
        self._broken = False
        self._reader = asyncio.create_task(self._read(connected))
        await connected.wait()

    async def ask(self, message: Message, patience: float) -> None:
        message.conversation = self.key
        if self._broken:
            await self.listen()
        first = len(self._events)
        seq = await self._post(message)
        if seq is None:
            return
        message.accepted_at = now()
        try:
            async with asyncio.timeout(patience):
                at, event = await self._answer_after(seq, first)
        except TimeoutError:
            message.trouble = "no answer in time"
            return
        message.answered_at = at
        message.handed_over = event["author"] != "bot"

    async def stored(self) -> dict[str, Any]:
        url = f"{self._url}/events"
        async with self._session.get(url, params={"since": "0"}, headers=self._headers) as reply:
            if reply.status != 200:
                raise RefusedByServer(f"{reply.status}: {await reply.text()}")
            body: dict[str, Any] = await reply.json()
        return body

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader

    async def _post(self, message: Message) -> int | None:
        body = {"client_msg_id": message.id, "text": message.text}
        try:
            async with self._session.post(
                f"{self._url}/messages", json=body, headers=self._headers, trace_request_ctx=message
            ) as reply:
                answer = await reply.json()
        except _BROKEN as broke:
            raise ConnectionBroke(str(broke)) from broke
        if reply.status != 202:
            message.trouble = f"refused: {reply.status}"
            return None
        return int(answer["seq"])

    async def _answer_after(self, seq: int, first: int) -> tuple[float, dict[str, Any]]:
        while True:
            self._changed.clear()
            for at, event in self._events[first:]:
                if event["seq"] > seq and event["author"] != "tenant":
                    return at, event
            if self._broken:
                raise ConnectionBroke("the event stream ended")
            await self._changed.wait()

    async def _read(self, connected: asyncio.Event) -> None:
        since = self._events[-1][1]["seq"] if self._events else 0
        headers = {**self._headers, "Accept": "text/event-stream"}
        try:
            async with self._session.get(
                f"{self._url}/events", params={"since": str(since)}, headers=headers
            ) as stream:
                stream.raise_for_status()
                connected.set()
                async for data in read_events(stream.content):
                    self._events.append((now(), data))
                    self._changed.set()
        except _BROKEN:
            pass  # The one who asks learns of it below; a lost stream is what this measures.
        finally:
            self._broken = True
            connected.set()
            self._changed.set()


async def read_events(lines: AsyncIterable[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The numbered events of a stream; comments and un-numbered hints are passed over."""
    numbered, data = False, ""
    async for raw in lines:
        line = raw.decode().rstrip("\r\n")
        if line.startswith("id:"):
            numbered = True
        elif line.startswith("data:"):
            data += line[5:].strip()
        elif not line:
            if numbered and data:
                yield json.loads(data)
            numbered, data = False, ""
