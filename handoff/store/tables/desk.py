"""Asking for a person, and what was promised."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from handoff.store.tables.columns import UtcDateTime, metadata

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
