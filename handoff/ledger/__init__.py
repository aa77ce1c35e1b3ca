"""What the hops need of the database, as ports. Implemented in ``handoff.store`` (SQLAlchemy 2).

A ``Ledger`` is one open transaction. ``Store.write`` runs a function inside one and commits when it
returns; nothing inside may wait for a network. ``Store.read`` gives a consistent view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from handoff.ledger.accounts import Accounts
from handoff.ledger.edits import Edits
from handoff.ledger.kept_requests import KeptOnes
from handoff.ledger.known_faults import BuildingFaults
from handoff.ledger.lists import Lists
from handoff.ledger.media import MediaFiles
from handoff.ledger.opinions import Opinions
from handoff.ledger.people import Desk, Staff, Tokens
from handoff.ledger.persons import Persons
from handoff.ledger.photo_links import PhotoLinks
from handoff.ledger.preferences import Preferences
from handoff.ledger.provider_reads import ProviderReads
from handoff.ledger.reports import Reports
from handoff.ledger.routing import Routing
from handoff.ledger.service import ServiceClocks
from handoff.ledger.talk import Conversations, Messages, Turns
from handoff.ledger.values import (
    Delivery,
    Job,
    Receipt,
    ReusedId,
    Row,
    SessionRecord,
    StaleTerm,
    StoreBusy,
)
from handoff.ledger.verifications import IdentityChecks, Verifications
from handoff.ledger.windows import Windows
from handoff.ledger.work import Deliveries, Jobs, OptOuts
from handoff.ledger.writing import Writing

T = TypeVar("T")


class Ledger(Protocol):
    """One open transaction."""

    @property
    def conversations(self) -> Conversations: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def turns(self) -> Turns: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def opt_outs(self) -> OptOuts: ...

    @property
    def edits(self) -> Edits: ...

    @property
    def kept(self) -> KeptOnes: ...

    @property
    def faults(self) -> BuildingFaults: ...

    @property
    def lists(self) -> Lists: ...

    @property
    def media(self) -> MediaFiles: ...

    @property
    def persons(self) -> Persons: ...

    @property
    def photo_links(self) -> PhotoLinks: ...

    @property
    def preferences(self) -> Preferences: ...

    @property
    def provider_reads(self) -> ProviderReads: ...

    @property
    def verifications(self) -> Verifications: ...

    @property
    def identity_checks(self) -> IdentityChecks: ...

    @property
    def windows(self) -> Windows: ...

    @property
    def routing(self) -> Routing: ...

    @property
    def writing(self) -> Writing: ...

    @property
    def service(self) -> ServiceClocks: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def opinions(self) -> Opinions: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def staff(self) -> Staff: ...

    @property
    def accounts(self) -> Accounts: ...

    @property
    def tokens(self) -> Tokens: ...


class Store(Protocol):
    async def write(self, work: Callable[[Ledger], T]) -> T:
        """Run in one writing transaction.

        Raises:
            StoreBusy: the database was locked or away; nothing was written.
        """

    async def read(self, work: Callable[[Ledger], T]) -> T: ...


__all__ = [
    "Accounts",
    "BuildingFaults",
    "Conversations",
    "Deliveries",
    "Delivery",
    "Desk",
    "Edits",
    "IdentityChecks",
    "Job",
    "Jobs",
    "KeptOnes",
    "Ledger",
    "Lists",
    "MediaFiles",
    "Messages",
    "Opinions",
    "OptOuts",
    "Persons",
    "PhotoLinks",
    "Preferences",
    "ProviderReads",
    "Receipt",
    "Reports",
    "ReusedId",
    "Routing",
    "Row",
    "ServiceClocks",
    "SessionRecord",
    "Staff",
    "StaleTerm",
    "Store",
    "StoreBusy",
    "Tokens",
    "Turns",
    "Verifications",
    "Windows",
    "Writing",
]
