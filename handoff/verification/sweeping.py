"""Takes out what identity no longer needs, also where nobody tries anything any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.clock import Clock
from handoff.ledger import Job, Ledger, Store
from handoff.model import Conversation

SWEEP = "identity_sweep"
"""The kind of the job."""
KEPT = timedelta(days=2)
"""How long tries, ended proofs, dead codes and links, and callers' numbers stay."""
_LATER = KEPT + timedelta(hours=2)
"""By then all that was written now has ended and been kept so long."""


def sweep_later(ledger: Ledger, talk: Conversation, now: datetime) -> None:
    """Once for each conversation and day. The caller holds the conversation's lock."""
    key = f"{SWEEP}:{talk.id}:{now:%Y-%m-%d}"
    ledger.jobs.put(SWEEP, talk.id, now + _LATER, key, {})


@dataclass(frozen=True, slots=True)
class IdentitySweep:
    store: Store
    clock: Clock

    async def run(self, job: Job) -> None:
        def work(ledger: Ledger) -> None:
            if ledger.jobs.finish(job):
                ledger.identity_checks.forget(self.clock.now() - KEPT)

        await self.store.write(work)
