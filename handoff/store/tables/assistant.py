"""What the assistant made of it, and which Rasa conversation a talk is in."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

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
