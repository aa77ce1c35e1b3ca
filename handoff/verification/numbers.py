"""Whether the number somebody writes from is still on the same tenant's file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.backoffice.errors import BackOfficeError, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.verification import RelatieId
from handoff.clock import Clock
from handoff.ledger import Ledger, Store
from handoff.ledger.verifications import Proven, Whose
from handoff.model import Conversation
from handoff.verification.giving import step

_LOOK_EVERY = timedelta(minutes=1)
"""One answer asks several times who it is; the system behind is asked once for it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    store: Store
    back_office: BackOffice
    clock: Clock

    async def still_theirs(self, talk: Conversation, proven: Proven, number: str) -> bool:
        """False: the number changed hands, and the proof has been ended.

        While the system is down the proof stays: nothing of the tenant can be read then either.
        """
        now = self.clock.now()
        if proven.looked_at is not None and now - proven.looked_at < _LOOK_EVERY:
            return True
        try:
            whose = whose_number(await self.back_office.find_by_number(number), proven.relatie)
        except NotFound:
            whose = Whose.NOBODYS
        except BackOfficeError:
            return True
        return await self.store.write(lambda ledger: self._keep(ledger, talk, proven, whose, now))

    def _keep(
        self, ledger: Ledger, talk: Conversation, proven: Proven, whose: Whose, now: datetime
    ) -> bool:
        kept = ledger.verifications.of(talk.id)
        if kept is None or kept.at != proven.at:
            return True  # it was ended or given anew meanwhile: the next use looks again
        if not changed_hands(proven.number_of, whose):
            ledger.verifications.looked(talk.id, whose, now)
            return True
        if ledger.verifications.end(talk.id):
            step(ledger, talk, "number_changed", now)
        return False


def whose_number(owners: Collection[RelatieId], proven: RelatieId) -> Whose:
    if proven in owners:
        return Whose.OWN
    return Whose.ANOTHERS if owners else Whose.NOBODYS


def changed_hands(before: Whose | None, now: Whose) -> bool:
    """Who wrote from a number that was never on file, or was a partner's, may go on doing so."""
    if before is Whose.OWN:
        return now is not Whose.OWN
    return before is Whose.NOBODYS and now is Whose.ANOTHERS
