"""Requests that wait for the back office, and faults of buildings

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_request",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("done_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_kept_request_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_request")),
        sa.UniqueConstraint("key", name=op.f("uq_kept_request_key")),
    )
    op.create_index(op.f("ix_kept_request_conversation_id"), "kept_request", ["conversation_id"])
    op.create_index(op.f("ix_kept_request_state"), "kept_request", ["state"])
    op.create_table(
        "building_fault",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("cluster", sa.String(length=200), nullable=False),
        sa.Column("defect", sa.String(length=20), nullable=False),
        sa.Column("location", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expected_end", UtcDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building_fault")),
    )
    op.create_index(op.f("ix_building_fault_cluster"), "building_fault", ["cluster"])
    op.create_table(
        "fault_report",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("cluster", sa.String(length=200), nullable=False),
        sa.Column("defect", sa.String(length=20), nullable=False),
        sa.Column("location", sa.String(length=20), nullable=False),
        sa.Column("relatie", sa.String(length=200), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_fault_report_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint(
            "conversation_id", "cluster", "defect", "location", name=op.f("pk_fault_report")
        ),
    )
    op.create_index(op.f("ix_fault_report_at"), "fault_report", ["at"])


def downgrade() -> None:
    for table in ("fault_report", "building_fault", "kept_request"):
        op.drop_table(table)
