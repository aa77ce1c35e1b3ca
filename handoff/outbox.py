"""Hop 6: bring what is written to a provider, at least once; doubtful sends are not repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog

from channels.port import Channel, DeliveryResult, Outbound, OutboundChoice, Receipt
from handoff.clock import Clock
from handoff.crash_points import crash_point
from handoff.ledger import Delivery, Job, Ledger, Store
from handoff.model import MessageId

log = structlog.get_logger()
MOST_ATTEMPTS = 6
_FIRST_PAUSE = timedelta(seconds=2)
_OPTED_OUT = "opted out"


class Outbox:
    """The handler of ``send`` jobs."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock

    async def run(self, job: Job) -> None:
        message = MessageId(job.payload["message"])
        delivery, opted_out = await self._store.write(lambda ledger: self._claim(ledger, message))
        if delivery is None or delivery.channel not in self._channels:
            await self._bury(job, message, "this channel is off")
            return
        channel = self._channels[delivery.channel]
        if delivery.state == "sending" and not channel.capabilities.idempotent:
            # We died between the call and its result. Sending again could double it (P4).
            await self._end(job, message, "unknown", None, "interrupted while sending")
            return
        if opted_out:
            await self._end(job, message, "failed", None, _OPTED_OUT)
            return
        crash_point("before_send")
        receipt = await self._send(channel, delivery)
        crash_point("after_send")
        await self._settle(job, message, channel, receipt)
        crash_point("after_send_marked")

    def _claim(self, ledger: Ledger, message: MessageId) -> tuple[Delivery | None, bool]:
        """The delivery as it stood before this attempt, now marked as being sent.

        With it, whether the tenant wants no messages there: then it must not be sent.
        """
        before = ledger.deliveries.get(message)
        if before is None:
            return None, False
        opted_out = ledger.opt_outs.since(before.channel, before.address) is not None
        ledger.deliveries.mark(message, "sending", self._clock.now(), None, "")
        return before, opted_out

    async def _send(self, channel: Channel, delivery: Delivery) -> Receipt:
        message = delivery.message
        outbound = Outbound(
            message_id=message.id,
            address=delivery.address,
            author=message.author.name,
            text=message.text,
            choices=tuple(OutboundChoice(choice.id, choice.title) for choice in message.choices),
        )
        last = Receipt(DeliveryResult.ACCEPTED)
        for no, part in enumerate(channel.render(outbound)):
            last = await channel.deliver(part)
            if last.result is DeliveryResult.LATER and no:
                # The first part has arrived: all of it again would say it twice.
                return replace(last, result=DeliveryResult.UNCERTAIN)
            if last.result is not DeliveryResult.ACCEPTED:
                break
        return last

    async def _settle(
        self, job: Job, message: MessageId, channel: Channel, receipt: Receipt
    ) -> None:
        match receipt.result:
            case DeliveryResult.ACCEPTED:
                await self._end(job, message, "sent", receipt.provider_ref, "")
            case DeliveryResult.REJECTED:
                await self._end(job, message, "failed", receipt.provider_ref, receipt.detail)
            case DeliveryResult.LATER:
                await self._again(job, message, receipt.detail, receipt.pause)
            case DeliveryResult.UNCERTAIN if channel.capabilities.idempotent:
                await self._again(job, message, receipt.detail)
            case DeliveryResult.UNCERTAIN:
                await self._end(job, message, "unknown", receipt.provider_ref, receipt.detail)

    async def _again(
        self, job: Job, message: MessageId, detail: str, least: timedelta = timedelta(0)
    ) -> None:
        if job.attempt >= MOST_ATTEMPTS:
            await self._bury(job, message, detail)
            return
        now = self._clock.now()
        due = now + max(least, _FIRST_PAUSE * 2 ** (job.attempt - 1))

        def work(ledger: Ledger) -> None:
            ledger.deliveries.mark(message, "queued", now, None, detail)
            ledger.jobs.retry(job, due, detail)

        await self._store.write(work)

    async def _end(
        self, job: Job, message: MessageId, state: str, ref: str | None, detail: str
    ) -> None:
        def work(ledger: Ledger) -> None:
            if ledger.jobs.finish(job):
                ledger.deliveries.mark(message, state, self._clock.now(), ref, detail)

        await self._store.write(work)

    async def _bury(self, job: Job, message: MessageId, detail: str) -> None:
        log.error("send_given_up", message=message, detail=detail)

        def work(ledger: Ledger) -> None:
            ledger.deliveries.mark(message, "failed", self._clock.now(), None, detail)
            ledger.jobs.bury(job, detail)

        await self._store.write(work)
