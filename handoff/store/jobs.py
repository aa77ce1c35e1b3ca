"""The job table: work that survives a crash, in order per conversation, leased with a fence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from handoff.ledger import Job
from handoff.model import ConversationId
from handoff.store import tables as t

READY, LEASED, DEAD = "ready", "leased", "dead"


class SqlJobs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self,
        kind: str,
        id: ConversationId,
        due_at: datetime,
        dedupe_key: str,
        payload: Mapping[str, str],
    ) -> None:
        """Add work. One waiting turn per conversation is enough: it takes all that was said.

        Must be called in the transaction that holds the conversation's row lock.
        """
        if kind == "turn" and self._has_waiting(kind, id):
            return
        if self._connection.scalar(select(t.job.c.id).where(t.job.c.dedupe_key == dedupe_key)):
            return
        self._connection.execute(
            insert(t.job).values(
                kind=kind,
                conversation_id=id,
                dedupe_key=dedupe_key,
                payload=dict(payload),
                state=READY,
                attempt=0,
                due_at=due_at,
            )
        )

    def _has_waiting(self, kind: str, id: ConversationId) -> bool:
        query = select(t.job.c.id).where(
            t.job.c.conversation_id == id, t.job.c.kind == kind, t.job.c.state == READY
        )
        return self._connection.execute(query).first() is not None

    def claim(
        self, kinds: Sequence[str], owner: str, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Job]:
        """Lease due work whose conversation has no earlier undone work of the same kind."""
        job, earlier = t.job, t.job.alias("earlier")
        ahead = exists().where(
            earlier.c.conversation_id == job.c.conversation_id,
            earlier.c.kind == job.c.kind,
            earlier.c.id < job.c.id,
            earlier.c.state.in_([READY, LEASED]),
        )
        free = or_(
            and_(job.c.state == READY, job.c.due_at <= now),
            and_(job.c.state == LEASED, job.c.lease_until < now),
        )
        found = (
            select(job.c.id)
            .where(job.c.kind.in_(kinds), free, ~ahead)
            .order_by(job.c.due_at, job.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = self._connection.scalars(found).all()
        if not ids:
            return ()
        leased = self._connection.execute(
            update(job)
            .where(job.c.id.in_(ids))
            .values(
                state=LEASED, attempt=job.c.attempt + 1, lease_until=lease_until, lease_owner=owner
            )
            .returning(job)
        )
        return [
            Job(r["id"], r["kind"], r["conversation_id"], r["payload"], r["attempt"], owner)
            for r in leased.mappings()
        ]

    def others(self, job: Job) -> Sequence[Mapping[str, str]]:
        """What else of this kind is to be done for the conversation, in the order of doing."""
        c = t.job.c
        query = select(c.payload).where(
            c.conversation_id == job.conversation,
            c.kind == job.kind,
            c.id != job.id,
            c.state.in_([READY, LEASED]),
        )
        return self._connection.scalars(query.order_by(c.id)).all()

    def finish(self, job: Job) -> bool:
        """Remove finished work; False when the lease was lost and the result must be dropped."""
        return self._connection.execute(delete(t.job).where(self._mine(job))).rowcount == 1

    def retry(self, job: Job, due_at: datetime, error: str) -> None:
        self._connection.execute(
            update(t.job)
            .where(self._mine(job))
            .values(state=READY, due_at=due_at, lease_owner=None, last_error=error)
        )

    def bury(self, job: Job, error: str) -> None:
        self._connection.execute(
            update(t.job).where(self._mine(job)).values(state=DEAD, last_error=error)
        )

    @staticmethod
    def _mine(job: Job) -> ColumnElement[bool]:
        return and_(
            t.job.c.id == job.id,
            t.job.c.state == LEASED,
            t.job.c.attempt == job.attempt,
            t.job.c.lease_owner == job.lease_owner,
        )

    def release_leases(self, now: datetime) -> int:
        result = self._connection.execute(
            update(t.job).where(t.job.c.state == LEASED).values(lease_until=now, state=READY)
        )
        return result.rowcount

    def drop(self, kind: str, id: ConversationId) -> None:
        """Forget work of this kind that nobody has begun: there is no reason for it any more."""
        self._connection.execute(
            delete(t.job).where(
                t.job.c.conversation_id == id, t.job.c.kind == kind, t.job.c.state == READY
            )
        )

    def undone(self, id: ConversationId) -> int:
        """How much work of this conversation is still to be done."""
        query = select(func.count()).where(
            t.job.c.conversation_id == id, t.job.c.state.in_([READY, LEASED])
        )
        return self._connection.scalar(query) or 0
