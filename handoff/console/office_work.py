"""Faults of buildings and requests that wait, as staff work with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.plain_dutch import PlainDutch
from handoff.clean_text import clean_text
from handoff.console import office_schemas as s
from handoff.console.work import DeskWork, found
from handoff.http_errors import ApiError
from handoff.kept_requests.bodies import what_of
from handoff.kept_requests.keeping import Keeping, NotWaiting
from handoff.known_faults.faults import Faults, NoSuchFault
from handoff.ledger import Ledger
from handoff.ledger.kept_requests import KeptRequest
from handoff.ledger.known_faults import BuildingFault, FaultKind
from handoff.model import Agent, ConversationId

_ALL = ConversationId("*")
_MOST_LISTED = 200
_PLACES = ("LIF", "ENT", "POR", "GAL", "FIE", "CON", "TRC", "PAR")


@dataclass(frozen=True, slots=True)
class OfficeWork:
    desk: DeskWork
    kept: Keeping
    faults: Faults
    plain: PlainDutch

    async def overview(self, agent: Agent) -> s.FaultsView:
        await self._log(agent, _ALL, "faults")
        seen = await self.faults.overview()
        return s.FaultsView(
            suspected=[
                s.SuspectedView(
                    kind=self._kind(one.kind),
                    homes=one.homes,
                    since=one.since,
                    suggestion=self.faults.suggestion(one.kind),
                )
                for one in seen.suspected
            ],
            running=[self._fault(one) for one in seen.running],
            ended=[self._fault(one) for one in seen.ended],
            places={code: self.faults.place(code) for code in _PLACES},
        )

    async def confirm(self, agent: Agent, given: s.FaultConfirmed) -> s.FaultView:
        """Raises ApiError 422: words that tenants would not understand, or a moment in the past."""
        await self._log(agent, _ALL, "fault_confirm")
        kind = FaultKind(given.cluster.strip(), given.defect, given.location)
        words = self._words(given)
        made = await self.faults.confirm(agent.id, kind, words, given.until, given.expected_end)
        return self._fault(made)

    async def none(self, agent: Agent, given: s.FaultKindGiven) -> None:
        """What was reported so far is no fault of the building."""
        await self._log(agent, _ALL, "fault_none")
        kind = FaultKind(given.cluster.strip(), given.defect, given.location)
        await self.faults.confirm(agent.id, kind, "", self.desk.clock.now(), None)

    async def change(self, agent: Agent, id: str, given: s.FaultTelling) -> s.FaultView:
        await self._log(agent, _ALL, "fault_change")
        words = self._words(given)
        try:
            changed = await self.faults.change(id, words, given.until, given.expected_end)
        except NoSuchFault as gone:
            raise ApiError(404, "fault_unknown") from gone
        return self._fault(changed)

    async def end(self, agent: Agent, id: str) -> s.FaultEnded:
        await self._log(agent, _ALL, "fault_end")
        try:
            return s.FaultEnded(told=await self.faults.end(agent.id, id))
        except NoSuchFault as gone:
            raise ApiError(404, "fault_unknown") from gone

    async def undone(self, agent: Agent) -> s.KeptList:
        """What waits for the back office or for a person, oldest first."""
        return await self._kept(agent, _ALL, lambda ledger: ledger.kept.undone(_MOST_LISTED))

    async def of(self, agent: Agent, id: ConversationId) -> s.KeptList:
        def work(ledger: Ledger) -> Sequence[KeptRequest]:
            found(ledger, id)
            return ledger.kept.of(id)

        return await self._kept(agent, id, work)

    async def try_now(self, agent: Agent, id: ConversationId, request: str) -> s.KeptView:
        await self._log(agent, id, "kept_try")
        try:
            return self._request(await self.kept.try_now(id, request), "")
        except NotWaiting as gone:
            raise ApiError(404, "kept_unknown") from gone

    async def by_hand(
        self, agent: Agent, id: ConversationId, request: str, number: str
    ) -> s.KeptView:
        await self._log(agent, id, "kept_by_hand")
        try:
            done = await self.kept.by_hand(id, request, clean_text(number).strip(), agent.id)
        except NotWaiting as gone:
            raise ApiError(404, "kept_unknown") from gone
        return self._request(done, "")

    async def _kept(
        self,
        agent: Agent,
        id: ConversationId,
        read: Callable[[Ledger], Sequence[KeptRequest]],
    ) -> s.KeptList:
        def work(ledger: Ledger) -> list[s.KeptView]:
            ledger.desk.log_access(agent.id, id, "kept", self.desk.clock.now())
            return [
                self._request(one, talk.reference if talk else "")
                for one in read(ledger)
                for talk in [ledger.conversations.get(one.conversation)]
            ]

        return s.KeptList(requests=await self.desk.store.write(work))

    async def _log(self, agent: Agent, id: ConversationId, what: str) -> None:
        now = self.desk.clock.now()
        await self.desk.store.write(lambda ledger: ledger.desk.log_access(agent.id, id, what, now))

    def _words(self, given: s.FaultTelling) -> str:
        words, now = clean_text(given.words).strip(), self.desk.clock.now()
        if not words or any(True for _ in self.plain.problems(words)):
            raise ApiError(422, "fault_words")
        moments: tuple[datetime | None, ...] = (given.until, given.expected_end)
        if any(moment is not None and moment <= now for moment in moments):
            raise ApiError(422, "fault_times")
        return words

    def _kind(self, kind: FaultKind) -> s.FaultKindView:
        return s.FaultKindView(
            cluster=kind.cluster,
            defect=kind.defect,
            location=kind.location,
            place=self.faults.place(kind.location) or kind.location,
            defect_label=self.faults.defect_label(kind.defect),
        )

    def _fault(self, fault: BuildingFault) -> s.FaultView:
        return s.FaultView(
            id=fault.id,
            kind=self._kind(fault.kind),
            words=fault.words,
            since=fault.since,
            until=fault.until,
            expected_end=fault.expected_end,
            ended_at=fault.ended_at,
        )

    def _request(self, one: KeptRequest, reference: str) -> s.KeptView:
        return s.KeptView(
            id=one.id,
            conversation=one.conversation,
            reference=reference,
            kind=one.kind,
            what=what_of(one),
            state=one.state.value,
            attempts=one.attempts,
            asked_at=one.asked_at,
            next_at=one.next_at,
            number=one.number,
        )
