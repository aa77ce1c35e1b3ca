"""What the VERA server holds, and what a corporation's system does by itself when it is written.

The standard describes messages, not behaviour. What stands here is assumed of a system: that it
links what is made to the tenant, and that a block of time is free again when its visit is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from actions.backoffice.vera.resources import (
    AFSPRAAK_OPTIES,
    AFSPRAKEN,
    CONTACTMOMENTEN,
    NATUURLIJK_PERSONEN,
    ONDERHOUDSVERZOEKEN,
    ZAAKROLLEN,
    ZAKEN,
    Resource,
)

Fields = dict[str, Any]
_CANCELLED = "ANN"


class Store:
    """``reference`` makes the uri of a thing."""

    def __init__(self, reference: Callable[[Resource, str], str]) -> None:
        self.reference = reference
        self._rows: dict[str, dict[str, Fields]] = {}
        self._made = 0

    def put(self, resource: Resource, fields: Fields) -> Fields:
        self._rows.setdefault(str(resource), {})[fields["id"]] = fields
        return fields

    def one(self, name: str, id: str) -> Fields | None:
        return self._rows.get(name, {}).get(id)

    def all(self, name: str) -> Sequence[Fields]:
        return list(self._rows.get(name, {}).values())

    def some(self, name: str, query: Mapping[str, str]) -> Sequence[Fields]:
        return [
            one
            for one in self.all(name)
            if all(str(one.get(field)) == value for field, value in query.items())
        ]

    def create(self, name: str, fields: Fields) -> Fields:
        self._made += 1
        kind = name.rpartition("/")[2]
        made = {"code": f"N{self._made:05}", **deepcopy(fields), "id": f"{kind}-n{self._made}"}
        self._rows.setdefault(name, {})[made["id"]] = made
        self._link(name, made)
        return made

    def change(self, name: str, fields: Fields) -> bool:
        """Whether there is one of this id."""
        found = self.one(name, fields.get("id", ""))
        if found is None:
            return False
        found.update(deepcopy(fields))
        if name == str(AFSPRAKEN) and ("bloktijdBegin" in fields or self._off(found)):
            self._release(found["id"])
        return True

    def _off(self, visit: Fields) -> bool:
        return bool(visit.get("status", {}).get("code") == _CANCELLED)

    def _release(self, visit: str) -> None:
        for option in self.all(str(AFSPRAAK_OPTIES)):
            if option.get("afspraak", {}).get("id") == visit:
                del option["afspraak"]

    def _link(self, name: str, made: Fields) -> None:
        for tenant in made.get("relaties", ()):
            person = self.one(str(NATUURLIJK_PERSONEN), tenant["id"])
            if person is None:
                continue
            if name == str(ONDERHOUDSVERZOEKEN):
                uri = self.reference(ONDERHOUDSVERZOEKEN, made["id"])
                person.setdefault("onderhoudsverzoeken", []).append(uri)
            elif name in (str(CONTACTMOMENTEN), str(AFSPRAKEN)):
                kind = name.rpartition("/")[2]
                person.setdefault(kind, []).append({"id": made["id"]})
        if name == str(ZAKEN):
            self._roles(made)

    def _roles(self, case: Fields) -> None:
        for number, role in enumerate(case.get("rollen", ())):
            self.put(
                ZAAKROLLEN,
                {
                    "id": f"{case['id']}-rol-{number}",
                    "soort": role["soort"],
                    "relatie": self.reference(NATUURLIJK_PERSONEN, role["relatie"]["id"]),
                    "zaak": [{"id": case["id"]}],
                },
            )
