"""A fake Twilio on loopback: takes our messages as the real one does, and posts signed webhooks.

Numbers with a meaning: a recipient ending in 21610 has unsubscribed (refused at once); 63016 is
outside WhatsApp's window (taken, then failed); 30003 cannot be reached (taken, then undelivered).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from aiohttp import web

from channels.fakes.twilio_content import Contents, fault_of
from channels.fakes.twilio_messages import WHATSAPP, File, Media, Message, Messages, new_sid
from channels.fakes.twilio_rest import Account, Behaviour, GetFile, Rest
from channels.fakes.twilio_webhooks import (
    Post,
    get_over_http,
    inbound_fields,
    post_over_http,
    signed,
    status_fields,
)

__all__ = ["Account", "Behaviour", "FakeTwilio", "File", "Message", "Order", "on_loopback"]

REAL_HOST: Final = "https://api.twilio.com"
_SMS_COURSE: Final = ("queued", "sent", "delivered")
_FAILURES: Final[Mapping[int, Sequence[str]]] = {
    30003: ("queued", "sent", "undelivered"),
}


_FAILED: Final = ("queued", "failed")
_OUTSIDE_WINDOW: Final = 63016


class Order(StrEnum):
    """How news of one message arrives. Twilio promises no order, and may post twice."""

    AS_IT_HAPPENED = "as it happened"
    REVERSED = "reversed"
    TWICE = "twice"


class FakeTwilio:
    """One account at the provider.

    ``now`` gives the moment, aware, in UTC. ``automatic`` reports on each message by itself.
    ``window``: WhatsApp messages fail this long after the recipient last wrote, and before that;
    None lets all of them through. ``behaviour`` may be changed at any moment. ``post`` makes the
    webhook requests, and ``get`` fetches the file that a message of ours names.
    """

    def __init__(
        self,
        account: Account,
        now: Callable[[], datetime],
        *,
        webhook: str = "",
        behaviour: Behaviour | None = None,
        automatic: bool = False,
        post: Post = post_over_http,
        media_host: str = REAL_HOST,
        window: timedelta | None = None,
        get: GetFile = get_over_http,
    ) -> None:
        self.behaviour = behaviour or Behaviour()
        self.webhook = webhook
        """The address that gets what people write."""
        self._account = account
        self._now = now
        self._automatic = automatic
        self._post = post
        self._get = get
        self._media_host = media_host
        self._messages = Messages()
        self.session = window
        """How long after someone wrote free text is taken; None: always."""
        self.contents = Contents(account.sid, now)
        """The Content API's resources."""
        self._reports: set[asyncio.Task[Sequence[int]]] = set()

    def application(self) -> web.Application:
        """The REST API."""
        rest = Rest(
            self._account,
            self._messages,
            self._now,
            lambda: self.behaviour,
            self._message_taken,
            self.contents,
            self._fails_later,
            self._get,
        )
        app = rest.application()
        app.on_cleanup.append(self._stop_reporting)
        return app

    @property
    def messages(self) -> Messages:
        """All messages, in and out, oldest first; with ``watchers``."""
        return self._messages

    @property
    def sent(self) -> list[Message]:
        """Messages of ours that were taken, oldest first, as they now are."""
        return [one for one in self._messages if one.direction != "inbound"]

    async def write(
        self,
        sender: str,
        recipient: str,
        body: str,
        media: Sequence[File] = (),
        fields: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> Sequence[int]:
        """Someone writes to us; the webhook hears of it. Gives the HTTP status of each answer.

        ``fields`` are added to the form (``ButtonPayload``, ``Latitude``, ...). With ``times``
        the same message is posted again, as Twilio does after an answer that did not come.
        """
        message = self._received(sender, recipient, body, media, dict(fields or {}))
        self._messages.put(message)
        form = inbound_fields(message, self._media_host)
        return [await self._send(self.webhook, form) for _ in range(times)]

    async def report(
        self,
        sid: str,
        *statuses: str,
        code: int | None = None,
        order: Order = Order.AS_IT_HAPPENED,
    ) -> Sequence[int]:
        """Tell the status callback what became of a message; gives the HTTP status of each answer.

        Without ``statuses`` the message runs its course: queued, sent, delivered and for WhatsApp
        read, or what its number stands for. The real one posts "queued" for messages through a
        messaging service only. ``code`` is the error code of a failed or undelivered one.

        Raises:
            KeyError: no message has this sid.
        """
        message = self._messages.get(sid)
        if message is None:
            raise KeyError(sid)
        code = code or message.magic_code()
        news = [self._became(sid, status, code) for status in statuses or _course(message)]
        if not message.status_callback:
            return []
        return [await self._send(message.status_callback, form) for form in _ordered(news, order)]

    async def reported(self) -> None:
        """Wait until all that is reported automatically has been told."""
        await asyncio.gather(*self._reports)

    def _became(self, sid: str, status: str, code: int | None) -> dict[str, str]:
        message = self._messages.get(sid)
        assert message is not None, "the fake forgets no message"
        failure = code if status in {"failed", "undelivered"} else None
        self._messages.put(message.became(status, self._now(), failure))
        return status_fields(message, status, failure)

    def _received(
        self,
        sender: str,
        recipient: str,
        body: str,
        files: Sequence[File],
        fields: Mapping[str, str],
    ) -> Message:
        moment = self._now()
        return Message(
            sid=new_sid("MM" if files else "SM"),
            account_sid=self._account.sid,
            sender=sender,
            recipient=recipient,
            body=body,
            direction="inbound",
            status="received",
            created=moment,
            updated=moment,
            sent=moment,
            media=tuple(Media(new_sid("ME"), file, moment) for file in files),
            form=fields,
        )

    async def _send(self, url: str, fields: Mapping[str, str]) -> int:
        return await self._post(signed(url, fields, self._account.auth_token))

    def _fails_later(self, form: Mapping[str, str]) -> int | None:
        recipient, sid = form["To"], form.get("ContentSid", "")
        if not recipient.startswith(WHATSAPP) or sid in self.contents.approved:
            return None
        if self.session is not None and not self._in_session(recipient, self.session):
            return _OUTSIDE_WINDOW
        return fault_of(self.contents.shown(form)) if sid else None

    def _in_session(self, person: str, window: timedelta) -> bool:
        written = [one.created for one in self._messages if one.sender == person]
        return bool(written) and self._now() < max(written) + window

    def _message_taken(self, message: Message) -> None:
        if self._automatic:
            task = asyncio.create_task(self.report(message.sid))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)

    async def _stop_reporting(self, _: web.Application) -> None:
        for task in tuple(self._reports):
            task.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)


def _course(message: Message) -> Sequence[str]:
    code = message.magic_code()
    if code is not None:
        return _FAILURES.get(code, _FAILED)
    return (*_SMS_COURSE, "read") if message.whatsapp else _SMS_COURSE


def _ordered(news: Sequence[dict[str, str]], order: Order) -> Sequence[dict[str, str]]:
    match order:
        case Order.AS_IT_HAPPENED:
            return news
        case Order.REVERSED:
            return news[::-1]
        case Order.TWICE:
            return [form for form in news for _ in range(2)]


@asynccontextmanager
async def on_loopback(fake: FakeTwilio, port: int = 0) -> AsyncIterator[str]:
    """Serve the fake; gives its base address, such as ``http://127.0.0.1:41234``.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(fake.application(), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
