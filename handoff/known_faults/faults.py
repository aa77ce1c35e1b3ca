"""Faults of buildings: what tenants report, what staff confirmed, and telling that it is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.services import KnownFault
from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.counter import Counter, say_when
from handoff.hints import Hints
from handoff.known_faults.counting import Suspected, Threshold, suspected
from handoff.ledger import Ledger, Store
from handoff.ledger.known_faults import BuildingFault, FaultKind, FaultReport
from handoff.model import AgentId, Draft, Held, MessageKind, Visibility
from handoff.sessions import conversation_of

_LOOKS_BACK = timedelta(days=14)
"""How old a report may be for its tenant to hear that the fault is over."""


class NoSuchFault(Exception):
    """There is none with this id, or it has ended."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What staff see. ``ended``: of the last two weeks."""

    suspected: Sequence[Suspected]
    running: Sequence[BuildingFault]
    ended: Sequence[BuildingFault]


@dataclass(frozen=True, slots=True)
class Faults:
    """``actions.services.KnownFaults``, and what staff do with faults."""

    store: Store
    counter: Counter
    clock: Clock
    hints: Hints
    threshold: Threshold
    defect_label: Callable[[str], str]
    """What staff read for a defect's code; "" for one we have no words for."""

    async def told(self, cluster: str, defect: str, location: str) -> Sequence[KnownFault]:
        """Confirmed ones that fit and still hold."""
        now, asked = self.clock.now(), FaultKind(cluster, defect, location)
        faults = await self.store.read(lambda ledger: ledger.faults.since(now))
        return [
            KnownFault(fault.id, self._words(fault, now))
            for fault in faults
            if fault.holds(now) and fault.kind.fits(asked)
        ]

    def _words(self, fault: BuildingFault, now: datetime) -> str:
        if fault.expected_end is None or fault.expected_end <= now:
            return fault.words
        when = say_when(fault.expected_end, now, self.counter.words)
        return f"{fault.words} {self.counter.words.text('fault_expected', when=when)}"

    async def reported(self, cluster: str, defect: str, location: str, session: str) -> None:
        now, id = self.clock.now(), conversation_of(session)

        def work(ledger: Ledger) -> None:
            if ledger.conversations.get(id, lock=True) is None:
                return
            proven = ledger.verifications.of(id)
            kind = FaultKind(cluster, defect, location)
            ledger.faults.report(FaultReport(id, kind, proven.relatie if proven else None, now))

        await self.store.write(work)

    async def overview(self) -> Overview:
        now = self.clock.now()

        def work(ledger: Ledger) -> Overview:
            known = ledger.faults.since(now - _LOOKS_BACK)
            reports = ledger.faults.reports(now - self.threshold.within)
            return Overview(
                suspected(reports, known, self.threshold, now),
                [one for one in known if one.holds(now)],
                [one for one in known if one.words and not one.holds(now)],
            )

        return await self.store.read(work)

    def suggestion(self, kind: FaultKind) -> str:
        """What a tenant could be told of it, for staff to change."""
        what = self.place(kind.location)
        if not what:
            return self.counter.words.text("fault_suggestion_plain")
        return self.counter.words.text("fault_suggestion", what=what)

    def place(self, location: str) -> str:
        """A place as people say it, with its article; "" for one we have no words for."""
        key = f"fault_place_{location}"
        return self.counter.words.text(key) if key in self.counter.words else ""

    async def confirm(
        self,
        agent: AgentId,
        kind: FaultKind,
        words: str,
        until: datetime,
        expected_end: datetime | None,
    ) -> BuildingFault:
        """Tenants are told of it from now on. With empty words: it is none, and is over."""
        now = self.clock.now()
        fault = BuildingFault(
            self.counter.new_id(), kind, words, now, until, expected_end, agent, now
        )
        if not words:
            fault = replace(fault, ended_at=now, ended_by=agent)
        await self.store.write(lambda ledger: ledger.faults.add(fault))
        return fault

    async def change(
        self, id: str, words: str, until: datetime, expected_end: datetime | None
    ) -> BuildingFault:
        """Other words or other moments.

        Raises:
            NoSuchFault: there is none to change.
        """

        def work(ledger: Ledger) -> BuildingFault:
            found = ledger.faults.get(id)
            if found is None:
                raise NoSuchFault(id)
            changed = replace(found, words=words, until=until, expected_end=expected_end)
            if not ledger.faults.save(changed):
                raise NoSuchFault(id)
            return changed

        return await self.store.write(work)

    async def end(self, agent: AgentId, id: str) -> int:
        """It is over: who reported it hears so, once. Gives how many conversations that are.

        Raises:
            NoSuchFault: there is none to end.
        """
        now = self.clock.now()

        def work(ledger: Ledger) -> list[Applied]:
            found = ledger.faults.get(id)
            if found is None or not ledger.faults.save(
                replace(found, ended_at=now, ended_by=agent)
            ):
                raise NoSuchFault(id)
            reports = ledger.faults.reports(
                max(now - _LOOKS_BACK, found.since - self.threshold.within)
            )
            # Sorted: two that end at once lock conversations in the same order.
            mine = sorted(
                (one for one in reports if found.kind.fits(one.kind) and one.told_at is None),
                key=lambda one: one.conversation,
            )
            return [done for one in mine for done in self._tell(ledger, one, now)]

        told = await self.store.write(work)
        for one in told:
            self.hints.changed(one.conversation)
        return len({one.conversation.id for one in told})

    def _tell(self, ledger: Ledger, report: FaultReport, now: datetime) -> Sequence[Applied]:
        own = ledger.conversations.get(report.conversation, lock=True)
        if own is None or not ledger.faults.told(report, now):
            return ()
        what = self.place(report.kind.location)
        words = self.counter.words
        text = words.text("fault_over", what=what) if what else words.text("fault_over_plain")
        told = Draft(self.counter.system, text)
        if isinstance(own.holder, Held):  # nobody talks over anybody
            note = words.text("fault_over_note")
            told = Draft(
                self.counter.system, note, kind=MessageKind.NOTE, visibility=Visibility.DESK
            )
        said = ledger.messages.after(own.id, 0)
        change = self.counter.lines.added_to(Change(drafts=(told,)), said)
        return (ledger.conversations.apply(own.id, own.term, change, now),)
