"""Which photos of a conversation belong to the report that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.clock import Clock
from handoff.kept_requests.bodies import REPAIR
from handoff.ledger import Ledger, Store
from handoff.ledger.kept_requests import KeptRequest
from handoff.ledger.media import FileKind, FileState
from handoff.model import Outcome, Turn
from handoff.sessions import conversation_of

_AT_MOST_OLD = timedelta(days=1)
_FIELDS, _NUMBER = "repair_", "case_reference"


def report_began(turns: Sequence[Turn], kept: Sequence[KeptRequest], now: datetime) -> datetime:
    """Since when photos are of this report: since the one before it was passed on, a day at most.

    A photo may come before its report is begun, and between the report and its registration there
    may be other talk: who somebody is, for instance.
    """
    passed_on = [turn.started_at for turn in turns if _passed_on(turn)]
    passed_on += [request.asked_at for request in kept if request.kind == REPAIR]
    return max([now - _AT_MOST_OLD, *passed_on])


def _passed_on(turn: Turn) -> bool:
    """Registered, or given to a person. One that the back office could not take is a kept one."""
    names = [name for name, _ in turn.form]
    told = any(name.startswith(_FIELDS) for name in names)
    return told and (_NUMBER in names or turn.outcome is Outcome.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class ReportPhotos:
    """``actions.services.Photos``."""

    store: Store
    clock: Clock

    async def of_this_report(self, session: str) -> Sequence[str]:
        id, now = conversation_of(session), self.clock.now()

        def work(ledger: Ledger) -> Sequence[str]:
            since = report_began(ledger.turns.of(id), ledger.kept.of(id), now)
            return [
                file.id
                for file in ledger.media.of(id)
                if file.kind is FileKind.PHOTO
                and file.state in (FileState.WAITING, FileState.KEPT)
                and file.message is not None
                and file.by is None
                and file.at > since
            ]

        return await self.store.read(work)
