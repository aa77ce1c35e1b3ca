"""What the console's list needs beside each conversation, fetched in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, select

from handoff.ledger import Row
from handoff.model import AgentId, Assignment, Conversation, ConversationId, Held, Message
from handoff.store import tables as t
from handoff.store.desk_rows import assignment_from
from handoff.store.messages import message_from
from handoff.store.service import SqlServiceClocks
from handoff.store.snoozes import labels_of, snoozed_until


def rows_for(
    connection: Connection, conversations: Sequence[Conversation], reader: AgentId
) -> Sequence[Row]:
    ids = [conversation.id for conversation in conversations]
    assignments = _latest_assignments(connection, ids)
    last = _last_messages(connection, ids)
    counted = _unread_and_said(connection, ids, reader)
    names = _names(connection, conversations)
    windows = _windows(connection, ids)
    clocks = SqlServiceClocks(connection).next_due(ids)
    labels, snoozed = labels_of(connection, ids), snoozed_until(connection, ids)
    return [
        Row(
            conversation,
            assignments.get(conversation.id),
            names.get(conversation.holder.agent) if isinstance(conversation.holder, Held) else None,
            last.get(conversation.id),
            *counted.get(conversation.id, (0, 0)),
            windows.get(conversation.id),
            labels.get(conversation.id, ()),
            snoozed.get(conversation.id),
            clocks.get(conversation.id),
        )
        for conversation in conversations
    ]


def _latest_assignments(
    connection: Connection, ids: Sequence[ConversationId]
) -> dict[ConversationId, Assignment]:
    newest = (
        select(t.assignment.c.conversation_id, func.max(t.assignment.c.no).label("no"))
        .where(t.assignment.c.conversation_id.in_(ids))
        .group_by(t.assignment.c.conversation_id)
        .subquery()
    )
    query = select(t.assignment).join(
        newest,
        and_(
            newest.c.conversation_id == t.assignment.c.conversation_id,
            newest.c.no == t.assignment.c.no,
        ),
    )
    found = [assignment_from(row) for row in connection.execute(query).mappings()]
    return {assignment.conversation: assignment for assignment in found}


def _last_messages(
    connection: Connection, ids: Sequence[ConversationId]
) -> dict[ConversationId, Message]:
    newest = (
        select(t.message.c.conversation_id, func.max(t.message.c.pos).label("pos"))
        .where(
            t.message.c.conversation_id.in_(ids),
            t.message.c.kind == "text",
            # What people said tells a colleague more than what we answered.
            t.message.c.author_kind.in_(["tenant", "agent"]),
        )
        .group_by(t.message.c.conversation_id)
        .subquery()
    )
    query = select(t.message).join(
        newest,
        and_(
            newest.c.conversation_id == t.message.c.conversation_id,
            newest.c.pos == t.message.c.pos,
        ),
    )
    found = [message_from(row, ()) for row in connection.execute(query).mappings()]
    return {message.conversation: message for message in found}


def _unread_and_said(
    connection: Connection, ids: Sequence[ConversationId], reader: AgentId
) -> dict[ConversationId, tuple[int, int]]:
    mark = t.read_mark
    unread = case((t.message.c.pos > func.coalesce(mark.c.pos, 0), 1), else_=0)
    query = (
        select(t.message.c.conversation_id, func.sum(unread), func.count())
        .outerjoin(
            mark,
            and_(mark.c.conversation_id == t.message.c.conversation_id, mark.c.agent_id == reader),
        )
        .where(
            t.message.c.conversation_id.in_(ids),
            t.message.c.author_kind == "tenant",
        )
        .group_by(t.message.c.conversation_id)
    )
    return {ConversationId(id): (new, all) for id, new, all in connection.execute(query)}


def _windows(
    connection: Connection, ids: Sequence[ConversationId]
) -> dict[ConversationId, datetime]:
    there = and_(
        t.reply_window.c.channel == t.conversation.c.channel,
        t.reply_window.c.address == t.conversation.c.address,
    )
    query = (
        select(t.conversation.c.id, t.reply_window.c.closes_at)
        .join(t.reply_window, there)
        .where(t.conversation.c.id.in_(ids))
    )
    return {ConversationId(id): closes_at for id, closes_at in connection.execute(query)}


def _names(connection: Connection, conversations: Sequence[Conversation]) -> dict[AgentId, str]:
    agents = {c.holder.agent for c in conversations if isinstance(c.holder, Held)}
    if not agents:
        return {}
    query = select(t.agent.c.id, t.agent.c.name).where(t.agent.c.id.in_(agents))
    return {AgentId(id): name for id, name in connection.execute(query)}
