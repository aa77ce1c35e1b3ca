"""With which number somebody calls, and whose number it was when somebody proved who it is

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "caller",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_caller_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_caller")),
    )
    op.create_index(op.f("ix_caller_at"), "caller", ["at"])
    op.add_column("verification", sa.Column("number_of", sa.String(length=10)))
    op.add_column(
        "verification", sa.Column("number_looked_at", UtcDateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("verification", "number_looked_at")
    op.drop_column("verification", "number_of")
    op.drop_index(op.f("ix_caller_at"), table_name="caller")
    op.drop_table("caller")
