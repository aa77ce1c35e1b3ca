"""What tenants thought of the help they got, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from handoff.model import AgentId, ConversationId
from handoff.opinion.values import LOW, Flag, Opinion
from handoff.store import tables as t
from handoff.store.upsert import upsert

_SAME = (
    "id",
    "term",
    "channel",
    "address",
    "queue",
    "asked_at",
    "topic",
    "score",
    "scored_at",
    "words",
    "words_at",
)
"""Columns that are named as the fields of an opinion."""
_MOST_FLAGGED = 200


class SqlOpinions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, opinion: Opinion) -> None:
        values = {name: getattr(opinion, name) for name in _SAME} | {
            "conversation_id": opinion.conversation,
            "agent_id": opinion.agent,
            "flag": opinion.flag.value,
        }
        upsert(self._connection, t.opinion, values)

    def latest(self, id: ConversationId) -> Opinion | None:
        c = t.opinion.c
        query = select(t.opinion).where(c.conversation_id == id)
        found = self._found(query.order_by(c.asked_at.desc(), c.id).limit(1))
        return found[0] if found else None

    def asked_last(self, channel: str, address: str) -> datetime | None:
        c = t.opinion.c
        query = select(func.max(c.asked_at)).where(c.channel == channel, c.address == address)
        last: datetime | None = self._connection.scalar(query)
        return last

    def asked(self, since: datetime, until: datetime) -> Sequence[Opinion]:
        c = t.opinion.c
        query = select(t.opinion).where(c.asked_at >= since, c.asked_at < until)
        return self._found(query.order_by(c.asked_at, c.id))

    def flagged(self, since: datetime) -> Sequence[Opinion]:
        c = t.opinion.c
        query = select(t.opinion).where(
            c.asked_at >= since, or_(c.score <= LOW, c.flag != Flag.NONE.value)
        )
        return self._found(query.order_by(c.asked_at.desc(), c.id).limit(_MOST_FLAGGED))

    def _found(self, query: Select[Any]) -> list[Opinion]:
        return [opinion_from(row) for row in self._connection.execute(query).mappings()]


def opinion_from(row: RowMapping) -> Opinion:
    agent = row["agent_id"]
    return Opinion(
        conversation=ConversationId(row["conversation_id"]),
        agent=AgentId(agent) if agent else None,
        flag=Flag(row["flag"]),
        **{name: row[name] for name in _SAME},
    )
