"""How often who is on call was told of an urgent conversation, and who said "I have seen it"."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, select

from handoff.model import AgentId, Conversation, ConversationId
from handoff.routing.values import Alarm
from handoff.store import tables as t
from handoff.store.conversations import conversation_from
from handoff.store.upsert import upsert


def _alarm_from(row: RowMapping) -> Alarm:
    by = row["acknowledged_by"]
    return Alarm(
        ConversationId(row["conversation_id"]),
        row["alarm_term"],
        row["raised_at"],
        row["times"],
        row["last_result"],
        row["acknowledged_at"],
        AgentId(by) if by else None,
    )


_COLUMNS = [
    *(column for column in t.on_call_alarm.c if column.name != "term"),
    t.on_call_alarm.c.term.label("alarm_term"),
]


class SqlAlarms:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, id: ConversationId, term: int) -> Alarm | None:
        c = t.on_call_alarm.c
        query = select(*_COLUMNS).where(c.conversation_id == id, c.term == term)
        row = self._connection.execute(query).mappings().first()
        return _alarm_from(row) if row else None

    def put(self, alarm: Alarm) -> None:
        upsert(
            self._connection,
            t.on_call_alarm,
            {
                "conversation_id": alarm.conversation,
                "term": alarm.term,
                "raised_at": alarm.raised_at,
                "times": alarm.times,
                "last_result": alarm.last_result,
                "acknowledged_at": alarm.acknowledged_at,
                "acknowledged_by": alarm.acknowledged_by,
            },
        )

    def unacknowledged(self) -> Sequence[tuple[Alarm, Conversation]]:
        c, talk = t.on_call_alarm.c, t.conversation.c
        query = (
            select(*_COLUMNS, t.conversation)
            .join(t.conversation, and_(talk.id == c.conversation_id, talk.term == c.term))
            .where(c.acknowledged_at.is_(None), talk.holder_kind == "waiting")
            .order_by(c.raised_at)
        )
        rows = self._connection.execute(query).mappings().all()
        return [(_alarm_from(row), conversation_from(row)) for row in rows]
