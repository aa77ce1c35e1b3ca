"""Which Rasa conversation a talk is in. Rasa re-reads a whole conversation at each message, so we
start a new one after 40 turns, after half an hour of silence and after each hand-back (ADR 0008).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.port import Carry
from handoff.ledger import SessionRecord
from handoff.model import Conversation, ConversationId

MOST_TURNS = 40
LONGEST_PAUSE = timedelta(minutes=30)
REFERENCE_SLOT = "conversation_reference"


def session_for(record: SessionRecord, conversation: Conversation, now: datetime) -> SessionRecord:
    """The Rasa conversation for the next turn: the one before, or a fresh one that remembers."""
    if record.no != conversation.session_no:
        return SessionRecord(conversation.session_no, 0, 0, now, _without_form(record.carry))
    if record.last_used is not None and now - record.last_used > LONGEST_PAUSE:
        carry = _without_form(record.carry)
        return replace(record, rotation=record.rotation + 1, turns=0, carry=carry)
    if record.turns >= MOST_TURNS:
        return replace(record, rotation=record.rotation + 1, turns=0)
    return record


def renewed(record: SessionRecord) -> SessionRecord:
    """A fresh Rasa conversation for the next turn: this one did not hear what was said now."""
    return replace(record, rotation=record.rotation + 1, turns=0)


def name_of(session: SessionRecord, conversation: Conversation) -> str:
    """Opaque to Rasa: no phone number, no address."""
    return f"{conversation.id}.{session.no}.{session.rotation}"


def used(session: SessionRecord, carry: Carry, now: datetime) -> SessionRecord:
    return replace(session, turns=session.turns + 1, last_used=now, carry=carry_to_row(carry))


def carry_for(session: SessionRecord, conversation: Conversation) -> Carry:
    """What the assistant remembers, with the reference that the tenant may name on the phone."""
    carry = carry_from_row(session.carry)
    return replace(carry, slots={**carry.slots, REFERENCE_SLOT: conversation.reference})


def carry_to_row(carry: Carry) -> dict[str, object]:
    return {
        "slots": dict(carry.slots),
        "active_form": carry.active_form,
        "requested_slot": carry.requested_slot,
    }


def carry_from_row(row: Mapping[str, Any]) -> Carry:
    return Carry(row.get("slots") or {}, row.get("active_form"), row.get("requested_slot"))


def _without_form(row: Mapping[str, object]) -> dict[str, object]:
    # A form from before a pause or a person's answer is stale; its slots are still true.
    return {"slots": row.get("slots") or {}, "active_form": None, "requested_slot": None}


def conversation_of(session: str) -> ConversationId:
    """Whose Rasa conversation it is; the other way round of ``name_of``."""
    return ConversationId(session.rsplit(".", 2)[0])
