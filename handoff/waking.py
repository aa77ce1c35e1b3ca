"""A snooze ends at its time: the conversation is back in the list of who holds it."""

from __future__ import annotations

from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.model import Conversation

WAKE = "wake"


class Waking:
    """The handler of ``wake`` jobs."""

    def __init__(self, store: Store, hints: Hints) -> None:
        self._store = store
        self._hints = hints

    async def run(self, job: Job) -> None:
        """End the snooze that this job belongs to; a later snooze has dropped the job."""
        conversation = await self._store.write(lambda ledger: self._wake(ledger, job))
        if conversation is not None:
            self._hints.changed(conversation)

    def _wake(self, ledger: Ledger, job: Job) -> Conversation | None:
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if not ledger.jobs.finish(job) or conversation is None:
            return None
        return conversation if ledger.lists.wake(conversation.id) else None
