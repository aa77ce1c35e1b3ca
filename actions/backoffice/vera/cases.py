"""What was said and what runs: Contactmoment, Zaak, Signalering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from actions.backoffice.values import (
    Contactmoment,
    NewContactmoment,
    NewZaak,
    Signalering,
    Zaak,
)
from actions.backoffice.vera.client import Client
from actions.backoffice.vera.people import key_of
from actions.backoffice.vera.repairs import moment
from actions.backoffice.vera.resources import (
    CONTACTMOMENTEN,
    NATUURLIJK_PERSONEN,
    SIGNALERINGEN,
    ZAAKROLLEN,
    ZAKEN,
)
from actions.backoffice.vera.rows import Malformed, Row
from actions.backoffice.verification import RelatieId

_DONE = frozenset({"AFG", "GEA", "GES"})
_CREATED, _REPORTER = "AAN", "MEL"


class Cases:
    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now

    async def contactmomenten(self, person: Row) -> Sequence[Contactmoment]:
        """Newest first."""
        rows = await self._client.some(CONTACTMOMENTEN, person.ids("contactmomenten"))
        return sorted(map(contactmoment, rows), key=lambda one: one.datum, reverse=True)

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        fields = {
            "onderwerp": new.onderwerp,
            "omschrijving": new.omschrijving,
            "kanaal": {"code": new.kanaal},
            "richting": {"code": new.richting},
            "datum": moment(self._now()),
            "relaties": [key_of(of)],
        }
        return contactmoment(await self._client.create(CONTACTMOMENTEN, fields, key))

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]:
        """Newest first. Found by the role that the tenant has in them: a case cannot be asked
        for by tenant, its tenants are a list."""
        reference = self._client.reference(NATUURLIJK_PERSONEN, of)
        roles = await self._client.list(ZAAKROLLEN, relatie=reference)
        ids = [id for one in roles if one.id_at("relatie") == of for id in one.ids("zaak")]
        rows = await self._client.some(ZAKEN, dict.fromkeys(ids))
        return sorted(map(zaak, rows), key=lambda one: one.begindatum, reverse=True)

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak:
        when = moment(self._now())
        kind, _, detail = new.zaaktype.partition(".")
        sort = {"code": new.zaaktype, "soort": {"code": kind}}
        fields: dict[str, object] = {
            "omschrijving": new.omschrijving,
            "begindatum": when,
            "registratiedatum": when,
            "zaaktype": {**sort, "detailSoort": {"code": detail}} if detail else sort,
            "relaties": [key_of(of)],
            "rollen": [{"soort": {"code": _REPORTER}, "relatie": key_of(of)}],
            "zaakstatussen": [{"soort": {"code": _CREATED}, "begindatum": when}],
        }
        if new.toelichting:
            fields["toelichting"] = new.toelichting
        return zaak(await self._client.create(ZAKEN, fields, key))

    async def signaleringen(self, person: Row) -> Sequence[Signalering]:
        """Those that have not ended."""
        rows = await self._client.some(SIGNALERINGEN, person.ids("signaleringen"))
        now = self._now()
        found = [
            Signalering(one.id, one.needed_code("soort"), one.needed_day("begindatum"))
            for one in rows
            if (end := one.moment("einddatum")) is None or end > now
        ]
        return sorted(found, key=lambda one: one.begindatum, reverse=True)


def contactmoment(row: Row) -> Contactmoment:
    return Contactmoment(
        id=row.id,
        onderwerp=row.text("onderwerp"),
        omschrijving=row.text("omschrijving"),
        kanaal=row.code("kanaal"),
        richting=row.code("richting"),
        datum=row.needed_moment("datum"),
    )


def zaak(row: Row) -> Zaak:
    kind = row.part("zaaktype")
    if kind is None:
        raise Malformed(f"{row.kind}: zaaktype")
    return Zaak(
        id=row.id,
        code=row.text("code") or row.id,
        zaaktype=_kind(kind),
        omschrijving=row.text("omschrijving"),
        open=row.moment("einddatum") is None and _status(row) not in _DONE,
        begindatum=row.needed_moment("begindatum", "registratiedatum"),
        uiterlijke_einddatum=row.moment("uiterlijkeEinddatum"),
    )


def _kind(zaaktype: Row) -> str:
    codes = (zaaktype.code("soort"), zaaktype.code("detailSoort"))
    return ".".join(filter(None, codes)) or zaaktype.text("code")


def _status(row: Row) -> str:
    """The newest; the standard gives them in no order."""
    found = [
        (one.needed_moment("begindatum"), one.code("soort")) for one in row.parts("zaakstatussen")
    ]
    return max(found)[1] if found else ""
