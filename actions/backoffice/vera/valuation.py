"""A home with all that its points are counted from, put together for the ``woningwaardering``
package."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from actions.backoffice.errors import NotFound
from actions.backoffice.vera.client import Client, together
from actions.backoffice.vera.homes import HOME, Homes
from actions.backoffice.vera.resources import (
    BOUWKUNDIG_ELEMENTEN,
    PANDEN,
    RUIMTEN,
    WOZ_EENHEDEN,
    Resource,
)
from actions.backoffice.vera.rows import Malformed, Row

_ELEMENTS = "bouwkundigeElementen"
_CLIMATE = "klimaatbeheersing"
_HEATED: Mapping[str, bool] = {"VER": True, "ONV": False}
_COOLED = "GEK"


class Valuation:
    """VERA's Eenheid only refers to its rooms and their elements; each is read by itself.

    What the standard has no path for (energy performance, whether a room is heated or shared) is
    there only when the system sends it along; without it the count says that data are missing.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._homes = Homes(client)

    async def home(self, contracts: Iterable[Row]) -> Mapping[str, Any]:
        """As JSON.

        Raises:
            NotFound: there is no home.
        """
        rows = await self._homes.rows(contracts)
        home = next((one for one in rows if one.code("soort") == HOME), None)
        if home is None:
            raise NotFound("no home")
        rooms, worth, buildings, place = await asyncio.gather(
            self._rooms(home),
            self._all(WOZ_EENHEDEN, home.ids("wozEenheden")),
            self._all(PANDEN, home.ids("panden")),
            self._homes.address(home),
        )
        whole = {
            **_plain(home.fields),
            "ruimten": rooms,
            "wozEenheden": worth,
            "panden": buildings,
            "adres": place.fields if place else {},
        }
        found: Mapping[str, Any] = json.loads(json.dumps(whole, default=_number))
        return found

    async def _rooms(self, home: Row) -> Sequence[Any]:
        rooms = await self._client.some(RUIMTEN, home.ids("ruimten"))
        return await together(self._room(one) for one in rooms)

    async def _room(self, room: Row) -> Mapping[str, Any]:
        elements = await self._all(BOUWKUNDIG_ELEMENTEN, room.ids("bouwkundigElementen"))
        fields = _plain(room.fields)
        climate = _climate(room)
        # The names of the package's version of the standard; what was sent along goes first.
        return {**climate, **fields, _CLIMATE: None, _ELEMENTS: elements}

    async def _all(self, resource: Resource, ids: Sequence[str]) -> Sequence[Any]:
        return [_plain(one.fields) for one in await self._client.some(resource, ids)]


def _climate(room: Row) -> Mapping[str, bool]:
    """Whether it is heated and cooled, where its codes say so plainly."""
    codes = [one.text("code") for one in room.parts(_CLIMATE)]
    heated = {_HEATED[one] for one in codes if one in _HEATED}
    found = {"verwarmd": heated.pop()} if len(heated) == 1 else {}
    return {**found, "verkoeld": True} if _COOLED in codes else found


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without references to other systems: tenants, contracts and what else is not counted."""
    return {name: value for name, value in fields.items() if not _references(value)}


def _references(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, str) for one in value)


def _number(value: object) -> float:
    """Measures and worths go to a package that wants plain numbers; rents do not come this way."""
    if isinstance(value, Decimal):
        return float(value)
    raise Malformed("a home with strange values")
