"""Links with which a tenant sends photos from outside the channel

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import handoff.store.tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = handoff.store.tables.UtcDateTime(timezone=True)
    op.create_table(
        "photo_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("issued_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_photo_link_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_photo_link")),
    )
    with op.batch_alter_table("photo_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_photo_link_conversation_id"), ["conversation_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("photo_link")
