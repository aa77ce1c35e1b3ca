"""Invented tenants in a back office in memory, and a bench that has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from actions.backoffice.fakes.in_memory import Dossier, InMemory
from actions.backoffice.port import BackOffice
from actions.backoffice.values import (
    Adres,
    Afspraak,
    Betalingsregeling,
    Boeking,
    Contactgegeven,
    Contactmoment,
    Debiteur,
    Defect,
    Eenheid,
    Huurovereenkomst,
    Onderhoudsverzoek,
    Prijscomponent,
    Relatie,
    Signalering,
    Zaak,
)
from actions.backoffice.verification import Level, RelatieId
from handoff.clock import TestClock
from handoff.ledger.verifications import Proven
from handoff.model import ConversationId
from handoff.testing import Bench, StaffSide, TenantSide, start_bench, unique

ANNA, BRAM = RelatieId("relatie-1"), RelatieId("relatie-2")
POSTCODE, NUMBER = "1234AB", 12
HOME = "eenheid-1"
PATIENCE = 0.05
"""Seconds after which a back office that hangs is down."""


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def anna() -> Dossier:
    home = Eenheid(HOME, Adres(POSTCODE, NUMBER, "", "Lindelaan", "Lindestad"), bouwjaar=1978)
    rent = Prijscomponent("NET", "KAL", "Kale huur", Decimal("612.40"), date(2026, 7, 1))
    old = Prijscomponent(
        "NET", "KAL", "Kale huur", Decimal("590.00"), date(2025, 7, 1), date(2026, 6, 30)
    )
    contract = Huurovereenkomst(
        "contract-1", "LOP", date(2019, 3, 1), None, (HOME,), (ANNA,), Decimal("648.15"),
        Decimal("630.00"), (rent, old), incasso=True, incassodag=28,
    )  # fmt: skip
    due = Boeking(
        "b-1", "VOR", "Huur oktober", Decimal("648.15"), Decimal("648.15"), date(2026, 10, 1)
    )
    paid = Boeking("b-2", "VOR", "Huur september", Decimal("648.15"), Decimal(0), date(2026, 9, 1))
    visit = Afspraak("afspraak-1", "verzoek-1", "Kraan", "GEP", at(27, 8), at(27, 12))
    repair = Onderhoudsverzoek(
        "verzoek-1", "R4001", HOME, "Kraan, badkamer: druppelt", "INB", at(20),
        (Defect("LEK", "BAD", "druppelt"),), afspraken=(visit,),
    )  # fmt: skip
    return Dossier(
        Relatie(ANNA, "mevrouw A. de Vries", "Anna", "de Vries", date(1984, 2, 29), "nl"),
        (home,),
        (contract,),
        (
            Contactgegeven("c-1", "TEL", "+31612345678", mobiel=True, voorkeur=True),
            Contactgegeven("c-2", "EMA", "geheim@voorbeeld.nl", vertrouwelijk=True),
        ),
        Debiteur("debiteur-1", Decimal("648.15"), (due, paid)),
        (
            Betalingsregeling(
                "regeling-1",
                "ACT",
                Decimal("300.00"),
                Decimal("50.00"),
                6,
                date(2026, 8, 1),
                Decimal("150.00"),
            ),
        ),
        [repair],
        [Contactmoment("contact-0", "Vraag over huur", "Uitleg gegeven.", "TEL", "INK", at(2))],
        [Zaak("zaak-1", "Z101", "FIN.BET", "Betalingsregeling", True, at(1))],
        (Signalering("s-1", "AGR", date(2025, 5, 1)),),
    )


def bram() -> Dossier:
    home = Eenheid(HOME, Adres(POSTCODE, NUMBER, "", "Lindelaan", "Lindestad"))
    return Dossier(Relatie(BRAM, "de heer B. de Vries", "Bram", "de Vries"), (home,))


@dataclass(frozen=True, slots=True)
class Card:
    """A conversation, staff who look at its tenant card, and the office behind it."""

    bench: Bench
    office: InMemory
    tenant: TenantSide
    staff: StaffSide

    @property
    def id(self) -> ConversationId:
        return ConversationId(self.tenant.id)

    async def get(self, rest: str = "", **params: Any) -> Any:
        url = f"/console/api/conversations/{self.id}/tenant-card{rest}"
        return await self.staff.client.get(url, params=params)

    async def read(self, *parts: str) -> dict[str, Any]:
        answer = await self.get(part=list(parts))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, what: str, **body: Any) -> Any:
        given = {"client_id": unique(), **body}
        url = f"/console/api/conversations/{self.id}/tenant-card/{what}"
        return await self.staff.client.post(url, json=given)

    async def link(self, relatie: str = ANNA) -> None:
        answer = await self.staff.step(self.id, "tenant-card/link", relatie=relatie)
        assert answer.status_code == 200, answer.text

    async def prove(self, relatie: RelatieId = ANNA, level: Level = Level.VERIFIED) -> None:
        now = self.bench.clock.now()
        proven = Proven(relatie, level, now + timedelta(minutes=30), now)
        await self.bench.product.store.write(
            lambda ledger: ledger.verifications.give(self.id, proven)
        )

    async def notes(self) -> list[str]:
        said = (await self.staff.open(self.id))["messages"]
        return [one["text"] for one in said if one["kind"] == "note"]

    async def close(self) -> None:
        await self.staff.client.aclose()
        await self.bench.client.aclose()
        await self.bench.product.stop()


async def card_of(text: str = "hallo", **changes: Any) -> Card:
    """A tenant who wrote this, and Fatma who looks. Anna and Bram live at one address."""
    clock = TestClock()
    office = InMemory(clock.now, free=(at(30), at(30, 13)))
    office.put(anna())
    office.put(bram())
    door = BackOffice(office, clock.now, PATIENCE)
    bench = await start_bench(clock=clock, back_office=door, **changes)
    tenant = await bench.tenant()
    await tenant.ask(text)
    return Card(bench, office, tenant, await bench.staff())
