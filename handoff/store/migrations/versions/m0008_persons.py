"""Which addresses belong to one person, and finding conversations by address

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import handoff.store.tables

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_link",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("joined_by", sa.String(length=40), nullable=False),
        sa.Column("joined_at", handoff.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_person_link")),
    )
    op.create_index(op.f("ix_person_link_person_id"), "person_link", ["person_id"])
    op.create_index("ix_conversation_address", "conversation", ["address", "channel"])


def downgrade() -> None:
    op.drop_index("ix_conversation_address", table_name="conversation")
    op.drop_index(op.f("ix_person_link_person_id"), table_name="person_link")
    op.drop_table("person_link")
