"""How far each provider's list of messages was read

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import handoff.store.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_read",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("until", handoff.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_provider_read")),
    )


def downgrade() -> None:
    op.drop_table("provider_read")
