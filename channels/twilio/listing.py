"""Twilio's own list of messages: what came in while we were away, and whether a send went out.

A record says less than a webhook did: no button, no place, no word on STOP. It is read as the same
form, so the same rules hold for both.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.optional_ports import ListUnreadable
from channels.port import DeliveryUpdate, Fate, Inbound, NotUnderstood, Rendered
from channels.twilio.form import FATES
from channels.twilio.messages_api import (
    MESSAGING_SERVICE,
    UNREADABLE_ANSWER,
    TwilioHttp,
    client_for,
)
from channels.twilio.wire import DEFAULT_BASE_URL, AccountSettings, Form

_PAGE = 1_000
_NOT_FOUND = 404
_AS_LONG_AS = 2
"""A list is several calls, so it may take this many times the patience for one."""
_NEVER = datetime.min.replace(tzinfo=UTC)
ReadForm = Callable[[Form], Inbound]


class MessageList:
    """The messages of one account that are of one sender of ours."""

    def __init__(self, account: AccountSettings, channel: str, sender: str) -> None:
        self._account = account
        self._channel = channel
        self._sender = sender

    async def inbound(self, since: datetime, read: ReadForm) -> list[Inbound]:
        """What came in since then, oldest first. What ``read`` does not understand is left out.

        Raises:
            ListUnreadable: Twilio did not give the whole list.
        """
        to = {} if self._is_service else {"to": self._sender}
        async with self._calling() as client:
            records = [
                record
                async for record in await client.messages.stream_async(
                    date_sent_after=since, page_size=_PAGE, **to
                )
                if record.direction == "inbound" and self._is_ours(record)
            ]
            forms = [await _form(client, record) for record in _oldest_first(records)]
        return list(_understood(forms, read))

    async def sent(
        self, to: str, parts: Sequence[Rendered], since: datetime
    ) -> list[DeliveryUpdate]:
        """Our messages to this address that say one of these, made since then, oldest first.

        Raises:
            ListUnreadable: Twilio did not give the whole list, or there are no words to look for.
        """
        texts = {str(part.payload["Body"]) for part in parts if "Body" in part.payload}
        if not texts:
            raise ListUnreadable("a message without words of its own")
        found = []
        async with self._calling() as client:
            # Not by date: one that still waits has no date of sending, and would not be listed.
            async for record in await client.messages.stream_async(to=to, page_size=_PAGE):
                if (record.date_created or _NEVER) < since:
                    break  # the newest come first
                if record.direction != "inbound" and record.body in texts and self._is_ours(record):
                    found.append(record)
        return [self._news(record) for record in _oldest_first(found)]

    @property
    def _is_service(self) -> bool:
        return self._sender.startswith(MESSAGING_SERVICE)

    def _is_ours(self, record: Any) -> bool:
        if self._is_service:
            return bool(record.messaging_service_sid == self._sender)
        ours = record.to if record.direction == "inbound" else record.from_
        return bool(ours == self._sender)

    def _news(self, record: Any) -> DeliveryUpdate:
        # A state on the way to the carrier says that Twilio took it, which was the question.
        fate = FATES.get(str(record.status).lower(), Fate.SENT)
        code = str(record.error_code) if record.error_code else ""
        return DeliveryUpdate(self._channel, None, str(record.sid), fate, code)

    @asynccontextmanager
    async def _calling(self) -> AsyncIterator[Client]:
        patience = self._account.patience_seconds * _AS_LONG_AS
        try:
            async with asyncio.timeout(patience), TwilioHttp(self._account.base_url) as http:
                yield client_for(self._account, http)
        except (TwilioException, aiohttp.ClientError, OSError, *UNREADABLE_ANSWER) as failure:
            raise ListUnreadable(type(failure).__name__) from failure


def _oldest_first(records: Sequence[Any]) -> list[Any]:
    """Of one second, Twilio's own order is kept."""
    ordered = list(records[::-1])
    ordered.sort(key=lambda one: one.date_sent or one.date_created or _NEVER)
    return ordered


async def _form(client: Client, record: Any) -> Form:
    media = await _media(client, record) if str(record.num_media or "0") != "0" else []
    pairs = [
        ("MessageSid", record.sid),
        ("AccountSid", record.account_sid),
        ("From", record.from_),
        ("To", record.to),
        ("Body", record.body),
        ("NumMedia", str(len(media))),
    ]
    for no, (url, content_type) in enumerate(media):
        pairs += [(f"MediaUrl{no}", url), (f"MediaContentType{no}", content_type)]
    return Form([(name, str(value or "")) for name, value in pairs])


async def _media(client: Client, record: Any) -> list[tuple[str, str]]:
    """The files of a message, under the addresses that a webhook would have named."""
    try:
        files = await client.messages(record.sid).media.list_async()
    except TwilioException as failure:
        if any(getattr(part, "status_code", 0) == _NOT_FOUND for part in failure.args):
            return []  # deleted meanwhile; its words are still there
        raise
    return [
        (DEFAULT_BASE_URL + str(one.uri).removesuffix(".json"), str(one.content_type))
        for one in files
    ]


def _understood(forms: Sequence[Form], read: ReadForm) -> list[Inbound]:
    found = []
    for form in forms:
        try:
            found.append(read(form))
        except NotUnderstood:
            continue  # nor would its webhook have been
    return found
