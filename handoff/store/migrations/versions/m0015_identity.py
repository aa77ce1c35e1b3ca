"""What tenants proved of who they are, and what is tried

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_try",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("try_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "try_id", name=op.f("pk_identity_try")),
    )
    op.create_index(op.f("ix_identity_try_at"), "identity_try", ["at"])
    op.create_index(op.f("ix_identity_try_try_id"), "identity_try", ["try_id"])
    op.create_table(
        "verified_address",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=False),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", "relatie", name=op.f("pk_verified_address")),
    )
    op.create_index(op.f("ix_verified_address_relatie"), "verified_address", ["relatie"])
    op.create_table(
        "identity_code",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_identity_code_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_code")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_identity_code_conversation_id")),
    )
    op.create_table(
        "identity_origin",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_identity_origin_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_identity_origin")),
    )
    op.create_index(op.f("ix_identity_origin_at"), "identity_origin", ["at"])
    op.create_table(
        "portal_visit",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_portal_visit_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_portal_visit")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_portal_visit_state_hash")),
    )
    op.create_index(op.f("ix_portal_visit_conversation_id"), "portal_visit", ["conversation_id"])
    op.create_table(
        "relatie_link",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=False),
        sa.Column("linked_by", sa.String(length=40), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_relatie_link_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_relatie_link")),
    )
    op.create_table(
        "verification",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("given_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_verification_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_verification")),
    )


def downgrade() -> None:
    for table in (
        "verification",
        "relatie_link",
        "portal_visit",
        "identity_origin",
        "identity_code",
        "verified_address",
        "identity_try",
    ):
        op.drop_table(table)
