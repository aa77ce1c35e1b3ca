"""Who waits, how long others waited, which calls were promised, and what is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, or_, select

from handoff.model import AgentId, AuthorKind, Conversation, ConversationId, MessageKind
from handoff.routing.values import CallBack, Owner, Watch
from handoff.store import tables as t
from handoff.store.conversations import conversation_from
from handoff.store.upsert import upsert


class SqlLine:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, now: datetime) -> Sequence[Conversation]:
        call, c = t.call_back.c, t.conversation.c
        later = and_(call.conversation_id == c.id, call.term == c.term)
        query = (
            select(t.conversation)
            .outerjoin(t.call_back, later)
            .where(c.holder_kind == "waiting", or_(call.from_at.is_(None), call.from_at <= now))
            .order_by(c.priority.desc(), c.waiting_since, c.id)
        )
        return [conversation_from(row) for row in self._connection.execute(query).mappings()]

    def manned(self) -> Sequence[Conversation]:
        c = t.conversation.c
        query = select(t.conversation).where(c.holder_kind.in_(["waiting", "held"])).order_by(c.id)
        return [conversation_from(row) for row in self._connection.execute(query).mappings()]

    def recent_waits(
        self, queue: str, since: datetime, limit: int
    ) -> Sequence[tuple[datetime, datetime]]:
        c = t.assignment.c
        query = (
            select(c.asked_at, c.taken_at)
            .where(c.queue == queue, c.taken_at >= since)
            .order_by(c.taken_at.desc())
            .limit(limit)
        )
        return [(row.asked_at, row.taken_at) for row in self._connection.execute(query)]

    def reopened(self, ids: Sequence[ConversationId]) -> frozenset[ConversationId]:
        c = t.assignment.c
        query = select(c.conversation_id).where(
            c.conversation_id.in_(ids), c.outcome == "closed", c.ended_at.is_not(None)
        )
        return frozenset(ConversationId(id) for id in self._connection.scalars(query))

    def call_back(self, id: ConversationId) -> CallBack | None:
        query = select(t.call_back).where(t.call_back.c.conversation_id == id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return CallBack(
            id, row["term"], row["number"], row["asked_at"], row["from_at"], row["to_at"]
        )

    def put_call_back(self, call_back: CallBack) -> None:
        upsert(
            self._connection,
            t.call_back,
            {
                "conversation_id": call_back.conversation,
                "term": call_back.term,
                "number": call_back.number,
                "asked_at": call_back.asked_at,
                "from_at": call_back.from_at,
                "to_at": call_back.to_at,
            },
        )

    def drop_call_back(self, id: ConversationId) -> None:
        self._connection.execute(delete(t.call_back).where(t.call_back.c.conversation_id == id))

    def calls_from(self, moment: datetime) -> Mapping[datetime, int]:
        c = t.call_back.c
        query = select(c.from_at, func.count()).where(c.from_at >= moment).group_by(c.from_at)
        return {opens: count for opens, count in self._connection.execute(query) if opens}

    def watch(self, id: ConversationId) -> Watch | None:
        query = select(t.watch).where(t.watch.c.conversation_id == id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        agent = row["owner_agent"]
        owner = Owner(AgentId(agent) if agent else None, row["owner_queue"])
        return Watch(id, owner, row["due_at"], row["deadline"], row["raised_at"])

    def put_watch(self, watch: Watch) -> None:
        upsert(
            self._connection,
            t.watch,
            {
                "conversation_id": watch.conversation,
                "owner_agent": watch.owner.agent,
                "owner_queue": watch.owner.queue,
                "due_at": watch.due_at,
                "deadline": watch.deadline,
                "raised_at": watch.raised_at,
            },
        )

    def last_words(self, conversation: Conversation) -> tuple[datetime | None, datetime]:
        c = t.message.c
        mine = c.conversation_id == conversation.id
        answered = self._connection.scalar(
            select(func.max(c.pos)).where(
                mine,
                c.author_kind == AuthorKind.AGENT.value,
                c.kind == MessageKind.TEXT.value,
            )
        )
        first = self._connection.scalar(
            select(func.min(c.at)).where(
                mine, c.author_kind == AuthorKind.TENANT.value, c.pos > (answered or 0)
            )
        )
        last = self._connection.scalar(select(func.max(c.at)).where(mine, c.visibility == "tenant"))
        return first, last or conversation.opened_at
