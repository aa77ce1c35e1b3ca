"""WhatsApp over Twilio. Free text may be sent for 24 hours after the tenant's last message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import BaseModel, Field

from channels.media import FetchedFile
from channels.optional_ports import Reopening
from channels.port import (
    Capabilities,
    DeliveryResult,
    DeliveryUpdate,
    Event,
    FileWay,
    Inbound,
    MediaRef,
    NotUnderstood,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
)
from channels.twilio import codes, form, wire
from channels.twilio.content_api import ContentApi, Shape, shape_of
from channels.twilio.listing import MessageList
from channels.twilio.media import TwilioMedia
from channels.twilio.messages_api import MessagesApi, sendable, with_content, with_media
from channels.twilio.segments import utf16_length, with_numbers
from channels.twilio.whatsapp_body import body_of
from channels.twilio.wire import AccountSettings, Form

_PREFIX = "whatsapp:"
_SENDER_IDS = ("MG", _PREFIX)
_ADDRESS = re.compile(r"whatsapp:[!-~]{1,90}")
"""A number, or since 2026 a business-scoped id without one (``whatsapp:NL.1349...``)."""


class WhatsAppSettings(AccountSettings):
    """``WHATSAPP__SENDER`` switches WhatsApp on; the account comes from ``TWILIO__...``."""

    sender: str = Field(min_length=1)
    """The number, with or without ``whatsapp:``, or a messaging service (MG...)."""
    reopen_template: str = Field(default="", pattern=r"^(HX[0-9a-fA-F]{32})?$")
    """The approved template that asks a tenant to react. Its variables: 1 is the name of the
    corporation, 2 the reference of the conversation. Empty: nobody is asked."""


@dataclass(frozen=True, slots=True)
class WithChoices(Rendered):
    """A call with choices as lines of text, and the same as buttons or as a list."""

    shape: Shape
    variables: Mapping[str, str]


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
        lists=True,
        window=timedelta(hours=24),
        sends_files=FileWay.ADDRESS,
    )

    def __init__(self, settings: WhatsAppSettings) -> None:
        self._settings = settings
        given = settings.sender
        self._sender = given if given.startswith(_SENDER_IDS) else f"{_PREFIX}{given}"
        self._api = MessagesApi(settings, self.name)
        self._media = TwilioMedia(settings)
        self._content = ContentApi(settings)
        self._list = MessageList(settings, self.name, self._sender)

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
        return [self._inbound(posted)]

    def render(self, message: Outbound) -> Sequence[Rendered]:
        """At most 1,600 characters in one call, with choices as "1. ..." under the text.

        A file goes with the last of the text, by the address where Twilio fetches it.
        What WhatsApp can show as buttons or as a list says so beside that text.
        """
        text = sendable(message.text)
        if message.file is not None:
            *before, last = with_numbers(text, message.choices, self._fits)
            shown = with_media(self._call(message, last), message.file.address)
            return [*(self._call(message, part) for part in before), shown]
        shape = shape_of(text, message.open_list, message.choices)
        if shape is None:
            parts = with_numbers(text, message.choices, self._fits)
            return [self._call(message, part) for part in parts]
        (lines,) = with_numbers(text, message.choices, lambda _: True)
        variables = shape.variables(text, message.open_list, message.choices)
        return [WithChoices(self._call(message, lines).payload, shape, variables)]

    def reopening(self, request: Reopening) -> Rendered | None:
        template = self._settings.reopen_template
        if not template:
            return None
        variables = {"1": request.corporation, "2": request.reference}
        call = self._api.call(self._sender, request.address, "", request.message_id)
        return with_content(call, template, variables)

    async def deliver(self, rendered: Rendered) -> Receipt:
        if isinstance(rendered, WithChoices):
            sid = await self._content.sid_of(rendered.shape)
            if sid is not None:
                receipt = await self._api.send(with_content(rendered, sid, rendered.variables))
                if not _worth_plain_words(receipt):
                    return receipt
                self._content.forget(rendered.shape)
        return await self._api.send(rendered)

    async def fetch_media(self, ref: MediaRef, limit: int) -> FetchedFile:
        return await self._media.fetch(ref, limit)

    async def forget_media(self, ref: MediaRef) -> None:
        await self._media.forget(ref)

    async def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        return await self._list.inbound(since, self._inbound)

    async def find_sent(self, message: Outbound, since: datetime) -> Sequence[DeliveryUpdate]:
        # With buttons only the text itself is said.
        parts = [*self.render(message), self._call(message, sendable(message.text))]
        return await self._list.sent(message.address, parts, since)

    def reason(self, detail: str) -> str:
        return codes.reason(detail)

    def _inbound(self, posted: Form) -> Inbound:
        id, account = form.id_in(posted, "MessageSid"), form.id_in(posted, "AccountSid")
        sender = posted.one("From")
        if not _ADDRESS.fullmatch(sender):
            raise NotUnderstood("From must be a sender on WhatsApp")
        return Inbound(self.name, account, sender, id, body_of(posted))

    def _call(self, message: Outbound, text: str) -> Rendered:
        return self._api.call(self._sender, message.address, text, message.message_id)

    def _fits(self, text: str) -> bool:
        return utf16_length(text) <= self.capabilities.max_text


def _worth_plain_words(receipt: Receipt) -> bool:
    """Whether the shape was refused, rather than the tenant's address."""
    refused = receipt.result is DeliveryResult.REJECTED
    return refused and not (receipt.closed or receipt.unwanted)
