"""What follows for the people when a kept request was done or given up. Pure.

Nobody talks over anybody: while a person holds the conversation, only that person is told.
"""

from __future__ import annotations

from datetime import datetime

from bot.signals import EscalationReason
from handoff import policy
from handoff.change import Change
from handoff.counter import Counter
from handoff.handover import hand_over
from handoff.kept_requests.bodies import CONTACT, REPAIR, what_of
from handoff.ledger.kept_requests import KeptRequest
from handoff.model import (
    Conversation,
    Draft,
    Held,
    MessageKind,
    Visibility,
    Waiting,
)
from handoff.policy import HandOver

_REPAIRS = "reparaties"


def told_done(conversation: Conversation, request: KeptRequest, counter: Counter) -> Change:
    """It stands in the back office, once."""
    if request.kind == CONTACT:
        return Change(drafts=(_note(counter, "kept_note_done_contact", request),))
    held = isinstance(conversation.holder, Held)
    note = _note(counter, "kept_note_done_untold" if held else "kept_note_done", request)
    if held:
        return Change(drafts=(note,))
    key = "kept_done_repair" if request.kind == REPAIR else "kept_done_case"
    told = Draft(counter.system, counter.words.text(key, number=request.number))
    return Change(drafts=(told, note))


def told_given_up(
    conversation: Conversation, request: KeptRequest, counter: Counter, now: datetime
) -> Change:
    """It was not done by itself: a person does it, and the tenant knows that."""
    note = _note(counter, "kept_note_given_up", request)
    if isinstance(conversation.holder, Held) or request.kind == CONTACT:
        return Change(drafts=(note,))
    told = Draft(counter.system, counter.words.text("kept_given_up"))
    if isinstance(conversation.holder, Waiting):
        return Change(drafts=(told, note))
    queue = policy.queue_of(counter.catalogue.get(conversation.topic or ""))
    queue = _REPAIRS if request.kind == REPAIR else queue
    asked = HandOver(EscalationReason.POLICY, queue, note.text)
    return hand_over(conversation, asked, counter, now, before=(told, note))


def _note(counter: Counter, key: str, request: KeptRequest) -> Draft:
    words = counter.words.text(key, number=request.number, what=what_of(request))
    return Draft(counter.system, words, kind=MessageKind.NOTE, visibility=Visibility.DESK)
