"""How far each provider's own list of messages was read."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata

provider_read = Table(
    "provider_read",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)
