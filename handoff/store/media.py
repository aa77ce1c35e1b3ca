"""The files that tenants and staff send, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.model import AgentId, ConversationId, MessageId
from handoff.store import tables as t

_MOST_ASKED = 500
"""Messages in one query; a database takes no more than some thousands of values at once."""


class SqlMediaFiles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, file: MediaFile) -> None:
        self._connection.execute(
            insert(t.media_file).values(
                id=file.id,
                conversation_id=file.conversation,
                at=file.at,
                agent_id=file.by,
                link_key=file.link_key,
                **_changing(file),
            )
        )

    def get(self, id: str) -> MediaFile | None:
        query = select(t.media_file).where(t.media_file.c.id == id)
        row = self._connection.execute(query).mappings().first()
        return _file(row) if row else None

    def save(self, file: MediaFile) -> None:
        self._connection.execute(
            update(t.media_file).where(t.media_file.c.id == file.id).values(**_changing(file))
        )

    def attach(self, id: str, conversation: ConversationId, message: MessageId) -> bool:
        c = t.media_file.c
        mine = (c.conversation_id == conversation, c.agent_id.is_(None))
        change = update(t.media_file).where(*_free(id), *mine).values(message_id=message)
        return self._connection.execute(change).rowcount == 1

    def send(self, id: str, by: AgentId, conversation: ConversationId, message: MessageId) -> bool:
        mine = t.media_file.c.agent_id == by
        change = update(t.media_file).where(*_free(id), mine)
        values = {"message_id": message, "conversation_id": conversation}
        return self._connection.execute(change.values(**values)).rowcount == 1

    def abandoned(self, before: datetime, most: int) -> Sequence[MediaFile]:
        c = t.media_file.c
        query = select(t.media_file).where(c.message_id.is_(None), c.at < before)
        rows = self._connection.execute(query.order_by(c.at, c.id).limit(most)).mappings()
        return [_file(row) for row in rows]

    def give_up(self, id: str) -> bool:
        c = t.media_file.c
        change = update(t.media_file).where(c.id == id, c.message_id.is_(None))
        gone = {"state": FileState.GONE.value, "size": 0}
        return self._connection.execute(change.values(**gone)).rowcount == 1

    def forget(self, id: str) -> None:
        c = t.media_file.c
        gone = (c.id == id, c.message_id.is_(None), c.state == FileState.GONE.value)
        self._connection.execute(delete(t.media_file).where(*gone))

    def of(self, conversation: ConversationId) -> Sequence[MediaFile]:
        c = t.media_file.c
        query = select(t.media_file).where(c.conversation_id == conversation)
        rows = self._connection.execute(query.order_by(c.at, c.id)).mappings()
        return [_file(row) for row in rows]

    def by_message(self, messages: Sequence[MessageId]) -> Mapping[MessageId, Sequence[MediaFile]]:
        c = t.media_file.c
        found: defaultdict[MessageId, list[MediaFile]] = defaultdict(list)
        for start in range(0, len(messages), _MOST_ASKED):
            some = messages[start : start + _MOST_ASKED]
            query = select(t.media_file).where(c.message_id.in_(some)).order_by(c.at, c.id)
            for row in self._connection.execute(query).mappings():
                found[MessageId(row["message_id"])].append(_file(row))
        return found


def _free(id: str) -> tuple[ColumnElement[bool], ...]:
    """Kept, and of no message yet."""
    c = t.media_file.c
    return c.id == id, c.message_id.is_(None), c.state == FileState.KEPT.value


def _changing(file: MediaFile) -> dict[str, object]:
    return {
        "message_id": file.message,
        "kind": file.kind.value,
        "content_type": file.content_type,
        "size": file.size,
        "state": file.state.value,
        "provider_ref": file.provider_ref,
        "detail": file.detail,
        "name": file.name,
    }


def _file(row: RowMapping) -> MediaFile:
    return MediaFile(
        id=row["id"],
        conversation=ConversationId(row["conversation_id"]),
        message=MessageId(row["message_id"]) if row["message_id"] else None,
        kind=FileKind(row["kind"]),
        content_type=row["content_type"],
        size=row["size"],
        state=FileState(row["state"]),
        provider_ref=row["provider_ref"],
        detail=row["detail"],
        at=row["at"],
        by=AgentId(row["agent_id"]) if row["agent_id"] else None,
        name=row["name"],
        link_key=row["link_key"],
    )
