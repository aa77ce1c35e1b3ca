"""Requests that wait for the back office, and faults of buildings (docs/back-office.md)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

kept_request = Table(
    "kept_request",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("body", JSON, nullable=False),
    # The back office does one key once, however often it is asked.
    Column("key", String(200), nullable=False, unique=True),
    Column("relatie", String(200)),
    Column("level", Integer, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("number", String(100), nullable=False),
    # The colleague who did it by hand.
    Column("done_by", String(40)),
)

building_fault = Table(
    "building_fault",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("cluster", String(200), nullable=False, index=True),
    # Empty: whatever it is, wherever it is.
    Column("defect", String(20), nullable=False),
    Column("location", String(20), nullable=False),
    # Empty: staff said that it is none.
    Column("words", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("expected_end", UtcDateTime),
    Column("confirmed_by", String(40), nullable=False),
    Column("confirmed_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", String(40)),
)

fault_report = Table(
    "fault_report",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("cluster", String(200), primary_key=True),
    Column("defect", String(20), primary_key=True),
    Column("location", String(20), primary_key=True),
    # Whose home it is, when that was proved: one home counts once.
    Column("relatie", String(200)),
    Column("at", UtcDateTime, nullable=False, index=True),
    # Since when the tenant knows that it is over.
    Column("told_at", UtcDateTime),
)
