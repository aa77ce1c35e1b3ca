"""What editors changed of the shipped texts, opening hours and promises."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

content_edit = Table(
    "content_edit",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("key", String(200), nullable=False),
    Column("base", String(40), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("author_id", ForeignKey("agent.id"), nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("decided_by", ForeignKey("agent.id"), nullable=True),
    Column("decided_at", UtcDateTime, nullable=True),
    Column("refusal", Text, nullable=False),
    Column("alone", Boolean, nullable=False),
)
Index("ix_content_edit_kind_key", content_edit.c.kind, content_edit.c.key)
