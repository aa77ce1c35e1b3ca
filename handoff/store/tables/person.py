"""Which addresses belong to one person. Staff say so; no address proves it by itself."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata
from handoff.store.tables.talk import conversation

person_link = Table(
    "person_link",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(200), primary_key=True),
    Column("person_id", String(40), nullable=False, index=True),
    Column("joined_by", String(40), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
)

Index("ix_conversation_address", conversation.c.address, conversation.c.channel)
