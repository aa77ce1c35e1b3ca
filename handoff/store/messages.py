"""The log: messages in order, quick replies by reference, and receipts that make twice once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Select, insert, select

from handoff.ledger import Receipt
from handoff.model import (
    Author,
    AuthorKind,
    Choice,
    Conversation,
    ConversationId,
    Draft,
    Message,
    MessageId,
    MessageKind,
    State,
    Visibility,
)
from handoff.store import tables as t

_OFFERING = frozenset({"bot", "system"})
"""Who gives choices: the assistant, and our own lines to somebody who waits."""


def message_from(row: RowMapping, choices: tuple[Choice, ...]) -> Message:
    return Message(
        id=MessageId(row["id"]),
        conversation=ConversationId(row["conversation_id"]),
        pos=row["pos"],
        seq=row["seq"],
        author=Author(AuthorKind(row["author_kind"]), row["author_name"], row["author_ref"]),
        text=row["body"],
        kind=MessageKind(row["kind"]),
        visibility=Visibility(row["visibility"]),
        choices=choices,
        payload=row["payload"],
        client_msg_id=row["client_msg_id"],
        state=State(row["state"]) if row["state"] else None,
        at=row["at"],
    )


class SqlMessages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self, after: Conversation, drafts: Sequence[Draft], now: datetime
    ) -> tuple[Message, ...]:
        """Write drafts at the end of the log. ``after`` already counts them (it holds the lock)."""
        if not drafts:
            return ()
        pos = after.last_pos - len(drafts)
        seq = after.last_seq - sum(1 for d in drafts if d.visibility is Visibility.TENANT)
        messages = []
        for draft in drafts:
            pos += 1
            visible = draft.visibility is Visibility.TENANT
            seq += visible
            messages.append(_written(after, draft, pos, seq if visible else None, now))
        self._connection.execute(insert(t.message), [_row(m, after.term) for m in messages])
        choices = [
            {
                "id": choice.id,
                "conversation_id": after.id,
                "message_id": message.id,
                "no": no,
                "title": choice.title,
                "payload": choice.payload,
            }
            for message in messages
            for no, choice in enumerate(message.choices)
        ]
        if choices:
            self._connection.execute(insert(t.choice), choices)
        return tuple(messages)

    def after(self, id: ConversationId, pos: int, limit: int = 5_000) -> Sequence[Message]:
        query = select(t.message).where(t.message.c.conversation_id == id, t.message.c.pos > pos)
        return self._read(query.order_by(t.message.c.pos).limit(limit))

    def seen_by_tenant(self, id: ConversationId, seq: int, limit: int = 500) -> Sequence[Message]:
        query = select(t.message).where(t.message.c.conversation_id == id, t.message.c.seq > seq)
        return self._read(query.order_by(t.message.c.seq).limit(limit))

    def by_id(self, id: MessageId) -> Message | None:
        found = self._read(select(t.message).where(t.message.c.id == id))
        return found[0] if found else None

    def by_client_id(self, id: ConversationId, client_msg_id: str) -> Message | None:
        found = self._read(
            select(t.message).where(
                t.message.c.conversation_id == id, t.message.c.client_msg_id == client_msg_id
            )
        )
        return found[0] if found else None

    def _read(self, query: Select[tuple[object, ...]]) -> list[Message]:
        rows = self._connection.execute(query).mappings().all()
        choices = self._choices([row["id"] for row in rows if row["author_kind"] in _OFFERING])
        return [message_from(row, tuple(choices[row["id"]])) for row in rows]

    def _choices(self, message_ids: Sequence[str]) -> defaultdict[str, list[Choice]]:
        found: defaultdict[str, list[Choice]] = defaultdict(list)
        if message_ids:
            query = (
                select(t.choice)
                .where(t.choice.c.message_id.in_(message_ids))
                .order_by(t.choice.c.message_id, t.choice.c.no)
            )
            for row in self._connection.execute(query).mappings():
                choice = Choice(row["id"], row["title"], row["payload"])
                found[row["message_id"]].append(choice)
        return found

    def choice(self, id: ConversationId, choice_id: str) -> Choice | None:
        query = select(t.choice).where(t.choice.c.id == choice_id, t.choice.c.conversation_id == id)
        row = self._connection.execute(query).mappings().first()
        return Choice(row["id"], row["title"], row["payload"]) if row else None

    def told_since(self, id: ConversationId, since: datetime, text: str) -> bool:
        query = select(t.message.c.id).where(
            t.message.c.conversation_id == id,
            t.message.c.at >= since,
            t.message.c.body.startswith(text, autoescape=True),  # a line may stand below it
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def receipt(self, channel: str, account: str, external_id: str) -> Receipt | None:
        c = t.inbound_receipt.c
        query = select(t.inbound_receipt).where(
            c.channel == channel, c.account == account, c.external_id == external_id
        )
        row = self._connection.execute(query).mappings().first()
        return Receipt(row["message_id"], row["seq"], row["fingerprint"]) if row else None

    def add_receipt(
        self, channel: str, account: str, external_id: str, receipt: Receipt, now: datetime
    ) -> None:
        self._connection.execute(
            insert(t.inbound_receipt).values(
                channel=channel,
                account=account,
                external_id=external_id,
                message_id=receipt.message,
                seq=receipt.seq,
                fingerprint=receipt.fingerprint,
                received_at=now,
            )
        )


def _written(
    conversation: Conversation, draft: Draft, pos: int, seq: int | None, now: datetime
) -> Message:
    return Message(
        id=MessageId(uuid4().hex),
        conversation=conversation.id,
        pos=pos,
        seq=seq,
        author=draft.author,
        text=draft.text,
        kind=draft.kind,
        visibility=draft.visibility,
        choices=draft.choices,
        payload=draft.payload,
        client_msg_id=draft.client_msg_id,
        state=draft.state,
        at=now,
    )


def _row(message: Message, term: int) -> dict[str, object]:
    return {
        "id": message.id,
        "conversation_id": message.conversation,
        "pos": message.pos,
        "seq": message.seq,
        "author_kind": message.author.kind.value,
        "author_ref": message.author.ref,
        "author_name": message.author.name,
        "kind": message.kind.value,
        "visibility": message.visibility.value,
        "body": message.text,
        "payload": message.payload,
        "state": message.state.value if message.state else None,
        "client_msg_id": message.client_msg_id,
        "term": term,
        "at": message.at,
    }
