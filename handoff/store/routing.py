"""The tables of routing, a part per kind of row."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from handoff.store.alarms import SqlAlarms
from handoff.store.attendance import SqlAttendance
from handoff.store.line import SqlLine
from handoff.store.offers import SqlOffers


class SqlRouting:
    """The ``Routing`` port over one SQLAlchemy connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def attendance(self) -> SqlAttendance:
        return SqlAttendance(self._connection)

    @cached_property
    def offers(self) -> SqlOffers:
        return SqlOffers(self._connection)

    @cached_property
    def line(self) -> SqlLine:
        return SqlLine(self._connection)

    @cached_property
    def alarms(self) -> SqlAlarms:
        return SqlAlarms(self._connection)
