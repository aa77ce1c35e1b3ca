"""What is put off: a snooze counts while the holder is the same and the tenant has not written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select

from handoff.model import ConversationId
from handoff.store import tables as t

WAKE = "wake"
"""The kind of job that ends a snooze at its time."""


def _wrote() -> ColumnElement[bool]:
    """The tenant wrote after it was put off; a condition on ``snooze``."""
    return (
        exists()
        .where(
            t.message.c.conversation_id == t.snooze.c.conversation_id,
            t.message.c.author_kind == "tenant",
            t.message.c.pos > t.snooze.c.pos,
        )
        .correlate(t.snooze)
    )


def asleep() -> ColumnElement[bool]:
    """A condition on ``conversation``. Reads no clock: the job of kind ``wake`` removes the row."""
    return (
        exists()
        .where(
            t.snooze.c.conversation_id == t.conversation.c.id,
            t.snooze.c.term == t.conversation.c.term,
            ~_wrote(),
        )
        .correlate(t.conversation)
    )


def snoozed_until(
    connection: Connection, ids: Sequence[ConversationId]
) -> dict[ConversationId, datetime]:
    query = (
        select(t.snooze.c.conversation_id, t.snooze.c.until)
        .join(t.conversation, t.conversation.c.id == t.snooze.c.conversation_id)
        .where(
            t.snooze.c.conversation_id.in_(ids),
            t.snooze.c.term == t.conversation.c.term,
            ~_wrote(),
        )
    )
    return {ConversationId(id): until for id, until in connection.execute(query)}


def labels_of(
    connection: Connection, ids: Sequence[ConversationId]
) -> dict[ConversationId, tuple[str, ...]]:
    """The ids of the labels of each conversation, by name."""
    given = t.conversation_label
    query = (
        select(given.c.conversation_id, given.c.label_id)
        .join(t.label, t.label.c.id == given.c.label_id)
        .where(given.c.conversation_id.in_(ids))
        .order_by(t.label.c.name)
    )
    found: dict[ConversationId, tuple[str, ...]] = {}
    for id, label in connection.execute(query):
        key = ConversationId(id)
        found[key] = (*found.get(key, ()), label)
    return found
