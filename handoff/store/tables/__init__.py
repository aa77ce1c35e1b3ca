"""The tables, a file per subject; migrations in ``migrations/versions`` bring a database here."""

from __future__ import annotations

from handoff.store.tables.assistant import assistant_session, turn
from handoff.store.tables.columns import NAMES, UtcDateTime, metadata
from handoff.store.tables.desk import assignment, promise
from handoff.store.tables.staff import access_log, agent, agent_session, read_mark
from handoff.store.tables.talk import access_token, choice, conversation, inbound_receipt, message
from handoff.store.tables.work import delivery, job, opt_out

__all__ = [
    "NAMES",
    "UtcDateTime",
    "access_log",
    "access_token",
    "agent",
    "agent_session",
    "assignment",
    "assistant_session",
    "choice",
    "conversation",
    "delivery",
    "inbound_receipt",
    "job",
    "message",
    "metadata",
    "opt_out",
    "promise",
    "read_mark",
    "turn",
]
