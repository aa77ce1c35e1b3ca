"""The WebSocket of a fake call: it says and hears what Twilio does in a ConversationRelay."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from yarl import URL

_PATIENCE = 15.0
"""Seconds for one message."""


class RelayLine(Protocol):
    """An open WebSocket."""

    async def send(self, message: str) -> None: ...

    async def receive(self) -> str | None:
        """The next message; None when the other side has closed."""

    async def close(self) -> None: ...


OpenRelay = Callable[[str, str], Awaitable[RelayLine]]
"""Opens a WebSocket at an address, with this X-Twilio-Signature."""


class RelayRefused(Exception):
    """The WebSocket was not opened; ``args`` holds the HTTP status."""


class _OverHttp:
    def __init__(
        self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        self._session = session
        self._socket = socket

    async def send(self, message: str) -> None:
        await self._socket.send_str(message)

    async def receive(self) -> str | None:
        message = await self._socket.receive(_PATIENCE)
        return message.data if message.type is aiohttp.WSMsgType.TEXT else None

    async def close(self) -> None:
        await self._socket.close()
        await self._session.close()


def relay_behind(public_base_url: str, reached_at: str) -> OpenRelay:
    """Opens what was signed for the public address where the product listens, like a proxy."""
    public = "ws" + public_base_url.removeprefix("http")

    async def open_relay(url: str, signature: str) -> RelayLine:
        inside = "ws" + reached_at.removeprefix("http") + url.removeprefix(public)
        session = aiohttp.ClientSession()
        try:
            socket = await session.ws_connect(
                URL(inside, encoded=True), headers={"X-Twilio-Signature": signature}
            )
        except aiohttp.WSServerHandshakeError as refused:
            await session.close()
            raise RelayRefused(refused.status) from refused
        return _OverHttp(session, socket)

    return open_relay


def relay_signature(url: str, auth_token: str) -> str:
    """What stands in X-Twilio-Signature when Twilio opens this address."""
    signature: str = RequestValidator(auth_token).compute_signature(url, {})
    return signature


@dataclass
class FakeRelay:
    """One session. ``handed``: what the product handed over when it ended the session."""

    line: RelayLine
    spoken: list[str] = field(default_factory=list)
    ended: bool = False
    handed: str | None = None

    async def set_up(self, call_sid: str, account_sid: str, caller: str) -> None:
        about = {"sessionId": "VX0", "callSid": call_sid, "accountSid": account_sid}
        await self.tell("setup", **about, **{"from": caller}, direction="inbound")

    async def tell(self, kind: str, **values: Any) -> None:
        await self.line.send(json.dumps({"type": kind, **values}))

    async def hears(self) -> list[str]:
        """What is spoken until the caller may answer, or until the session ends."""
        before = len(self.spoken)
        while not self.ended:
            message = await self.line.receive()
            told = json.loads(message) if message is not None else {"type": "gone"}
            if told["type"] == "text":
                self.spoken.append(told["token"].strip())
                if told["last"]:
                    break
            else:
                self.ended = True
                self.handed = told.get("handoffData")
        if self.ended:
            await self.line.close()
        return self.spoken[before:]
