"""A connector for one tenant whose repairs are kept in memory. It can be made to be down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from actions.backoffice.errors import BackOfficeDown, NotFound
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    Betalingsregeling,
    Claim,
    Contactgegeven,
    Contactmoment,
    Debiteur,
    Eenheid,
    Huurovereenkomst,
    NewContactmoment,
    NewOnderhoudsverzoek,
    NewZaak,
    Onderhoudsverzoek,
    Relatie,
    Signalering,
    Waardering,
    Zaak,
)
from actions.backoffice.verification import RelatieId

T = TypeVar("T")
BLOCK = timedelta(hours=4)


@dataclass(slots=True)
class RepairsOffice:
    """``down``: names of methods that fail now; ``taken``: blocks that somebody just took."""

    now: Callable[[], datetime]
    homes: tuple[Eenheid, ...]
    repairs: list[Onderhoudsverzoek] = field(default_factory=list)
    free: tuple[datetime, ...] = ()
    """When free blocks begin."""
    down: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    made: list[NewOnderhoudsverzoek] = field(default_factory=list)
    moments: list[NewContactmoment] = field(default_factory=list)
    _written: dict[str, object] = field(default_factory=dict)

    def _up(self, name: str) -> None:
        if name in self.down:
            raise BackOfficeDown(name)

    def _once(self, key: str, write: Callable[[], T]) -> T:
        if key not in self._written:
            self._written[key] = write()
        return self._written[key]  # type: ignore[return-value]

    def _repair(self, id: str) -> Onderhoudsverzoek:
        found = next((each for each in self.repairs if each.id == id), None)
        if found is None:
            raise NotFound("onderhoudsverzoek")
        return found

    def _put(self, changed: Onderhoudsverzoek) -> Onderhoudsverzoek:
        self.repairs = [changed if each.id == changed.id else each for each in self.repairs]
        return changed

    async def eenheden(self, of: RelatieId) -> Sequence[Eenheid]:
        self._up("eenheden")
        return self.homes

    async def onderhoudsverzoeken(self, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
        self._up("onderhoudsverzoeken")
        return sorted(self.repairs, key=lambda each: each.melddatum, reverse=True)

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        self._up("create_onderhoudsverzoek")
        return self._once(key, lambda: self._made(new))

    def _made(self, new: NewOnderhoudsverzoek) -> Onderhoudsverzoek:
        self.made.append(new)
        number = len(self.repairs) + 1
        verzoek = Onderhoudsverzoek(
            id=f"verzoek-{number}",
            code=f"R{4700 + number}",
            eenheid=new.eenheid,
            omschrijving=new.omschrijving,
            status="REG",
            melddatum=self.now(),
            defecten=new.defecten,
            prioriteit=new.prioriteit,
        )
        self.repairs.append(verzoek)
        return verzoek

    async def cancel_onderhoudsverzoek(self, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
        self._up("cancel_onderhoudsverzoek")
        found = self._repair(id)
        return self._once(key, lambda: self._put(replace(found, status="GEA")))

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        self._up("afspraak_opties")
        return tuple(
            AfspraakOptie(f"{verzoek}-{place}", verzoek, begin, begin + BLOCK)
            for place, begin in enumerate(self.free)
            if f"{verzoek}-{place}" not in self.taken
        )

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        self._up("choose_afspraak")
        options = await self._options()
        chosen = next((each for each in options if each.id == optie), None)
        if chosen is None or optie in self.taken:
            raise NotFound("afspraakoptie")
        return self._once(key, lambda: self._planned(chosen))

    async def _options(self) -> list[AfspraakOptie]:
        every = [
            AfspraakOptie(f"{each.id}-{place}", each.id, begin, begin + BLOCK)
            for each in self.repairs
            for place, begin in enumerate(self.free)
        ]
        return every

    def _planned(self, chosen: AfspraakOptie) -> Afspraak:
        verzoek = self._repair(chosen.onderhoudsverzoek)
        before = tuple(
            replace(each, status="ANN") if each.status == "GEP" else each
            for each in verzoek.afspraken
        )
        made = Afspraak(
            f"afspraak-{chosen.id}", verzoek.id, verzoek.omschrijving, "GEP", chosen.begin,
            chosen.eind,
        )  # fmt: skip
        self._put(replace(verzoek, afspraken=(*before, made)))
        return made

    async def cancel_afspraak(self, of: RelatieId, id: str, key: str) -> Afspraak:
        self._up("cancel_afspraak")
        return self._once(key, lambda: self._called_off(id))

    def _called_off(self, id: str) -> Afspraak:
        every = ((verzoek, each) for verzoek in self.repairs for each in verzoek.afspraken)
        verzoek, afspraak = next((pair for pair in every if pair[1].id == id), (None, None))
        if verzoek is None or afspraak is None:
            raise NotFound("afspraak")
        gone = replace(afspraak, status="ANN")
        kept = tuple(gone if each.id == gone.id else each for each in verzoek.afspraken)
        self._put(replace(verzoek, afspraken=kept))
        return gone

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        self._up("create_contactmoment")
        if key not in self._written:
            self.moments.append(new)
        return self._once(
            key,
            lambda: Contactmoment(
                key, new.onderwerp, new.omschrijving, new.kanaal, new.richting, self.now()
            ),
        )

    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        return ()

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        return ()

    async def find_at(self, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        return ()

    async def relatie(self, of: RelatieId) -> Relatie:
        return Relatie(of, "")

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]:
        return ()

    async def huurovereenkomsten(self, of: RelatieId) -> Sequence[Huurovereenkomst]:
        return ()

    async def debiteur(self, of: RelatieId) -> Debiteur:
        raise NotFound("debiteur")

    async def betalingsregelingen(self, of: RelatieId) -> Sequence[Betalingsregeling]:
        return ()

    async def contactmomenten(self, of: RelatieId) -> Sequence[Contactmoment]:
        return ()

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]:
        return ()

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak:
        raise NotFound("zaak")

    async def waardering(self, of: RelatieId) -> Waardering:
        raise NotFound("eenheid")

    async def signaleringen(self, of: RelatieId) -> Sequence[Signalering]:
        return ()

    async def close(self) -> None:
        return None
