"""The back office in memory with one tenant, and a note of what was written to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.backoffice.errors import NotFound
from actions.backoffice.fakes.in_memory import Dossier, InMemory
from actions.backoffice.values import (
    Adres,
    Afspraak,
    AfspraakOptie,
    Contactmoment,
    Defect,
    Eenheid,
    NewContactmoment,
    NewOnderhoudsverzoek,
    Onderhoudsverzoek,
    Relatie,
)
from actions.backoffice.verification import RelatieId

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Amsterdam
TENANT = RelatieId("relatie-1")
HOME = Eenheid("woning-1", Adres("1234AB", 12, "A", "Lindelaan", "Lindestad"), cluster="complex-1")
OTHER_HOME = Eenheid("woning-2", Adres("1234CD", 5, "", "Beukenlaan", "Lindestad"))
FREE = tuple(
    datetime(2026, 12, day, hour, tzinfo=UTC) for day, hour in ((1, 7), (1, 11), (2, 7), (3, 11))
)
"""In Amsterdam: dinsdag 8 and 12, woensdag 8, donderdag 12."""


@dataclass
class Office(InMemory):
    """``taken``: free blocks that somebody else took a moment ago."""

    made: list[NewOnderhoudsverzoek] = field(default_factory=list)
    moments: list[NewContactmoment] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @property
    def repairs(self) -> list[Onderhoudsverzoek]:
        return self.dossiers[TENANT].verzoeken

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        first = key not in self._written
        verzoek = await InMemory.create_onderhoudsverzoek(self, of, new, key)
        self.made += [new] if first else []
        return verzoek

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        moment = await InMemory.create_contactmoment(self, of, new, key)
        self.moments.append(new)
        return moment

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        free = await InMemory.afspraak_opties(self, of, verzoek)
        return [each for each in free if each.id not in self.taken]

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        if optie in self.taken:
            raise NotFound("afspraakoptie")
        return await InMemory.choose_afspraak(self, of, optie, key)


def office(
    *repairs: Onderhoudsverzoek,
    homes: tuple[Eenheid, ...] = (HOME,),
    free: tuple[datetime, ...] = FREE,
    now: Callable[[], datetime] = lambda: NOW,
) -> Office:
    made = Office(now, free=free)
    made.put(Dossier(Relatie(TENANT, "mevrouw S. de Vries"), homes, verzoeken=list(repairs)))
    return made


def repair(
    number: int, what: str = "kraan, keuken: lekt", days: int = 2, **parts: Any
) -> Onderhoudsverzoek:
    """One that was reported so many days ago."""
    told = {
        "eenheid": HOME.id, "status": "INB", "melddatum": NOW - timedelta(days=days),
        "defecten": (Defect("LEK", "KEU", ""),),
    }  # fmt: skip
    return Onderhoudsverzoek(
        id=f"verzoek-{number}", code=f"R{4700 + number}", omschrijving=what, **(told | parts)
    )
