"""Until when free text may be sent to an address."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata

reply_window = Table(
    "reply_window",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(200), primary_key=True),
    Column("heard_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),
)
