"""Links with which a tenant sends photos from outside the channel. Only hashes are stored."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata

photo_link = Table(
    "photo_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    # The upload that used it: the same one may come again after a lost answer.
    Column("used_by", String(100)),
)
