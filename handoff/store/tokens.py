"""Which token opens which conversation. Only hashes are stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from handoff.model import ConversationId
from handoff.store import tables as t


class SqlTokens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, token_hash: str, id: ConversationId, now: datetime) -> None:
        self._connection.execute(
            insert(t.access_token).values(token_hash=token_hash, conversation_id=id, created_at=now)
        )

    def allows(self, token_hash: str, id: ConversationId) -> bool:
        query = select(t.access_token.c.token_hash).where(
            t.access_token.c.token_hash == token_hash, t.access_token.c.conversation_id == id
        )
        return self._connection.execute(query).first() is not None
