"""When somebody comes: Afspraak by OHD, which alone names the repair; AfspraakOptie by Relaties,
which alone can be asked for by repair."""

from __future__ import annotations

from collections.abc import Sequence

from actions.backoffice.errors import NotFound
from actions.backoffice.values import Afspraak, AfspraakOptie
from actions.backoffice.vera.client import Client
from actions.backoffice.vera.people import key_of
from actions.backoffice.vera.resources import AFSPRAAK_OPTIES, AFSPRAKEN, ONDERHOUDSVERZOEKEN
from actions.backoffice.vera.rows import Malformed, Row
from actions.backoffice.verification import RelatieId

_PLANNED, _CANCELLED = "GEP", "ANN"
OPEN = frozenset({"AAN", _PLANNED})
_TIMES = ("begindatum", "einddatum", "bloktijdBegin", "bloktijdEind")


class Appointments:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def of(self, person: Row) -> Sequence[Afspraak]:
        """All for repairs, earliest first; visits for other things are not ours to show."""
        rows = await self._client.some(AFSPRAKEN, person.ids("afspraken"))
        found = [afspraak(one) for one in rows if one.id_at("onderhoudsverzoek")]
        return sorted(found, key=lambda one: one.begin)

    async def options(self, person: Row, repair: str) -> Sequence[AfspraakOptie]:
        self._own(person, repair)
        reference = self._client.reference(ONDERHOUDSVERZOEKEN, repair)
        rows = await self._client.list(AFSPRAAK_OPTIES, onderhoudsverzoek=reference)
        free = [one for one in rows if not one.id_at("afspraak")]
        found = [optie(one) for one in free if one.id_at("onderhoudsverzoek") == repair]
        return sorted(found, key=lambda one: one.begin)

    async def choose(self, person: Row, option: str, key: str) -> Afspraak:
        """Two writes, for VERA has none that does both: the appointment, then the block that it
        takes. When the second fails, the same key again does what is missing."""
        try:
            row = await self._client.one(AFSPRAAK_OPTIES, option)
        except NotFound:
            # A system may take a block away once it is used.
            if (made := await self._client.made(AFSPRAKEN, key)) is None:
                raise
            return afspraak(made)
        wanted = optie(row)
        self._own(person, wanted.onderhoudsverzoek)
        planned = [
            one
            for one in await self.of(person)
            if one.onderhoudsverzoek == wanted.onderhoudsverzoek and one.status in OPEN
        ]
        taker = row.id_at("afspraak")
        mine = next(iter(planned), None)
        if taker and (mine is None or taker != mine.id):
            raise NotFound("a free block")
        if mine is not None and mine.begin == wanted.begin and taker:
            return mine
        kept = await self._planned(person, row, wanted, mine, key)
        await self._take(option, kept, fresh=mine is None, key=key)
        return kept

    async def _take(self, option: str, kept: Afspraak, fresh: bool, key: str) -> None:
        """Raises NotFound when somebody else was quicker; a visit that is new is then undone."""
        fields = {"afspraak": {"id": kept.id}}
        try:
            row = await self._client.change(AFSPRAAK_OPTIES, option, fields, key)
        except NotFound:
            return
        if row.id_at("afspraak") == kept.id:
            return
        if not fresh:
            raise Malformed(f"{row.kind}: taken by another")
        await self.stop(kept, key)
        raise NotFound("a free block")

    async def cancel(self, person: Row, id: str, key: str) -> Afspraak:
        """Raises NotFound when it is not this tenant's, or is over."""
        found = next((one for one in await self.of(person) if one.id == id), None)
        if found is None or found.status not in OPEN | {_CANCELLED}:
            raise NotFound("appointment")
        return await self.stop(found, key) if found.status in OPEN else found

    async def stop(self, one: Afspraak, key: str) -> Afspraak:
        fields = {"status": {"code": _CANCELLED}}
        row = await self._client.change(AFSPRAKEN, one.id, fields, key)
        if row.code("status") != _CANCELLED:
            raise Malformed(f"{row.kind}: not cancelled")
        return afspraak(row)

    async def _planned(
        self, person: Row, row: Row, wanted: AfspraakOptie, mine: Afspraak | None, key: str
    ) -> Afspraak:
        times = {name: row.text(name) for name in _TIMES if row.text(name)}
        fields: dict[str, object] = {"status": {"code": _PLANNED}, **times}
        if mine is None:
            fields["onderhoudsverzoek"] = {"id": wanted.onderhoudsverzoek}
            fields["relaties"] = [key_of(RelatieId(person.id))]
            made = await self._client.create(AFSPRAKEN, fields, key)
        else:
            made = await self._client.change(AFSPRAKEN, mine.id, fields, key)
        kept = afspraak(made)
        if kept.begin != wanted.begin or kept.status != _PLANNED:
            raise Malformed(f"{made.kind}: planned otherwise")
        return kept

    def _own(self, person: Row, repair: str) -> None:
        if repair not in person.ids("onderhoudsverzoeken"):
            raise NotFound("repair")


def afspraak(row: Row) -> Afspraak:
    """A block of time is what a tenant is told; the hour of the visit when there is no block."""
    return Afspraak(
        id=row.id,
        onderhoudsverzoek=row.id_at("onderhoudsverzoek"),
        onderwerp=row.text("onderwerp"),
        status=row.needed_code("status"),
        begin=row.needed_moment("bloktijdBegin", "begindatum"),
        eind=row.needed_moment("bloktijdEind", "einddatum"),
    )


def optie(row: Row) -> AfspraakOptie:
    return AfspraakOptie(
        id=row.id,
        onderhoudsverzoek=row.id_at("onderhoudsverzoek"),
        begin=row.needed_moment("bloktijdBegin", "begindatum"),
        eind=row.needed_moment("bloktijdEind", "einddatum"),
    )
