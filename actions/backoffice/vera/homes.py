"""Homes: Eenheid, its address and its cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from actions.backoffice.values import Adres, Eenheid
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.resources import (
    CLUSTERS,
    EENHEDEN,
    EENHEIDADRESSEN,
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

    async def _whole(self, row: Row) -> Eenheid:
        place, cluster = await asyncio.gather(self.address(row), self._complex(row))
        if place is None:
            raise Malformed(f"{row.kind}: adres")
        return Eenheid(
            id=row.id,
            adres=adres(place),
            soort=row.needed_code("soort"),
            cluster=cluster,
            bouwjaar=row.whole("bouwjaar"),
        )

    async def address(self, home: Row) -> Row | None:
        id = home.id_at("adres")
        found = await self._client.some(EENHEIDADRESSEN, [id] if id else [])
        return found[0] if found else None

    async def _complex(self, home: Row) -> str | None:
        clusters = await self._client.some(CLUSTERS, home.ids("clusters"))
        kinds = {one.code("soort"): one.id for one in reversed(clusters)}
        return next((kinds[kind] for kind in _COMPLEX if kind in kinds), None)


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
