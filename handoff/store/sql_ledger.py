"""One open transaction, with a part per kind of row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial

from sqlalchemy import Connection

from handoff.change import Applied, Change
from handoff.ledger import Ledger
from handoff.store.accounts import SqlAccounts
from handoff.store.conversations import SqlConversations
from handoff.store.deliveries import SqlDeliveries
from handoff.store.desk_rows import SqlDesk
from handoff.store.edits import SqlEdits
from handoff.store.identity_checks import SqlIdentityChecks
from handoff.store.jobs import SqlJobs
from handoff.store.kept_requests import SqlKeptOnes
from handoff.store.known_faults import SqlBuildingFaults
from handoff.store.lists import SqlLists
from handoff.store.media import SqlMediaFiles
from handoff.store.messages import SqlMessages
from handoff.store.opinions import SqlOpinions
from handoff.store.opt_outs import SqlOptOuts
from handoff.store.persons import SqlPersons
from handoff.store.photo_links import SqlPhotoLinks
from handoff.store.preferences import SqlPreferences
from handoff.store.provider_reads import SqlProviderReads
from handoff.store.reports import SqlReports
from handoff.store.routing import SqlRouting
from handoff.store.service import SqlServiceClocks
from handoff.store.staff import SqlStaff
from handoff.store.tokens import SqlTokens
from handoff.store.turns import SqlTurns
from handoff.store.verifications import SqlVerifications
from handoff.store.windows import SqlWindows
from handoff.store.writing import SqlWriting

AfterChange = Callable[[Ledger, Applied, Change, datetime], None]
"""What else is written with every change, in the same transaction."""


class SqlLedger:
    """The ``Ledger`` port over one SQLAlchemy connection."""

    def __init__(self, connection: Connection, after_change: AfterChange | None = None) -> None:
        self._connection = connection
        self._after_change = after_change

    @cached_property
    def conversations(self) -> SqlConversations:
        keep = self._after_change
        told = partial(keep, self) if keep is not None else None
        return SqlConversations(self._connection, told)

    @cached_property
    def messages(self) -> SqlMessages:
        return SqlMessages(self._connection)

    @cached_property
    def turns(self) -> SqlTurns:
        return SqlTurns(self._connection)

    @cached_property
    def jobs(self) -> SqlJobs:
        return SqlJobs(self._connection)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self._connection)

    @cached_property
    def opt_outs(self) -> SqlOptOuts:
        return SqlOptOuts(self._connection)

    @cached_property
    def edits(self) -> SqlEdits:
        return SqlEdits(self._connection)

    @cached_property
    def kept(self) -> SqlKeptOnes:
        return SqlKeptOnes(self._connection)

    @cached_property
    def faults(self) -> SqlBuildingFaults:
        return SqlBuildingFaults(self._connection)

    @cached_property
    def lists(self) -> SqlLists:
        return SqlLists(self._connection)

    @cached_property
    def media(self) -> SqlMediaFiles:
        return SqlMediaFiles(self._connection)

    @cached_property
    def persons(self) -> SqlPersons:
        return SqlPersons(self._connection)

    @cached_property
    def photo_links(self) -> SqlPhotoLinks:
        return SqlPhotoLinks(self._connection)

    @cached_property
    def preferences(self) -> SqlPreferences:
        return SqlPreferences(self._connection)

    @cached_property
    def provider_reads(self) -> SqlProviderReads:
        return SqlProviderReads(self._connection)

    @cached_property
    def verifications(self) -> SqlVerifications:
        return SqlVerifications(self._connection)

    @cached_property
    def identity_checks(self) -> SqlIdentityChecks:
        return SqlIdentityChecks(self._connection)

    @cached_property
    def windows(self) -> SqlWindows:
        return SqlWindows(self._connection)

    @cached_property
    def routing(self) -> SqlRouting:
        return SqlRouting(self._connection)

    @cached_property
    def writing(self) -> SqlWriting:
        return SqlWriting(self._connection)

    @cached_property
    def service(self) -> SqlServiceClocks:
        return SqlServiceClocks(self._connection)

    @cached_property
    def reports(self) -> SqlReports:
        return SqlReports(self._connection)

    @cached_property
    def opinions(self) -> SqlOpinions:
        return SqlOpinions(self._connection)

    @cached_property
    def desk(self) -> SqlDesk:
        return SqlDesk(self._connection)

    @cached_property
    def staff(self) -> SqlStaff:
        return SqlStaff(self._connection)

    @cached_property
    def accounts(self) -> SqlAccounts:
        return SqlAccounts(self._connection)

    @cached_property
    def tokens(self) -> SqlTokens:
        return SqlTokens(self._connection)
