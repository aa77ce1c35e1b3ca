"""What was said, by whom, in which order."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from handoff.store.tables.columns import UtcDateTime, metadata

_STILL_OPEN = text("holder_kind <> 'closed'")

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("reference", String(16), nullable=False, unique=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("holder_kind", String(10), nullable=False),
    Column("holder_ref", String(40)),
    Column("term", Integer, nullable=False),
    Column("last_pos", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("answered_pos", Integer, nullable=False),
    Column("topic", String(60)),
    Column("urgent_kind", String(30)),
    Column("priority", Integer, nullable=False),
    Column("session_no", Integer, nullable=False),
    Column("pushed", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Index("ix_conversation_holder", "holder_kind", "priority", "waiting_since"),
    # One open conversation per person on a channel, whatever arrives in parallel.
    Index(
        "uq_conversation_open",
        "channel",
        "address",
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    ),
)

message = Table(
    "message",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("pos", Integer, nullable=False),
    Column("seq", Integer),
    Column("author_kind", String(10), nullable=False),
    Column("author_ref", String(40)),
    Column("author_name", String(120), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("body", Text, nullable=False),
    Column("payload", String(200)),
    Column("state", String(10)),
    Column("client_msg_id", String(100)),
    Column("term", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "pos"),
    UniqueConstraint("conversation_id", "seq"),
)
Index("ix_message_client", message.c.conversation_id, message.c.client_msg_id)

choice = Table(
    "choice",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
    Column("no", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("payload", String(400), nullable=False),
)

inbound_receipt = Table(
    "inbound_receipt",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("account", String(80), primary_key=True),
    Column("external_id", String(120), primary_key=True),
    Column("message_id", ForeignKey("message.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)

access_token = Table(
    "access_token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
