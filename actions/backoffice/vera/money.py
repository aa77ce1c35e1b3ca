"""The rent account: Debiteur, Boeking, Betalingsregeling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from actions.backoffice.errors import NotFound
from actions.backoffice.values import Betalingsregeling, Boeking, Debiteur
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.resources import (
    BETALINGSREGELINGEN,
    BOEKINGEN,
    DEBITEUREN,
    HUUROVEREENKOMSTEN,
    NATUURLIJK_PERSONEN,
    TERMIJNEN,
    Resource,
)
from actions.backoffice.vera.rows import Malformed, Row

_RENT = "HUU"


class Money:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def debiteur(self, person: Row, contracts: Iterable[Row]) -> Debiteur:
        """Raises NotFound when there is none."""
        row = await self._account(person)
        named = row.ids("boekingen")
        listed = await self._of_contracts(BOEKINGEN, contracts, row.id)
        found = {one.id: one for one in listed if not named or one.id in set(named)}
        missing = [one for one in named if one not in found]
        found |= {one.id: one for one in await self._client.some(BOEKINGEN, missing)}
        bookings = sorted(
            (boeking(one) for one in found.values()),
            key=lambda one: (one.boekdatum, one.id),
            reverse=True,
        )
        return Debiteur(row.id, row.needed_money("saldo"), tuple(bookings))

    async def betalingsregelingen(
        self, person: Row, contracts: Iterable[Row]
    ) -> Sequence[Betalingsregeling]:
        try:
            account = await self._account(person)
        except NotFound:
            return []
        found = await self._of_contracts(BETALINGSREGELINGEN, contracts, account.id)
        plans = await together(self._plan(one) for one in found)
        return sorted(plans, key=lambda one: one.begindatum, reverse=True)

    async def _plan(self, row: Row) -> Betalingsregeling:
        terms = await self._client.some(TERMIJNEN, row.ids("termijnen")[:1])
        return betalingsregeling(row, terms[0].needed_money("bedrag") if terms else None)

    async def _account(self, person: Row) -> Row:
        reference = self._client.reference(NATUURLIJK_PERSONEN, person.id)
        found = await self._client.list(DEBITEUREN, relatie=reference)
        own = [one for one in found if one.id_at("relatie") == person.id]
        rent = [one for one in own if one.code("soort") in (_RENT, "")]
        if not rent:
            raise NotFound("no rent account")
        if len(rent) > 1:
            # Two balances would have to be added up by somebody who knows why there are two.
            raise Malformed(f"{DEBITEUREN}: more than one")
        return rent[0]

    async def _of_contracts(
        self, resource: Resource, contracts: Iterable[Row], account: str
    ) -> Sequence[Row]:
        """Asked for by contract, which is a plain field; the account is an object."""
        ids = [one.id for one in contracts]
        lists = await together(
            self._client.list(resource, overeenkomst=self._client.reference(HUUROVEREENKOMSTEN, id))
            for id in ids
        )
        # A co-tenant's account may hang on the same contract.
        found = {
            row.id: row
            for rows in lists
            for row in rows
            if row.id_at("overeenkomst") in ids and row.id_at("debiteur") in (account, "")
        }
        return list(found.values())


def boeking(row: Row) -> Boeking:
    return Boeking(
        id=row.id,
        soort=row.needed_code("soort"),
        omschrijving=row.text("omschrijving"),
        bedrag=row.needed_money("bedrag"),
        saldo=row.needed_money("saldo"),
        boekdatum=row.needed_day("boekdatum"),
        vervaldatum=row.day("vervaldatum"),
        overeenkomst=row.id_at("overeenkomst") or None,
    )


def betalingsregeling(row: Row, term: Decimal | None) -> Betalingsregeling:
    """``term`` is the amount of one term; without it the whole is divided."""
    count = row.needed_money("termijnenAantal")
    total = row.needed_money("bedrag")
    if count < 1 or count != count.to_integral_value():
        raise Malformed(f"{row.kind}: termijnenAantal")
    return Betalingsregeling(
        id=row.id,
        status=row.needed_code("status"),
        bedrag=total,
        termijnbedrag=(total / count).quantize(total) if term is None else term,
        termijnen_aantal=int(count),
        begindatum=row.needed_day("begindatum"),
        saldo=row.needed_money("saldo"),
    )
