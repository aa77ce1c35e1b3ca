"""How far each message to a provider came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from handoff.ledger import Delivery
from handoff.model import ConversationId, MessageId
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
        where = select(t.conversation.c.channel, t.conversation.c.address).where(
            t.conversation.c.id == found.conversation
        )
        channel, address = self._connection.execute(where).one()
        state = select(t.delivery.c.state, t.delivery.c.attempt, t.delivery.c.detail).where(
            t.delivery.c.message_id == message
        )
        row = self._connection.execute(state).first()
        return Delivery(
            found,
            ConversationId(found.conversation),
            channel,
            address,
            row.state if row else "queued",
            row.attempt if row else 0,
            row.detail if row else "",
        )

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
