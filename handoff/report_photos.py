"""Which photos of a conversation belong to the report that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.clock import Clock
from handoff.ledger import Ledger, Store
from handoff.ledger.media import FileKind, FileState
from handoff.model import Outcome, Turn
from handoff.sessions import conversation_of

_AT_MOST_OLD = timedelta(days=1)


def report_began(turns: Sequence[Turn], now: datetime) -> datetime:
    """Since when photos are of this report: since the one before it ended, a day at most.

    A photo may come before its report is begun. A report is a run of turns with its fields.
    """
    ended = [turn for turn in turns if turn.outcome is not Outcome.RUNNING]
    while ended and ended[-1].form:
        ended.pop()
    before = next((turn for turn in reversed(ended) if turn.form), None)
    oldest = now - _AT_MOST_OLD
    return max(before.started_at, oldest) if before else oldest


@dataclass(frozen=True, slots=True)
class ReportPhotos:
    """``actions.services.Photos``."""

    store: Store
    clock: Clock

    async def of_this_report(self, session: str) -> Sequence[str]:
        id, now = conversation_of(session), self.clock.now()

        def work(ledger: Ledger) -> Sequence[str]:
            since = report_began(ledger.turns.of(id), now)
            return [
                file.id
                for file in ledger.media.of(id)
                if file.kind is FileKind.PHOTO
                and file.state in (FileState.WAITING, FileState.KEPT)
                and file.message is not None
                and file.at > since
            ]

        return await self.store.read(work)
