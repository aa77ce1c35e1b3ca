"""Drafts, replies to choose from, and mentions in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from handoff.ledger.writing import (
    ActionKind,
    AgentDraft,
    CannedReply,
    DraftKind,
    MacroAction,
    Mention,
)
from handoff.model import AgentId, ConversationId, MessageId
from handoff.store import tables as t

_EXCERPT = 140
"""Characters of a note that the list of mentions shows."""


class SqlWriting:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drafts(self, id: ConversationId, agent: AgentId) -> Sequence[AgentDraft]:
        c = t.agent_draft.c
        query = select(c.kind, c.text, c.revision).where(
            c.conversation_id == id, c.agent_id == agent
        )
        rows = self._connection.execute(query.order_by(c.kind))
        return [AgentDraft(DraftKind(row.kind), row.text, row.revision) for row in rows]

    def put_draft(
        self,
        id: ConversationId,
        agent: AgentId,
        kind: DraftKind,
        text: str,
        base: int,
        now: datetime,
    ) -> bool:
        c = t.agent_draft.c
        values = {"text": text, "revision": base + 1, "saved_at": now}
        keys = {"conversation_id": id, "agent_id": agent, "kind": kind.value}
        if base == 0:
            sqlite = self._connection.dialect.name == "sqlite"
            new = (insert_sqlite if sqlite else insert_postgres)(t.agent_draft)
            statement = new.values(**keys, **values).on_conflict_do_nothing().returning(c.revision)
            return self._connection.execute(statement).first() is not None
        mine = (c.conversation_id == id) & (c.agent_id == agent) & (c.kind == kind.value)
        over = update(t.agent_draft).where(mine, c.revision == base)
        return self._connection.execute(over.values(**values)).rowcount == 1

    def canned(self) -> Sequence[CannedReply]:
        c = t.canned_reply.c
        rows = self._connection.execute(select(t.canned_reply).order_by(c.position, c.key))
        return [
            CannedReply(row.key, row.title, row.text, row.queue, _actions(row.actions))
            for row in rows
        ]

    def seed_canned(self, replies: Iterable[CannedReply]) -> None:
        if self._connection.scalar(select(func.count()).select_from(t.canned_reply)):
            return
        for position, one in enumerate(replies):
            actions = [{"kind": a.kind.value, "value": a.value} for a in one.actions]
            self._connection.execute(
                insert(t.canned_reply).values(
                    key=one.key,
                    title=one.title,
                    text=one.text,
                    queue=one.queue,
                    actions=actions,
                    position=position,
                )
            )

    def name_in_note(
        self,
        message: MessageId,
        id: ConversationId,
        named: Iterable[AgentId],
        by: AgentId,
        now: datetime,
    ) -> None:
        for agent in named:
            self._connection.execute(
                insert(t.mention).values(
                    message_id=message,
                    agent_id=agent,
                    conversation_id=id,
                    named_by=by,
                    named_at=now,
                )
            )

    def mentions(self, agent: AgentId, limit: int) -> Sequence[Mention]:
        c = t.mention.c
        query = (
            select(
                c.message_id,
                c.conversation_id,
                t.conversation.c.reference,
                t.agent.c.name,
                c.named_at,
                t.message.c.body,
                c.seen_at,
            )
            .join(t.conversation, t.conversation.c.id == c.conversation_id)
            .join(t.agent, t.agent.c.id == c.named_by)
            .join(t.message, t.message.c.id == c.message_id)
            .where(c.agent_id == agent)
            .order_by(c.seen_at.is_not(None), c.named_at.desc(), c.message_id)
            .limit(limit)
        )
        return [
            Mention(
                MessageId(row.message_id),
                ConversationId(row.conversation_id),
                row.reference,
                row.name,
                row.named_at,
                row.body[:_EXCERPT],
                row.seen_at is not None,
            )
            for row in self._connection.execute(query)
        ]

    def see_mentions(self, agent: AgentId, id: ConversationId, now: datetime) -> None:
        c = t.mention.c
        mine = (c.agent_id == agent) & (c.conversation_id == id) & c.seen_at.is_(None)
        self._connection.execute(update(t.mention).where(mine).values(seen_at=now))


def _actions(raw: Sequence[dict[str, str]]) -> tuple[MacroAction, ...]:
    return tuple(MacroAction(ActionKind(one["kind"]), one["value"]) for one in raw)
