"""The library's client for the Bot API, and what its errors mean to the outbox."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from channels.port import Away, DeliveryResult, Receipt
from channels.telegram.settings import TelegramSettings

# The library's switch for spans of time as timedelta; whole seconds as int go away.
os.environ.setdefault("PTB_TIMEDELTA", "true")

RAISED = (TelegramError, TimeoutError, AttributeError, KeyError, TypeError, ValueError)
"""What the client raises. The last four: a 200 whose content is not what it should be."""
_REST = timedelta(seconds=5)
_REST_OF_A_RIVAL = timedelta(seconds=30)


class Client(Bot):
    """The library's client, with updates as Telegram wrote them: the kinds it does not know too."""

    async def raw_updates(
        self, offset: int | None, seconds: float, kinds: Sequence[str]
    ) -> list[Mapping[str, Any]]:
        """What waits from ``offset`` on; what came before it Telegram then forgets."""
        data: dict[str, Any] = {"timeout": int(seconds), "allowed_updates": list(kinds)}
        if offset is not None:
            data["offset"] = offset
        found = await self._post("getUpdates", data)
        return cast("list[Mapping[str, Any]]", found if isinstance(found, list) else [])


class Clients:
    """One client per event loop: its connections cannot be used from another one."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._open: tuple[asyncio.AbstractEventLoop, Client] | None = None
        for chatty in ("httpx", "telegram"):
            # Below WARNING they log addresses, and an address holds the token.
            logging.getLogger(chatty).setLevel(logging.WARNING)

    def here(self) -> Client:
        """The client of the running event loop."""
        loop = asyncio.get_running_loop()
        if self._open is None or self._open[0] is not loop:
            self._open = loop, self._new()
        return self._open[1]

    def _new(self) -> Client:
        settings = self._settings
        base_url = settings.base_url.rstrip("/")
        request = _connections(settings.patience_seconds)
        longer = settings.patience_seconds + settings.poll_seconds
        return Client(
            settings.token.get_secret_value(),
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=request,
            # A fetch stays open long; without fetching the same connections will do.
            get_updates_request=_connections(longer) if settings.polling else request,
        )


def _connections(patience: float) -> HTTPXRequest:
    return HTTPXRequest(
        connect_timeout=min(2.0, patience),
        read_timeout=patience,
        write_timeout=patience,
        pool_timeout=patience,
    )


def receipt_of(failure: Exception) -> Receipt:
    """What a failed send means."""
    match failure:
        case Forbidden():
            return Receipt(DeliveryResult.REJECTED, None, "blocked", unwanted=True)
        case BadRequest():
            return Receipt(DeliveryResult.REJECTED, None, failure.message)
        case ChatMigrated() | InvalidToken():
            return Receipt(DeliveryResult.REJECTED, None, type(failure).__name__)
        case RetryAfter():
            pause = _pause(failure)
            detail = f"retry after {int(pause.total_seconds())}"
            return Receipt(DeliveryResult.LATER, None, detail, pause)
        case _:
            # Not the message: of a network error it may hold the address, and so the token.
            return Receipt(DeliveryResult.UNCERTAIN, None, type(failure).__name__)


def away(failure: Exception) -> Away:
    """Why updates do not come now, and when to try again."""
    match failure:
        case RetryAfter():
            return Away("busy", _pause(failure))
        case Conflict():
            return Away("somebody else fetches for this bot, or a webhook is set", _REST_OF_A_RIVAL)
        case _:
            return Away(type(failure).__name__, _REST)


def _pause(failure: RetryAfter) -> timedelta:
    pause = failure.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
