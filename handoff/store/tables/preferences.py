"""How each member of staff wants the console."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Table

from handoff.store.tables.columns import UtcDateTime, metadata

agent_preference = Table(
    "agent_preference",
    metadata,
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    Column("wishes", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
