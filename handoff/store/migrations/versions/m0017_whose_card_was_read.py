"""Whose tenant card was read

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_log", sa.Column("relatie", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("access_log", "relatie")
