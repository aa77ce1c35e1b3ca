"""A tenant whose request the back office could not take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from actions.backoffice.port import BackOffice
from actions.backoffice.values import Defect, NewOnderhoudsverzoek
from actions.backoffice.verification import Level, RelatieId
from handoff.clock import TestClock
from handoff.ledger.kept_requests import KeptRequest
from handoff.ledger.verifications import Proven
from handoff.model import Message, Visibility
from handoff.testing import Bench, PhoneSide, StaffSide, start_bench
from tests.repair_office import HOME, TENANT, Office, office

NEW = NewOnderhoudsverzoek(HOME.id, "kraan, keuken: lekt", (Defect("LEK", "KEU", ""),))
CREATE = "create_onderhoudsverzoek"


@dataclass(frozen=True)
class Scene:
    bench: Bench
    office: Office
    phone: PhoneSide
    staff: StaffSide

    async def keep(self, who: RelatieId = TENANT, key: str = "key-1") -> None:
        """The assistant could not register the repair of this tenant."""
        talk = await self.phone.conversation()
        now = self.bench.clock.now()
        proven = Proven(who, Level.CLAIMED, now + timedelta(minutes=30), now)
        store = self.bench.product.store
        await store.write(lambda ledger: ledger.verifications.give(talk.id, proven))
        await self.bench.product.office.kept.keep_repair(f"{talk.id}.1.0", NEW, key)

    async def later(self, minutes: float) -> None:
        self.bench.clock.move(timedelta(minutes=minutes))
        await self.bench.work()

    async def request(self) -> KeptRequest:
        talk = await self.phone.conversation()
        found = await self.bench.product.store.read(lambda ledger: ledger.kept.of(talk.id))
        (only,) = found
        return only

    def told(self, words: str) -> int:
        return sum(words in text for text in self.phone.line.sent)

    async def notes(self) -> list[Message]:
        return [one for one in await self.phone.log() if one.visibility is Visibility.DESK]

    async def step(self, what: str, **body: str) -> int:
        request = await self.request()
        path = f"kept-requests/{request.id}/{what}"
        staff = await self.bench.staff()  # a session of staff ends while days go by
        answer = await staff.step(request.conversation, path, **body)
        await staff.client.aclose()
        return answer.status_code

    async def close(self) -> None:
        await self.staff.client.aclose()
        await self.bench.client.aclose()
        await self.bench.product.stop()


async def start_scene() -> Scene:
    """The back office is down for new repairs, and the tenant has said hello."""
    clock = TestClock()
    system = office(now=clock.now)
    system.down.add(CREATE)
    bench = await start_bench(clock=clock, back_office=BackOffice(system, clock.now, 0.05))
    made = Scene(bench, system, PhoneSide(bench), await bench.staff())
    await made.phone.ask("hallo")
    return made
