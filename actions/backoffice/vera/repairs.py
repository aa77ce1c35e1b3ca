"""Repairs: Onderhoudsverzoek with its Defecten, by the chain process OHD.

The domain Onderhoud only refers to defects, so that a report would take several writes. OHD takes
it whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from actions.backoffice.errors import NotFound
from actions.backoffice.values import (
    Afspraak,
    Defect,
    NewOnderhoudsverzoek,
    Onderhoudsverzoek,
)
from actions.backoffice.vera.appointments import OPEN as OPEN_APPOINTMENT
from actions.backoffice.vera.appointments import Appointments
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.people import key_of
from actions.backoffice.vera.resources import ONDERHOUDSVERZOEKEN
from actions.backoffice.vera.rows import Malformed, Row
from actions.backoffice.verification import RelatieId

_REPAIR, _REGISTERED, _REPORTED, _CANCELLED = "REP", "REG", "MEL", "GEA"
_PRIORITY, _WHEN = "prioriteit", "voorkeur"
_PRIORITIES = frozenset({"spoed", "voorrang", "normaal"})
_EXTRA = "extra-attributen"


class Repairs:
    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._appointments = Appointments(client)

    async def whole(self, person: Row) -> Sequence[Onderhoudsverzoek]:
        """Newest first, with their appointments."""
        rows = await self._client.some(ONDERHOUDSVERZOEKEN, person.ids("onderhoudsverzoeken"))
        planned = await self._appointments.of(person)
        found = [onderhoudsverzoek(one, planned) for one in rows]
        return sorted(found, key=lambda one: one.melddatum, reverse=True)

    async def create(self, of: RelatieId, new: NewOnderhoudsverzoek, key: str) -> Onderhoudsverzoek:
        fields = written(of, new, moment(self._now()))
        return onderhoudsverzoek(await self._client.create(ONDERHOUDSVERZOEKEN, fields, key), ())

    async def cancel(self, person: Row, id: str, key: str) -> Onderhoudsverzoek:
        """And what is planned for it.

        Raises:
            NotFound: it is not this tenant's, or it is done already.
        """
        if id not in person.ids("onderhoudsverzoeken"):
            raise NotFound("repair")
        row = await self._client.one(ONDERHOUDSVERZOEKEN, id)
        found = onderhoudsverzoek(row, ())
        if not found.open and found.status != _CANCELLED:
            raise NotFound("an open repair")
        if found.status != _CANCELLED:
            fields = {"status": {"code": _CANCELLED}}
            row = await self._client.change(ONDERHOUDSVERZOEKEN, id, fields, key)
            if row.code("status") != _CANCELLED:
                raise Malformed(f"{row.kind}: not cancelled")
        planned = await self._appointments.of(person)
        stopped = await together(
            self._appointments.stop(one, key)
            for one in planned
            if one.onderhoudsverzoek == id and one.status in OPEN_APPOINTMENT
        )
        after = {one.id: one for one in [*planned, *stopped]}
        return onderhoudsverzoek(row, tuple(after.values()))


def onderhoudsverzoek(row: Row, planned: Sequence[Afspraak]) -> Onderhoudsverzoek:
    """``planned`` may hold appointments for other repairs too."""
    return Onderhoudsverzoek(
        id=row.id,
        code=row.text("code") or row.id,
        eenheid=row.id_at("eenheid"),
        omschrijving=row.text("omschrijving"),
        status=row.needed_code("status"),
        melddatum=row.needed_moment("melddatum"),
        defecten=tuple(
            Defect(one.code("soort"), one.code("locatie"), one.text("omschrijving"))
            for one in row.parts("defecten")
        ),
        prioriteit=_priority(row),
        afspraken=tuple(one for one in planned if one.onderhoudsverzoek == row.id),
    )


def written(of: RelatieId, new: NewOnderhoudsverzoek, when: str) -> Mapping[str, Any]:
    """What VERA has no field for goes along as it provides: priority as an extra attribute; the
    time that suits the tenant and the photos as informatieobjecten, a note and references."""
    home = {"id": new.eenheid}
    fields: dict[str, Any] = {
        "omschrijving": new.omschrijving,
        "onderhoudSoort": {"code": _REPAIR},
        "status": {"code": _REGISTERED},
        "melddatum": when,
        "eenheid": home,
        "relaties": [key_of(of)],
        "defecten": [
            {
                "soort": {"code": one.soort},
                "locatie": {"code": one.locatie},
                "omschrijving": one.omschrijving,
                "status": {"code": _REPORTED},
                "melddatum": when,
                "eenheid": home,
            }
            for one in new.defecten
        ],
        _EXTRA: [{"naam": _PRIORITY, "waarde": new.prioriteit}],
    }
    if new.bereikbaar:
        fields["alternatiefContactgegeven"] = new.bereikbaar
    notes = [{"titel": _WHEN, "beschrijving": new.voorkeur}] if new.voorkeur else []
    photos = [{"idExtern": one} for one in new.fotos]
    if notes or photos:
        fields["informatieobjecten"] = [*notes, *photos]
    return fields


def moment(when: datetime) -> str:
    """As VERA writes it: UTC, with a Z."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _priority(row: Row) -> str:
    found = (one.text("waarde") for one in row.parts(_EXTRA) if one.text("naam") == _PRIORITY)
    given = next(found, "")
    return given if given in _PRIORITIES else "normaal"
