"""Telegram's Bot API as a channel: updates are posted or fetched, answers go by ``sendMessage``."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, TypeVar, cast

from pydantic import BaseModel
from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction, InlineKeyboardButtonLimit, MessageLimit

from channels.media import FetchedFile
from channels.optional_ports import Polled
from channels.port import (
    BadSignature,
    Capabilities,
    DeliveryResult,
    FileWay,
    Inbound,
    MediaRef,
    Outbound,
    OutboundChoice,
    OutboundFile,
    RawRequest,
    Receipt,
    Rendered,
)
from channels.telegram.client import RAISED, Client, Clients, away, receipt_of
from channels.telegram.media import fetch_file
from channels.telegram.settings import TelegramSettings
from channels.telegram.updates import KINDS, OurBot, inbound_of, tap_of

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (a name, not a secret)
WEBHOOK_PATH = "/channels/telegram"
_T = TypeVar("_T")
_UPLOAD_SECONDS = 30.0
"""How much longer than a text a file may take on its way to Telegram."""


class Telegram:
    """The ``Channel`` port for Telegram."""

    name: ClassVar[str] = "telegram"
    Settings: ClassVar[type[BaseModel]] = TelegramSettings
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=MessageLimit.MAX_TEXT_LENGTH.value,
        choices=True,
        typing=True,
        push=True,
        idempotent=False,
        gather=timedelta(seconds=1),  # photos of one album come one by one
        sends_files=FileWay.UPLOAD,
    )

    typing_seconds: ClassVar[float] = 5.0

    def __init__(self, settings: TelegramSettings) -> None:
        self._secret = settings.shared_secret
        self._patience = settings.patience_seconds
        self._poll_seconds = settings.poll_seconds
        self._max_connections = settings.max_connections
        bot_id = settings.token.get_secret_value().partition(":")[0]
        self._us = OurBot(bot_id, settings.username.lstrip("@"))
        self._clients = Clients(settings)
        self._settings = settings
        self.polling = settings.polling

    def verify(self, request: RawRequest) -> None:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            raise BadSignature("the secret token is not ours")

    def parse(self, request: RawRequest) -> Sequence[Inbound]:
        """What one update says; nothing when it is none of ours.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: anything else that is not an update.
        """
        return inbound_of(request.body, self.name, self._us)

    def render(self, message: Outbound) -> Sequence[Rendered]:
        parts = _split(_sendable(message.text), self.capabilities.max_text)
        calls: list[dict[str, object]] = [
            {"chat_id": message.address, "text": part} for part in parts
        ]
        if rows := [[_button(choice)] for choice in message.choices if _fits(choice)]:
            calls[-1]["reply_markup"] = {"inline_keyboard": rows}
        if message.file is not None:
            calls[-1]["file"] = message.file
        return [Rendered(call) for call in calls]

    async def deliver(self, rendered: Rendered) -> Receipt:
        file = rendered.payload.get("file")
        longer = _UPLOAD_SECONDS if file is not None else 0.0
        try:
            async with asyncio.timeout(self._patience + longer):
                sent = await self._sent(rendered.payload)
            return Receipt(DeliveryResult.ACCEPTED, str(sent.message_id))
        except RAISED as failure:
            return receipt_of(failure)

    async def _sent(self, payload: Mapping[str, object]) -> Message:
        chat, text, file = str(payload["chat_id"]), str(payload["text"]), payload.get("file")
        keyboard, client = _keyboard(payload), self._client()
        if not isinstance(file, OutboundFile):
            return await client.send_message(chat, text, reply_markup=keyboard)
        # A caption is shorter than a message; what is longer is cut before, by who writes it.
        caption = text[: MessageLimit.CAPTION_LENGTH.value]
        more: dict[str, Any] = {"caption": caption, "reply_markup": keyboard}
        more |= {"filename": file.name, "write_timeout": _UPLOAD_SECONDS}
        if file.is_photo:
            return await client.send_photo(chat, file.content, **more)
        return await client.send_document(chat, file.content, **more)

    async def connect(self, public_base_url: str) -> bool:
        """Set the webhook, or take it down to fetch. What waits at Telegram is kept.

        Raises:
            Away: Telegram did not do it now.
        """
        if not self.polling and not public_base_url.startswith("https://"):
            return False  # Telegram posts to https only
        await self._now(self._arranged(public_base_url.rstrip("/")))
        return True

    async def _arranged(self, base: str) -> None:
        if self.polling:
            await self._client().delete_webhook(drop_pending_updates=False)
            return
        await self._client().set_webhook(
            f"{base}{WEBHOOK_PATH}",
            max_connections=self._max_connections,
            allowed_updates=list(KINDS),
            drop_pending_updates=False,
            secret_token=self._secret,
        )

    async def fetch(self, after: int | None) -> Sequence[Polled]:
        """Updates behind ``after``, for which Telegram waits up to ``poll_seconds``.

        Raises:
            Away: Telegram gave none now, e.g. because somebody else fetches too.
        """
        offset = None if after is None else after + 1
        asked = self._client().raw_updates(offset, self._poll_seconds, KINDS)
        return [
            Polled(int(one["update_id"]), self._as_posted(one))
            for one in await self._now(asked, self._poll_seconds)
        ]

    def _as_posted(self, update: Mapping[str, Any]) -> RawRequest:
        """The update as Telegram would have posted it."""
        body = json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return RawRequest("POST", WEBHOOK_PATH, {SECRET_HEADER: self._secret}, body)

    async def _now(self, call: Awaitable[_T], longer: float = 0.0) -> _T:
        try:
            async with asyncio.timeout(self._patience + longer):
                return await call
        except RAISED as failure:
            raise away(failure) from failure

    async def acknowledge(self, request: RawRequest) -> None:
        """A tapped button shows that it is busy until Telegram hears that we have the tap."""
        tap = tap_of(request.body)
        if tap is not None:
            await self._try(self._client().answer_callback_query(tap))

    async def show_typing(self, address: str) -> None:
        await self._try(self._client().send_chat_action(address, ChatAction.TYPING))

    async def _try(self, call: Awaitable[object]) -> None:
        """A courtesy: whether it works changes nothing."""
        with contextlib.suppress(*RAISED):
            async with asyncio.timeout(self._patience):
                await call

    async def fetch_media(self, ref: MediaRef, limit: int) -> FetchedFile:
        return await fetch_file(self._client(), self._settings, ref, limit)

    async def forget_media(self, ref: MediaRef) -> None:
        """A bot cannot delete what somebody sent it."""

    def _client(self) -> Client:
        return self._clients.here()


def _keyboard(payload: Mapping[str, object]) -> InlineKeyboardMarkup | None:
    markup = payload.get("reply_markup")
    return InlineKeyboardMarkup.de_json(cast("dict[str, Any]", markup)) if markup else None


def _button(choice: OutboundChoice) -> dict[str, str]:
    return {"text": choice.title, "callback_data": choice.id}


def _fits(choice: OutboundChoice) -> bool:
    """One button that does not fit would have the whole message refused."""
    size = len(choice.id.encode())
    return 1 <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA and bool(choice.title.strip())


def _sendable(text: str) -> str:
    """Half of a surrogate pair cannot be sent at all; it becomes a visible sign."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _split(text: str, limit: int) -> list[str]:
    """Cut at sentence ends where there is one, else at the limit. The last part is never empty."""
    parts: list[str] = []
    text = text.strip()
    while len(text) > limit:
        cut = max(text.rfind(mark, 0, limit) for mark in (". ", "! ", "? ", "\n"))
        cut = cut + 1 if cut > 0 else limit
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text]
