"""A back office in memory: invented tenants, and methods that can be made to fail or to hang."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.fakes.dossier import (
    PLANNED,
    called_off,
    ended_visit,
    lives_at,
    plain,
    planned,
    put_repair,
    repair_of,
)
from actions.backoffice.fakes.dossier import Dossier as Dossier
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
class InMemory:
    """``down``: methods that fail now; ``silent``: those that never answer. Both by name.

    ``lost``: methods that write and whose answer is then lost.
    """

    now: Callable[[], datetime]
    dossiers: dict[RelatieId, Dossier] = field(default_factory=dict)
    free: tuple[datetime, ...] = ()
    """When blocks begin that are free for every repair."""
    down: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    _written: dict[str, tuple[object, object]] = field(default_factory=dict)
    """By key: what was asked for, and what was made."""

    def put(self, dossier: Dossier) -> RelatieId:
        self.dossiers[dossier.relatie.id] = dossier
        return dossier.relatie.id

    async def _of(self, of: RelatieId, name: str) -> Dossier:
        await self._up(name)
        if of not in self.dossiers:
            raise NotFound(name)
        return self.dossiers[of]

    async def _up(self, name: str) -> None:
        self.calls.append(name)
        if name in self.down or "all" in self.down:
            raise BackOfficeDown(name)
        if name in self.silent:
            await asyncio.Event().wait()

    def _once(self, name: str, key: str, asked: object, write: Callable[[], T]) -> T:
        if key not in self._written:
            self._written[key] = ((name, asked), write())
        before, made = self._written[key]
        if before != (name, asked):
            raise NotAllowed("a key of another request")
        if name in self.lost:
            raise BackOfficeDown(name)
        return made  # type: ignore[return-value]

    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        await self._up("find")
        return [
            one.relatie.id
            for one in self.dossiers.values()
            if one.relatie.geboortedatum == claim.geboortedatum
            and one.relatie.overlijdensdatum is None
            and lives_at(one, claim.postcode, claim.huisnummer)
            and any(
                plain(each.adres.toevoeging) == plain(claim.toevoeging) for each in one.eenheden
            )
        ]

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        await self._up("find_by_number")
        return [
            one.relatie.id
            for one in self.dossiers.values()
            if one.eenheden and one.relatie.overlijdensdatum is None
            if any(c.waarde == number and not c.vertrouwelijk for c in one.contactgegevens)
        ]

    async def find_at(self, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        await self._up("find_at")
        every = self.dossiers.values()
        return [
            one.relatie
            for one in every
            if one.relatie.overlijdensdatum is None and lives_at(one, postcode, huisnummer)
        ]

    async def relatie(self, of: RelatieId) -> Relatie:
        return (await self._of(of, "relatie")).relatie

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]:
        return (await self._of(of, "contactgegevens")).contactgegevens

    async def eenheden(self, of: RelatieId) -> Sequence[Eenheid]:
        return (await self._of(of, "eenheden")).eenheden

    async def huurovereenkomsten(self, of: RelatieId) -> Sequence[Huurovereenkomst]:
        return (await self._of(of, "huurovereenkomsten")).overeenkomsten

    async def debiteur(self, of: RelatieId) -> Debiteur:
        found = (await self._of(of, "debiteur")).debiteur
        if found is None:
            raise NotFound("debiteur")
        return found

    async def betalingsregelingen(self, of: RelatieId) -> Sequence[Betalingsregeling]:
        return (await self._of(of, "betalingsregelingen")).regelingen

    async def onderhoudsverzoeken(self, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
        every = (await self._of(of, "onderhoudsverzoeken")).verzoeken
        return sorted(every, key=lambda each: each.melddatum, reverse=True)

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        mine = await self._of(of, "create_onderhoudsverzoek")
        if new.eenheid not in {one.id for one in mine.eenheden}:
            raise NotFound("eenheid")
        asked = (of, new)
        return self._once(
            "create_onderhoudsverzoek", key, asked, lambda: self._registered(mine, new)
        )

    def _registered(self, mine: Dossier, new: NewOnderhoudsverzoek) -> Onderhoudsverzoek:
        number = 4701 + sum(len(one.verzoeken) for one in self.dossiers.values())
        made = Onderhoudsverzoek(
            f"verzoek-{number}", f"R{number}", new.eenheid, new.omschrijving, "REG", self.now(),
            new.defecten, new.prioriteit,
        )  # fmt: skip
        mine.verzoeken.append(made)
        return made

    async def cancel_onderhoudsverzoek(self, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
        mine = await self._of(of, "cancel_onderhoudsverzoek")
        found = repair_of(mine, id)
        if found.status == "GEA":
            return found
        if not found.open:
            raise NotFound("an open repair")
        ended = replace(
            found, status="GEA", afspraken=tuple(ended_visit(one) for one in found.afspraken)
        )
        return self._once(
            "cancel_onderhoudsverzoek", key, (of, id), lambda: put_repair(mine, ended)
        )

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        repair_of(await self._of(of, "afspraak_opties"), verzoek)
        return self._options(verzoek)

    def _options(self, verzoek: str) -> list[AfspraakOptie]:
        return [
            AfspraakOptie(f"{verzoek}-{place}", verzoek, begin, begin + BLOCK)
            for place, begin in enumerate(self.free)
            if begin not in self._taken()
        ]

    def _taken(self) -> set[datetime]:
        return {
            visit.begin
            for dossier in self.dossiers.values()
            for verzoek in dossier.verzoeken
            for visit in verzoek.afspraken
            if visit.status in PLANNED
        }

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        mine = await self._of(of, "choose_afspraak")

        def write() -> Afspraak:
            every = [one for each in mine.verzoeken for one in self._options(each.id)]
            chosen = next((one for one in every if one.id == optie), None)
            if chosen is None:
                raise NotFound("afspraakoptie")
            return planned(mine, chosen)

        return self._once("choose_afspraak", key, (of, optie), write)

    async def cancel_afspraak(self, of: RelatieId, id: str, key: str) -> Afspraak:
        mine = await self._of(of, "cancel_afspraak")
        return self._once("cancel_afspraak", key, (of, id), lambda: called_off(mine, id))

    async def contactmomenten(self, of: RelatieId) -> Sequence[Contactmoment]:
        return tuple((await self._of(of, "contactmomenten")).contacten)

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        mine = await self._of(of, "create_contactmoment")

        def write() -> Contactmoment:
            number = len(mine.contacten) + 1
            made = Contactmoment(
                f"contact-{number}", new.onderwerp, new.omschrijving, new.kanaal, new.richting,
                self.now(),
            )  # fmt: skip
            mine.contacten.insert(0, made)
            return made

        return self._once("create_contactmoment", key, (of, new), write)

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]:
        return tuple((await self._of(of, "zaken")).zaken)

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak:
        mine = await self._of(of, "create_zaak")

        def write() -> Zaak:
            number = 201 + len(mine.zaken)
            made = Zaak(
                f"zaak-{number}", f"Z{number}", new.zaaktype, new.omschrijving, True, self.now()
            )
            mine.zaken.insert(0, made)
            return made

        return self._once("create_zaak", key, (of, new), write)

    async def waardering(self, of: RelatieId) -> Waardering:
        found = (await self._of(of, "waardering")).waardering
        if found is None:
            raise NotFound("waardering")
        return found

    async def signaleringen(self, of: RelatieId) -> Sequence[Signalering]:
        return (await self._of(of, "signaleringen")).signaleringen

    async def close(self) -> None:
        return None
