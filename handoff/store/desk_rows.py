"""Assignments, promises and deliveries that a change brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from actions.backoffice.verification import RelatieId
from bot.signals import EscalationReason
from handoff.change import Asked, AssignmentStep, Change, Ended, Taken
from handoff.model import (
    AgentId,
    Assignment,
    AssignmentOutcome,
    Conversation,
    ConversationId,
    Promise,
)
from handoff.store import tables as t
from handoff.store.jobs import SqlJobs

REMINDER = "overdue"


def assignment_from(row: RowMapping) -> Assignment:
    return Assignment(
        id=row["id"],
        conversation=ConversationId(row["conversation_id"]),
        queue=row["queue"],
        reason=EscalationReason(row["reason"]),
        note=row["note"],
        asked_at=row["asked_at"],
        agent=AgentId(row["agent_id"]) if row["agent_id"] else None,
        taken_at=row["taken_at"],
        ended_at=row["ended_at"],
        outcome=AssignmentOutcome(row["outcome"]),
    )


class SqlDesk:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, after: Conversation, change: Change, now: datetime) -> None:
        """Write the assignment steps and promises of a change."""
        for step in change.steps:
            self._step(after.id, step, now)
        if change.keep_promises:
            self._connection.execute(
                update(t.promise)
                .where(t.promise.c.conversation_id == after.id, t.promise.c.kept_at.is_(None))
                .values(kept_at=now)
            )
            SqlJobs(self._connection).drop(REMINDER, after.id)
        if change.promise is not None:
            self._promise(after.id, change.promise, now)

    def _promise(self, id: ConversationId, promise: Promise, now: datetime) -> None:
        """Write a promise and the reminder that wakes us when it has passed."""
        promise_id = uuid4().hex
        self._connection.execute(
            insert(t.promise).values(
                id=promise_id,
                conversation_id=id,
                text=promise.text,
                due_at=promise.due_at,
                made_at=now,
            )
        )
        SqlJobs(self._connection).put(
            REMINDER, id, promise.due_at, f"{REMINDER}:{promise_id}", {"promise": promise_id}
        )

    def _step(self, id: ConversationId, step: AssignmentStep, now: datetime) -> None:
        c = t.assignment.c
        running = update(t.assignment).where(c.conversation_id == id, c.ended_at.is_(None))
        match step:
            case Asked(queue, reason, note):
                highest = select(func.max(c.no)).where(c.conversation_id == id)
                self._connection.execute(
                    insert(t.assignment).values(
                        id=uuid4().hex,
                        conversation_id=id,
                        queue=queue,
                        reason=reason.value,
                        note=note,
                        asked_at=now,
                        outcome=AssignmentOutcome.OPEN.value,
                        no=(self._connection.scalar(highest) or 0) + 1,
                    )
                )
            case Taken(agent):
                taken = AssignmentOutcome.TAKEN.value
                self._connection.execute(
                    running.values(agent_id=agent, taken_at=now, outcome=taken)
                )
            case Ended(outcome):
                self._connection.execute(running.values(ended_at=now, outcome=outcome.value))

    def assignment(self, id: ConversationId) -> Assignment | None:
        """The latest one, running or ended."""
        query = (
            select(t.assignment)
            .where(t.assignment.c.conversation_id == id)
            .order_by(t.assignment.c.no.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return assignment_from(row) if row else None

    def promises(self, id: ConversationId) -> Sequence[Promise]:
        """Those not yet kept, soonest first."""
        query = (
            select(t.promise)
            .where(t.promise.c.conversation_id == id, t.promise.c.kept_at.is_(None))
            .order_by(t.promise.c.due_at)
        )
        rows = self._connection.execute(query).mappings()
        return [Promise(r["text"], r["due_at"], r["id"], r["kept_at"]) for r in rows]

    def log_access(
        self,
        agent: AgentId,
        id: ConversationId,
        what: str,
        now: datetime,
        relatie: RelatieId | None = None,
    ) -> None:
        """Who looked at which conversation: for the review of the log, not for the desk."""
        self._connection.execute(
            insert(t.access_log).values(
                agent_id=agent, conversation_id=id, what=what, at=now, relatie=relatie
            )
        )
