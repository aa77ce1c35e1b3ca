"""How far each message to a provider came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import Row as SqlRow

from handoff.ledger import Delivery
from handoff.model import ConversationId, Message, MessageId
from handoff.store import tables as t
from handoff.store.messages import SqlMessages


class SqlDeliveries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, message: MessageId) -> Delivery | None:
        """The message, where it must go, and how far it came ("queued" when never tried)."""
        found = SqlMessages(self._connection).by_id(message)
        if found is None:
            return None
        channel, address = self._place(found.conversation)
        state = select(t.delivery).where(t.delivery.c.message_id == message)
        row = self._connection.execute(state).first()
        return _delivery(found, channel, address, row)

    def _place(self, id: ConversationId) -> tuple[str, str]:
        where = select(t.conversation.c.channel, t.conversation.c.address)
        found = self._connection.execute(where.where(t.conversation.c.id == id)).one()
        return found.channel, found.address

    def of(self, id: ConversationId) -> Mapping[MessageId, Delivery]:
        """How far every message of this conversation came that ever was to be sent."""
        query = select(t.delivery).where(t.delivery.c.conversation_id == id)
        rows = {row.message_id: row for row in self._connection.execute(query)}
        if not rows:
            return {}
        channel, address = self._place(id)
        said = SqlMessages(self._connection).after(id, 0)
        return {
            one.id: _delivery(one, channel, address, rows[one.id]) for one in said if one.id in rows
        }

    def held(self, id: ConversationId) -> Sequence[Delivery]:
        """What waits for the tenant to react, in the order it was said."""
        query = (
            select(t.delivery.c.message_id)
            .join(t.message, t.message.c.id == t.delivery.c.message_id)
            .where(t.delivery.c.conversation_id == id, t.delivery.c.state == "held")
            .order_by(t.message.c.pos)
        )
        found = [self.get(MessageId(one)) for one in self._connection.scalars(query).all()]
        return [delivery for delivery in found if delivery is not None]

    def by_ref(self, ref: str) -> MessageId | None:
        found = select(t.delivery.c.message_id).where(t.delivery.c.provider_ref == ref)
        id = self._connection.scalar(found.limit(1))
        return None if id is None else MessageId(id)

    def mark(
        self, message: MessageId, state: str, now: datetime, ref: str | None, detail: str
    ) -> None:
        values = {"state": state, "changed_at": now, "detail": detail, "provider_ref": ref}
        known = update(t.delivery).where(t.delivery.c.message_id == message)
        sending = {"attempt": t.delivery.c.attempt + 1} if state == "sending" else {}
        if self._connection.execute(known.values(**values, **sending)).rowcount == 0:
            conversation = select(t.message.c.conversation_id).where(t.message.c.id == message)
            self._connection.execute(
                insert(t.delivery).values(
                    message_id=message,
                    conversation_id=self._connection.scalar(conversation),
                    attempt=1,
                    **values,
                )
            )


def _delivery(
    message: Message, channel: str, address: str, row: SqlRow[tuple[object, ...]] | None
) -> Delivery:
    return Delivery(
        message,
        ConversationId(message.conversation),
        channel,
        address,
        row.state if row else "queued",
        row.attempt if row else 0,
        row.detail if row else "",
        row.provider_ref if row else None,
        row.changed_at if row else None,
    )
