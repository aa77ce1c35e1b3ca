"""Reminders: a promise that passes without an answer is noticed, before the tenant asks (P5)."""

from __future__ import annotations

from handoff import handover
from handoff.change import Applied
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store


class Reminders:
    """The handler of ``overdue`` jobs."""

    def __init__(self, store: Store, counter: Counter, clock: Clock, hints: Hints) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints

    async def run(self, job: Job) -> None:
        applied = await self._store.write(lambda ledger: self._remind(ledger, job))
        if applied is not None:
            self._hints.changed(applied.conversation)

    def _remind(self, ledger: Ledger, job: Job) -> Applied | None:
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if not ledger.jobs.finish(job) or conversation is None:
            return None
        open_promises = {promise.id for promise in ledger.desk.promises(conversation.id)}
        if job.payload["promise"] not in open_promises:
            return None  # kept in the meantime
        now = self._clock.now()
        change = handover.overdue(conversation, self._counter, now)
        said = ledger.messages.after(conversation.id, 0)
        change = self._counter.lines.added_to(change, said)
        return ledger.conversations.apply(conversation.id, conversation.term, change, now)
