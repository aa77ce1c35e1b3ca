"""Photos, voice notes and files of tenants and staff; what is in them lies on the shelf."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

media_file = Table(
    "media_file",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    # Empty while an upload waits for the message it goes with.
    Column("message_id", ForeignKey("message.id"), index=True),
    Column("kind", String(10), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("provider_ref", Text, nullable=False),
    Column("detail", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # Who of the staff sends it; empty for a file of the tenant.
    Column("agent_id", String(64)),
    Column("name", String(120), nullable=False, server_default=""),
    # What the links to it are signed with; empty where there are none.
    Column("link_key", String(64), nullable=False, server_default=""),
)
