"""How VERA writes what our values hold: codes, keys, moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from actions.backoffice.fakes.vera_store import Fields
from actions.backoffice.values import Relatie

_LOCAL = ZoneInfo("Europe/Amsterdam")


def tenant(who: Relatie) -> Fields:
    return {"id": who.id, "soort": code("NAT")}


def code(code: str) -> Fields:
    return {"code": code}


def keys(things: Sequence[Any]) -> list[Fields]:
    return [{"id": one.id} for one in things]


def filled(fields: Mapping[str, Any]) -> Fields:
    """Without what there is not: VERA leaves it out, it knows no null."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def block(begin: datetime, end: datetime) -> Fields:
    return {"bloktijdBegin": instant(begin), "bloktijdEind": instant(end)}


def midnight(day: date) -> str:
    return instant(datetime.combine(day, time(), _LOCAL))


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
