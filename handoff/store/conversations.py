"""Conversations: reading them, and writing a change fenced by the term it was decided on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, case, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from handoff.change import Applied, Change
from handoff.ledger import Row, StaleTerm
from handoff.model import (
    AgentId,
    AuthorKind,
    Bot,
    Closed,
    Conversation,
    ConversationId,
    Held,
    Holder,
    Message,
    State,
    Waiting,
    state_of,
)
from handoff.store import tables as t
from handoff.store.conversation_list import rows_for
from handoff.store.desk_rows import SqlDesk
from handoff.store.jobs import SqlJobs
from handoff.store.messages import SqlMessages
from handoff.store.offers import SqlOffers

ROUTE = "route"


def holder_from(kind: str, ref: str | None) -> Holder:
    match State(kind):
        case State.BOT:
            return Bot()
        case State.WAITING:
            return Waiting(ref or "")
        case State.HELD:
            return Held(AgentId(ref or ""))
        case State.CLOSED:
            return Closed()


def _holder_ref(holder: Holder) -> str | None:
    match holder:
        case Waiting(queue):
            return queue
        case Held(agent):
            return agent
        case _:
            return None


def readable() -> ColumnElement[bool]:
    """False for what was closed without a word said: there is nothing to read in it."""
    c = t.conversation.c
    return or_(c.last_pos > 0, c.holder_kind != State.CLOSED.value)


def conversation_from(row: RowMapping) -> Conversation:
    return Conversation(
        id=ConversationId(row["id"]),
        reference=row["reference"],
        channel=row["channel"],
        address=row["address"],
        holder=holder_from(row["holder_kind"], row["holder_ref"]),
        term=row["term"],
        last_pos=row["last_pos"],
        last_seq=row["last_seq"],
        answered_pos=row["answered_pos"],
        opened_at=row["opened_at"],
        pushed=row["pushed"],
        topic=row["topic"],
        urgent_kind=row["urgent_kind"],
        priority=row["priority"],
        session_no=row["session_no"],
        waiting_since=row["waiting_since"],
        closed_at=row["closed_at"],
    )


class SqlConversations:
    def __init__(
        self,
        connection: Connection,
        told: Callable[[Applied, Change, datetime], None] | None = None,
    ) -> None:
        self._connection = connection
        self._told = told

    def get(self, id: ConversationId, *, lock: bool = False) -> Conversation | None:
        query = select(t.conversation).where(t.conversation.c.id == id)
        if lock:  # SQLite ignores it; there BEGIN IMMEDIATE already locks
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().first()
        return conversation_from(row) if row else None

    def latest_at(self, channel: str, address: str) -> Conversation | None:
        """The last conversation with this address, open or closed, locked."""
        query = (
            select(t.conversation)
            .where(t.conversation.c.channel == channel, t.conversation.c.address == address)
            .order_by(t.conversation.c.opened_at.desc())
            .limit(1)
            .with_for_update()
        )
        row = self._connection.execute(query).mappings().first()
        return conversation_from(row) if row else None

    def open(self, conversation: Conversation) -> Conversation:
        self._connection.execute(
            insert(t.conversation).values(
                id=conversation.id,
                reference=conversation.reference,
                channel=conversation.channel,
                address=conversation.address,
                holder_kind=conversation.state,
                holder_ref=_holder_ref(conversation.holder),
                term=conversation.term,
                last_pos=conversation.last_pos,
                last_seq=conversation.last_seq,
                answered_pos=conversation.answered_pos,
                priority=conversation.priority,
                session_no=conversation.session_no,
                opened_at=conversation.opened_at,
                pushed=conversation.pushed,
                changed_at=conversation.opened_at,
            )
        )
        return conversation

    def apply(self, id: ConversationId, term: int, change: Change, now: datetime) -> Applied:
        """Write a change if the term is still this one: the fence is in the UPDATE itself.

        Raises:
            StaleTerm: somebody else became the holder first. Nothing was written.
        """
        row = (
            self._connection.execute(
                update(t.conversation)
                .where(t.conversation.c.id == id, t.conversation.c.term == term)
                .values(**_columns(change, now))
                .returning(t.conversation)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise StaleTerm(f"conversation {id} is no longer in term {term}")
        after = conversation_from(row)
        messages = SqlMessages(self._connection).append(after, change.drafts, now)
        SqlDesk(self._connection).record(after, change, now)
        if change.holder is not None:
            SqlOffers(self._connection).holder_changed(after, now)
            # Somebody waits, or somebody has room: who gets what is decided right after this.
            SqlJobs(self._connection).put(ROUTE, id, now, f"{ROUTE}:{id}:{after.term}", {})
        if change.turn_due:
            SqlJobs(self._connection).put(
                "turn",
                id,
                now + change.turn_delay,
                f"turn:{id}:{after.last_pos}",
                {"pos": str(after.last_pos)},
            )
        if after.pushed:
            self._queue_sends(messages, now)
        applied = Applied(after, messages)
        if self._told is not None:
            self._told(applied, change, now)
        return applied

    def _queue_sends(self, messages: Sequence[Message], now: datetime) -> None:
        """What the tenant must get goes into the outbox in the same transaction."""
        for message in messages:
            if message.seq is not None and message.author.kind is not AuthorKind.TENANT:
                SqlJobs(self._connection).put(
                    "send", message.conversation, now, f"send:{message.id}", {"message": message.id}
                )

    def listed(
        self, states: Sequence[State], limit: int, offset: int, reader: AgentId
    ) -> Sequence[Row]:
        in_queue = case((t.conversation.c.holder_kind == State.WAITING, 0), else_=1)
        query = (
            select(t.conversation)
            .where(t.conversation.c.holder_kind.in_([state.value for state in states]), readable())
            .order_by(
                t.conversation.c.priority.desc(),
                in_queue,
                t.conversation.c.waiting_since.asc(),
                t.conversation.c.changed_at.desc(),
                t.conversation.c.id,
            )
            .limit(limit)
            .offset(offset)
        )
        found = [conversation_from(row) for row in self._connection.execute(query).mappings()]
        return rows_for(self._connection, found, reader)

    def named(self, ids: Sequence[ConversationId], reader: AgentId) -> Sequence[Row]:
        query = select(t.conversation).where(t.conversation.c.id.in_(ids))
        found = [conversation_from(row) for row in self._connection.execute(query).mappings()]
        return rows_for(self._connection, found, reader)

    def row(self, conversation: Conversation, reader: AgentId) -> Row:
        """One conversation, as the list shows it."""
        return rows_for(self._connection, [conversation], reader)[0]

    def mark_read(self, id: ConversationId, agent: AgentId, pos: int) -> None:
        upsert = upsert_sqlite if self._connection.dialect.name == "sqlite" else upsert_postgres
        self._connection.execute(
            upsert(t.read_mark)
            .values(conversation_id=id, agent_id=agent, pos=pos)
            .on_conflict_do_update(
                index_elements=["conversation_id", "agent_id"], set_={"pos": pos}
            )
        )


def _columns(change: Change, now: datetime) -> dict[str, Any]:
    """The columns a change sets. Numbers grow inside the UPDATE, under its row lock."""
    c = t.conversation.c
    seen = sum(1 for draft in change.drafts if draft.visibility.value == "tenant")
    values: dict[str, Any] = {
        "last_pos": c.last_pos + len(change.drafts),
        "last_seq": c.last_seq + seen,
        "changed_at": now,
    }
    if change.answered:
        values["answered_pos"] = c.last_pos + len(change.drafts)
    elif change.answered_to is not None:
        values["answered_pos"] = change.answered_to
    if change.holder is not None:
        values |= _holder_columns(change.holder, now)
        if change.keeps_place:
            del values["waiting_since"]
    if change.topic is not None:
        values["topic"] = change.topic
    if change.urgent_kind is not None:
        values["urgent_kind"] = change.urgent_kind or None
    if change.priority is not None:
        values["priority"] = change.priority
    if change.new_session:
        values["session_no"] = c.session_no + 1
    return values


def _holder_columns(holder: Holder, now: datetime) -> dict[str, Any]:
    waiting = isinstance(holder, Waiting)
    return {
        "term": t.conversation.c.term + 1,
        "holder_kind": state_of(holder).value,
        "holder_ref": _holder_ref(holder),
        "waiting_since": now if waiting else None,
        "closed_at": now if isinstance(holder, Closed) else None,
    }
