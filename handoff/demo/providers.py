"""Which channels the demo stands in for, their settings, and the fake providers behind them."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import Account, FakeTwilio
from channels.fakes.twilio_webhooks import behind, fetched_behind
from handoff.settings import Settings

OUR_NUMBER: Final = "+3197010200300"
STAFF_NUMBER: Final = "+31850001200"
PUBLIC_ADDRESS: Final = "https://demo.thuisbalie.example"
"""Twilio's requests are signed for an https address. Nobody has to find this one."""
_TWILIO: Final = "twilio"
_ACCOUNT: Final = frozenset({"account_sid", "auth_token", "shared_key", "base_url"})
_BOT: Final = frozenset({"token", "secret", "base_url"})


class Device(StrEnum):
    """The demo's devices, by the names of their channels."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    TELEGRAM = "telegram"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Addresses:
    """``public`` is what providers know us by; ``inside`` is where the product listens."""

    public: str
    inside: str


def real_devices(given: Mapping[str, Mapping[str, Any]]) -> frozenset[Device]:
    """Devices whose provider has settings of its own, so that the demo must not stand in."""
    twilio = bool(given.get(_TWILIO))
    real = {
        device
        for device in (Device.WHATSAPP, Device.SMS, Device.PHONE)
        if twilio or _ACCOUNT & given.get(device, {}).keys()
    }
    if _BOT & given.get(Device.TELEGRAM, {}).keys():
        real.add(Device.TELEGRAM)
    return frozenset(real)


def addresses_of(settings: Settings) -> Addresses:
    given = settings.public_base_url.rstrip("/")
    public = given if urlsplit(given).scheme == "https" else PUBLIC_ADDRESS
    everywhere = settings.host in {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound
    host = "127.0.0.1" if everywhere else settings.host
    return Addresses(public, f"http://{f'[{host}]' if ':' in host else host}:{settings.port}")


class FakeAccount:
    """One Twilio account, with a number of its own, for one channel."""

    def __init__(self, device: Device, at: Addresses, now: Callable[[], datetime]) -> None:
        self.account = Account("AC" + secrets.token_hex(16), secrets.token_urlsafe(24))
        self.listening = _reserved()
        self.base_url = _url(self.listening)
        self.fake = FakeTwilio(
            self.account,
            now,
            webhook=f"{at.public}/channels/{device}",
            post=behind(at.public, at.inside),
            get=fetched_behind(at.public, at.inside),
        )

    async def serve(self, stack: AsyncExitStack) -> None:
        runner = web.AppRunner(self.fake.application(), shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.SockSite(runner, self.listening).start()

    def settings(self, public: str) -> dict[str, str]:
        return {
            "account_sid": self.account.sid,
            "auth_token": self.account.auth_token,
            "base_url": self.base_url,
            "public_base_url": public,
        }


class Providers:
    """The fake providers of the devices that are not real. ``settings`` are in memory only."""

    def __init__(
        self,
        at: Addresses,
        real: frozenset[Device],
        now: Callable[[], datetime],
    ) -> None:
        self.at = at
        self.real = real
        self.accounts = {
            device: FakeAccount(device, at, now)
            for device in (Device.WHATSAPP, Device.SMS, Device.PHONE)
            if device not in real
        }
        self.telegram: FakeTelegram | None = None
        self.telegram_secret = secrets.token_urlsafe(24)
        if Device.TELEGRAM not in real:
            token = f"{secrets.randbelow(10**9) + 10**9}:{secrets.token_urlsafe(24)}"
            self.telegram = FakeTelegram(token, listening=_reserved())
        self._running = AsyncExitStack()

    def settings(self, given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """``given`` with what the fakes need added; what was given is kept."""
        merged = {name: dict(values) for name, values in given.items()}
        for device, own in self._own().items():
            merged[device] = {**own, **merged.get(device, {})}
        return merged

    def _own(self) -> dict[str, dict[str, str]]:
        extra = {
            Device.WHATSAPP: {"sender": OUR_NUMBER},
            Device.SMS: {"sender": OUR_NUMBER},
            Device.PHONE: {"staff_number": STAFF_NUMBER},
        }
        own: dict[str, dict[str, str]] = {
            device: {**account.settings(self.at.public), **extra[device]}
            for device, account in self.accounts.items()
        }
        if self.telegram is not None:
            assert self.telegram.listening is not None
            own[Device.TELEGRAM] = {
                "token": self.telegram.token,
                "secret": self.telegram_secret,
                "base_url": _url(self.telegram.listening),
            }
        return own

    async def start(self) -> None:
        for account in self.accounts.values():
            await account.serve(self._running)
        if self.telegram is not None:
            await self._running.enter_async_context(self.telegram)

    async def stop(self) -> None:
        await self._running.aclose()
        for account in self.accounts.values():
            account.listening.close()
        if self.telegram is not None and self.telegram.listening is not None:
            self.telegram.listening.close()


def _reserved() -> socket.socket:
    """A free port of ours from now on, so that its address can stand in the settings."""
    return socket.create_server(("127.0.0.1", 0))


def _url(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
