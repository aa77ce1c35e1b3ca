"""Files of staff

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media_file", sa.Column("agent_id", sa.String(length=64), nullable=True))
    for name, length in (("name", 120), ("link_key", 64)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("media_file", column)


def downgrade() -> None:
    for name in ("link_key", "name", "agent_id"):
        op.drop_column("media_file", name)
