"""Who lives where: from address to person, so that nobody else's data are read.

VERA can ask for people born on a day, but that hands us all of them. An address is asked for first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from actions.backoffice.errors import NotFound
from actions.backoffice.values import Claim
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.contracts import Contracts
from actions.backoffice.vera.homes import Homes, adres, tight
from actions.backoffice.vera.people import People, contactgegeven, e164, spellings, usable
from actions.backoffice.vera.resources import CONTACTGEGEVENS, EENHEIDADRESSEN, RELATIE_ADRESSEN
from actions.backoffice.vera.rows import Row
from actions.backoffice.verification import RelatieId


class Finding:
    def __init__(self, client: Client, today: Callable[[], date]) -> None:
        self._client = client
        self._today = today
        self._people = People(client)
        self._contracts = Contracts(client)
        self._homes = Homes(client)

    async def by_claim(self, claim: Claim) -> Sequence[RelatieId]:
        wanted = tight(claim.toevoeging)
        people = await self._at(claim.postcode, claim.huisnummer, wanted)
        return [
            RelatieId(one.id) for one in people if one.day("geboortedatum") == claim.geboortedatum
        ]

    async def at(self, postcode: str, number: int) -> Sequence[Row]:
        return await self._at(postcode, number, None)

    async def by_number(self, number: str) -> Sequence[RelatieId]:
        lists = await together(
            self._client.list(CONTACTGEGEVENS, waarde=one) for one in spellings(number)
        )
        ids = dict.fromkeys(
            row.id_at("relatie")
            for rows in lists
            for row in rows
            if usable(row) and e164(row.text("waarde")) == number
            if not contactgegeven(row).vertrouwelijk
        )
        people = await together(self._tenant(id, None) for id in ids if id)
        return [RelatieId(one.id) for one in people if one is not None]

    async def _at(self, postcode: str, number: int, addition: str | None) -> Sequence[Row]:
        """Living tenants with a running contract there; ``addition`` None is all of them."""
        postcode = tight(postcode)
        found = await self._client.list(EENHEIDADRESSEN, postcode=postcode, huisnummer=str(number))
        # A system may know less filters than it should, and answer with others too.
        places = [
            place.id
            for place in found
            if (there := adres(place)).postcode == postcode
            and there.huisnummer == number
            and addition in (None, there.toevoeging)
        ]
        ids = await self._living_at(places)
        people = await together(self._tenant(id, frozenset(places)) for id in ids)
        return [one for one in people if one is not None]

    async def _living_at(self, places: Collection[str]) -> Sequence[str]:
        lists = await together(
            self._client.list(
                RELATIE_ADRESSEN, adres=self._client.reference(EENHEIDADRESSEN, place)
            )
            for place in places
        )
        today = self._today()
        ids = (
            row.id_at("relatie")
            for rows in lists
            for row in rows
            if row.id_at("adres") in places
            and ((end := row.day("einddatum")) is None or end >= today)
        )
        return list(dict.fromkeys(id for id in ids if id))

    async def _tenant(self, id: str, places: frozenset[str] | None) -> Row | None:
        """This person, when alive and with a running contract (there)."""
        try:
            person = await self._people.row(RelatieId(id))
        except NotFound:
            return None
        if person.day("overlijdensdatum") is not None:
            return None
        contracts = await self._contracts.running(person, self._today())
        if places is None:
            return person if contracts else None
        homes = await self._homes.rows(contracts)
        return person if any(home.id_at("adres") in places for home in homes) else None
