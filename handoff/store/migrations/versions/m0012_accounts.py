"""A second factor, single sign-on, and an access log that can be read by moment

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _of_agent(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_agent_id_agent")
    return sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=name)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "second_factor",
        _text("agent_id", 40),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True)),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _of_agent("second_factor"),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "backup_code",
        _text("code_hash", 64),
        _text("agent_id", 40),
        _of_agent("backup_code"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_backup_code")),
    )
    op.create_table(
        "half_login",
        _text("token_hash", 64),
        _text("agent_id", 40),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _of_agent("half_login"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_half_login")),
    )
    op.create_table(
        "sign_on_identity",
        _text("issuer", 300),
        _text("subject", 200),
        _text("agent_id", 40),
        _of_agent("sign_on_identity"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_sign_on_identity")),
    )
    op.create_table(
        "sign_on_attempt",
        _text("state_hash", 64),
        _text("nonce", 64),
        _text("verifier", 128),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sign_on_attempt")),
    )
    for table in ("backup_code", "half_login", "sign_on_identity"):
        op.create_index(op.f(f"ix_{table}_agent_id"), table, ["agent_id"])
    op.create_index(op.f("ix_access_log_at"), "access_log", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_access_log_at"), table_name="access_log")
    for table in (
        "sign_on_attempt",
        "sign_on_identity",
        "half_login",
        "backup_code",
        "second_factor",
    ):
        op.drop_table(table)
