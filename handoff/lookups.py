"""A send in doubt: the provider's own list says whether it went out. It is never sent blindly.

A callback may settle it first (``fates``). Staff may send it again only when it is certainly not
there, or when nobody can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from channels.optional_ports import Lists, ListUnreadable
from channels.port import (
    Channel,
    DeliveryUpdate,
    Outbound,
    OutboundChoice,
)
from handoff.clock import Clock
from handoff.fates import Fates
from handoff.hints import Hints
from handoff.ledger import Delivery, Job, Ledger, Store
from handoff.media.sending import FileCannotGo, SentFiles
from handoff.model import Conversation, MessageId

log = structlog.get_logger()
LOOKUP = "lookup"
"""The kind of the job that looks a send up."""
NOT_FOUND = "not found at the provider"
NOT_CHECKED = "the provider could not be asked"
FIRST_LOOK = timedelta(minutes=1)
LAST_LOOK = timedelta(minutes=5)
"""A message that is not in the list so long after the send never will be."""
GIVE_UP = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(minutes=10)
_CLOCKS_DIFFER = timedelta(minutes=2)


def look_later(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """Put the first look at a send in doubt. A second time, for the same send, changes nothing."""
    message = delivery.message.id
    key = f"{LOOKUP}:{message}:{delivery.attempt}"
    ledger.jobs.put(LOOKUP, delivery.conversation, now + FIRST_LOOK, key, {"message": message})


def still_looking(delivery: Delivery, lists: bool, now: datetime) -> bool:
    """Whether a send in doubt may still be found, so that nobody should send it again yet."""
    if delivery.state != "unknown" or not lists or delivery.changed_at is None:
        return False
    settled = delivery.detail in (NOT_FOUND, NOT_CHECKED)
    return not settled and now < delivery.changed_at + GIVE_UP


class Lookups:
    """The handler of ``lookup`` jobs."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        fates: Fates,
        clock: Clock,
        hints: Hints,
        files: SentFiles | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._fates = fates
        self._clock = clock
        self._hints = hints
        self._files = files

    async def _outbound(self, delivery: Delivery) -> Outbound:
        outbound, known = outbound_of(delivery), self._channels[delivery.channel]
        if self._files is None:
            return outbound
        try:
            return await self._files.added_to(outbound, delivery, known, whole=False)
        except FileCannotGo:
            return outbound  # then it did not go either

    async def run(self, job: Job) -> None:
        message = MessageId(job.payload["message"])
        delivery = await self._store.read(lambda ledger: ledger.deliveries.get(message))
        channel = self._channels.get(delivery.channel) if delivery else None
        if delivery is None or delivery.state != "unknown" or not isinstance(channel, Lists):
            await self._store.write(lambda ledger: ledger.jobs.finish(job))
            return
        since = delivery.message.at - _CLOCKS_DIFFER
        try:
            found = await channel.find_sent(await self._outbound(delivery), since)
        except ListUnreadable as unreadable:
            log.warning("lookup_failed", channel=delivery.channel, why=str(unreadable))
            await self._provider_away(job, delivery)
            return
        news = await self._store.read(lambda ledger: _unclaimed(ledger, found))
        if news is not None:
            await self._fates.take(replace(news, message_id=message))
            await self._store.write(lambda ledger: ledger.jobs.finish(job))
            return
        await self._not_there(job, delivery)

    async def _not_there(self, job: Job, delivery: Delivery) -> None:
        now, since = self._clock.now(), delivery.changed_at or self._clock.now()
        if now >= since + LAST_LOOK:
            await self._settle(job, delivery, NOT_FOUND)
            return
        due = max(since + LAST_LOOK, now)
        await self._store.write(lambda ledger: ledger.jobs.retry(job, due, NOT_FOUND))

    async def _provider_away(self, job: Job, delivery: Delivery) -> None:
        now, since = self._clock.now(), delivery.changed_at or self._clock.now()
        if now >= since + GIVE_UP:
            await self._settle(job, delivery, NOT_CHECKED)
            return
        due = now + min(FIRST_LOOK * 2 ** (job.attempt - 1), _LONGEST_PAUSE)
        await self._store.write(lambda ledger: ledger.jobs.retry(job, due, NOT_CHECKED))

    async def _settle(self, job: Job, delivery: Delivery, detail: str) -> None:
        """Say plainly how it ended, unless a callback knew more in the meantime."""
        message = delivery.message.id

        def work(ledger: Ledger) -> Conversation | None:
            current = ledger.deliveries.get(message)
            if not ledger.jobs.finish(job) or current is None or current.state != "unknown":
                return None
            ledger.deliveries.mark(message, "unknown", self._clock.now(), current.ref, detail)
            return ledger.conversations.get(delivery.conversation)

        changed = await self._store.write(work)
        if changed is not None:
            log.warning("send_not_found", channel=delivery.channel, message=message, why=detail)
            self._hints.changed(changed)


def outbound_of(delivery: Delivery) -> Outbound:
    """What a channel is given of a delivery."""
    message = delivery.message
    return Outbound(
        message_id=message.id,
        address=delivery.address,
        author=message.author.name,
        text=message.text,
        choices=tuple(OutboundChoice(choice.id, choice.title) for choice in message.choices),
    )


def _unclaimed(ledger: Ledger, found: Sequence[DeliveryUpdate]) -> DeliveryUpdate | None:
    """The first that is no other send of ours: the same words may have gone there before."""
    for news in found:
        if ledger.deliveries.by_ref(news.provider_ref) is None:
            return news
    return None
