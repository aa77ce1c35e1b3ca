"""Homes: Eenheid, its address and cluster, and all that its points are counted from."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from actions.backoffice.errors import NotFound
from actions.backoffice.values import Adres, Eenheid
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.resources import (
    BOUWKUNDIG_ELEMENTEN,
    CLUSTERS,
    EENHEDEN,
    EENHEIDADRESSEN,
    RUIMTEN,
    WOZ_EENHEDEN,
    Resource,
)
from actions.backoffice.vera.rows import Malformed, Row

HOME = "WOO"
_COMPLEX = ("OND", "VEX")
"""CLUSTERSOORT of what a tenant calls a building; others are districts, budgets and the like."""


class Homes:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def rows(self, contracts: Iterable[Row]) -> Sequence[Row]:
        """Of these contracts, the home first."""
        ids = dict.fromkeys(id for one in contracts for id in one.ids("eenheden"))
        found = await self._client.some(EENHEDEN, ids)
        return sorted(found, key=lambda one: one.code("soort") != HOME)

    async def whole(self, contracts: Iterable[Row]) -> Sequence[Eenheid]:
        return await together(self._whole(one) for one in await self.rows(contracts))

    async def valuation(self, contracts: Iterable[Row]) -> Any:
        """The home with its rooms and worth put in, as JSON.

        VERA's Eenheid only refers to them. Energy performance stands in a domain that has no
        published path, so it is there only when the system sends it along.

        Raises:
            NotFound: there is no home.
        """
        home = next((one for one in await self.rows(contracts) if one.code("soort") == HOME), None)
        if home is None:
            raise NotFound("no home")
        rooms, worth, place = await asyncio.gather(
            self._rooms(home),
            self._client.some(WOZ_EENHEDEN, home.ids("wozEenheden")),
            self._address(home),
        )
        whole = {
            **home.fields,
            "ruimten": rooms,
            "wozEenheden": [one.fields for one in worth],
            "adres": place.fields if place else {},
        }
        return json.loads(json.dumps(whole, default=_number))

    async def _whole(self, row: Row) -> Eenheid:
        place, cluster = await asyncio.gather(self._address(row), self._complex(row))
        if place is None:
            raise Malformed(f"{row.kind}: adres")
        return Eenheid(
            id=row.id,
            adres=adres(place),
            soort=row.needed_code("soort"),
            cluster=cluster,
            bouwjaar=row.whole("bouwjaar"),
        )

    async def _address(self, home: Row) -> Row | None:
        id = home.id_at("adres")
        found = await self._client.some(EENHEIDADRESSEN, [id] if id else [])
        return found[0] if found else None

    async def _complex(self, home: Row) -> str | None:
        clusters = await self._client.some(CLUSTERS, home.ids("clusters"))
        kinds = {one.code("soort"): one.id for one in reversed(clusters)}
        return next((kinds[kind] for kind in _COMPLEX if kind in kinds), None)

    async def _rooms(self, home: Row) -> Sequence[Any]:
        rooms = await self._client.some(RUIMTEN, home.ids("ruimten"))
        return await together(self._room(one) for one in rooms)

    async def _room(self, room: Row) -> Any:
        elements = await self._all(BOUWKUNDIG_ELEMENTEN, room.ids("bouwkundigElementen"))
        return {**room.fields, "bouwkundigElementen": elements}

    async def _all(self, resource: Resource, ids: Sequence[str]) -> Sequence[Any]:
        return [one.fields for one in await self._client.some(resource, ids)]


def adres(row: Row) -> Adres:
    number = row.text("huisnummer").strip()
    if not (number.isascii() and number.isdigit()):
        raise Malformed(f"{row.kind}: huisnummer")
    place = row.part("woonplaats")
    return Adres(
        postcode=tight(row.text("postcode")),
        huisnummer=int(number),
        toevoeging=tight(row.text("huisletter") + row.text("huisnummerToevoeging")),
        straat=row.text("straatnaam"),
        plaats=place.text("naam") if place else "",
    )


def tight(text: str) -> str:
    """Without what people write between: ``1234 ab`` is ``1234AB``."""
    return "".join(one for one in text if one.isalnum()).upper()


def _number(value: object) -> float:
    """Measures and worths go to a package that wants plain numbers; rents do not come this way."""
    if isinstance(value, Decimal):
        return float(value)
    raise Malformed("a home with strange values")
