"""One open transaction, with a part per kind of row."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from handoff.store.conversations import SqlConversations
from handoff.store.deliveries import SqlDeliveries
from handoff.store.desk_rows import SqlDesk
from handoff.store.jobs import SqlJobs
from handoff.store.media import SqlMediaFiles
from handoff.store.messages import SqlMessages
from handoff.store.opt_outs import SqlOptOuts
from handoff.store.persons import SqlPersons
from handoff.store.photo_links import SqlPhotoLinks
from handoff.store.provider_reads import SqlProviderReads
from handoff.store.routing import SqlRouting
from handoff.store.staff import SqlStaff
from handoff.store.tokens import SqlTokens
from handoff.store.turns import SqlTurns
from handoff.store.windows import SqlWindows


class SqlLedger:
    """The ``Ledger`` port over one SQLAlchemy connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def conversations(self) -> SqlConversations:
        return SqlConversations(self._connection)

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
    def media(self) -> SqlMediaFiles:
        return SqlMediaFiles(self._connection)

    @cached_property
    def persons(self) -> SqlPersons:
        return SqlPersons(self._connection)

    @cached_property
    def photo_links(self) -> SqlPhotoLinks:
        return SqlPhotoLinks(self._connection)

    @cached_property
    def provider_reads(self) -> SqlProviderReads:
        return SqlProviderReads(self._connection)

    @cached_property
    def windows(self) -> SqlWindows:
        return SqlWindows(self._connection)

    @cached_property
    def routing(self) -> SqlRouting:
        return SqlRouting(self._connection)

    @cached_property
    def desk(self) -> SqlDesk:
        return SqlDesk(self._connection)

    @cached_property
    def staff(self) -> SqlStaff:
        return SqlStaff(self._connection)

    @cached_property
    def tokens(self) -> SqlTokens:
        return SqlTokens(self._connection)
