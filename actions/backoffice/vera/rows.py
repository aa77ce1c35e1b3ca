"""Reads what a system answered, field by field. What is not as VERA says is ``BackOfficeDown``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from actions.backoffice.errors import BackOfficeDown
from actions.backoffice.vera.addresses import id_in

NEVER_READ = frozenset(
    {
        "bsn",
        "inkomens",
        "startBrutoJaarinkomen",
        "betaalgegeven",
        "betaalgegevens",
        "organisatieBetaalgegeven",
        "burgerlijkeStaat",
        "geslacht",
        "nationaliteit",
        "huurtoeslagen",
    }
)
"""Fields that VERA has and a system may send along: dropped while the answer is read."""
_CENT = Decimal("0.01")
_LOCAL = ZoneInfo("Europe/Amsterdam")


class Malformed(BackOfficeDown):
    """An answer that is not as the standard says. Names the field, never its value."""


def parsed(body: bytes) -> Any:
    """The JSON, numbers as Decimal, without what is never read.

    Raises:
        Malformed: it is not JSON.
    """
    try:
        return json.loads(body, parse_float=Decimal, object_pairs_hook=_kept)
    except (ValueError, RecursionError, InvalidOperation) as wrong:
        raise Malformed("not JSON") from wrong


def _kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name not in NEVER_READ}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of VERA. ``kind`` is its path, for error texts."""

    kind: str
    fields: Mapping[str, Any]

    @property
    def id(self) -> str:
        found = self.text("id")
        if not found:
            raise Malformed(f"{self.kind}: id")
        return found

    def text(self, name: str) -> str:
        """Empty when it is not there."""
        return self._one(name, str) or ""

    def code(self, name: str) -> str:
        """Of a Referentiedata; empty when it is not there."""
        found = self.part(name)
        return found.text("code") if found else ""

    def needed_code(self, name: str) -> str:
        found = self.code(name)
        if not found:
            raise Malformed(f"{self.kind}: {name}")
        return found

    def whole(self, name: str) -> int | None:
        found: int | None = self._one(name, int)
        if isinstance(found, bool):
            raise Malformed(f"{self.kind}: {name}")
        return found

    def money(self, name: str) -> Decimal | None:
        """Euros, to the cent."""
        found = self._value(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise Malformed(f"{self.kind}: {name}")
        try:
            return Decimal(found).quantize(_CENT)
        except InvalidOperation as wrong:
            raise Malformed(f"{self.kind}: {name}") from wrong

    def needed_money(self, name: str) -> Decimal:
        found = self.money(name)
        if found is None:
            raise Malformed(f"{self.kind}: {name}")
        return found

    def day(self, name: str) -> date | None:
        """A date; of a moment the day in the Netherlands."""
        found = self.text(name)
        if not found:
            return None
        try:
            return date.fromisoformat(found) if len(found) == 10 else self._local(found)
        except ValueError as wrong:
            raise Malformed(f"{self.kind}: {name}") from wrong

    def needed_day(self, name: str) -> date:
        found = self.day(name)
        if found is None:
            raise Malformed(f"{self.kind}: {name}")
        return found

    def moment(self, name: str) -> datetime | None:
        """Aware; one without a zone is refused."""
        found = self.text(name)
        if not found:
            return None
        try:
            moment = datetime.fromisoformat(found)
        except ValueError as wrong:
            raise Malformed(f"{self.kind}: {name}") from wrong
        if moment.tzinfo is None:
            raise Malformed(f"{self.kind}: {name}")
        return moment

    def needed_moment(self, *names: str) -> datetime:
        """The first of these that is there."""
        for name in names:
            if (found := self.moment(name)) is not None:
                return found
        raise Malformed(f"{self.kind}: {names[-1]}")

    def part(self, name: str) -> Row | None:
        found = self._one(name, dict)
        return None if found is None else Row(f"{self.kind}.{name}", found)

    def parts(self, name: str) -> Sequence[Row]:
        return [Row(f"{self.kind}.{name}", one) for one in self._many(name, dict)]

    def references(self, name: str) -> Sequence[str]:
        """Uris; follow none of them (``addresses.id_in``)."""
        return list(self._many(name, str))

    def ids(self, name: str) -> Sequence[str]:
        """Of things that this one refers to, by uri or by key, each once."""
        found = [
            id_in(one) if isinstance(one, str) else Row(f"{self.kind}.{name}", one).id
            for one in self._many(name, str | dict)
        ]
        if not all(found):
            raise Malformed(f"{self.kind}: {name}")
        return list(dict.fromkeys(found))

    def id_at(self, name: str) -> str:
        """Of the one thing that this refers to; empty when there is none."""
        found = self._value(name)
        if isinstance(found, str):
            return id_in(found)
        part = self.part(name)
        return part.text("id") if part else ""

    def _local(self, text: str) -> date:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("no zone")
        return moment.astimezone(_LOCAL).date()

    def _value(self, name: str) -> Any:
        return self.fields.get(name)

    def _one(self, name: str, kind: Any) -> Any:
        found = self._value(name)
        if found is not None and not isinstance(found, kind):
            raise Malformed(f"{self.kind}: {name}")
        return found

    def _many(self, name: str, kind: Any) -> Iterator[Any]:
        for one in self._one(name, list) or ():
            if not isinstance(one, kind):
                raise Malformed(f"{self.kind}: {name}")
            yield one


def row(kind: str, value: Any) -> Row:
    """One thing with an id; a Foutbericht has none.

    Raises:
        Malformed: it is something else.
    """
    if not isinstance(value, dict):
        raise Malformed(f"{kind}: not an object")
    found = Row(kind, value)
    _ = found.id
    return found


def rows(kind: str, value: Any) -> list[Row]:
    """A page of a list.

    Raises:
        Malformed: it is something else.
    """
    if not isinstance(value, list):
        raise Malformed(f"{kind}: not a list")
    return [row(kind, one) for one in value]
