"""The clocks of service: by when a tenant is owed something, and what became of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from handoff.store.tables.columns import UtcDateTime, metadata

_RUNNING = text("outcome = 'running'")

service_clock = Table(
    "service_clock",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("queue", String(40), nullable=False),
    # Who held the conversation when the clock ended.
    Column("agent_id", String(40)),
    Column("target_minutes", Integer, nullable=False),
    # Working minutes before the present run, and all of them once it ended.
    Column("worked_minutes", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    # Since when it runs; none while we wait for the tenant.
    Column("running_since", UtcDateTime),
    Column("warn_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("breached_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(10), nullable=False),
    Index(
        "ix_service_clock_due",
        "due_at",
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    ),
    Index("ix_service_clock_ended", "ended_at", "kind", "queue"),
)
