"""Requests that the back office could not take, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from actions.backoffice.verification import Level, RelatieId
from handoff.ledger.kept_requests import KeptRequest, KeptState
from handoff.model import AgentId, ConversationId
from handoff.store import tables as t


class SqlKeptOnes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: KeptRequest) -> bool:
        """Must be called in the transaction that holds the conversation's row lock."""
        c = t.kept_request.c
        if self._connection.scalar(select(c.id).where(c.key == request.key)):
            return False
        self._connection.execute(
            insert(t.kept_request).values(
                id=request.id,
                conversation_id=request.conversation,
                kind=request.kind,
                body=dict(request.body),
                key=request.key,
                relatie=request.relatie,
                level=int(request.level),
                asked_at=request.asked_at,
                **_changing(request),
            )
        )
        return True

    def get(self, id: str) -> KeptRequest | None:
        query = select(t.kept_request).where(t.kept_request.c.id == id)
        row = self._connection.execute(query).mappings().first()
        return _request(row) if row else None

    def save(self, request: KeptRequest, before: KeptState) -> bool:
        c = t.kept_request.c
        change = update(t.kept_request).where(c.id == request.id, c.state == before.value)
        return self._connection.execute(change.values(**_changing(request))).rowcount == 1

    def of(self, conversation: ConversationId) -> Sequence[KeptRequest]:
        c = t.kept_request.c
        query = select(t.kept_request).where(c.conversation_id == conversation)
        rows = self._connection.execute(query.order_by(c.asked_at, c.id)).mappings()
        return [_request(row) for row in rows]

    def undone(self, limit: int) -> Sequence[KeptRequest]:
        c = t.kept_request.c
        query = select(t.kept_request).where(c.state != KeptState.DONE.value)
        rows = self._connection.execute(query.order_by(c.asked_at, c.id).limit(limit)).mappings()
        return [_request(row) for row in rows]

    def count(self, state: KeptState) -> int:
        query = select(func.count()).where(t.kept_request.c.state == state.value)
        return self._connection.scalar(query) or 0


def _changing(request: KeptRequest) -> dict[str, object]:
    return {
        "state": request.state.value,
        "attempts": request.attempts,
        "next_at": request.next_at,
        "changed_at": request.changed_at,
        "number": request.number,
        "done_by": request.done_by,
    }


def _request(row: RowMapping) -> KeptRequest:
    return KeptRequest(
        id=row["id"],
        conversation=ConversationId(row["conversation_id"]),
        kind=row["kind"],
        body=row["body"],
        key=row["key"],
        relatie=RelatieId(row["relatie"]) if row["relatie"] else None,
        level=Level(row["level"]),
        asked_at=row["asked_at"],
        next_at=row["next_at"],
        changed_at=row["changed_at"],
        state=KeptState(row["state"]),
        attempts=row["attempts"],
        number=row["number"],
        done_by=AgentId(row["done_by"]) if row["done_by"] else None,
    )
