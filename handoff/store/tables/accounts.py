"""How members of staff prove who they are, beside a password."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from handoff.store.tables.columns import UtcDateTime, metadata

second_factor = Table(
    "second_factor",
    metadata,
    Column("agent_id", ForeignKey("agent.id"), primary_key=True),
    # Encrypted with the key of the installation.
    Column("secret", Text, nullable=False),
    Column("confirmed_at", UtcDateTime),
    # The step of 30 seconds of the last code that was taken: none is taken twice.
    Column("last_step", Integer, nullable=False),
)

backup_code = Table(
    "backup_code",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), nullable=False, index=True),
)

half_login = Table(
    "half_login",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), nullable=False, index=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
)

sign_on_identity = Table(
    "sign_on_identity",
    metadata,
    Column("issuer", String(300), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("agent_id", ForeignKey("agent.id"), nullable=False, index=True),
)

sign_on_attempt = Table(
    "sign_on_attempt",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
