"""What tenants thought of the help they got."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

opinion = Table(
    "opinion",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    # The question stands as long as the conversation is still in this term.
    Column("term", Integer, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("queue", String(40), nullable=False),
    Column("agent_id", String(40)),
    Column("topic", String(60)),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("score", Integer),
    Column("scored_at", UtcDateTime),
    Column("words", Text),
    Column("words_at", UtcDateTime),
    # '' or complaint or compliment.
    Column("flag", String(12), nullable=False),
    Index("ix_opinion_address", "channel", "address", "asked_at"),
)
