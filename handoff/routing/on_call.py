"""Urgent while the office is closed: who is on call is told, again and again, until it is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from channels.port import Channel, DeliveryResult, Outbound
from handoff.change import Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.model import AgentId, Conversation, ConversationId, Waiting
from handoff.policy import URGENT_QUEUE, Service
from handoff.routing.returning import for_staff
from handoff.routing.values import Alarm

log = structlog.get_logger()
ALARM = "alarm"
EVERY = timedelta(minutes=5)
MOST = 6


class OnCall(Protocol):
    """Port: the road to whoever is on call."""

    async def tell(self, id: str, text: str) -> str:
        """Tell it once; gives what came of it, in a word. Never raises for a refusal."""


class LogOnCall:
    """No number is configured: the alarm stands in the log and in the console."""

    async def tell(self, id: str, text: str) -> str:
        log.error("on_call_alarm", alarm=id, text=text)
        return "logged"


class ChannelOnCall:
    """A message to one number over a channel of this installation, in practice SMS."""

    def __init__(self, channel: Channel, number: str, author: str) -> None:
        self._channel = channel
        self._number = number
        self._author = author

    async def tell(self, id: str, text: str) -> str:
        log.error("on_call_alarm", alarm=id)
        message = Outbound(id, self._number, self._author, text)
        receipts = [await self._channel.deliver(one) for one in self._channel.render(message)]
        taken = all(receipt.result is DeliveryResult.ACCEPTED for receipt in receipts)
        return (
            "sent" if taken else "; ".join(receipt.detail or receipt.result for receipt in receipts)
        )


def raise_alarm(
    ledger: Ledger, conversation: Conversation, service: Service, now: datetime
) -> None:
    """Begin an alarm for an urgent conversation that nobody is at work for; once per wait."""
    holder = conversation.holder
    urgent = conversation.urgent_kind or holder == Waiting(URGENT_QUEUE)
    if not isinstance(holder, Waiting) or not urgent or service.is_open(now):
        return
    if ledger.routing.alarms.of(conversation.id, conversation.term) is None:
        ledger.routing.alarms.put(Alarm(conversation.id, conversation.term, now))
        _put_job(ledger, conversation.id, conversation.term, 1, now)


def _put_job(ledger: Ledger, id: ConversationId, term: int, number: int, due: datetime) -> None:
    ledger.jobs.put(ALARM, id, due, f"{ALARM}:{id}:{term}:{number}", {"term": str(term)})


class Alarms:
    """The handler of ``alarm`` jobs. The network is reached between two transactions."""

    def __init__(
        self, store: Store, on_call: OnCall, counter: Counter, clock: Clock, hints: Hints
    ) -> None:
        self._store = store
        self._on_call = on_call
        self._counter = counter
        self._clock = clock
        self._hints = hints

    def over(self, on_call: OnCall) -> None:
        """From now on tell it over this road."""
        self._on_call = on_call

    async def run(self, job: Job) -> None:
        term = int(job.payload["term"])
        found = await self._store.read(lambda ledger: self._still_needed(ledger, job, term))
        if found is None:
            await self._store.write(lambda ledger: ledger.jobs.finish(job))
            return
        alarm, conversation = found
        kind = conversation.urgent_kind or ""
        label = self._counter.urgent_labels.get(kind, self._counter.words.text("urgent_other"))
        text = self._counter.words.text(
            "on_call_alarm", label=label, reference=conversation.reference
        )
        result = await self._on_call.tell(f"{conversation.id}.{term}.{alarm.times + 1}", text)
        await self._store.write(lambda ledger: self._told(ledger, job, term, result))
        self._hints.changed(conversation)

    def _still_needed(
        self, ledger: Ledger, job: Job, term: int
    ) -> tuple[Alarm, Conversation] | None:
        conversation = ledger.conversations.get(job.conversation)
        alarm = ledger.routing.alarms.of(job.conversation, term)
        if conversation is None or alarm is None or alarm.acknowledged_at is not None:
            return None
        waits = conversation.term == term and isinstance(conversation.holder, Waiting)
        return (alarm, conversation) if waits else None

    def _told(self, ledger: Ledger, job: Job, term: int, result: str) -> None:
        now = self._clock.now()
        if not ledger.jobs.finish(job):
            return
        alarm = ledger.routing.alarms.of(job.conversation, term)
        if alarm is None:
            return
        times = alarm.times + 1
        ledger.routing.alarms.put(replace(alarm, times=times, last_result=result))
        if times < MOST:
            _put_job(ledger, job.conversation, term, times + 1, now + EVERY)
            return
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if conversation is not None:
            note = for_staff(self._counter, "on_call_silent_for_staff", times=times)
            ledger.conversations.apply(
                conversation.id, conversation.term, Change(drafts=(note,)), now
            )


def acknowledge(ledger: Ledger, conversation: Conversation, agent: AgentId, now: datetime) -> bool:
    """Somebody has seen it: no further alarm in this wait. False when there was none."""
    alarm = ledger.routing.alarms.of(conversation.id, conversation.term)
    if alarm is None or alarm.acknowledged_at is not None:
        return False
    ledger.routing.alarms.put(replace(alarm, acknowledged_at=now, acknowledged_by=agent))
    return True
