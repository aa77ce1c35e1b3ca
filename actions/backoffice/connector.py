"""What one back-office system must be able to do: one folder here per system.

A connector is handed the relatie whose things it may touch and never looks beyond. It raises the
three errors of ``errors`` and nothing else; whoever it concerns was checked before
(``actions.backoffice.port``). Every write carries a key: the same key again gives the same thing
back and writes nothing; with another request it writes nothing either, and raises NotAllowed or
gives what was made first. ``tests/contract/back_office/test_every_*.py`` hold for each connector.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

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


class Connector(Protocol):
    async def find(self, claim: Claim) -> Sequence[RelatieId]:
        """Living tenants with a running contract at this address and with this birth date.

        Empty when anything differs; a moved or deceased tenant is not found.
        """

    async def find_by_number(self, number: str) -> Sequence[RelatieId]:
        """Living tenants with a running contract who gave this phone number (E.164), not marked
        confidential."""

    async def find_at(self, postcode: str, huisnummer: int) -> Sequence[Relatie]:
        """Every living tenant with a running contract at this address. For staff."""

    async def relatie(self, of: RelatieId) -> Relatie: ...

    async def contactgegevens(self, of: RelatieId) -> Sequence[Contactgegeven]: ...

    async def eenheden(self, of: RelatieId) -> Sequence[Eenheid]:
        """Those of running contracts, the home first."""

    async def huurovereenkomsten(self, of: RelatieId) -> Sequence[Huurovereenkomst]:
        """Running ones first, then the newest."""

    async def debiteur(self, of: RelatieId) -> Debiteur:
        """The rent account, newest booking first.

        Raises:
            NotFound: there is none.
        """

    async def betalingsregelingen(self, of: RelatieId) -> Sequence[Betalingsregeling]: ...

    async def onderhoudsverzoeken(self, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
        """Newest first, with their appointments."""

    async def create_onderhoudsverzoek(
        self, of: RelatieId, new: NewOnderhoudsverzoek, key: str
    ) -> Onderhoudsverzoek:
        """Raises NotFound when the home is not one that this tenant rents."""

    async def cancel_onderhoudsverzoek(self, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
        """And what is planned for it. One that was cancelled is given back as it is.

        Raises:
            NotFound: it is done already.
        """

    async def afspraak_opties(self, of: RelatieId, verzoek: str) -> Sequence[AfspraakOptie]:
        """Free blocks of time for this repair, earliest first."""

    async def choose_afspraak(self, of: RelatieId, optie: str, key: str) -> Afspraak:
        """Plan the repair in this block; one that was planned before is moved there.

        Raises:
            NotFound: the block is taken or gone.
        """

    async def cancel_afspraak(self, of: RelatieId, id: str, key: str) -> Afspraak:
        """One that was cancelled is given back as it is. NotFound when it is over."""

    async def contactmomenten(self, of: RelatieId) -> Sequence[Contactmoment]: ...

    async def create_contactmoment(
        self, of: RelatieId, new: NewContactmoment, key: str
    ) -> Contactmoment: ...

    async def zaken(self, of: RelatieId) -> Sequence[Zaak]: ...

    async def create_zaak(self, of: RelatieId, new: NewZaak, key: str) -> Zaak: ...

    async def waardering(self, of: RelatieId) -> Waardering:
        """The tenant's home with all that its points are counted from.

        Raises:
            NotFound: there is no home, or its data are not kept.
        """

    async def signaleringen(self, of: RelatieId) -> Sequence[Signalering]: ...

    async def close(self) -> None: ...
