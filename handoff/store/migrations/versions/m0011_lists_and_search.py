"""Labels, snoozes, saved views, corrected topics, and full-text search over messages

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.migrations import search_index
from handoff.store.tables.columns import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _text(name: str, length: int = 40, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    _labels()
    _ordering()
    op.create_table(
        "topic_correction",
        _text("id"),
        _text("conversation_id"),
        _text("turn_id", 60, nullable=True),
        _text("from_topic", 60, nullable=True),
        _text("to_topic", 60),
        _text("agent_id"),
        _moment("at"),
        sa.Column("trainable", sa.Boolean(), nullable=False),
        _to("topic_correction", "conversation_id", "conversation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_correction")),
    )
    op.create_index(
        op.f("ix_topic_correction_conversation_id"), "topic_correction", ["conversation_id"]
    )
    for statement in search_index.statements(op.get_bind().dialect.name):
        op.execute(statement)


def _labels() -> None:
    op.create_table(
        "label",
        _text("id"),
        _text("name"),
        _text("colour", 12),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("name", name=op.f("uq_label_name")),
    )
    op.create_table(
        "conversation_label",
        _text("conversation_id"),
        _text("label_id"),
        _text("agent_id"),
        _moment("at"),
        _to("conversation_label", "conversation_id", "conversation"),
        _to("conversation_label", "label_id", "label"),
        sa.PrimaryKeyConstraint("conversation_id", "label_id", name=op.f("pk_conversation_label")),
    )
    op.create_index(op.f("ix_conversation_label_label_id"), "conversation_label", ["label_id"])


def _ordering() -> None:
    op.create_table(
        "snooze",
        _text("conversation_id"),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        _moment("until"),
        _text("agent_id"),
        _to("snooze", "conversation_id", "conversation"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_snooze")),
    )
    op.create_table(
        "saved_view",
        _text("id"),
        _text("agent_id"),
        _text("name", 60),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        _to("saved_view", "agent_id", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_agent_id"), "saved_view", ["agent_id"])


def downgrade() -> None:
    for statement in search_index.removal(op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("topic_correction", "saved_view", "snooze", "conversation_label", "label"):
        op.drop_table(table)
