"""Until when free text may be sent to an address

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import handoff.store.tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = handoff.store.tables.UtcDateTime(timezone=True)
    op.create_table(
        "reply_window",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("heard_at", moment, nullable=False),
        sa.Column("closes_at", moment, nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_reply_window")),
    )


def downgrade() -> None:
    op.drop_table("reply_window")
