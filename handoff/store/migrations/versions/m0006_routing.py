"""Presence, offers, call-backs, what is watched, and alarms for who is on call

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from handoff.store.tables.columns import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OPEN = sa.text("outcome = 'open'")


def _agent() -> sa.Column[str]:
    return sa.Column("agent_id", sa.String(length=40), nullable=False)


def _conversation() -> sa.Column[str]:
    return sa.Column("conversation_id", sa.String(length=40), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _of_agent(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["agent_id"], ["agent.id"], name=op.f(f"fk_{table}_agent_id_agent")
    )


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversation.id"],
        name=op.f(f"fk_{table}_conversation_id_conversation"),
    )


def upgrade() -> None:
    op.create_table(
        "agent_routing",
        _agent(),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        _of_agent("agent_routing"),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agent_routing")),
    )
    op.create_table(
        "presence",
        _agent(),
        sa.Column("status", sa.String(length=10), nullable=False),
        _moment("until", nullable=True),
        _moment("lease_until"),
        _moment("changed_at"),
        _of_agent("presence"),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_presence")),
    )
    _offer()
    _call_back()
    _watch()
    op.create_table(
        "on_call_alarm",
        _conversation(),
        sa.Column("term", sa.Integer(), nullable=False),
        _moment("raised_at"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_result", sa.Text(), nullable=False),
        _moment("acknowledged_at", nullable=True),
        sa.Column("acknowledged_by", sa.String(length=40), nullable=True),
        _of_conversation("on_call_alarm"),
        sa.PrimaryKeyConstraint("conversation_id", "term", name=op.f("pk_on_call_alarm")),
    )


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.String(length=40), nullable=False),
        _conversation(),
        sa.Column("term", sa.Integer(), nullable=False),
        _agent(),
        _moment("made_at"),
        _moment("expires_at"),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        _moment("ended_at", nullable=True),
        _of_conversation("offer"),
        _of_agent("offer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_conversation_id"), "offer", ["conversation_id"])
    op.create_index("ix_offer_agent", "offer", ["agent_id", "outcome"])
    op.create_index(
        "uq_offer_open",
        "offer",
        ["conversation_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def _call_back() -> None:
    op.create_table(
        "call_back",
        _conversation(),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        _moment("from_at", nullable=True),
        _moment("to_at", nullable=True),
        _moment("asked_at"),
        _of_conversation("call_back"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_call_back")),
    )
    op.create_index(op.f("ix_call_back_from_at"), "call_back", ["from_at"])


def _watch() -> None:
    op.create_table(
        "watch",
        _conversation(),
        sa.Column("owner_agent", sa.String(length=40), nullable=True),
        sa.Column("owner_queue", sa.String(length=40), nullable=False),
        _moment("due_at"),
        _moment("deadline"),
        _moment("raised_at", nullable=True),
        _of_conversation("watch"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_watch")),
    )


def downgrade() -> None:
    for table in ("on_call_alarm", "watch", "call_back", "offer", "presence", "agent_routing"):
        op.drop_table(table)
