"""Tenants in a back office in memory, and a product that checks who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import httpx

from actions.backoffice.fakes.in_memory import Dossier, InMemory
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Adres, Claim, Contactgegeven, Eenheid, Relatie
from actions.backoffice.verification import Level, RelatieId, Verification
from actions.services import Proof
from channels.port import Text
from handoff.clock import TestClock
from handoff.testing import Bench, Line, PhoneSide, start_bench
from handoff.verification.checks import Checks

BORN = date(1961, 3, 14)
HOME = Claim("1234AB", 12, BORN)
MOBILE = "+31611111111"
JANSEN = RelatieId("jansen")


def tenant(
    id: str = "jansen",
    number: str | None = MOBILE,
    huisnummer: int = 12,
    born: date = BORN,
    **changes: Any,
) -> Dossier:
    details = (Contactgegeven(f"{id}-tel", "TEL", number, mobiel=True),) if number else ()
    home = Eenheid(f"{id}-home", Adres("1234AB", huisnummer))
    relatie = Relatie(RelatieId(id), f"mevrouw {id}", geboortedatum=born)
    return replace(Dossier(relatie, (home,), contactgegevens=details), **changes)


@dataclass
class Scene:
    bench: Bench
    office: InMemory
    texts: Line = field(default_factory=Line)

    @property
    def checks(self) -> Checks:
        verifying = self.bench.product.verifying
        assert verifying is not None
        return verifying.checks

    async def web(self, address: str = "203.0.113.7", **headers: str) -> str:
        """A new web chat from this address on the internet; gives the name of its session."""
        transport = httpx.ASGITransport(self.bench.app, client=(address, 4_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://thuisbalie.test") as one:
            opened = await one.post("/chat/conversations", headers=headers)
        return f"{opened.json()['conversation_id']}.1.0"

    async def phone(self, channel: str, address: str) -> str:
        side = PhoneSide(self.bench, channel, address, self.texts)
        await side.send(Text("Hallo"))
        await self.bench.work()
        return f"{(await side.conversation()).id}.1.0"

    async def claim(self, session: str, claim: Claim = HOME, level: Level = Level.CLAIMED) -> Proof:
        return await self.checks.claim(session, claim, level)

    async def level(self, session: str) -> Level:
        found: Verification = await self.checks.verification(session)
        return found.level if found.reaches(Level.CLAIMED, self.bench.clock.now()) else Level(0)

    async def code(self) -> str:
        """The code in the text message that was sent last."""
        await self.bench.work()
        found = re.match(r"\d{6}", self.texts.sent[-1])
        assert found is not None
        return found[0]

    async def verified(self, session: str) -> None:
        assert await self.claim(session, level=Level.VERIFIED) is Proof.CODE_SENT
        assert await self.checks.code(session, await self.code()) is Proof.GIVEN


async def start_scene(*dossiers: Dossier, texts: bool = True, **changes: Any) -> Scene:
    clock = changes.pop("clock", None) or TestClock()
    office = InMemory(clock.now)
    for one in dossiers or (tenant(),):
        office.put(one)
    bench = await start_bench(clock=clock, back_office=BackOffice(office, clock.now), **changes)
    scene = Scene(bench, office)
    if texts:
        bench.product.channels["sms"] = scene.texts
    return scene
