"""Faults of buildings, and what tenants report of them, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from actions.backoffice.verification import RelatieId
from handoff.ledger.known_faults import BuildingFault, FaultKind, FaultReport
from handoff.model import AgentId, ConversationId
from handoff.store import tables as t


class SqlBuildingFaults:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, report: FaultReport) -> None:
        """Must be called in the transaction that holds the conversation's row lock."""
        again = update(t.fault_report).where(_this(report))
        values = {"relatie": report.relatie, "at": report.at, "told_at": None}
        if self._connection.execute(again.values(**values)).rowcount:
            return
        self._connection.execute(
            insert(t.fault_report).values(
                conversation_id=report.conversation,
                cluster=report.kind.cluster,
                defect=report.kind.defect,
                location=report.kind.location,
                **values,
            )
        )

    def reports(self, since: datetime) -> Sequence[FaultReport]:
        c = t.fault_report.c
        query = select(t.fault_report).where(c.at >= since).order_by(c.at, c.conversation_id)
        return [
            FaultReport(
                ConversationId(row["conversation_id"]),
                _kind(row),
                RelatieId(row["relatie"]) if row["relatie"] else None,
                row["at"],
                row["told_at"],
            )
            for row in self._connection.execute(query).mappings()
        ]

    def told(self, report: FaultReport, now: datetime) -> bool:
        change = update(t.fault_report).where(_this(report), t.fault_report.c.told_at.is_(None))
        return self._connection.execute(change.values(told_at=now)).rowcount == 1

    def add(self, fault: BuildingFault) -> None:
        self._connection.execute(
            insert(t.building_fault).values(
                id=fault.id,
                cluster=fault.kind.cluster,
                defect=fault.kind.defect,
                location=fault.kind.location,
                since=fault.since,
                confirmed_by=fault.confirmed_by,
                confirmed_at=fault.confirmed_at,
                **_changing(fault),
            )
        )

    def get(self, id: str) -> BuildingFault | None:
        query = select(t.building_fault).where(t.building_fault.c.id == id)
        row = self._connection.execute(query).mappings().first()
        return _fault(row) if row else None

    def save(self, fault: BuildingFault) -> bool:
        c = t.building_fault.c
        change = update(t.building_fault).where(c.id == fault.id, c.ended_at.is_(None))
        return self._connection.execute(change.values(**_changing(fault))).rowcount == 1

    def since(self, moment: datetime) -> Sequence[BuildingFault]:
        c = t.building_fault.c
        query = select(t.building_fault).where(or_(c.ended_at.is_(None), c.ended_at > moment))
        rows = self._connection.execute(query.order_by(c.confirmed_at.desc(), c.id)).mappings()
        return [_fault(row) for row in rows]


def _this(report: FaultReport) -> ColumnElement[bool]:
    c = t.fault_report.c
    return and_(
        c.conversation_id == report.conversation,
        c.cluster == report.kind.cluster,
        c.defect == report.kind.defect,
        c.location == report.kind.location,
    )


def _changing(fault: BuildingFault) -> dict[str, object]:
    return {
        "words": fault.words,
        "until": fault.until,
        "expected_end": fault.expected_end,
        "ended_at": fault.ended_at,
        "ended_by": fault.ended_by,
    }


def _kind(row: RowMapping) -> FaultKind:
    return FaultKind(row["cluster"], row["defect"], row["location"])


def _fault(row: RowMapping) -> BuildingFault:
    return BuildingFault(
        id=row["id"],
        kind=_kind(row),
        words=row["words"],
        since=row["since"],
        until=row["until"],
        expected_end=row["expected_end"],
        confirmed_by=AgentId(row["confirmed_by"]),
        confirmed_at=row["confirmed_at"],
        ended_at=row["ended_at"],
        ended_by=AgentId(row["ended_by"]) if row["ended_by"] else None,
    )
