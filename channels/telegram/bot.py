"""Telegram's Bot API as a channel: updates come in by webhook, answers go out by ``sendMessage``.

Left out: a tapped button shows that it is busy until ``answerCallbackQuery`` is called. ``parse``
is pure and ``deliver`` knows no taps, so nobody calls it; apps stop showing it by themselves.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from channels.port import (
    BadSignature,
    Capabilities,
    DeliveryResult,
    Inbound,
    Outbound,
    OutboundChoice,
    RawRequest,
    Receipt,
    Rendered,
)
from channels.telegram.updates import OurBot, inbound_of

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (a name, not a secret)
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_RAISED = (TelegramError, TimeoutError, AttributeError, KeyError, TypeError, ValueError)
"""What the client raises. The last four: a 200 whose content is not what it should be."""


class TelegramSettings(BaseModel):
    """``TELEGRAM__TOKEN`` and ``TELEGRAM__SECRET``; without both the channel is off."""

    model_config = ConfigDict(hide_input_in_errors=True)

    token: SecretStr
    """What BotFather gave: ``<bot id>:<key>``."""
    secret: SecretStr
    """What ``setWebhook`` was given as ``secret_token``."""
    base_url: str = "https://api.telegram.org"
    patience_seconds: float = Field(default=10.0, gt=0)
    username: str = ""
    """The bot's name without @, to notice that a group calls it; replies are noticed without."""

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: SecretStr) -> SecretStr:
        return _shaped(token, _TOKEN, "not a token as BotFather gives")

    @field_validator("secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr) -> SecretStr:
        return _shaped(secret, _SECRET, "Telegram takes 1 to 256 of A-Z a-z 0-9 _ -")


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
    )

    def __init__(self, settings: TelegramSettings) -> None:
        self._token = settings.token.get_secret_value()
        self._secret = settings.secret.get_secret_value()
        self._base_url = settings.base_url.rstrip("/")
        self._patience = settings.patience_seconds
        self._us = OurBot(self._token.partition(":")[0], settings.username.lstrip("@"))
        self._open: tuple[asyncio.AbstractEventLoop, Bot] | None = None
        for chatty in ("httpx", "telegram"):
            # Below WARNING they log addresses, and an address holds the token.
            logging.getLogger(chatty).setLevel(logging.WARNING)

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
        return [Rendered(call) for call in calls]

    async def deliver(self, rendered: Rendered) -> Receipt:
        chat, text = str(rendered.payload["chat_id"]), str(rendered.payload["text"])
        try:
            async with asyncio.timeout(self._patience):
                sent = await self._bot().send_message(
                    chat, text, reply_markup=_keyboard(rendered.payload)
                )
            return Receipt(DeliveryResult.ACCEPTED, str(sent.message_id))
        except _RAISED as failure:
            return _receipt(failure)

    def _bot(self) -> Bot:
        """The client of this event loop. Its connections cannot be used from another one."""
        loop = asyncio.get_running_loop()
        if self._open is None or self._open[0] is not loop:
            self._open = loop, self._new_bot()
        return self._open[1]

    def _new_bot(self) -> Bot:
        request = HTTPXRequest(
            connect_timeout=min(2.0, self._patience),
            read_timeout=self._patience,
            write_timeout=self._patience,
            pool_timeout=self._patience,
        )
        return Bot(
            self._token,
            base_url=f"{self._base_url}/bot",
            base_file_url=f"{self._base_url}/file/bot",
            request=request,
            get_updates_request=request,  # we never ask for updates; else it makes a second client
        )


def _receipt(failure: Exception) -> Receipt:
    match failure:
        case Forbidden():
            return Receipt(DeliveryResult.REJECTED, None, "blocked")
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


def _pause(failure: RetryAfter) -> timedelta:
    pause = failure.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


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


def _shaped(secret: SecretStr, shape: re.Pattern[str], otherwise: str) -> SecretStr:
    if not shape.fullmatch(secret.get_secret_value()):
        raise ValueError(otherwise)
    return secret
