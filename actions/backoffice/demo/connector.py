"""The connector over SQL: every question is one transaction in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from actions.backoffice.demo import reading, writing
from actions.backoffice.demo.engine import wait_for_turn
from actions.backoffice.demo.filling import seed_when_empty
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

P = ParamSpec("P")
T = TypeVar("T")


class DemoConnector:
    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        # An in-memory database is one connection, and SQLite has one writer.
        threads = 1 if engine.dialect.name == "sqlite" else 4
        self._threads = ThreadPoolExecutor(threads, "demo-back-office")
        self._seeding = Lock()
        self._seeded = False
        self._threads.submit(self._seed)

    def _seed(self) -> None:
        """Beside the start, which does not wait for it; again at each question if it failed."""
        with self._seeding:
            if not self._seeded:
                seed_when_empty(self._engine, self._now())
                self._seeded = True

    async def _ask(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def run() -> T:
            self._seed()
            with self._engine.begin() as db:
                return work(db, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    async def _write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One at a time: numbers and blocks are given out once."""

        def in_turn(db: Connection) -> T:
            wait_for_turn(db)
            return work(db, *args, **kwargs)

        return await self._ask(in_turn)

    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        return await self._ask(reading.find, claim)

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        return await self._ask(reading.find_by_number, number)

    async def find_at(self, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        return await self._ask(reading.find_at, postcode, huisnummer)

    async def relatie(self, of: RelatieId) -> Relatie:
        return await self._ask(reading.relatie, of)

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]:
        return await self._ask(reading.contactgegevens, of)

    async def eenheden(self, of: RelatieId) -> Sequence[Eenheid]:
        return await self._ask(reading.eenheden, of)

    async def huurovereenkomsten(self, of: RelatieId) -> Sequence[Huurovereenkomst]:
        return await self._ask(reading.huurovereenkomsten, of)

    async def debiteur(self, of: RelatieId) -> Debiteur:
        return await self._ask(reading.debiteur, of)

    async def betalingsregelingen(self, of: RelatieId) -> Sequence[Betalingsregeling]:
        return await self._ask(reading.betalingsregelingen, of)

    async def onderhoudsverzoeken(self, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
        return await self._ask(reading.onderhoudsverzoeken, of)

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        return await self._write(writing.create_onderhoudsverzoek, of, new, key, self._now())

    async def cancel_onderhoudsverzoek(self, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
        return await self._write(writing.cancel_onderhoudsverzoek, of, id, key)

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        return await self._ask(writing.afspraak_opties, of, verzoek, self._now())

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        return await self._write(writing.choose_afspraak, of, optie, key, self._now())

    async def cancel_afspraak(self, of: RelatieId, id: str, key: str) -> Afspraak:
        return await self._write(writing.cancel_afspraak, of, id, key)

    async def contactmomenten(self, of: RelatieId) -> Sequence[Contactmoment]:
        return await self._ask(reading.contactmomenten, of)

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment:
        return await self._write(writing.create_contactmoment, of, new, key, self._now())

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]:
        return await self._ask(reading.zaken, of)

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak:
        return await self._write(writing.create_zaak, of, new, key, self._now())

    async def waardering(self, of: RelatieId) -> Waardering:
        return await self._ask(reading.waardering, of)

    async def signaleringen(self, of: RelatieId) -> Sequence[Signalering]:
        return await self._ask(reading.signaleringen, of)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()
