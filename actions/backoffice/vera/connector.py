"""Speaks with a corporation's systems as VERA prescribes. Each subject has its own module."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.backoffice.errors import NotFound
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    Betalingsregeling,
    Claim,
    Contactgegeven,
    Contactmoment,
    Debiteur,
    Eenheid,
    Huurovereenkomst,
    NewContactmoment,
    NewOnderhoudsverzoek,
    NewZaak,
    Onderhoudsverzoek,
    Relatie,
    Signalering,
    Waardering,
    Zaak,
)
from actions.backoffice.vera.appointments import Appointments
from actions.backoffice.vera.cases import Cases
from actions.backoffice.vera.client import Client
from actions.backoffice.vera.contracts import Contracts, basic_rent
from actions.backoffice.vera.finding import Finding
from actions.backoffice.vera.homes import Homes
from actions.backoffice.vera.money import Money
from actions.backoffice.vera.people import People, relatie
from actions.backoffice.vera.repairs import Repairs
from actions.backoffice.vera.rows import Row
from actions.backoffice.vera.valuation import Valuation
from actions.backoffice.verification import RelatieId

_LOCAL = ZoneInfo("Europe/Amsterdam")


class VeraConnector:
    """Implements ``actions.backoffice.connector.Connector``."""

    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._people = People(client)
        self._contracts = Contracts(client)
        self._homes = Homes(client)
        self._valuation = Valuation(client)
        self._money = Money(client)
        self._repairs = Repairs(client, now)
        self._appointments = Appointments(client)
        self._cases = Cases(client, now)
        self._finding = Finding(client, self._today)

    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        return await self._finding.by_claim(claim)

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        return await self._finding.by_number(number)

    async def find_at(self, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        return [relatie(one) for one in await self._finding.at(postcode, huisnummer)]

    async def relatie(self, of: RelatieId) -> Relatie:
        return relatie(await self._people.row(of))

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]:
        return await self._people.contactgegevens(of)

    async def eenheden(self, of: RelatieId) -> Sequence[Eenheid]:
        return await self._homes.whole(await self._running(of))

    async def huurovereenkomsten(self, of: RelatieId) -> Sequence[Huurovereenkomst]:
        return await self._contracts.whole(await self._people.row(of))

    async def debiteur(self, of: RelatieId) -> Debiteur:
        person = await self._people.row(of)
        return await self._money.debiteur(person, await self._contracts.rows(person))

    async def betalingsregelingen(self, of: RelatieId) -> Sequence[Betalingsregeling]:
        person = await self._people.row(of)
        contracts = await self._contracts.rows(person)
        return await self._money.betalingsregelingen(person, contracts)

    async def onderhoudsverzoeken(self, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
        return await self._repairs.whole(await self._people.row(of))

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        homes = {id for one in await self._running(of) for id in one.ids("eenheden")}
        if new.eenheid not in homes:
            raise NotFound("home")
        return await self._repairs.create(of, new, key)

    async def cancel_onderhoudsverzoek(self, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
        return await self._repairs.cancel(await self._people.row(of), id, key)

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        found = await self._appointments.options(await self._people.row(of), verzoek)
        return [one for one in found if one.begin > self._now()]

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        return await self._appointments.choose(await self._people.row(of), optie, key)

    async def cancel_afspraak(self, of: RelatieId, id: str, key: str) -> Afspraak:
        return await self._appointments.cancel(await self._people.row(of), id, key)

    async def contactmomenten(self, of: RelatieId) -> Sequence[Contactmoment]:
        return await self._cases.contactmomenten(await self._people.row(of))

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        return await self._cases.create_contactmoment(of, new, key)

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]:
        return await self._cases.zaken(of)

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak:
        return await self._cases.create_zaak(of, new, key)

    async def waardering(self, of: RelatieId) -> Waardering:
        contracts = await self._running(of)
        home = await self._valuation.home(contracts)
        rented = [one for one in contracts if home["id"] in one.ids("eenheden")]
        parts = await self._contracts.parts(rented[0])
        return Waardering(home, basic_rent(parts, self._today()))

    async def signaleringen(self, of: RelatieId) -> Sequence[Signalering]:
        return await self._cases.signaleringen(await self._people.row(of))

    async def close(self) -> None:
        await self._client.close()

    async def _running(self, of: RelatieId) -> Sequence[Row]:
        return await self._contracts.running(await self._people.row(of), self._today())

    def _today(self) -> date:
        return self._now().astimezone(_LOCAL).date()
