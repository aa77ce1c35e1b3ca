"""Work that survives a crash: jobs, deliveries, and who wants no messages."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, text

from handoff.store.tables.columns import UtcDateTime, metadata

_UNDONE = text("state IN ('ready', 'leased')")

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
