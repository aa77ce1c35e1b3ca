"""What actions may ask of the hub for the conversation they run in.

``session`` is the name of the Rasa conversation (``tracker.sender_id``): the hub knows whose it
is. Nothing a tenant types, and no slot, is proof of anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from actions.backoffice.port import BackOffice
from actions.backoffice.values import Claim, NewOnderhoudsverzoek, NewZaak
from actions.backoffice.verification import Level, Verification


class Proof(StrEnum):
    """How a step of identity went. What was wrong is never told."""

    GIVEN = "given"
    """The level is reached; ``Identity.verification`` shows it."""
    CODE_SENT = "code_sent"
    """A code was sent, if what was said is right. Said in either case."""
    WRONG = "wrong"
    """Something is not right; the tenant may try again."""
    PERSON = "person"
    """Five times wrong, or too often from here: a person goes on."""
    NO_WAY = "no_way"
    """There is no detail on file to which a code can go: the portal or a person."""


class Identity(Protocol):
    """Identity in steps, kept by the hub with its limits (R12)."""

    async def verification(self, session: str) -> Verification:
        """What this conversation has proved, and whether somebody writes for another."""

    async def claim(self, session: str, claim: Claim, level: Level) -> Proof:
        """Check who somebody says to be. For VERIFIED a code is sent as well, right or wrong.

        Raises:
            BackOfficeDown: it cannot be checked now.
        """

    async def code_to_known_number(self, session: str) -> Proof:
        """Send a code to the number the tenant writes from, if it is on file; CODE_SENT either way.

        NO_WAY on a channel without a number.
        """

    async def code(self, session: str, code: str) -> Proof:
        """Check the code that was sent."""

    async def end(self, session: str) -> None:
        """Forget what was proved: the tenant says that it is somebody else, or stops."""

    async def portal_link(self, session: str) -> str | None:
        """A link, once and for 15 minutes, to prove it in the corporation's portal; None: none."""


class KeptRequests(Protocol):
    """Requests that the back office could not take now: done later exactly once, or by a person."""

    async def keep_repair(self, session: str, new: NewOnderhoudsverzoek, key: str) -> None: ...

    async def keep_case(self, session: str, new: NewZaak, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A fault of a building that staff confirmed. ``words`` is what tenants are told."""

    id: str
    words: str


class KnownFaults(Protocol):
    async def told(self, cluster: str, defect: str, location: str) -> Sequence[KnownFault]:
        """Confirmed faults of this complex that fit this defect."""

    async def reported(self, cluster: str, defect: str, location: str, session: str) -> None:
        """One more report; several of one complex are shown to staff, to confirm."""


class Photos(Protocol):
    async def of_this_report(self, session: str) -> Sequence[str]:
        """Our ids of the photos the tenant sent in this conversation, oldest first."""


@dataclass(frozen=True, slots=True)
class Services:
    """``back_office`` is None where a corporation has connected none: answers stay general."""

    now: Callable[[], datetime]
    back_office: BackOffice | None = None
    identity: Identity | None = None
    kept: KeptRequests | None = None
    faults: KnownFaults | None = None
    photos: Photos | None = None


class Served:
    """Mixed into an action that asks the hub or the back office; the executor hands it these."""

    def __init__(self, services: Services) -> None:
        self.services = services
