"""Lists of conversations: filters, pages, search, labels, snoozes and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from handoff.ledger.lists import Filters, Hit, Label, Place, SavedView, TopicCorrection, Wanted
from handoff.ledger.values import Row
from handoff.model import AgentId, Conversation, ConversationId, State
from handoff.store import tables as t
from handoff.store.conversation_list import rows_for
from handoff.store.conversations import conversation_from, readable
from handoff.store.jobs import SqlJobs
from handoff.store.messages import message_from
from handoff.store.search import named, newest_in_each
from handoff.store.snoozes import WAKE, asleep
from handoff.store.upsert import upsert

_SINCE = func.coalesce(t.conversation.c.waiting_since, t.conversation.c.opened_at)


def through(filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions of these filters on ``conversation``."""
    c = t.conversation.c
    found: list[ColumnElement[bool]] = [readable()]
    if filters.states:
        found.append(c.holder_kind.in_([state.value for state in filters.states]))
    if filters.channels:
        found.append(c.channel.in_(filters.channels))
    if filters.topics:
        found.append(c.topic.in_(filters.topics))
    if filters.queues:
        found.append(_last_queue().in_(filters.queues))
    if filters.agents:
        held = and_(c.holder_kind == State.HELD.value, c.holder_ref.in_(filters.agents))
        had = exists().where(
            t.assignment.c.conversation_id == c.id, t.assignment.c.agent_id.in_(filters.agents)
        )
        found.append(or_(held, had))
    if filters.labels:
        found.append(
            exists().where(
                t.conversation_label.c.conversation_id == c.id,
                t.conversation_label.c.label_id.in_(filters.labels),
            )
        )
    if filters.since is not None:
        found.append(c.changed_at >= filters.since)
    if filters.before is not None:
        found.append(c.opened_at < filters.before)
    if filters.snoozed is not None:
        found.append(asleep() if filters.snoozed else ~asleep())
    return found


def _last_queue() -> ColumnElement[str]:
    a = t.assignment.c
    return (
        select(a.queue)
        .where(a.conversation_id == t.conversation.c.id)
        .order_by(a.no.desc())
        .limit(1)
        .scalar_subquery()
    )


class SqlLists:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, filters: Filters, after: Place | None, limit: int, reader: AgentId
    ) -> Sequence[Row]:
        c, since = t.conversation.c, _SINCE
        query = select(t.conversation).where(*through(filters))
        if after is not None:
            query = query.where(
                or_(
                    c.priority < after.priority,
                    and_(c.priority == after.priority, since > after.since),
                    and_(c.priority == after.priority, since == after.since, c.id > after.id),
                )
            )
        return self._rows(query.order_by(c.priority.desc(), _SINCE, c.id).limit(limit), reader)

    def _rows(self, query: Select[tuple[object, ...]], reader: AgentId) -> Sequence[Row]:
        found = [conversation_from(row) for row in self._connection.execute(query).mappings()]
        return rows_for(self._connection, found, reader)

    def count(self, filters: Filters) -> int:
        query = select(func.count()).select_from(t.conversation).where(*through(filters))
        return self._connection.scalar(query) or 0

    def search(
        self, wanted: Wanted, filters: Filters, limit: int, reader: AgentId
    ) -> Sequence[Hit]:
        c, direct = t.conversation.c, named(wanted)
        hits: list[Hit] = []
        if direct is not None:
            query = select(t.conversation).where(direct, *through(filters))
            rows = self._rows(query.order_by(c.opened_at.desc()).limit(limit), reader)
            hits = [Hit(row, None) for row in rows]
        if not wanted.terms or len(hits) >= limit:
            return hits
        known = {hit.row.conversation.id for hit in hits}
        more = self._by_words(wanted, filters, limit, reader)
        return [*hits, *(hit for hit in more if hit.row.conversation.id not in known)][:limit]

    def _by_words(
        self, wanted: Wanted, filters: Filters, limit: int, reader: AgentId
    ) -> Sequence[Hit]:
        newest = newest_in_each(wanted.terms, self._connection.dialect.name).subquery()
        m, c = t.message.c, t.conversation.c
        query = (
            select(t.message)
            .join(
                newest, and_(newest.c.conversation_id == m.conversation_id, newest.c.pos == m.pos)
            )
            .join(t.conversation, c.id == m.conversation_id)
            .where(*through(filters))
            .order_by(m.at.desc(), m.id)
            .limit(limit)
        )
        messages = [message_from(row, ()) for row in self._connection.execute(query).mappings()]
        ids = [message.conversation for message in messages]
        rows = self._rows(select(t.conversation).where(c.id.in_(ids)), reader)
        by_id = {row.conversation.id: row for row in rows}
        return [Hit(by_id[message.conversation], message) for message in messages]

    def labels(self) -> Sequence[Label]:
        rows = self._connection.execute(select(t.label).order_by(t.label.c.name)).mappings()
        return [Label(row["id"], row["name"], row["colour"]) for row in rows]

    def put_label(self, label: Label) -> bool:
        taken = select(t.label.c.id).where(t.label.c.name == label.name, t.label.c.id != label.id)
        if self._connection.scalar(taken) is not None:
            return False
        upsert(
            self._connection,
            t.label,
            {"id": label.id, "name": label.name, "colour": label.colour},
        )
        return True

    def drop_label(self, id: str) -> bool:
        given = t.conversation_label
        self._connection.execute(delete(given).where(given.c.label_id == id))
        return self._connection.execute(delete(t.label).where(t.label.c.id == id)).rowcount > 0

    def add_label(self, id: ConversationId, label: str, agent: AgentId, now: datetime) -> None:
        upsert(
            self._connection,
            t.conversation_label,
            {"conversation_id": id, "label_id": label, "agent_id": agent, "at": now},
        )

    def remove_label(self, id: ConversationId, label: str) -> None:
        c = t.conversation_label.c
        self._connection.execute(
            delete(t.conversation_label).where(c.conversation_id == id, c.label_id == label)
        )

    def snooze(self, conversation: Conversation, agent: AgentId, until: datetime) -> None:
        id = conversation.id
        upsert(
            self._connection,
            t.snooze,
            {
                "conversation_id": id,
                "term": conversation.term,
                "pos": conversation.last_pos,
                "until": until,
                "agent_id": agent,
            },
        )
        jobs = SqlJobs(self._connection)
        jobs.drop(WAKE, id)
        key = f"{WAKE}:{id}:{uuid4().hex}"
        jobs.put(WAKE, id, until, key, {})

    def wake(self, id: ConversationId) -> bool:
        gone = delete(t.snooze).where(t.snooze.c.conversation_id == id)
        return self._connection.execute(gone).rowcount > 0

    def views(self, agent: AgentId) -> Sequence[SavedView]:
        c = t.saved_view.c
        query = select(t.saved_view).where(or_(c.agent_id == agent, c.shared)).order_by(c.name)
        return [
            SavedView(
                row["id"], AgentId(row["agent_id"]), row["name"], row["shared"], row["filters"]
            )
            for row in self._connection.execute(query).mappings()
        ]

    def put_view(self, view: SavedView) -> None:
        upsert(
            self._connection,
            t.saved_view,
            {
                "id": view.id,
                "agent_id": view.agent,
                "name": view.name,
                "shared": view.shared,
                "filters": view.filters,
            },
        )

    def drop_view(self, id: str) -> None:
        self._connection.execute(delete(t.saved_view).where(t.saved_view.c.id == id))

    def correct_topic(self, correction: TopicCorrection) -> None:
        self._connection.execute(
            insert(t.topic_correction).values(
                id=correction.id,
                conversation_id=correction.conversation,
                turn_id=correction.turn,
                from_topic=correction.from_topic,
                to_topic=correction.to_topic,
                agent_id=correction.agent,
                at=correction.at,
                trainable=correction.trainable,
            )
        )

    def corrections(self, limit: int) -> Sequence[TopicCorrection]:
        c = t.topic_correction.c
        query = select(t.topic_correction).where(c.trainable).order_by(c.at.desc()).limit(limit)
        return [
            TopicCorrection(
                row["id"],
                ConversationId(row["conversation_id"]),
                row["turn_id"],
                row["from_topic"],
                row["to_topic"],
                AgentId(row["agent_id"]),
                row["at"],
                row["trainable"],
            )
            for row in self._connection.execute(query).mappings()
        ]
