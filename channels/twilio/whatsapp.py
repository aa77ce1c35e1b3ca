"""WhatsApp over Twilio. Free text may be sent for 24 hours after the tenant's last message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from pydantic import BaseModel, Field

from channels.port import (
    Body,
    Capabilities,
    Chosen,
    Event,
    Inbound,
    NotUnderstood,
    OptOut,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    Unsupported,
    Wish,
)
from channels.twilio import form, wire
from channels.twilio.messages_api import MessagesApi, sendable
from channels.twilio.segments import utf16_length, with_numbers
from channels.twilio.wire import AccountSettings, Form

_PREFIX = "whatsapp:"
_SENDER_IDS = ("MG", _PREFIX)
_ADDRESS = re.compile(r"whatsapp:[!-~]{1,90}")
"""A number, or since 2026 a business-scoped id without one (``whatsapp:NL.1349...``)."""
_CHOICE_ID = re.compile(r"[!-~]{1,100}")
_KIND = re.compile(r"[a-z_]{1,40}")
_UNREADABLE = frozenset({"sticker", "contacts", "reaction", "location"})
"""Some come with a file or words; those are not what the tenant meant to say."""
_WISHES = {
    "STOP": Wish.STOP,
    "AFMELDEN": Wish.STOP,
    "START": Wish.START,
    "AANMELDEN": Wish.START,
    "HULP": Wish.HELP,
    "HELP": Wish.HELP,
}
"""Twilio's own filter is for SMS, so here a message that is just this word is ours to see."""


class WhatsAppSettings(AccountSettings):
    """``WHATSAPP__SENDER`` switches WhatsApp on; the account comes from ``TWILIO__...``."""

    sender: str = Field(min_length=1)
    """The number, with or without ``whatsapp:``, or a messaging service (MG...)."""


class WhatsApp:
    """The ``Channel`` port over WhatsApp."""

    name: ClassVar[str] = "whatsapp"
    family: ClassVar[str] = "twilio"
    Settings: ClassVar[type[BaseModel]] = WhatsAppSettings
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=1_600,
        choices=True,
        typing=False,
        push=True,
        idempotent=False,
        gather=timedelta(seconds=2),
        receipts=True,
        window=timedelta(hours=24),
    )

    def __init__(self, settings: WhatsAppSettings) -> None:
        self._settings = settings
        given = settings.sender
        self._sender = given if given.startswith(_SENDER_IDS) else f"{_PREFIX}{given}"
        self._api = MessagesApi(settings, self.name)

    def verify(self, request: RawRequest) -> None:
        wire.verify(request, self._settings)

    def parse(self, request: RawRequest) -> Sequence[Event]:
        """One message, or news of one of ours.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: it is not a form of Twilio's for WhatsApp.
        """
        posted = wire.read_form(request)
        if form.is_status(posted):
            return form.updates_in(posted, self.name, request)
        id, account = form.id_in(posted, "MessageSid"), form.id_in(posted, "AccountSid")
        sender = posted.one("From")
        if not _ADDRESS.fullmatch(sender):
            raise NotUnderstood("From must be a sender on WhatsApp")
        return [Inbound(self.name, account, sender, id, _body(posted))]

    def render(self, message: Outbound) -> Sequence[Rendered]:
        """At most 1,600 characters in one call; choices as "1. ..." under the text."""
        parts = with_numbers(sendable(message.text), message.choices, self._fits)
        to = message.address
        return [self._api.call(self._sender, to, part, message.message_id) for part in parts]

    async def deliver(self, rendered: Rendered) -> Receipt:
        return await self._api.send(rendered)

    def _fits(self, text: str) -> bool:
        return utf16_length(text) <= self.capabilities.max_text


def _body(posted: Form) -> Body:
    media, text, kind = form.media_in(posted), form.text_in(posted), _kind(posted)
    wish = form.wish_in(posted)
    if wish is not None:
        return wish
    if kind in _UNREADABLE:
        return Unsupported(kind)
    chosen = _choice(posted)
    if chosen is not None:
        return chosen
    if media is not None:
        return media
    return _words(text) if text.strip() else Unsupported(kind)


def _kind(posted: Form) -> str:
    kind = posted.one("MessageType").lower()
    if not kind and posted.one("Latitude"):
        return "location"
    return kind if _KIND.fullmatch(kind) else "unknown"


def _choice(posted: Form) -> Chosen | None:
    """A tap on a button or in a list. Its title comes too, in Body, but is not unique."""
    id = posted.one("ButtonPayload") or posted.one("ListId")
    return Chosen(id) if _CHOICE_ID.fullmatch(id) else None


def _words(text: str) -> Text | OptOut:
    wish = _WISHES.get(text.strip().upper())
    return Text(text) if wish is None else OptOut(wish)
