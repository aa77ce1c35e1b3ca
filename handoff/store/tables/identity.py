"""What tenants proved of who they are. Codes, links, homes and numbers are only hashes here."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from handoff.store.tables.columns import UtcDateTime, metadata

verification = Table(
    "verification",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("relatie", String(200), nullable=False),
    Column("level", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("given_by", String(40)),
    # On whose file the number was that is written from, and when that was last looked up.
    Column("number_of", String(10)),
    Column("number_looked_at", UtcDateTime),
)

# The number that somebody calls with: the address of a call is only its name.
caller = Table(
    "caller",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)

# Whom staff hold the conversation to be about. Gives the tenant nothing.
relatie_link = Table(
    "relatie_link",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("relatie", String(200), nullable=False),
    Column("linked_by", String(40), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
)

# Where a relatie was verified: two such places are one person.
verified_address = Table(
    "verified_address",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(200), primary_key=True),
    Column("relatie", String(200), primary_key=True, index=True),
    Column("verified_at", UtcDateTime, nullable=False),
)

identity_code = Table(
    "identity_code",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, unique=True),
    # Empty: what was said is wrong, and no code can be right.
    Column("relatie", String(200)),
    Column("level", Integer, nullable=False),
    Column("target", String(100), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

# One row per key that a try counts for; ``try_id`` takes all of one back.
identity_try = Table(
    "identity_try",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("try_id", String(40), primary_key=True, index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)

identity_origin = Table(
    "identity_origin",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("origin", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)

portal_visit = Table(
    "portal_visit",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    # Of the browser that went to the portal; a second start takes its place.
    Column("state_hash", String(64), unique=True),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
