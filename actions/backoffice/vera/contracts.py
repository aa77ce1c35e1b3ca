"""Contracts: Huurovereenkomst and Prijscomponent, with Betaalwijze for how rent is paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from actions.backoffice.values import Huurovereenkomst, Prijscomponent
from actions.backoffice.vera.addresses import collection_in, id_in
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.resources import (
    BETAALWIJZEN,
    EENHEDEN,
    HUUROVEREENKOMSTEN,
    NATUURLIJK_PERSONEN,
    PRIJSCOMPONENTEN,
)
from actions.backoffice.vera.rows import Row
from actions.backoffice.verification import RelatieId

_RUNNING = frozenset({"LOP", "OPG", "VOP"})
_OF_TENANTS = frozenset({"", "overeenkomsten", "huurovereenkomsten"})
_DEBIT = "INC"
_NOUGHT = Decimal("0.00")


class Contracts:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def rows(self, person: Row) -> Sequence[Row]:
        """All contracts that this tenant has or had."""
        ids = [
            id_in(one)
            for one in person.references("overeenkomsten")
            if collection_in(one) in _OF_TENANTS
        ]
        found = await self._client.some(HUUROVEREENKOMSTEN, dict.fromkeys(ids))
        return [one for one in found if not _of_others(one, person.id)]

    async def running(self, person: Row, today: date) -> Sequence[Row]:
        return [one for one in await self.rows(person) if runs(one, today)]

    async def whole(self, person: Row) -> Sequence[Huurovereenkomst]:
        """Running ones first, then the newest."""
        found = await together(self._whole(one) for one in await self.rows(person))
        return sorted(found, key=lambda one: (one.loopt, one.begindatum), reverse=True)

    async def parts(self, contract: Row) -> Sequence[Prijscomponent]:
        """All parts of its rent, also past and coming ones.

        Asked for by home: a contract cannot be asked for, it is an object.
        """
        by_home = await together(
            self._client.list(PRIJSCOMPONENTEN, eenheid=self._client.reference(EENHEDEN, one))
            for one in contract.ids("eenheden")
        )
        named = set(contract.ids("prijscomponenten"))
        found = {
            row.id: row
            for rows in by_home
            for row in rows
            if row.id in named or row.id_at("overeenkomst") == contract.id
        }
        missing = [one for one in contract.ids("prijscomponenten") if one not in found]
        found |= {row.id: row for row in await self._client.some(PRIJSCOMPONENTEN, missing)}
        parts = [prijscomponent(row) for row in found.values()]
        return sorted(parts, key=lambda one: (one.begindatum, one.soort, one.detail_soort))

    async def _whole(self, row: Row) -> Huurovereenkomst:
        parts = await self.parts(row)
        way = await self._way(row)
        return Huurovereenkomst(
            id=row.id,
            status=row.needed_code("status"),
            begindatum=row.needed_day("begindatum"),
            einddatum=row.day("einddatum"),
            eenheden=tuple(row.ids("eenheden")),
            relaties=tuple(RelatieId(one) for one in row.ids("relaties")),
            brutohuur=row.needed_money("brutohuur"),
            rekenhuur=row.money("rekenhuur"),
            prijscomponenten=tuple(parts),
            incasso=_debited(row, way),
            incassodag=_day(
                row.code("incassomoment") or (way.code("incassomoment") if way else "")
            ),
            huur_herzieningsdatum=row.day("huurHerzieningsdatum"),
        )

    async def _way(self, contract: Row) -> Row | None:
        """How it is paid. VERA calls ``incassowijze`` on the contract obsolete; many still fill
        it in."""
        if contract.code("incassowijze"):
            return None
        ids = [*contract.ids("betaalwijzen"), contract.id_at("betaalwijze")]
        found = await self._client.some(BETAALWIJZEN, dict.fromkeys(filter(None, ids)))
        return next((one for one in found if one.day("einddatum") is None), None)


def _of_others(contract: Row, person: str) -> bool:
    """Whether it names its tenants and this one is not among them. A household is no name: a
    system may refer to a Relatiegroep, or from the person's side only."""
    named = contract.references("relaties")
    people = [id_in(one) for one in named if collection_in(one) == NATUURLIJK_PERSONEN.path]
    return bool(people) and len(people) == len(named) and person not in people


def runs(contract: Row, today: date) -> bool:
    end = contract.day("einddatum")
    return contract.code("status") in _RUNNING and (end is None or end >= today)


def prijscomponent(row: Row) -> Prijscomponent:
    with_tax = row.money("bedragInclusiefBtw")
    return Prijscomponent(
        soort=row.needed_code("soort"),
        detail_soort=row.code("detailSoort"),
        naam=row.text("naam"),
        bedrag=row.needed_money("bedrag") if with_tax is None else with_tax,
        begindatum=row.needed_day("begindatum"),
        einddatum=row.day("einddatum"),
        wijzigingsreden=row.code("wijzigingsreden"),
    )


def basic_rent(parts: Sequence[Prijscomponent], today: date) -> Decimal | None:
    """What is paid for the home itself now; None when no part says so."""
    now = [
        one.bedrag
        for one in parts
        if one.soort == "NET"
        and one.begindatum <= today
        and (one.einddatum is None or one.einddatum >= today)
    ]
    return sum(now, _NOUGHT) if now else None


def _debited(contract: Row, way: Row | None) -> bool:
    given = contract.code("incassowijze") or (way.code("soort") if way else "")
    return given == _DEBIT


def _day(moment: str) -> int | None:
    """INCASSOMOMENT 001 to 031; LAA is the last day."""
    if moment == "LAA":
        return 31
    return int(moment) if moment.isdigit() and 1 <= int(moment) <= 31 else None
