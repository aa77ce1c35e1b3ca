"""Links with which a tenant sends photos from outside the channel."""

from __future__ import annotations

from sqlalchemy import Connection, Select, insert, or_, select, update

from handoff.ledger.photo_links import PhotoLink
from handoff.model import ConversationId
from handoff.store import tables as t


class SqlPhotoLinks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, link: PhotoLink) -> None:
        self._connection.execute(
            insert(t.photo_link).values(
                token_hash=link.token_hash,
                conversation_id=link.conversation,
                issued_at=link.issued_at,
                expires_at=link.expires_at,
                used_by=link.used_by,
            )
        )

    def get(self, token_hash: str) -> PhotoLink | None:
        return self._first(select(t.photo_link).where(t.photo_link.c.token_hash == token_hash))

    def use(self, token_hash: str, upload: str) -> bool:
        c = t.photo_link.c
        free = or_(c.used_by.is_(None), c.used_by == upload)
        change = update(t.photo_link).where(c.token_hash == token_hash, free)
        return self._connection.execute(change.values(used_by=upload)).rowcount == 1

    def latest(self, conversation: ConversationId) -> PhotoLink | None:
        c = t.photo_link.c
        query = select(t.photo_link).where(c.conversation_id == conversation)
        return self._first(query.order_by(c.issued_at.desc()).limit(1))

    def _first(self, query: Select[tuple[object, ...]]) -> PhotoLink | None:
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return PhotoLink(
            token_hash=row["token_hash"],
            conversation=ConversationId(row["conversation_id"]),
            issued_at=row["issued_at"],
            expires_at=row["expires_at"],
            used_by=row["used_by"],
        )
