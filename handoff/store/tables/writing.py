"""What staff are writing, the replies they choose from, and who is named in a note."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

agent_draft = Table(
    "agent_draft",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)

canned_reply = Table(
    "canned_reply",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("title", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("queue", String(40), nullable=True),
    Column("actions", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("message_id", ForeignKey("message.id"), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("named_by", ForeignKey("agent.id"), nullable=False),
    Column("named_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=True),
)
Index("ix_mention_agent_id_named_at", mention.c.agent_id, mention.c.named_at)
