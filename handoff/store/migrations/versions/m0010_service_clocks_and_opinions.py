"""Clocks of service, and what tenants thought of the help they got

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import handoff.store.tables

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_RUNNING = sa.text("outcome = 'running'")


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, handoff.store.tables.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "service_clock",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.String(length=40)),
        sa.Column("target_minutes", sa.Integer(), nullable=False),
        sa.Column("worked_minutes", sa.Integer(), nullable=False),
        _moment("started_at", nullable=False),
        _moment("running_since"),
        _moment("warn_at"),
        _moment("due_at"),
        _moment("warned_at"),
        _moment("breached_at"),
        _moment("ended_at"),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_service_clock_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_clock")),
    )
    op.create_index(op.f("ix_service_clock_conversation_id"), "service_clock", ["conversation_id"])
    op.create_index(
        "ix_service_clock_due",
        "service_clock",
        ["due_at"],
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_index("ix_service_clock_ended", "service_clock", ["ended_at", "kind", "queue"])
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.String(length=40)),
        sa.Column("topic", sa.String(length=60)),
        _moment("asked_at", nullable=False),
        sa.Column("score", sa.Integer()),
        _moment("scored_at"),
        sa.Column("words", sa.Text()),
        _moment("words_at"),
        sa.Column("flag", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_opinion_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_conversation_id"), "opinion", ["conversation_id"])
    op.create_index(op.f("ix_opinion_asked_at"), "opinion", ["asked_at"])
    op.create_index("ix_opinion_address", "opinion", ["channel", "address", "asked_at"])


def downgrade() -> None:
    op.drop_table("opinion")
    op.drop_table("service_clock")
