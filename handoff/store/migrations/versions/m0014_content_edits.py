"""What editors change of texts, opening hours and promises

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_edit",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["agent.id"], name=op.f("fk_content_edit_author_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agent.id"], name=op.f("fk_content_edit_decided_by_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_edit")),
    )
    op.create_index("ix_content_edit_kind_key", "content_edit", ["kind", "key"])


def downgrade() -> None:
    op.drop_table("content_edit")
