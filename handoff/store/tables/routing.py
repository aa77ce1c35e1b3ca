"""Who is there, what each member of staff may be given, what was offered, and what is watched."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, text

from handoff.store.tables.columns import UtcDateTime, metadata

_OPEN = text("outcome = 'open'")

agent_routing = Table(
    "agent_routing",
    metadata,
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("queues", JSON, nullable=False),
    Column("capacity", Integer, nullable=False),
)

presence = Table(
    "presence",
    metadata,
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("until", UtcDateTime),
    Column("lease_until", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

offer = Table(
    "offer",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("term", Integer, nullable=False),
    Column("agent_id", ForeignKey("agent.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("ended_at", UtcDateTime),
    # One conversation is before one person at a time, whatever runs in parallel.
    Index(
        "uq_offer_open",
        "conversation_id",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index("ix_offer_agent", "agent_id", "outcome"),
)

call_back = Table(
    "call_back",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("term", Integer, nullable=False),
    Column("number", String(40)),
    Column("from_at", UtcDateTime, index=True),
    Column("to_at", UtcDateTime),
    Column("asked_at", UtcDateTime, nullable=False),
)

watch = Table(
    "watch",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("owner_agent", String(40)),
    Column("owner_queue", String(40), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("deadline", UtcDateTime, nullable=False),
    Column("raised_at", UtcDateTime),
)

on_call_alarm = Table(
    "on_call_alarm",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_result", Text, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("acknowledged_by", String(40)),
)
