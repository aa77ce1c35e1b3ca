"""Tells staff before a clock is due, and when it was: the holder first, then the queue's lead."""

from __future__ import annotations

from datetime import datetime

from handoff.change import Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.model import (
    Conversation,
    ConversationId,
    Draft,
    Held,
    MessageKind,
    Visibility,
    Waiting,
)
from handoff.routing.choose import owner_of_queue
from handoff.service_levels.keeping import plan
from handoff.service_levels.measure import ServiceClock, minutes_worked, sounded
from handoff.service_levels.targets import ClockKind, Targets


class Warnings:
    """The handler of ``service`` jobs."""

    def __init__(
        self, store: Store, counter: Counter, targets: Targets, clock: Clock, hints: Hints
    ) -> None:
        self._store = store
        self._counter = counter
        self._targets = targets
        self._clock = clock
        self._hints = hints

    async def run(self, job: Job) -> None:
        told = await self._store.write(lambda ledger: self._tell(ledger, job))
        if told is not None:
            self._hints.changed(told)

    def _tell(self, ledger: Ledger, job: Job) -> Conversation | None:
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if not ledger.jobs.finish(job) or conversation is None:
            return None
        now = self._clock.now()
        drafts: list[Draft] = []
        for clock in ledger.service.running(conversation.id):
            after = sounded(clock, now)
            if after == clock:
                continue
            ledger.service.put(after)
            drafts.extend(self._note(ledger, conversation, after, now))
        id: ConversationId = conversation.id
        if drafts:
            change = Change(drafts=tuple(drafts))
            conversation = ledger.conversations.apply(
                id, conversation.term, change, now
            ).conversation
        plan(ledger, id, now)
        return conversation

    def _note(
        self, ledger: Ledger, conversation: Conversation, clock: ServiceClock, now: datetime
    ) -> tuple[Draft, ...]:
        late = clock.breached_at is not None
        waits = isinstance(conversation.holder, Waiting)
        if clock.kind is ClockKind.PROMISE or (
            late and waits and clock.kind is ClockKind.FIRST_ANSWER
        ):
            return ()  # the reminder of the promise says it already, to staff and tenant
        about = "resolution" if clock.kind is ClockKind.RESOLUTION else "answer"
        key = f"service_{'late' if late else 'soon'}_{about}"
        left = max(clock.target_minutes - minutes_worked(clock, self._targets, now), 0)
        whom = self._whom(ledger, conversation, clock.queue, late, now)
        text = self._counter.words.text(key, name=whom, minutes=left)
        return (Draft(self._counter.system, text, MessageKind.NOTE, Visibility.DESK),)

    def _whom(
        self, ledger: Ledger, conversation: Conversation, queue: str, late: bool, now: datetime
    ) -> str:
        """A warning is for who holds it; what is late is for who leads the queue as well."""
        names = []
        if isinstance(conversation.holder, Held):
            holder = ledger.staff.agent(conversation.holder.agent)
            names.extend([holder.name] if holder else [])
        if late or not names:
            lead = owner_of_queue(queue, ledger.routing.attendance.colleagues(now))
            names.extend([lead.name] if lead and lead.name not in names else [])
        return ", ".join(names) or self._counter.words.text("service_everybody")
