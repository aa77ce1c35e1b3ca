"""Turns, and the Rasa conversation a talk is in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from handoff.asides import ASIDE
from handoff.ledger import SessionRecord
from handoff.model import (
    AuthorKind,
    Conversation,
    ConversationId,
    Message,
    Outcome,
    Turn,
    TurnId,
)
from handoff.policy import FILES
from handoff.reception import CHANNEL_WISH
from handoff.store import tables as t
from handoff.store.messages import SqlMessages


def _turn_from(row: RowMapping) -> Turn:
    return Turn(
        id=TurnId(row["id"]),
        conversation=ConversationId(row["conversation_id"]),
        term=row["term"],
        from_pos=row["from_pos"],
        to_pos=row["to_pos"],
        text=row["text"],
        started_at=row["started_at"],
        outcome=Outcome(row["outcome"]),
        intent=row["intent"],
        confidence=row["confidence"],
        ranking=tuple((intent, confidence) for intent, confidence in row["ranking"]),
        form=tuple((slot, value) for slot, value in row["form"]),
        milliseconds=row["milliseconds"],
        model=row["model"],
    )


def _columns(turn: Turn) -> dict[str, Any]:
    return {
        "outcome": turn.outcome.value,
        "intent": turn.intent,
        "confidence": turn.confidence,
        "ranking": [list(guess) for guess in turn.ranking],
        "form": [list(field) for field in turn.form],
        "milliseconds": turn.milliseconds,
        "model": turn.model,
    }


_NOT_SAID = (CHANNEL_WISH, ASIDE, FILES)
"""Payloads of what the tenant did beside words."""


class SqlTurns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unanswered(self, conversation: Conversation) -> Sequence[Message]:
        """What the tenant said and nobody has answered yet, in order.

        What was asked of the channel itself (STOP, HELP) is nothing for the assistant.
        """
        said = SqlMessages(self._connection).after(conversation.id, conversation.answered_pos)
        return [
            message
            for message in said
            if message.author.kind is AuthorKind.TENANT and message.payload not in _NOT_SAID
        ]

    def begin(self, turn: Turn) -> None:
        if self._connection.scalar(select(t.turn.c.id).where(t.turn.c.id == turn.id)):
            return
        # One that a crash cut off was taken over by this one, with all that was said since.
        self._connection.execute(
            update(t.turn)
            .where(
                t.turn.c.conversation_id == turn.conversation,
                t.turn.c.outcome == Outcome.RUNNING.value,
            )
            .values(outcome=Outcome.FAILED.value, settled_at=turn.started_at)
        )
        self._connection.execute(
            insert(t.turn).values(
                id=turn.id,
                conversation_id=turn.conversation,
                term=turn.term,
                from_pos=turn.from_pos,
                to_pos=turn.to_pos,
                text=turn.text,
                started_at=turn.started_at,
                **_columns(turn),
            )
        )

    def finish(self, turn: Turn, now: datetime) -> None:
        self._connection.execute(
            update(t.turn).where(t.turn.c.id == turn.id).values(settled_at=now, **_columns(turn))
        )

    def recent(self, id: ConversationId, count: int) -> Sequence[Turn]:
        """The latest turns that ended, newest first."""
        query = (
            select(t.turn)
            .where(t.turn.c.conversation_id == id, t.turn.c.outcome != Outcome.RUNNING.value)
            .order_by(t.turn.c.to_pos.desc())
            .limit(count)
        )
        return [_turn_from(row) for row in self._connection.execute(query).mappings()]

    def of(self, id: ConversationId) -> Sequence[Turn]:
        query = select(t.turn).where(t.turn.c.conversation_id == id).order_by(t.turn.c.to_pos)
        return [_turn_from(row) for row in self._connection.execute(query).mappings()]

    def session(self, id: ConversationId) -> SessionRecord:
        query = select(t.assistant_session).where(t.assistant_session.c.conversation_id == id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return SessionRecord(0, 0, 0, None, {})
        return SessionRecord(
            row["no"], row["rotation"], row["turns"], row["last_used"], row["carry"]
        )

    def save_session(self, id: ConversationId, session: SessionRecord) -> None:
        values = {
            "no": session.no,
            "rotation": session.rotation,
            "turns": session.turns,
            "last_used": session.last_used,
            "carry": dict(session.carry),
        }
        known = update(t.assistant_session).where(t.assistant_session.c.conversation_id == id)
        if self._connection.execute(known.values(**values)).rowcount == 0:
            new = insert(t.assistant_session).values(conversation_id=id, **values)
            self._connection.execute(new)
