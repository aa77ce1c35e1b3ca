"""How staff order their work: labels, what is put off, saved views, and corrected topics."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata

label = Table(
    "label",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("colour", String(12), nullable=False),
)

conversation_label = Table(
    "conversation_label",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("label_id", ForeignKey("label.id"), primary_key=True, index=True),
    Column("agent_id", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

snooze = Table(
    "snooze",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    # Another holder, or a tenant who writes after this position, ends it.
    Column("term", Integer, nullable=False),
    Column("pos", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("agent_id", String(40), nullable=False),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), nullable=False, index=True),
    Column("name", String(60), nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("filters", JSON, nullable=False),
)

topic_correction = Table(
    "topic_correction",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("turn_id", String(60)),
    Column("from_topic", String(60)),
    Column("to_topic", String(60), nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # False for the texts of a crisis: nothing is trained on those.
    Column("trainable", Boolean, nullable=False),
)
