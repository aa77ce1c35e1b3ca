"""Hop 6: bring what is written to a provider, at least once; doubtful sends are not repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from channels.optional_ports import Reopens
from channels.port import (
    Channel,
    DeliveryResult,
    Receipt,
    Rendered,
)
from handoff.clock import Clock
from handoff.crash_points import crash_point
from handoff.held_replies import REOPEN, HeldReplies
from handoff.hints import Hints
from handoff.ledger import Delivery, Job, Ledger, Store
from handoff.lookups import look_later, outbound_of
from handoff.media.sending import FileCannotGo, SentFiles
from handoff.model import Conversation, MessageId

log = structlog.get_logger()
MOST_ATTEMPTS = 6
_FIRST_PAUSE = timedelta(seconds=2)
_OPTED_OUT = "opted out"


@dataclass(frozen=True, slots=True)
class _Claim:
    """A delivery as it stood before this attempt, now marked as being sent unless it is kept."""

    delivery: Delivery | None
    opted_out: bool = False
    """The tenant wants no messages there: then it must not be sent."""
    kept: bool = False
    """It must not be sent now, and the job has been dealt with."""


class Outbox:
    """The handler of ``send`` jobs, and of ``reopen`` jobs: what goes instead of a held answer."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        held: HeldReplies,
        hints: Hints,
        files: SentFiles | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self.held = held
        self._hints = hints
        self._files = files

    async def run(self, job: Job) -> None:
        message = MessageId(job.payload["message"])
        claim = await self._store.write(lambda ledger: self._claim(ledger, job, message))
        if claim.kept:
            await self._tell(job)
            return
        delivery = claim.delivery
        if delivery is None or delivery.channel not in self._channels:
            await self._bury(job, message, "this channel is off")
            return
        channel = self._channels[delivery.channel]
        if delivery.state == "sending" and not channel.capabilities.idempotent:
            # We died between the call and its result. Sending again could double it (P4).
            await self._end(job, message, "unknown", None, "interrupted while sending")
            return
        if claim.opted_out:
            await self._end(job, message, "failed", None, _OPTED_OUT)
            return
        crash_point("before_send")
        try:
            receipt = await self._send(channel, delivery, job)
        except FileCannotGo as why:
            await self._end(job, message, "failed", None, str(why))
            return
        crash_point("after_send")
        await self._settle(job, message, channel, receipt)
        crash_point("after_send_marked")

    def _claim(self, ledger: Ledger, job: Job, message: MessageId) -> _Claim:
        before, now = ledger.deliveries.get(message), self._clock.now()
        if before is None:
            return _Claim(None)
        opted_out = ledger.opt_outs.since(before.channel, before.address) is not None
        interrupted = before.state == "sending"
        if not opted_out and not interrupted and self.held.keeps(ledger, job, before, now):
            return _Claim(before, kept=True)
        # The name of an earlier attempt stays: late news of that one must be known for what it is.
        ledger.deliveries.mark(message, "sending", now, before.ref, "")
        return _Claim(before, opted_out)

    async def _send(self, channel: Channel, delivery: Delivery, job: Job) -> Receipt:
        nothing = DeliveryResult.REJECTED if job.kind == REOPEN else DeliveryResult.ACCEPTED
        last = Receipt(nothing, detail="nothing to send")
        for no, part in enumerate(await self._parts(channel, delivery, job)):
            last = await channel.deliver(part)
            if last.result is DeliveryResult.LATER and no:
                # The first part has arrived: all of it again would say it twice.
                return replace(last, result=DeliveryResult.UNCERTAIN)
            if last.result is not DeliveryResult.ACCEPTED:
                break
        return last

    async def _parts(self, channel: Channel, delivery: Delivery, job: Job) -> Sequence[Rendered]:
        if job.kind == REOPEN:
            talk = await self._talk(job)
            request = self.held.request(delivery, talk.reference if talk else "")
            part = channel.reopening(request) if isinstance(channel, Reopens) else None
            return [part] if part is not None else []
        outbound = replace(outbound_of(delivery), open_list=self.held.open_list)
        if self._files is not None:
            outbound = await self._files.added_to(outbound, delivery, channel)
        return channel.render(outbound)

    async def _settle(
        self, job: Job, message: MessageId, channel: Channel, receipt: Receipt
    ) -> None:
        match receipt.result:
            case DeliveryResult.ACCEPTED:
                await self._end(job, message, "sent", receipt.provider_ref, "")
            case DeliveryResult.REJECTED if receipt.closed and job.kind != REOPEN:
                await self._closed(job, message)
            case DeliveryResult.REJECTED if receipt.unwanted:
                await self._unwanted(job, message, receipt.detail)
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
            if not ledger.jobs.finish(job):
                return
            now, current = self._clock.now(), ledger.deliveries.get(message)
            if current and state in ("sent", "unknown") and current.state != "sending":
                # The provider's news was faster than we are, and says more.
                ref_now = ref or current.ref
                ledger.deliveries.mark(message, current.state, now, ref_now, current.detail)
                return
            ledger.deliveries.mark(
                message, state, now, ref or (current.ref if current else None), detail
            )
            if current and state == "unknown" and job.kind != REOPEN:
                self._look_later(ledger, message, now)
            if current is not None and state == "failed" and job.kind == REOPEN:
                self.held.not_asked(ledger, current, now)

        await self._store.write(work)
        await self._tell(job)

    def _look_later(self, ledger: Ledger, message: MessageId, now: datetime) -> None:
        delivery = ledger.deliveries.get(message)
        channel = self._channels.get(delivery.channel) if delivery else None
        if delivery is not None and channel is not None and channel.capabilities.lists:
            look_later(ledger, delivery, now)

    async def _closed(self, job: Job, message: MessageId) -> None:
        def work(ledger: Ledger) -> None:
            current = ledger.deliveries.get(message)
            if ledger.jobs.finish(job) and current is not None:
                self.held.refused(ledger, current, self._clock.now())

        await self._store.write(work)
        await self._tell(job)

    async def _unwanted(self, job: Job, message: MessageId, detail: str) -> None:
        """The tenant blocked us: the provider is not asked again until he writes."""

        def work(ledger: Ledger) -> None:
            current = ledger.deliveries.get(message)
            if ledger.jobs.finish(job) and current is not None:
                now = self._clock.now()
                ledger.deliveries.mark(message, "failed", now, None, detail)
                ledger.opt_outs.put(current.channel, current.address, now)

        await self._store.write(work)
        await self._tell(job)

    async def _tell(self, job: Job) -> None:
        """Whoever reads along sees how far the message came."""
        talk = await self._talk(job)
        if talk is not None:
            self._hints.changed(talk)

    async def _talk(self, job: Job) -> Conversation | None:
        return await self._store.read(lambda ledger: ledger.conversations.get(job.conversation))

    async def _bury(self, job: Job, message: MessageId, detail: str) -> None:
        log.error("send_given_up", message=message, detail=detail)

        def work(ledger: Ledger) -> None:
            ledger.deliveries.mark(message, "failed", self._clock.now(), None, detail)
            ledger.jobs.bury(job, detail)

        await self._store.write(work)
