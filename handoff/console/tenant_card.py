"""The tenant card: what the back office says of whom a conversation is about, read live.

Each part stands on its own: one that cannot be read now says so, and never looks like "nothing".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Literal

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Signalering
from actions.backoffice.verification import Level, RelatieId, Verification
from handoff.console.work import DeskWork, found
from handoff.http_errors import ApiError
from handoff.kept_requests.keeping import Keeping
from handoff.ledger import Ledger
from handoff.ledger.verifications import Proven
from handoff.model import Agent, ConversationId, Promise

AtClose = Literal["ask", "always", "never"]
_LOOK = timedelta(minutes=1)
"""How long one look of staff may take."""


class Part(StrEnum):
    PERSON = "person"
    DETAILS = "details"
    HOMES = "homes"
    CONTRACTS = "contracts"
    ACCOUNT = "account"
    PLANS = "plans"
    REPAIRS = "repairs"
    CONTACTS = "contacts"
    CASES = "cases"


class PartState(StrEnum):
    READY = "ready"
    NONE = "none"
    """The back office has no such thing of this tenant."""
    DOWN = "down"
    """No answer in time: what there is, is not known."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Loaded:
    """``value`` is what the port gives for this part, and None unless READY."""

    state: PartState
    value: Any = None


@dataclass(frozen=True, slots=True)
class About:
    """Whom a conversation is about: whom staff chose, else who the tenant proved to be.

    ``proven`` is the tenant's last proof, of whomever, also when its time is over.
    """

    relatie: RelatieId
    by_staff: bool
    proven: Proven | None

    @property
    def differs(self) -> bool:
        """Staff chose somebody else than the tenant proved to be."""
        return self.proven is not None and self.proven.relatie != self.relatie


@dataclass(frozen=True, slots=True)
class Card:
    """``about`` is None while nobody knows; ``connected``: there is a back office at all."""

    connected: bool
    about: About | None
    promises: Sequence[Promise]
    parts: Mapping[Part, Loaded]


@dataclass(frozen=True, slots=True)
class TenantCard:
    """``at_close``: whether a contact moment is written when a conversation ends."""

    desk: DeskWork
    back_office: BackOffice | None
    kept: Keeping
    at_close: AtClose = "ask"

    async def card(self, agent: Agent, id: ConversationId, parts: Collection[Part]) -> Card:
        """These parts, asked for at the same time. Each leaves a line in the access log.

        Raises:
            ApiError: 404 for an unknown conversation.
        """

        def work(ledger: Ledger) -> tuple[About | None, Sequence[Promise]]:
            found(ledger, id)
            about = about_whom(ledger, id)
            if about is not None and self.back_office is not None:
                for part in sorted(parts):
                    self.log(ledger, agent, id, f"card_{part.value}", about.relatie)
            return about, ledger.desk.promises(id)

        about, promises = await self.desk.store.write(work)
        if about is None or self.back_office is None:
            return Card(self.back_office is not None, about, promises, {})
        who, asked = self.as_staff(about.relatie), sorted(parts)
        reads = _reads(self.back_office)
        answers = await asyncio.gather(*(_loaded(reads[part](who)) for part in asked))
        return Card(True, about, promises, dict(zip(asked, answers, strict=True)))

    async def flags(self, agent: Agent, id: ConversationId) -> Loaded:
        """Warnings about this tenant. Only for who has the right; the door checks that.

        Raises:
            ApiError: 404 for an unknown conversation, 409 when nobody knows whom it is about.
        """
        office, about = await self.known(agent, id, "card_flags")
        read: Awaitable[Sequence[Signalering]] = office.signaleringen(self.as_staff(about.relatie))
        return await _loaded(read)

    async def known(self, agent: Agent, id: ConversationId, what: str) -> tuple[BackOffice, About]:
        """The back office, and whom the conversation is about; ``what`` goes in the access log.

        Raises:
            ApiError: 404 for an unknown conversation, 409 when nobody knows whom it is about or
                there is no back office.
        """

        def work(ledger: Ledger) -> About | None:
            found(ledger, id)
            about = about_whom(ledger, id)
            if about is not None:
                self.log(ledger, agent, id, what, about.relatie)
            return about

        office = self.connected()
        about = await self.desk.store.write(work)
        if about is None:
            raise ApiError(409, "card_nobody")
        return office, about

    def connected(self) -> BackOffice:
        """
        Raises:
            ApiError: 409, this corporation has connected none.
        """
        if self.back_office is None:
            raise ApiError(409, "card_not_connected")
        return self.back_office

    def as_staff(self, relatie: RelatieId | None) -> Verification:
        """For this look only; nothing the assistant can ever get."""
        return Verification(Level.STAFF, relatie, self.desk.clock.now() + _LOOK)

    def log(
        self,
        ledger: Ledger,
        agent: Agent,
        id: ConversationId,
        what: str,
        relatie: RelatieId | None = None,
    ) -> None:
        ledger.desk.log_access(agent.id, id, what, self.desk.clock.now(), relatie)


def about_whom(ledger: Ledger, id: ConversationId) -> About | None:
    proven, linked = ledger.verifications.of(id), ledger.verifications.linked(id)
    if linked is not None:
        return About(linked, True, proven)
    return About(proven.relatie, False, proven) if proven is not None else None


def _reads(office: BackOffice) -> Mapping[Part, Callable[[Verification], Awaitable[Any]]]:
    return {
        Part.PERSON: office.relatie,
        Part.DETAILS: office.contactgegevens,
        Part.HOMES: office.eenheden,
        Part.CONTRACTS: office.huurovereenkomsten,
        Part.ACCOUNT: office.debiteur,
        Part.PLANS: office.betalingsregelingen,
        Part.REPAIRS: office.onderhoudsverzoeken,
        Part.CONTACTS: office.contactmomenten,
        Part.CASES: office.zaken,
    }


async def _loaded(read: Awaitable[Any]) -> Loaded:
    try:
        return Loaded(PartState.READY, await read)
    except NotFound:
        return Loaded(PartState.NONE)
    except NotAllowed:
        return Loaded(PartState.REFUSED)
    except BackOfficeDown:
        return Loaded(PartState.DOWN)
