"""SMS over Twilio. In the Netherlands that is text only, and every segment is paid for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import BaseModel, Field

from channels.media import FetchedFile
from channels.port import (
    Attached,
    Capabilities,
    DeliveryUpdate,
    Event,
    FileWay,
    Inbound,
    MediaRef,
    NotUnderstood,
    OptOut,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    Unsupported,
)
from channels.twilio import codes, form, wire
from channels.twilio.listing import MessageList
from channels.twilio.media import TwilioMedia
from channels.twilio.messages_api import MessagesApi, sendable
from channels.twilio.segments import plain, segments, with_numbers
from channels.twilio.wire import AccountSettings, Form

_MOST_SEGMENTS = 3
_ADDRESS = re.compile(r"(?=.*[!-~])[ -~]{1,100}")
"""A number, a short code, or a name such as "Mijn Bank"."""
_OTHER_CHANNEL = re.compile(r"[a-z]+:")
"""``whatsapp:+31...``: its messages have an address of their own."""
_NOBODY = frozenset({"", "anonymous", "restricted", "unavailable", "unknown", "+266696687"})


class SmsSettings(AccountSettings):
    """``SMS__SENDER`` switches SMS on; the account comes from ``TWILIO__...``."""

    sender: str = Field(min_length=1)
    """A number that can receive (+31 6, +31 97) or a messaging service (MG...)."""


class Sms:
    """The ``Channel`` port over Twilio's text messages."""

    name: ClassVar[str] = "sms"
    family: ClassVar[str] = "twilio"
    Settings: ClassVar[type[BaseModel]] = SmsSettings
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=459,
        choices=True,
        typing=False,
        push=True,
        idempotent=False,
        gather=timedelta(seconds=2),
        blocks_after_stop=True,
        files=False,
        receipts=True,
        lists=True,
        sends_files=FileWay.LINK,
    )

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings
        self._api = MessagesApi(settings, self.name)
        self._media = TwilioMedia(settings)
        self._list = MessageList(settings, self.name, settings.sender)

    def verify(self, request: RawRequest) -> None:
        wire.verify(request, self._settings)

    def parse(self, request: RawRequest) -> Sequence[Event]:
        """One message, or news of one of ours.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: it is not a form of Twilio's for text messages.
        """
        posted = wire.read_form(request)
        if form.is_status(posted):
            return form.updates_in(posted, self.name, request)
        return [self._inbound(posted)]

    def render(self, message: Outbound) -> Sequence[Rendered]:
        """At most three segments in one call; choices as "1. ..." under the text.

        A file is the link to it, behind the text.
        """
        text = sendable(message.text)
        if message.file is not None:
            text = f"{text} {message.file.address}"
        parts = with_numbers(text, message.choices, _fits)
        sender, to = self._settings.sender, message.address
        return [self._api.call(sender, to, plain(part), message.message_id) for part in parts]

    async def deliver(self, rendered: Rendered) -> Receipt:
        return await self._api.send(rendered)

    async def fetch_media(self, ref: MediaRef, limit: int) -> FetchedFile:
        return await self._media.fetch(ref, limit)

    async def forget_media(self, ref: MediaRef) -> None:
        await self._media.forget(ref)

    async def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        return await self._list.inbound(since, self._listed)

    async def find_sent(self, message: Outbound, since: datetime) -> Sequence[DeliveryUpdate]:
        return await self._list.sent(message.address, self.render(message), since)

    def reason(self, detail: str) -> str:
        return codes.reason(detail)

    def _inbound(self, posted: Form) -> Inbound:
        id, account = form.id_in(posted, "MessageSid"), form.id_in(posted, "AccountSid")
        return Inbound(self.name, account, _address(posted, id), id, _body(posted))

    def _listed(self, posted: Form) -> Inbound:
        """The list does not say that Twilio took a word for STOP, so the word itself must."""
        inbound = self._inbound(posted)
        wish = form.wish_named(posted.one("Body"))
        return inbound if wish is None else replace(inbound, body=wish)


def _fits(text: str) -> bool:
    return segments(plain(text)) <= _MOST_SEGMENTS


def _address(posted: Form, id: str) -> str:
    """Where answers go. Nobody's messages are never one conversation: they may be of two people."""
    sender = posted.one("From").strip()
    if sender.lower() in _NOBODY:
        return f"anonymous:{id}"
    if not _ADDRESS.fullmatch(sender) or _OTHER_CHANNEL.match(sender):
        raise NotUnderstood("From must be the sender of a text message")
    return sender


def _body(posted: Form) -> Text | Attached | OptOut | Unsupported:
    wish, media, text = form.wish_in(posted), form.media_in(posted), form.text_in(posted)
    if wish is not None:
        return wish
    if media is not None:
        return media
    return Text(text) if text.strip() else Unsupported("empty")
