"""The tables. One place; migrations in ``migrations/versions`` bring a database to this shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python; SQLite, which knows no time zones, stores the same moment naively."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone must not reach the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
_STILL_OPEN = text("holder_kind <> 'closed'")
_UNDONE = text("state IN ('ready', 'leased')")

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

turn = Table(
    "turn",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("term", Integer, nullable=False),
    Column("from_pos", Integer, nullable=False),
    Column("to_pos", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("intent", String(60)),
    Column("confidence", Float),
    Column("ranking", JSON, nullable=False),
    Column("form", JSON, nullable=False),
    Column("milliseconds", Float),
    Column("model", String(120), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
)

assistant_session = Table(
    "assistant_session",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("no", Integer, nullable=False),
    Column("rotation", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("last_used", UtcDateTime),
    Column("carry", JSON, nullable=False),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("queue", String(40), nullable=False),
    Column("reason", String(30), nullable=False),
    Column("note", Text, nullable=False),
    Column("agent_id", String(40)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("taken_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(20), nullable=False),
    Column("no", Integer, nullable=False),
    UniqueConstraint("conversation_id", "no"),
)

promise = Table(
    "promise",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("kept_at", UtcDateTime),
)

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("dedupe_key", String(120), nullable=False, unique=True),
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("lease_owner", String(60)),
    Column("last_error", Text),
    Index(
        "ix_job_undone",
        "kind",
        "due_at",
        sqlite_where=_UNDONE,
        postgresql_where=_UNDONE,
    ),
    Index(
        "ix_job_line",
        "conversation_id",
        "kind",
        "id",
        sqlite_where=_UNDONE,
        postgresql_where=_UNDONE,
    ),
    # Ids must never be used again: they are the order of work.
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    Column("message_id", ForeignKey("message.id"), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("provider_ref", String(120), index=True),
    Column("detail", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

opt_out = Table(
    "opt_out",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(200), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

agent = Table(
    "agent",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("login", String(120), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
)

agent_session = Table(
    "agent_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

read_mark = Table(
    "read_mark",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("pos", Integer, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("agent_id", String(40), nullable=False),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("what", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
