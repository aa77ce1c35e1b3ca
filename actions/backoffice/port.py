"""The one door to the corporation's systems. Level, time and errors are kept here, for every
connector alike: no connector and no action can forget them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from actions.backoffice.connector import Connector
from actions.backoffice.errors import BackOfficeDown, BackOfficeError, NotAllowed
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
from actions.backoffice.verification import Level, RelatieId, Verification

T = TypeVar("T")
_ANYBODY = RelatieId("")
PATIENCE_SECONDS = 3.0
"""A tenant waits for this; slower is down."""

logger = logging.getLogger(__name__)


class BackOffice:
    """Every method checks the level it needs, answers in time, and raises only what
    ``actions.backoffice.errors`` names."""

    def __init__(
        self,
        connector: Connector,
        now: Callable[[], datetime],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._connector = connector
        self._now = now
        self._patience = patience_seconds

    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        """For the hub's check of identity, which limits how often; never for an action."""
        return await self._asked(self._connector.find(claim))

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        """For the hub's check of identity: whom a code may be sent for."""
        return await self._asked(self._connector.find_by_number(number))

    async def find_at(self, who: Verification, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        """For staff: who lives there. ``who`` needs no relatie yet."""
        # Nobody in particular is looked at yet; all else that makes proof good holds.
        if not replace(who, relatie=_ANYBODY).reaches(Level.STAFF, self._now()):
            raise NotAllowed("find_at")
        return await self._asked(self._connector.find_at(postcode, huisnummer))

    async def contactgegevens_for_code(self, of: RelatieId) -> Sequence[Contactgegeven]:
        """For the hub's check of identity: where a one-time code may go; shown to nobody."""
        return await self._asked(self._connector.contactgegevens(of))

    async def relatie(self, who: Verification) -> Relatie:
        return await self._asked(self._connector.relatie(self._of(who, Level.CLAIMED)))

    async def contactgegevens(self, who: Verification) -> Sequence[Contactgegeven]:
        return await self._asked(self._connector.contactgegevens(self._of(who, Level.VERIFIED)))

    async def eenheden(self, who: Verification) -> Sequence[Eenheid]:
        return await self._asked(self._connector.eenheden(self._of(who, Level.CLAIMED)))

    async def huurovereenkomsten(self, who: Verification) -> Sequence[Huurovereenkomst]:
        of = self._of(who, Level.VERIFIED)
        return await self._asked(self._connector.huurovereenkomsten(of))

    async def debiteur(self, who: Verification) -> Debiteur:
        return await self._asked(self._connector.debiteur(self._of(who, Level.VERIFIED)))

    async def betalingsregelingen(self, who: Verification) -> Sequence[Betalingsregeling]:
        of = self._of(who, Level.VERIFIED)
        return await self._asked(self._connector.betalingsregelingen(of))

    async def onderhoudsverzoeken(self, who: Verification) -> Sequence[Onderhoudsverzoek]:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.onderhoudsverzoeken(of))

    async def create_onderhoudsverzoek(
        self, who: Verification, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.create_onderhoudsverzoek(of, new, key))

    async def cancel_onderhoudsverzoek(
        self, who: Verification, id: str, key: str
    ) -> Onderhoudsverzoek:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.cancel_onderhoudsverzoek(of, id, key))

    async def afspraak_opties(self, who: Verification, verzoek: str) -> Sequence[AfspraakOptie]:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.afspraak_opties(of, verzoek))

    async def choose_afspraak(self, who: Verification, optie: str, key: str) -> Afspraak:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.choose_afspraak(of, optie, key))

    async def cancel_afspraak(self, who: Verification, id: str, key: str) -> Afspraak:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.cancel_afspraak(of, id, key))

    async def contactmomenten(self, who: Verification) -> Sequence[Contactmoment]:
        of = self._of(who, Level.VERIFIED)
        return await self._asked(self._connector.contactmomenten(of))

    async def create_contactmoment(
        self, who: Verification, new: NewContactmoment, key: str
    ) -> Contactmoment:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.create_contactmoment(of, new, key))

    async def zaken(self, who: Verification) -> Sequence[Zaak]:
        return await self._asked(self._connector.zaken(self._of(who, Level.VERIFIED)))

    async def create_zaak(self, who: Verification, new: NewZaak, key: str) -> Zaak:
        of = self._of(who, Level.CLAIMED)
        return await self._asked(self._connector.create_zaak(of, new, key))

    async def waardering(self, who: Verification) -> Waardering:
        return await self._asked(self._connector.waardering(self._of(who, Level.VERIFIED)))

    async def signaleringen(self, who: Verification) -> Sequence[Signalering]:
        return await self._asked(self._connector.signaleringen(self._of(who, Level.STAFF)))

    async def close(self) -> None:
        await self._connector.close()

    def _of(self, who: Verification, level: Level) -> RelatieId:
        if not who.reaches(level, self._now()) or who.relatie is None:
            raise NotAllowed(level.name)
        return who.relatie

    async def _asked(self, call: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await call
        except BackOfficeError:
            raise
        except TimeoutError as late:
            raise BackOfficeDown("no answer in time") from late
        except Exception as broken:
            # Its text may hold tenant data; its kind does not.
            logger.error("the back office broke: %s", type(broken).__name__)
            raise BackOfficeDown(type(broken).__name__) from broken
