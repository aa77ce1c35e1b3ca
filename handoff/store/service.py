"""The clocks of service, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from handoff.model import AgentId, ConversationId
from handoff.service_levels.measure import ClockOutcome, ServiceClock
from handoff.service_levels.targets import ClockKind
from handoff.store import tables as t
from handoff.store.upsert import upsert

_SAME = (
    "queue",
    "target_minutes",
    "worked_minutes",
    "started_at",
    "running_since",
    "warn_at",
    "due_at",
    "warned_at",
    "breached_at",
    "ended_at",
)
"""Columns that are named as the fields of a clock."""


class SqlServiceClocks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def running(self, id: ConversationId) -> Sequence[ServiceClock]:
        c = t.service_clock.c
        query = select(t.service_clock).where(
            c.conversation_id == id, c.outcome == ClockOutcome.RUNNING.value
        )
        return self._found(query.order_by(c.started_at, c.id))

    def next_due(self, ids: Sequence[ConversationId]) -> Mapping[ConversationId, ServiceClock]:
        c = t.service_clock.c
        query = select(t.service_clock).where(
            c.conversation_id.in_(ids),
            c.outcome == ClockOutcome.RUNNING.value,
            c.due_at.is_not(None),
            c.kind != ClockKind.PROMISE.value,
        )
        first: dict[ConversationId, ServiceClock] = {}
        for clock in self._found(query.order_by(c.due_at, c.id)):
            first.setdefault(clock.conversation, clock)
        return first

    def put(self, clock: ServiceClock) -> None:
        values = {name: getattr(clock, name) for name in _SAME} | {
            "id": clock.id,
            "conversation_id": clock.conversation,
            "kind": clock.kind.value,
            "agent_id": clock.agent,
            "outcome": clock.outcome.value,
        }
        upsert(self._connection, t.service_clock, values)

    def ended(self, since: datetime, until: datetime) -> Sequence[ServiceClock]:
        c = t.service_clock.c
        query = select(t.service_clock).where(c.ended_at >= since, c.ended_at < until)
        return self._found(query.order_by(c.ended_at, c.id))

    def history(self, id: ConversationId) -> Sequence[ServiceClock]:
        c = t.service_clock.c
        query = select(t.service_clock).where(c.conversation_id == id)
        return self._found(query.order_by(c.started_at, c.id))

    def _found(self, query: Select[Any]) -> list[ServiceClock]:
        return [clock_from(row) for row in self._connection.execute(query).mappings()]


def clock_from(row: RowMapping) -> ServiceClock:
    agent = row["agent_id"]
    return ServiceClock(
        id=row["id"],
        conversation=ConversationId(row["conversation_id"]),
        kind=ClockKind(row["kind"]),
        agent=AgentId(agent) if agent else None,
        outcome=ClockOutcome(row["outcome"]),
        **{name: row[name] for name in _SAME},
    )
