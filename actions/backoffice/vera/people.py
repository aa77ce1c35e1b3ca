"""Tenants: NatuurlijkPersoon and Contactgegeven."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.backoffice.values import Contactgegeven, Relatie
from actions.backoffice.vera.client import Client
from actions.backoffice.vera.resources import CONTACTGEGEVENS, NATUURLIJK_PERSONEN
from actions.backoffice.vera.rows import Row
from actions.backoffice.verification import RelatieId

_PHONES = frozenset({"MOB", "TEL"})
_KINDS = _PHONES | {"EMA"}
_CONFIDENTIAL = frozenset({"GEH", "VER"})
_INVALID = "ONG"
_NATURAL_PERSON = "NAT"
_NOT_IN_A_NUMBER = re.compile(r"[\s().\-/]")
_MOBILE = re.compile(r"\+316\d{8}")


class People:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def row(self, of: RelatieId) -> Row:
        return await self._client.one(NATUURLIJK_PERSONEN, of)

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]:
        person = await self.row(of)
        wanted = [
            one.id
            for one in person.parts("contactgegevens")
            # A key may leave its kind out.
            if one.code("soort") in _KINDS | {""}
        ]
        found = await self._client.some(CONTACTGEGEVENS, wanted)
        return [contactgegeven(one) for one in found if usable(one)]


def usable(row: Row) -> bool:
    """A phone or mail address that is not known to be wrong."""
    return (
        row.code("soort") in _KINDS and row.code("status") != _INVALID and bool(row.text("waarde"))
    )


def contactgegeven(row: Row) -> Contactgegeven:
    kind = row.needed_code("soort")
    value = row.text("waarde")
    phone = kind in _PHONES
    number = e164(value) if phone else value
    return Contactgegeven(
        id=row.id,
        soort="TEL" if phone else kind,
        waarde=number,
        mobiel=phone and (kind == "MOB" or _MOBILE.fullmatch(number) is not None),
        voorkeur=row.code("voorkeur") == "EER",
        vertrouwelijk=row.code("vertrouwelijkheid") in _CONFIDENTIAL,
    )


def relatie(row: Row) -> Relatie:
    surname = " ".join(filter(None, (row.text("tussenvoegsels"), row.text("achternaam"))))
    return Relatie(
        id=RelatieId(row.id),
        aanschrijfnaam=row.text("aanschrijfnaam") or surname,
        roepnaam=row.text("roepnaam"),
        achternaam=surname,
        geboortedatum=row.day("geboortedatum"),
        voorkeurstaal=row.code("voorkeurstaal"),
        overlijdensdatum=row.day("overlijdensdatum"),
    )


def key_of(of: RelatieId) -> dict[str, object]:
    """How another thing refers to a tenant: VERA wants the kind beside the id."""
    return {"id": of, "soort": {"code": _NATURAL_PERSON}}


def e164(number: str) -> str:
    """A Dutch number in one spelling; another is left as it is.

    VERA does not say how ``waarde`` is written.
    """
    bare = _NOT_IN_A_NUMBER.sub("", number)
    if bare.startswith("+"):
        return "+31" + bare.removeprefix("+310") if bare.startswith("+310") else bare
    if bare.startswith("00"):
        return e164("+" + bare[2:])
    return "+31" + bare[1:] if bare.startswith("0") else bare


def spellings(number: str) -> Sequence[str]:
    """How systems write this Dutch number (E.164), the commonest first."""
    if not number.startswith("+31"):
        return [number]
    national = "0" + number.removeprefix("+31")
    found = [national, number, f"0031{number.removeprefix('+31')}"]
    if national.startswith("06"):
        found += [f"06-{national[2:]}", f"06 {national[2:]}"]
    return found
